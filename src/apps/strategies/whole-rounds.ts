import type { Bar } from '../../model/bar.ts'
import { nextTradingDay, tradingDaysBetween } from '../../model/calendar.ts'
import { kstDay, kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'

/** Where rounds are counted from, however far the chart reaches. A bar before it is left out. */
const FIRST_ROUND = tradingDay('2016-01-04')
const MIDNIGHT = timeOfDay('00:00')

/**
 * Daily bars from the first whole round on, of all instruments alike: a strategy that acts every `roundBars` bars then finds
 * today at the same place of its round as yesterday's start of it left off.
 */
export function inWholeRounds(past: readonly (readonly Bar[])[], roundBars = 1): readonly (readonly Bar[])[] {
  const first = Math.min(...past.flatMap(([bar]) => (bar ? [bar.openAt] : [])))
  if (roundBars <= 1 || !Number.isFinite(first)) return past
  const day = kstDay(Math.max(first, kstInstant(FIRST_ROUND, MIDNIGHT)))
  const over = tradingDaysBetween(FIRST_ROUND, day) % roundBars
  const from = kstInstant(over === 0 ? day : nextTradingDay(day, roundBars - over), MIDNIGHT)
  return past.map((bars) => bars.filter(({ openAt }) => openAt >= from))
}
