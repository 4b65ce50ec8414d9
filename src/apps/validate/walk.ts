import { sharpe } from '../../lab/analytics/ratios.ts'
import type { Trials } from '../../lab/analytics/trials.ts'
import type { ParameterSet, PlayTrials, TrialOutcome } from '../../lab/optimise/trial.ts'
import { crossValidate } from '../../lab/optimise/validation-cross.ts'
import { type Block, pathCount } from '../../lab/optimise/validation-folds.ts'
import { type Judged, judge } from '../../lab/optimise/validation-judge.ts'
import { efficiencyOf, sharpeOf, walkForward } from '../../lab/optimise/validation-walk.ts'
import { walkWindows } from '../../lab/optimise/validation-windows.ts'
import type { ValidationRow } from '../../lab/reports/validation-page.ts'
import type { TradingDay } from '../../model/time.ts'
import { refuse } from '../io.ts'
import type { WalkOptions } from './options.ts'

/** What a validation came to, ready to be told. */
export interface Validated {
  readonly judged: Judged
  readonly rows: readonly ValidationRow[]
  /** Days of the returns of each path; the path in the middle first. */
  readonly days: readonly TradingDay[]
  readonly paths: readonly Float64Array[]
  /** Test over training, growth per year; absent in a cross-validation. */
  readonly efficiency?: number
}

export interface Searched {
  readonly play: PlayTrials
  readonly sets: readonly ParameterSet[]
  /** All sets over all days. */
  readonly whole: readonly TrialOutcome[]
  readonly days: readonly TradingDay[]
  readonly trials: Trials
  /** Trading days of a year. */
  readonly periodsPerYear: number
  /** What an account begins with. */
  readonly cash: number
}

type Plan = Pick<WalkOptions, 'train' | 'test' | 'anchored' | 'purge' | 'embargo' | 'choose'>

/** Windows that walk. Refuses a history that holds none. */
export async function validateByWalking(
  { play, sets, whole, days, trials, periodsPerYear, cash }: Searched,
  { train, test, anchored, purge, embargo }: Plan,
  options: Parameters<PlayTrials>[1],
): Promise<Validated> {
  const windows = walkWindows(days, { train, test, gapDays: purge + embargo, anchored: anchored === true })
  if (windows.length === 0)
    return refuse(
      `${days[0]} – ${days.at(-1)} (${days.length}일)에는 학습과 시험이 들어갈 자리가 없습니다: --train 과 --test 를 줄이세요`,
      `${days[0]} – ${days.at(-1)} (${days.length} days) holds no training with a test: shorten --train and --test`,
    )
  const daysIn = ({ from, to }: { readonly from: TradingDay; readonly to: TradingDay }) =>
    days.filter((day) => day >= from && day <= to)
  const walked = await walkForward(play, sets, windows, (span) => daysIn(span).length, options)
  const efficiency = efficiencyOf(walked, periodsPerYear)
  const tests = walked.steps.flatMap(({ test }) => (test ? [test] : []))
  const judged = judge(
    whole,
    {
      returns: walked.stitched,
      trades: sum(tests, ({ roundTrips }) => roundTrips),
      profit: sum(tests, ({ endedWith }) => endedWith - cash),
      costs: sum(tests, ({ costs }) => costs),
      ...(efficiency && { walkForward: efficiency }),
    },
    trials,
    periodsPerYear,
  )
  const perYear = Math.sqrt(periodsPerYear)
  const chosen = walked.steps.map((step) => valuesText(step.chosen))
  const rows = walked.steps.map(({ window, train, test }, i): ValidationRow => {
    const [before, after] = [train && sharpeOf(train), test && sharpeOf(test)]
    return {
      train: `${window.train.from} – ${window.train.to}`,
      test: `${window.test.from} – ${window.test.to}`,
      chosen: chosen[i] ?? '',
      moved: i > 0 && chosen[i] !== chosen[i - 1],
      ...(before !== undefined && { trainSharpe: before * perYear }),
      ...(after !== undefined && { testSharpe: after * perYear }),
    }
  })
  return {
    judged,
    rows,
    days: windows.flatMap(({ test }) => daysIn(test)),
    paths: [walked.stitched],
    ...(efficiency &&
      efficiency.trainAnnual > 0 && { efficiency: efficiency.testAnnual / efficiency.trainAnnual }),
  }
}

/** Purged, embargoed cross-validation of the very curves of the search. */
export function validateByFolds(
  { whole, days, trials, periodsPerYear, cash }: Searched,
  folds: number,
  { choose, purge, embargo }: Plan,
): Validated {
  const played = whole.filter(({ failed }) => failed === undefined)
  if (played.length === 0 || days.length < folds * 2)
    return refuse(
      '교차 검증할 결과가 없습니다: 값이나 기간을 확인하세요',
      'there is nothing to cross-validate: look at values and days',
    )
  const { splits, paths } = crossValidate(
    played.map(({ returns }) => returns),
    { folds, choose, purgeDays: purge, embargoDays: embargo },
  )
  const ranked = paths
    .map((path) => ({ path, ratio: sharpe(path, { periodsPerYear }) }))
    .toSorted((a, b) => (a.ratio.ok ? a.ratio.value : 0) - (b.ratio.ok ? b.ratio.value : 0))
    .map(({ path }) => path)
  // Of an even number the worse one of the two in the middle.
  const middle = ranked[Math.floor((pathCount({ folds, choose }) - 1) / 2)] ?? new Float64Array()
  const best = judge(whole, { returns: middle, trades: 0, profit: 0, costs: 0 }, trials, periodsPerYear).best
  const judged = judge(
    whole,
    {
      returns: middle,
      // Trades and costs are known of the whole history of a set, not of its parts.
      trades: best?.roundTrips ?? 0,
      profit: best ? best.endedWith - cash : 0,
      costs: best?.costs ?? 0,
    },
    trials,
    periodsPerYear,
  )
  const perYear = Math.sqrt(periodsPerYear)
  const chosen = splits.map((split) =>
    valuesText(split.chosen === undefined ? undefined : played[split.chosen]?.job.parameters),
  )
  const rows = splits.map(
    ({ train, tested, trainSharpe, testSharpe }, i): ValidationRow => ({
      train: blocksText(train, days),
      test: blocksText(tested, days),
      chosen: chosen[i] ?? '',
      moved: i > 0 && chosen[i] !== chosen[i - 1],
      ...(trainSharpe !== undefined && { trainSharpe: trainSharpe * perYear }),
      ...(testSharpe !== undefined && { testSharpe: testSharpe * perYear }),
    }),
  )
  return { judged, rows, days, paths: [middle, ...ranked.filter((path) => path !== middle)] }
}

const valuesText = (set: ParameterSet | undefined): string =>
  set === undefined
    ? '없음 none'
    : Object.entries(set)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(' ') || '기본값 defaults'

const blocksText = (blocks: readonly Block[], days: readonly TradingDay[]): string =>
  blocks.map(({ from, end }) => `${days[from]} – ${days[end - 1]}`).join(', ')

const sum = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((total, each) => total + of(each), 0)
