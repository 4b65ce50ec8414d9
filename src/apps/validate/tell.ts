import { maximumDrawdown } from '../../lab/analytics/drawdown.ts'
import { annualReturn, equityFrom } from '../../lab/analytics/growth.ts'
import type { Statistic } from '../../lab/analytics/statistic.ts'
import type { Figure, Unit } from '../../lab/reports/figure.ts'
import { whole, written } from '../../lab/reports/format.ts'
import type { ValidationInput } from '../../lab/reports/validation-page.ts'
import type { LoadedBars } from '../backtest/load-bars.ts'
import { rulesOf } from '../backtest/options.ts'
import { assumptionFacts, certificateFacts } from '../backtest/report-input.ts'
import type { Introduced } from '../backtest/strategy-task.ts'
import { bold, dim, urgent, warn } from '../screen/ansi.ts'
import { sealFacts } from './honest-backtest.ts'
import type { Look } from './look.ts'
import type { WalkOptions } from './options.ts'
import type { Searched, Validated } from './walk.ts'

/** Everything the page of a validation tells. */
export function pageInput(parts: {
  readonly strategy: Introduced
  readonly options: WalkOptions
  readonly look: Look
  readonly loaded: LoadedBars
  readonly found: Searched
  readonly validated: Validated
  readonly path: string
}): ValidationInput {
  const { strategy, options, look, loaded, found, validated, path } = parts
  const { folds, choose, purge, embargo, anchored } = options
  const how =
    folds === undefined
      ? {
          ko: anchored ? '전진 분석 (고정 시작)' : '전진 분석',
          en: anchored ? 'walk-forward, anchored' : 'walk-forward',
        }
      : { ko: `교차 검증 ${folds}묶음 중 ${choose}`, en: `cross-validation, ${choose} of ${folds} groups` }
  const { days } = found
  const [middle] = validated.paths
  return {
    title: { ko: `${strategy.ko} · ${how.ko}`, en: `${strategy.en} · ${how.en}` },
    subtitle: `${path} · ${whole(loaded.instruments.length)}종목 · ${days[0]} – ${days.at(-1)} · 값의 조합 sets ${whole(found.sets.length)}`,
    verdict: validated.judged.verdict,
    remarks: validated.judged.remarks.map(({ sentence }) => sentence),
    figures: figuresOf(validated, found, middle ?? new Float64Array()),
    days: validated.days,
    paths: validated.paths.map(curveOf),
    rows: validated.rows,
    assumptions: [
      ...assumptionFacts(rulesOf(options, loaded.instruments.length, loaded.home), options.param, loaded),
      {
        ko: '학습과 시험 사이',
        en: 'between training and test',
        value: `purge ${purge}일, embargo ${embargo}일 days`,
      },
    ],
    certificate: [...certificateFacts(loaded), ...sealFacts(look)],
  }
}

const figure = (key: string, ko: string, en: string, unit: Unit, value: Statistic): Figure => ({
  key,
  ko,
  en,
  unit,
  value,
})
const known = (value: number): Statistic => ({ ok: true, value })
const scaled = (value: Statistic, periodsPerYear: number): Statistic =>
  value.ok ? known(value.value * Math.sqrt(periodsPerYear)) : value

function figuresOf(
  { judged, efficiency, paths }: Validated,
  { trials, periodsPerYear }: Searched,
  middle: Float64Array,
): readonly Figure[] {
  const { overfitting, deflated, needed, outOfSampleSharpe } = judged
  return [
    figure('outOfSampleSharpe', '시험한 날의 샤프', 'Sharpe where tested', 'number', outOfSampleSharpe),
    figure(
      'outOfSampleReturn',
      '시험한 날의 연 수익률',
      'growth per year where tested',
      'ratio',
      annualReturn(middle, periodsPerYear),
    ),
    figure(
      'outOfSampleDrawdown',
      '시험한 날의 최대 낙폭',
      'maximum drawdown where tested',
      'ratio',
      maximumDrawdown(middle),
    ),
    ...(efficiency === undefined
      ? []
      : [figure('efficiency', '전진 효율', 'walk-forward efficiency', 'ratio', known(efficiency))]),
    figure('trialCount', '시도한 횟수', 'trials', 'count', known(trials.count)),
    figure('sharpeNeeded', '필요한 샤프', 'Sharpe needed', 'number', scaled(needed, periodsPerYear)),
    figure('deflatedSharpe', '운이 아닐 확률', 'deflated Sharpe ratio', 'ratio', deflated),
    ...(overfitting
      ? [
          figure(
            'overfitting',
            '과최적화 확률',
            'probability of overfitting',
            'ratio',
            overfitting.ok ? known(overfitting.value.probability) : overfitting,
          ),
        ]
      : []),
    ...(paths.length > 1 ? [figure('paths', '경로', 'paths', 'count', known(paths.length))] : []),
  ]
}

/** Growth of 1, at the end of each day; flat where an account was wiped out. */
function curveOf(returns: Float64Array): Float64Array {
  const equity = equityFrom(returns)
  return equity.ok ? equity.value.subarray(1) : new Float64Array(returns.length).fill(1)
}

/** The same as lines for a terminal. */
export function printed(input: ValidationInput, page: string): readonly string[] {
  const { title, subtitle, figures, rows, remarks, verdict, certificate } = input
  const ratio = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(2))
  const sealed = certificate.filter(({ en }) => en === 'sealed hold-out')
  return [
    bold(`${title.ko} · ${title.en}`),
    dim(subtitle),
    ...figures.map(({ ko, unit, value }) => `  ${ko}: ${written(unit, value).text}`),
    ...rows.map(
      ({ test, chosen, moved, trainSharpe, testSharpe }) =>
        `  ${test}  ${moved ? bold(chosen) : chosen}  ${ratio(trainSharpe)} → ${ratio(testSharpe)}`,
    ),
    ...sealed.map(({ ko, value }) => dim(`${ko}: ${value}`)),
    ...remarks.map(({ ko, en }) => warn(`! ${ko}\n  ${en}`)),
    verdict.accepted ? bold('✓ 받아들임 · accepted') : urgent('✗ 받아들이지 않음 · rejected'),
    ...verdict.checks.map(({ passed, ko, en }) => `  ${passed ? '✓' : '✗'} ${ko}\n    ${dim(en)}`),
    `→ ${page}`,
  ]
}

/** For programs. Ratios are per year; what has no value is null. */
export function summaryJson(strategy: Introduced, validated: Validated, found: Searched) {
  const { judged, rows, paths } = validated
  const figures = figuresOf(validated, found, paths[0] ?? new Float64Array())
  return {
    strategy: strategy.id,
    accepted: judged.verdict.accepted,
    checks: judged.verdict.checks,
    best: judged.best ? judged.best.job.parameters : null,
    ...Object.fromEntries(figures.map(({ key, value }) => [key, value.ok ? value.value : null])),
    remarks: judged.remarks,
    rows,
    equity: { days: validated.days, paths: paths.map((path) => [...curveOf(path)]) },
  }
}
