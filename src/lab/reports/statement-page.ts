import type { Sentence } from '../../model/sentence.ts'
import { escaped, whole } from './format.ts'
import { type Fact, facts, heading, list, page, section } from './page.ts'

/** A table of a statement; numbers stand on the right, the sign of `tone` colours a cell. */
export interface StatementTable extends Sentence {
  readonly columns: readonly Sentence[]
  readonly rows: readonly (readonly (string | { readonly won: number })[])[]
}

export interface StatementInput {
  readonly title: Sentence
  readonly subtitle: string
  readonly remarks: readonly Sentence[]
  readonly totals: readonly Fact[]
  readonly tables: readonly StatementTable[]
  /** How the figures were made. */
  readonly notes: readonly Sentence[]
}

/** What an account came to over some days, as one HTML page that needs nothing else. */
export const statementPage = ({ title, subtitle, remarks, totals, tables, notes }: StatementInput): string =>
  page(title, [
    heading(title, subtitle),
    section('합계', 'Totals', facts(totals)),
    section('의심할 점', 'What to doubt', list(remarks)),
    ...tables.map((each) => section(each.ko, each.en, table(each))),
    section('어떻게 셌나', 'How it was counted', list(notes)),
  ])

function table({ columns, rows }: StatementTable): string {
  if (rows.length === 0) return '<p>없습니다. <span class="en">None.</span></p>'
  const head = columns.map(
    ({ ko, en }) => `<th scope="col">${escaped(ko)} <small>${escaped(en)}</small></th>`,
  )
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`)
  return `<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
}

function cell(value: string | { readonly won: number }): string {
  if (typeof value === 'string') return `<td>${escaped(value)}</td>`
  const tone = value.won > 0 ? 'up' : value.won < 0 ? 'down' : ''
  return `<td class="${tone}">${escaped(`${value.won > 0 ? '+' : ''}${whole(value.won)}`)}</td>`
}
