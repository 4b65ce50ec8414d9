import { addDays, type TradingDay, weekday } from '../../model/time.ts'
import { isKnownToUs, nextUsTradingDay } from '../../model/us-sessions.ts'
import { type Duck, numberIn, quoted, text, textIn } from './duck.ts'
import { openSource, parquetColumns } from './import/source.ts'
import { refuse } from './trouble.ts'

/**
 * Some sources give no splits but a table of factors: until a day, prices are to be multiplied by so much to be in the terms of
 * the end. Where the factor changes from one row to the next, shares were split or merged.
 */
export interface FactorTable {
  readonly file: string
  /** The file's names of these columns. */
  readonly columns: { readonly symbol: string; readonly until: string; readonly factor: string }
}

/** A split as a row of `actions`: `into` of a split, `of` of a merger, or new shares for old ones. */
export interface SplitRow {
  readonly symbol: string
  readonly from: TradingDay
  readonly action: 'split' | 'reverseSplit' | 'bonusIssue'
  readonly into?: number
  readonly of?: number
  readonly ratio_numerator?: number
  readonly ratio_denominator?: number
}

export interface SplitsFound {
  readonly splits: readonly SplitRow[]
  /** Changes that are no event on record can have: a merger of a broken number of shares. */
  readonly left: readonly { readonly symbol: string; readonly from: TradingDay; readonly factor: number }[]
}

/** Factors that differ by less are rounding, or the cash in a spin-off. */
const LEAST_CHANGE = 0.002

/**
 * The splits of a table of factors of US shares, by symbol and day. Errors: a file that is not there or lacks a column, a
 * factor of 0 or below. Source of the form: LEAN's factor files.
 */
export async function splitsOf(duck: Duck, { file, columns }: FactorTable): Promise<SplitsFound> {
  const { format } = await openSource(file)
  const from =
    format === 'parquet'
      ? `read_parquet(${text(file)})`
      : `read_csv(${text(file)}, header = true, all_varchar = true)`
  await checkColumns(duck, from, format === 'parquet' ? file : undefined, columns)
  const { symbol, until, factor } = columns
  const rows = await duck.rows(
    `SELECT symbol, CAST(until AS VARCHAR) AS until, own / later AS factor, least(own, later) AS least FROM (
      SELECT symbol, until, own, lead(own) OVER (PARTITION BY symbol ORDER BY until) AS later FROM (
        SELECT CAST(${quoted(symbol)} AS VARCHAR) AS symbol, CAST(${quoted(until)} AS DATE) AS until, CAST(${quoted(factor)} AS DOUBLE) AS own FROM ${from}))
     WHERE later IS NOT NULL AND (own <= 0 OR later <= 0 OR abs(own / later - 1) > ${LEAST_CHANGE}) ORDER BY symbol, until`,
  )
  const splits: SplitRow[] = []
  const left: SplitsFound['left'][number][] = []
  for (const row of rows) {
    const [name, day] = [textIn(row, 'symbol'), firstDayAfter(textIn(row, 'until') as TradingDay)]
    if (numberIn(row, 'least') <= 0)
      return refuse(
        'badRows',
        `${file}: ${name} 의 계수가 0 이하입니다`,
        `${file}: a factor of ${name} is 0 or below`,
      )
    const change = numberIn(row, 'factor')
    const kind = eventOf(change)
    if (kind) splits.push({ symbol: name, from: day, ...kind })
    else left.push({ symbol: name, from: day, factor: change })
  }
  return { splits, left }
}

const RATIO_UNIT = 10_000
/** How near to a whole number counts as one. */
const WHOLE_SLACK = 0.002

/** What multiplies earlier prices by `factor`: 1/7 is a split into seven, 10 a merger of ten, 2/3 one new share for two. */
export function eventOf(factor: number): Omit<SplitRow, 'symbol' | 'from'> | undefined {
  const into = Math.round(1 / factor)
  if (into >= 2 && Math.abs(1 / factor / into - 1) < WHOLE_SLACK) return { action: 'split', into }
  const of = Math.round(factor)
  if (of >= 2 && Math.abs(factor / of - 1) < WHOLE_SLACK) return { action: 'reverseSplit', of }
  const added = Math.round((1 / factor - 1) * RATIO_UNIT)
  return factor < 1 && added > 0
    ? { action: 'bonusIssue', ratio_numerator: added, ratio_denominator: RATIO_UNIT }
    : undefined
}

/** The next trading day; before the calendar begins, the next weekday. */
function firstDayAfter(until: TradingDay): TradingDay {
  if (isKnownToUs(until)) return nextUsTradingDay(until)
  let day = addDays(until, 1)
  while (weekday(day) === 0 || weekday(day) === 6) day = addDays(day, 1)
  return day
}

async function checkColumns(
  duck: Duck,
  from: string,
  parquet: string | undefined,
  columns: FactorTable['columns'],
): Promise<void> {
  const known =
    parquet === undefined
      ? (await duck.rows(`DESCRIBE SELECT * FROM ${from}`)).map((row) => textIn(row, 'column_name'))
      : await parquetColumns(duck, parquet)
  const missing = Object.values(columns).filter((name) => !known.includes(name))
  if (missing.length > 0)
    refuse(
      'options',
      `파일에 ${missing.join(', ')} 열이 없습니다. 있는 열: ${known.join(', ')}`,
      `the file has no column ${missing.join(', ')}; there are: ${known.join(', ')}`,
    )
}
