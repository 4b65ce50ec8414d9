import type { Sentence } from '../../model/sentence.ts'
import { percent } from '../../std/numbers.ts'
import type { Verdict } from '../analytics/verdict.ts'
import { lineChart } from './charts.ts'
import type { Figure } from './figure.ts'
import { escaped, written } from './format.ts'
import { type Fact, facts, list, section } from './page.ts'
import { STYLE } from './style.ts'

/** A window or a split: where values were chosen, which, and how they did where they were not. */
export interface ValidationRow {
  readonly train: string
  readonly test: string
  readonly chosen: string
  /** Other values than in the row before. */
  readonly moved: boolean
  /** Per year; absent where nothing moved. */
  readonly trainSharpe?: number
  readonly testSharpe?: number
}

/** What the page of a validation tells. Everything is text for people. */
export interface ValidationInput {
  readonly title: Sentence
  readonly subtitle: string
  readonly verdict: Verdict
  readonly remarks: readonly Sentence[]
  readonly figures: readonly Figure[]
  /** Days of the curves. */
  readonly days: readonly string[]
  /** Growth of 1 on days that chose nothing; of several paths the one in the middle first. */
  readonly paths: readonly ArrayLike<number>[]
  readonly rows: readonly ValidationRow[]
  readonly assumptions: readonly Fact[]
  readonly certificate: readonly Fact[]
}

/** So many other paths are drawn beside the one in the middle. */
const MOST_PATHS = 20

/** A validation as one HTML page that needs nothing else. */
export function validationPage(input: ValidationInput): string {
  const { title, subtitle, remarks, assumptions, certificate } = input
  const parts = [
    `<h1>${escaped(title.ko)} <small class="en">${escaped(title.en)}</small></h1><p class="sub">${escaped(subtitle)}</p>`,
    verdictSection(input.verdict),
    cards(input.figures),
    section('고르는 데 쓰지 않은 날의 자산', 'Equity on days that chose nothing', curve(input)),
    section('의심할 점', 'What to doubt', list(remarks)),
    section('창', 'Windows', table(input.rows)),
    section('가정', 'Assumptions', facts(assumptions)),
    section('데이터', 'Data', facts(certificate)),
  ]
  return `<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title.ko)}</title><style>${STYLE}</style></head><body><main>${parts.join('\n')}</main></body></html>\n`
}

function verdictSection({ accepted, checks }: Verdict): string {
  const [ko, en] = accepted
    ? ['받아들임', 'Accepted: luck, search and costs do not explain it']
    : ['받아들이지 않음', 'Rejected']
  const items = checks.map(
    ({ passed, ko, en }) =>
      `<li>${passed ? '✓' : '<b>✗</b>'} ${escaped(ko)}<br><span class="en">${escaped(en)}</span></li>`,
  )
  return section(
    ko,
    en,
    `<ul style="list-style:none;padding-left:0">${items.join('')}</ul>`,
    accepted ? '' : 'alarm',
  )
}

const cards = (figures: readonly Figure[]): string =>
  `<div class="cards">${figures
    .map(({ ko, en, unit, value }) => {
      const { text, why } = written(unit, value)
      return `<div class="card"><span>${escaped(ko)}</span><b${why ? ` title="${escaped(why)}"` : ''}>${escaped(text)}</b><span>${escaped(en)}</span></div>`
    })
    .join('')}</div>`

function curve({ days, paths }: ValidationInput): string {
  const [middle, ...others] = paths
  if (!middle) return ''
  const lines = [
    ...others.slice(0, MOST_PATHS).map((values) => ({ name: 'path', values, kind: 'theirs' as const })),
    { name: 'out of sample', values: middle, kind: 'ours' as const },
  ]
  const legend =
    others.length > 0
      ? `<p class="legend"><i style="background:var(--ours)"></i>중간 경로 median path<i style="background:var(--theirs)"></i>다른 경로 other paths (${others.length})</p>`
      : ''
  return lineChart(lines, { height: 300, labels: days, format: (value) => percent(value - 1) }) + legend
}

function table(rows: readonly ValidationRow[]): string {
  const number = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(2))
  const kind = (value: number | undefined) =>
    value === undefined || value === 0 ? '' : value > 0 ? 'up' : 'down'
  const cells = rows.map(
    ({ train, test, chosen, moved, trainSharpe, testSharpe }) =>
      `<tr><td class="text">${escaped(train)}</td><td class="text">${escaped(test)}</td><td class="text">${moved ? `<b>${escaped(chosen)}</b>` : escaped(chosen)}</td><td>${number(trainSharpe)}</td><td class="${kind(testSharpe)}">${number(testSharpe)}</td></tr>`,
  )
  const head =
    '<tr><th class="text">고른 날 <small>chosen on</small></th><th class="text">시험한 날 <small>tested on</small></th><th class="text">값 <small>values</small></th><th>샤프(고른 날) <small>train</small></th><th>샤프(시험) <small>test</small></th></tr>'
  return `<div class="scroll"><table>${head}${cells.join('')}</table></div><p class="legend">굵은 값은 앞 창에서 바뀐 것 · bold values changed from the window before</p>`
}
