import { addDays, type TradingDay } from '../../../model/time.ts'
import { opensOn } from '../calendar/market-days.ts'
import { text, textIn } from '../duck.ts'
import { isDated, parseInterval } from '../interval.ts'
import { isBarLike } from '../kinds.ts'
import { type Check, type Example, foundAmong, foundBy, type Subject, skipped } from './finding.ts'

/** Sets with a row for every trading day. */
export const isDaily = ({ set }: Pick<Subject, 'set'>): boolean =>
  isBarLike(set.kind) && set.interval === '1d'

export const isIntraday = ({ set }: Pick<Subject, 'set'>): boolean =>
  isBarLike(set.kind) && set.interval !== undefined && !isDated(parseInterval(set.interval))

/** Trading days of the calendar on which nobody has a row; neighbours are one finding. */
export const missingDays: Check = {
  id: 'missingDays',
  concerns: (subject) => (isDaily(subject) || isIntraday(subject)) && subject.set.kind !== 'fx',
  run: async ({ duck, set }) => {
    const rows = await duck.rows('SELECT CAST(day AS VARCHAR) AS day FROM days ORDER BY day')
    const days = rows.map((row) => textIn(row, 'day') as TradingDay)
    const known = new Set<TradingDay>(days)
    const [first] = days
    const last = days.at(-1)
    if (first === undefined || last === undefined) return foundAmong([])
    const open: TradingDay[] = []
    for (let day = first; day <= last; day = addDays(day, 1))
      if (opensOn(set.market, day) === 'open') open.push(day)
    if (open.length === 0)
      return skipped(
        '달력이 모르는 연도입니다 (2015–2027만)',
        'the calendar does not know these years (2015 to 2027 only)',
      )
    return {
      ...foundAmong(ranges(open, known)),
      count: open.filter((day) => !known.has(day)).length,
      symbols: 0,
    }
  },
}

function ranges(open: readonly TradingDay[], known: ReadonlySet<TradingDay>): Example[] {
  const found: { from: TradingDay; to: TradingDay; days: number }[] = []
  let isRunning = false
  for (const day of open) {
    const last = found.at(-1)
    if (known.has(day)) isRunning = false
    else if (isRunning && last) found[found.length - 1] = { ...last, to: day, days: last.days + 1 }
    else {
      found.push({ from: day, to: day, days: 1 })
      isRunning = true
    }
  }
  return found.map(({ from, to, days }) => ({
    symbol: '',
    day: from,
    row: 0,
    source: '',
    detail: `${from} – ${to}: ${days}`,
  }))
}

/** Days on which others of the set have a row, between two rows of an instrument that has none. */
export const gaps: Check = {
  id: 'gaps',
  concerns: isDaily,
  run: (subject) =>
    foundBy(
      subject,
      `SELECT symbol, day, row, "import", concat(place - before - 1, ' days after ', CAST(last_day AS VARCHAR)) AS detail
       FROM (SELECT b.symbol, b.day, b.row, b."import", d.place, lag(d.place) OVER w AS before, lag(b.day) OVER w AS last_day
         FROM b JOIN days d ON b.day = d.day WINDOW w AS (PARTITION BY symbol ORDER BY b.day)) WHERE place - before > 1`,
    ),
}

/** When each day of the set began and ended, for the checks that look inside it. */
export const sessionsSql = (
  spans: readonly (readonly [day: string, openAt: number, closeAt: number])[],
): string =>
  `(VALUES ${spans.map(([day, openAt, closeAt]) => `(DATE ${text(day)}, ${openAt}, ${closeAt})`).join(', ')}) s(day, begins, ends)`
