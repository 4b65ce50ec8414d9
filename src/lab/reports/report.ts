import { percent } from '../../std/numbers.ts'
import type { YearRow } from '../analytics/calendar-tables.ts'
import { escaped } from './format.ts'
import { facts, heading, list, page, section } from './page.ts'
import {
  type Cell,
  type Column,
  type Part,
  type ReportInput,
  type ReportSection,
  reportContent,
  type Shown,
} from './report-content.ts'
import { shakenTable } from './robustness-section.ts'

/** A result as one HTML page that needs nothing else: no script, no font, no network. */
export function reportPage(input: ReportInput): string {
  const { alarms, cards, sections } = reportContent(input)
  return page(input.title, [
    heading(input.title, input.subtitle),
    alarms.map(sectionOf).join(''),
    `<div class="cards">${cards.map(card).join('')}</div>`,
    ...sections.map(sectionOf),
    `<p class="legend">decision hash <code>${escaped(input.result.decisionHash)}</code></p>`,
  ])
}

const sectionOf = ({ ko, en, isAlarm, parts }: ReportSection): string =>
  section(ko, en, parts.map(partOf).join(''), isAlarm ? 'alarm' : '')

const card = (each: Shown): string =>
  `<div class="card"><span>${escaped(each.ko)}</span><b class="${each.tone ?? ''}">${value(each)}</b><span>${escaped(each.en)}</span></div>`

/** What has no value says why when a pointer rests on it. */
const value = ({ text, why }: Shown): string =>
  why === undefined ? escaped(text) : `<span title="${escaped(why)}">–</span>`

function partOf(part: Part): string {
  switch (part.is) {
    case 'words':
      return `<p>${escaped(part.words.ko)} <span class="en">${escaped(part.words.en)}</span></p>`
    case 'list':
      return list(part.sentences)
    case 'facts':
      return facts(part.facts)
    case 'chart':
      return part.chart + legend(part)
    case 'months':
      return months(part.years)
    case 'figures':
      return `<div class="groups">${part.groups.map(group).join('')}</div>`
    case 'table':
      return table(part)
    case 'shaken':
      return shakenTable(part.robustness, part.currency)
  }
}

const legend = ({ legend }: Extract<Part, { is: 'chart' }>): string =>
  legend === undefined
    ? ''
    : `<p class="legend">${legend.map(({ name, kind }) => `<i style="background:var(--${kind})"></i>${escaped(name)}`).join('')}</p>`

function months(years: readonly YearRow[]): string {
  const head = Array.from({ length: 12 }, (_, i) => `<th>${i + 1}월</th>`).join('')
  const rows = years.map(
    ({ year, months, total }) =>
      `<tr><th>${year}</th>${months.map(month).join('')}<td style="${shade(total)}"><b>${percent(total)}</b></td></tr>`,
  )
  return `<div class="scroll"><table class="heat"><tr><th></th>${head}<th>연 year</th></tr>${rows.join('')}</table></div>`
}

const month = (ratio: number | undefined): string =>
  ratio === undefined ? '<td></td>' : `<td style="${shade(ratio)}">${(ratio * 100).toFixed(1)}</td>`

/** Full colour at a tenth. */
const shade = (ratio: number): string => {
  const strength = Math.round(Math.min(1, Math.abs(ratio) / 0.1) * 55)
  return `background:color-mix(in srgb,var(--${ratio >= 0 ? 'up' : 'down'}) ${strength}%,transparent)`
}

const group = ({ ko, en, figures }: Extract<Part, { is: 'figures' }>['groups'][number]): string =>
  `<div><h2>${escaped(ko)} <small>${escaped(en)}</small></h2><dl>${figures
    .map(
      (each) =>
        `<div><dt>${escaped(each.ko)}<small>${escaped(each.en)}</small></dt><dd class="${each.tone ?? ''}">${value(each)}</dd></div>`,
    )
    .join('')}</dl></div>`

function table({ columns, rows, note }: Extract<Part, { is: 'table' }>): string {
  const head = columns.length > 0 ? `<tr>${columns.map(headOf).join('')}</tr>` : ''
  const lines = rows.map(
    (cells) => `<tr>${cells.map((each, i) => cell(each, isText(columns, i))).join('')}</tr>`,
  )
  const below = note === undefined ? '' : `<p class="legend">${escaped(note)}</p>`
  return `<div class="scroll"><table>${head}${lines.join('')}</table></div>${below}`
}

/** A table without a head has words first. */
const isText = (columns: readonly Column[], place: number): boolean =>
  columns.length === 0 ? place === 0 : columns[place]?.isText === true

const headOf = ({ ko, en, isText: isWords }: Column): string =>
  `<th${isWords ? ' class="text"' : ''}>${escaped(ko)}${en === '' ? '' : ` <small>${escaped(en)}</small>`}</th>`

function cell({ text, tone }: Cell, isWords: boolean): string {
  const kind = isWords ? 'text' : tone
  return `<td${kind === undefined ? '' : ` class="${kind}"`}>${escaped(text)}</td>`
}
