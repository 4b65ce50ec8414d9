import type { Sentence } from '../../model/sentence.ts'
import type { Statistic } from '../analytics/statistic.ts'
import { histogram } from './charts.ts'
import type { Unit } from './figure.ts'
import { escaped, whole, written } from './format.ts'
import { type HeatMapInput, heatMap } from './heat-map.ts'
import { type Fact, facts, heading, list, page, section } from './page.ts'

/** A trial as the page shows it. */
export interface SweepRow {
  readonly number: number
  readonly values: readonly string[]
  readonly objective: Statistic
  readonly sharpe: Statistic
  readonly totalReturn: Statistic
  readonly drawdown: Statistic
  readonly roundTrips: number
  /** With its unit. */
  readonly endedWith: string
}

/** What a page about a search tells. Everything is text for people. */
export interface SweepPageInput {
  readonly title: Sentence
  readonly subtitle: string
  readonly objective: Sentence & { readonly unit: Unit; readonly key: string }
  /** The parameters that were turned, in the order of `values`. */
  readonly parameters: readonly (Sentence & { readonly key: string })[]
  /** The best first. */
  readonly best: readonly SweepRow[]
  /** What makes the winner doubtful; a page with any says so first. */
  readonly doubts: readonly Sentence[]
  readonly honesty: readonly Fact[]
  readonly map?: Omit<HeatMapInput, 'format'>
  /** Of every trial that has one. */
  readonly objectives: readonly number[]
  /** Trials that failed: why, and how often. */
  readonly failures: readonly Fact[]
  readonly assumptions: readonly Fact[]
  readonly certificate: readonly Fact[]
}

/** A search as one HTML page that needs nothing else: the honest figures stand above the table of the best. */
export function sweepPage(input: SweepPageInput): string {
  const { title, subtitle, objective, honesty, map, objectives } = input
  const format = (value: number) => written(objective.unit, { ok: true, value }).text
  return page(title, [
    heading(title, subtitle),
    section('의심할 점', 'What to doubt', list(input.doubts), 'alarm'),
    section('얼마나 믿을 수 있나', 'How far to believe it', facts(honesty)),
    section(`가장 나은 ${input.best.length}개`, `Best ${input.best.length}`, table(input)),
    map
      ? section(
          `${objective.ko} 지도`,
          `${objective.en} by parameters`,
          `${heatMap({ ...map, format })}<p class="legend">칸은 그 값들로 한 모든 시험의 평균, 테두리는 1위 · a cell is the mean of all its trials, the frame holds the winner</p>`,
        )
      : '',
    section(
      `${objective.ko} 분포`,
      `Distribution of the ${objective.en}`,
      histogram(objectives, { height: 200, format }),
    ),
    section('실패한 시험', 'Trials that failed', input.failures.length > 0 ? facts(input.failures) : ''),
    section('가정', 'Assumptions', facts(input.assumptions)),
    section('데이터', 'Data', facts(input.certificate)),
  ])
}

/** What is told of a trial beside its objective. */
const FIGURES = [
  { key: 'sharpe', ko: '샤프', en: 'Sharpe', unit: 'number', of: ({ sharpe }: SweepRow) => sharpe },
  {
    key: 'return',
    ko: '수익률',
    en: 'return',
    unit: 'ratio',
    of: ({ totalReturn }: SweepRow) => totalReturn,
  },
  {
    key: 'drawdown',
    ko: '최대 낙폭',
    en: 'drawdown',
    unit: 'ratio',
    of: ({ drawdown }: SweepRow) => drawdown,
  },
] as const

function table({ best, parameters, objective }: SweepPageInput): string {
  if (best.length === 0)
    return '<p>값이 있는 시험이 없습니다. <span class="en">No trial has a figure.</span></p>'
  const others = FIGURES.filter(({ key }) => key !== objective.key)
  const head = [
    '<th>#</th>',
    ...parameters.map(({ key, ko }) => `<th>${escaped(key)} <small>${escaped(ko)}</small></th>`),
    `<th>${escaped(objective.ko)} <small>${escaped(objective.en)}</small></th>`,
    ...others.map(({ ko, en }) => `<th>${ko} <small>${en}</small></th>`),
    '<th>거래 <small>trades</small></th><th>끝 금액 <small>ended with</small></th>',
  ]
  const rows = best.map((row) => {
    const cells = [
      String(row.number),
      ...row.values,
      written(objective.unit, row.objective).text,
      ...others.map(({ unit, of }) => written(unit, of(row)).text),
      whole(row.roundTrips),
      row.endedWith,
    ]
    return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
  })
  return `<div class="scroll"><table><tr>${head.join('')}</tr>${rows.join('')}</table></div>`
}
