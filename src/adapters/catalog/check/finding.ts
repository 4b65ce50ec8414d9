import type { CorporateAction } from '../../../model/corporate-action.ts'
import type { DataSetName } from '../../../ports/catalog.ts'
import { type Duck, numberIn, type Row, textIn } from '../duck.ts'
import type { Manifest } from '../manifest.ts'

/** Which side of a backtest an error of the data helps. */
export type Direction = 'tooGood' | 'tooBad' | 'either' | 'none'

/** One row to look at: where it is in the source, and what is odd. */
export interface Example {
  readonly symbol: string
  readonly day: string
  /** The line of the source file, 0 when the finding is not about one row. */
  readonly row: number
  readonly source: string
  readonly detail: string
}

/** What a check found. `skipped` says why it could not look. */
export interface Found {
  readonly count: number
  readonly symbols: number
  readonly examples: readonly Example[]
  readonly skipped?: { readonly ko: string; readonly en: string }
}

/** What a check may look at. The rows stand in the view `b`, the trading days of the
 * set in the table `days`, and who was what from when on in the table `boards`. */
export interface Subject {
  readonly duck: Duck
  readonly folder: string
  readonly set: DataSetName
  readonly manifest: Manifest
  readonly actions: readonly CorporateAction[]
}

export interface Check {
  readonly id: string
  /** Is the question one about sets like this? */
  concerns(subject: Subject): boolean
  run(subject: Subject): Promise<Found>
}

const EXAMPLES_MAX = 5

/** SQL of a number as people write it, prices in the currency's own unit. */
export const shown = ({ manifest }: Pick<Subject, 'manifest'>, sql: string, isPrice = true): string =>
  `regexp_replace(CAST(round(${sql}${isPrice && manifest.priceScale !== 1 ? ` / ${manifest.priceScale}` : ''}, 4) AS VARCHAR), '\\.0$', '')`

/**
 * Counts rows and shows the first. `sql` gives rows with `symbol`, `day`, `row`, `import` and `detail`; they are shown in the
 * order of day and symbol.
 */
export async function foundBy(subject: Subject, sql: string): Promise<Found> {
  const [count] = await subject.duck.rows(
    `SELECT count(*) AS count, count(DISTINCT symbol) AS symbols FROM (${sql})`,
  )
  if (numberIn(count, 'count') === 0) return NOTHING
  const rows = await subject.duck.rows(
    `SELECT symbol, CAST(day AS VARCHAR) AS day, row, "import", detail FROM (${sql}) ORDER BY day, symbol LIMIT ${EXAMPLES_MAX}`,
  )
  return {
    count: numberIn(count, 'count'),
    symbols: numberIn(count, 'symbols'),
    examples: rows.map((row) => exampleOf(subject, row)),
  }
}

export const NOTHING: Found = { count: 0, symbols: 0, examples: [] }

export const skipped = (ko: string, en: string): Found => ({ ...NOTHING, skipped: { ko, en } })

/** From examples that were judged one by one. */
export function foundAmong(examples: readonly Example[]): Found {
  return {
    count: examples.length,
    symbols: new Set(examples.map(({ symbol }) => symbol)).size,
    examples: examples.slice(0, EXAMPLES_MAX),
  }
}

export function exampleOf({ manifest }: Subject, row: Row): Example {
  const record = manifest.imports.find(({ id }) => id === numberIn(row, 'import'))
  return {
    symbol: textIn(row, 'symbol'),
    day: textIn(row, 'day'),
    row: numberIn(row, 'row'),
    source: record ? record.file || record.source : '',
    detail: textIn(row, 'detail'),
  }
}
