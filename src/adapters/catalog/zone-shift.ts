import type { TradingDay } from '../../model/time.ts'
import type { CatalogMarket, DataSetName } from '../../ports/catalog.ts'
import { daySpan } from './calendar/market-days.ts'
import { localText, ZONES } from './calendar/zone.ts'
import { type Duck, numberIn, text, textIn } from './duck.ts'
import { isDated, parseInterval } from './interval.ts'
import { isBarLike } from './kinds.ts'

/** A day whose bars would lie in the regular session if clocks were moved by `hours`. */
export interface ShiftedDay {
  readonly day: TradingDay
  readonly hours: number
  readonly rows: number
  /** The first row of that day in its file. */
  readonly row: number
}

export interface Shifts {
  /** Rows of the days that had enough rows to tell. */
  readonly tested: number
  readonly days: readonly ShiftedDay[]
}

const BUCKET_MINUTES = 30
const BUCKETS = 48
const HOURS_MAX = 15
/** Fewer rows do not show a session. */
const ROWS_MIN = 20
/** By how much more of the day must lie inside the session, and how much of it in all, before a shift is believed. */
const GAIN_MIN = 0.1
const INSIDE_MIN = 0.8

/** Only bars within the day have a clock to be wrong about. */
export const hasClock = ({ kind, interval }: DataSetName): boolean =>
  isBarLike(kind) && kind !== 'fx' && interval !== undefined && !isDated(parseInterval(interval))

/**
 * Days whose rows look shifted by whole hours: imported in another time zone than they were written in, or an hour off because
 * summer time was forgotten. `from` is SQL of rows with `day`, `open_at`, `row`.
 */
export async function findShifts(duck: Duck, market: CatalogMarket, from: string): Promise<Shifts> {
  const rows = await duck.rows(
    `SELECT CAST(day AS VARCHAR) AS day, CAST(epoch_ms(timezone(${text(ZONES[market])}, make_timestamptz(open_at * 1000))) // 60000 % 1440 // ${BUCKET_MINUTES} AS INTEGER) AS bucket,
       count(*) AS rows, min(row) AS row FROM ${from} GROUP BY 1, 2 ORDER BY 1`,
  )
  const days = new Map<TradingDay, { counts: number[]; rows: number; row: number }>()
  for (const each of rows) {
    const day = textIn(each, 'day') as TradingDay
    const known = days.get(day) ?? {
      counts: new Array<number>(BUCKETS).fill(0),
      rows: 0,
      row: numberIn(each, 'row'),
    }
    known.counts[numberIn(each, 'bucket')] = numberIn(each, 'rows')
    known.rows += numberIn(each, 'rows')
    known.row = Math.min(known.row, numberIn(each, 'row'))
    days.set(day, known)
  }
  const testable = [...days].filter(([, { rows }]) => rows >= ROWS_MIN)
  return {
    tested: testable.reduce((sum, [, { rows }]) => sum + rows, 0),
    days: testable.flatMap(([day, { counts, rows, row }]) => {
      const hours = shiftOf(counts, rows, sessionBuckets(market, day))
      return hours === 0 ? [] : [{ day, hours, rows, row }]
    }),
  }
}

function sessionBuckets(market: CatalogMarket, day: TradingDay): readonly [number, number] {
  const { openAt, closeAt } = daySpan(market, day)
  const bucketOf = (at: number) => {
    const [hour = 0, minute = 0] = localText(ZONES[market], at).slice(11).split(':').map(Number)
    return Math.floor((hour * 60 + minute) / BUCKET_MINUTES)
  }
  return [bucketOf(openAt), bucketOf(closeAt)]
}

/** By how many hours the clocks should be moved; 0 when the day fits as well as it can. The smallest shift wins a tie. */
function shiftOf(counts: readonly number[], rows: number, [open, close]: readonly [number, number]): number {
  const inside = (hours: number) => {
    let sum = 0
    for (let bucket = open; bucket <= close; bucket++)
      sum += counts[(((bucket - (hours * 60) / BUCKET_MINUTES) % BUCKETS) + BUCKETS) % BUCKETS] ?? 0
    return sum
  }
  let best = 0
  for (let size = 1; size <= HOURS_MAX; size++)
    for (const hours of [size, -size]) if (inside(hours) > inside(best)) best = hours
  const gain = (inside(best) - inside(0)) / rows
  return gain >= GAIN_MIN && inside(best) >= rows * INSIDE_MIN ? best : 0
}

/** For messages: `+9`, `-14`. */
export const signedHours = (hours: number): string => (hours > 0 ? `+${hours}` : String(hours))
