import type { TradingDay } from '../../../model/time.ts'
import { daySpan } from '../calendar/market-days.ts'
import { ZONES } from '../calendar/zone.ts'
import { text, textIn } from '../duck.ts'
import { lengthMs, parseInterval } from '../interval.ts'
import { findShifts, hasClock, signedHours } from '../zone-shift.ts'
import { isIntraday, sessionsSql } from './days.ts'
import { type Check, foundAmong, foundBy, NOTHING, type Subject } from './finding.ts'

/** Bars that the interval would have between the first and the last of a day, inside the regular session. */
export const missingBars: Check = {
  id: 'missingBars',
  concerns: (subject) => isIntraday(subject) && lengthOf(subject) !== undefined,
  run: async (subject) => {
    const days = await daysSql(subject)
    if (days === undefined) return NOTHING
    const length = lengthOf(subject) ?? 1
    const found = await foundBy(
      subject,
      `SELECT symbol, day, row, "import", concat(missing, ' of ', expected) AS detail FROM (
        SELECT *, (last - first) // ${length} + 1 AS expected, (last - first) // ${length} + 1 - bars AS missing FROM (${days})) WHERE missing > 0`,
    )
    return found
  },
}

/** Days whose first bar comes late, or whose last one comes before the closing auction. */
export const partialDays: Check = {
  id: 'partialDays',
  concerns: (subject) => isIntraday(subject) && lengthOf(subject) !== undefined,
  run: async (subject) => {
    const days = await daysSql(subject)
    if (days === undefined) return NOTHING
    const clock = (at: string) =>
      `strftime(timezone(${text(ZONES[subject.set.market])}, make_timestamptz(${at} * 1000)), '%H:%M')`
    const slack = Math.max(lengthOf(subject) ?? 0, SLACK_MS)
    return foundBy(
      subject,
      `SELECT symbol, day, row, "import", concat(${clock('first')}, ' – ', ${clock('last')}) AS detail
       FROM (${days}) WHERE first - begins > ${slack} OR ends - last > ${slack} + ${CALL_MS}`,
    )
  },
}

/** Half an hour without a trade happens; the closing auction takes ten minutes in which nothing trades. */
const SLACK_MS = 1_800_000
const CALL_MS = 600_000

const lengthOf = ({ set }: Subject): number | undefined => lengthMs(parseInterval(set.interval ?? '1d'))

/** One row per instrument and day: how many bars of the session, the first and the last. */
async function daysSql({ duck, set }: Subject): Promise<string | undefined> {
  const rows = await duck.rows('SELECT CAST(day AS VARCHAR) AS day FROM days ORDER BY day')
  const spans = rows.map((row) => {
    const day = textIn(row, 'day') as TradingDay
    const { openAt, closeAt } = daySpan(set.market, day)
    return [day, openAt, closeAt] as const
  })
  if (spans.length === 0) return undefined
  return `SELECT b.symbol, b.day, min(b.row) AS row, min(b."import") AS "import", count(*) AS bars, min(b.open_at) AS first, max(b.open_at) AS last,
      any_value(s.begins) AS begins, any_value(s.ends) AS ends
    FROM b JOIN ${sessionsSql(spans)} ON b.day = s.day WHERE b.open_at >= s.begins AND b.open_at < s.ends - ${set.market === 'KRX' ? CALL_MS : 0}
    GROUP BY b.symbol, b.day`
}

/** Days that would fit into the session if clocks were moved by whole hours. */
export const zoneShift: Check = {
  id: 'zoneShift',
  concerns: ({ set }) => hasClock(set),
  run: async ({ duck, set }) => {
    const { days } = await findShifts(duck, set.market, 'b')
    return {
      ...foundAmong(
        days.map(({ day, hours, row }) => ({
          symbol: '',
          day,
          row,
          source: '',
          detail: `${signedHours(hours)} h`,
        })),
      ),
      symbols: 0,
    }
  },
}
