import type { EpochMs } from '../std/clock.ts'
import { invariant } from '../std/invariant.ts'
import { newYorkDay, newYorkInstant } from './new-york.ts'
import { addDays, type TradingDay, timeOfDay, weekday } from './time.ts'
import { US_CLOSURES, US_EARLY_CLOSES } from './us-closures.ts'

const OPEN = timeOfDay('09:30')
const CLOSE = timeOfDay('16:00')
const EARLY_CLOSE = timeOfDay('13:00')

/** The regular session of a day. */
export interface UsSession {
  readonly phase: 'continuous'
  readonly from: EpochMs
  readonly to: EpochMs
}

const isListed = (list: Readonly<Record<string, string>>, day: TradingDay): boolean =>
  (list[day.slice(0, 4)] ?? '').includes(day.slice(5))

/** Does the calendar know the year of this day? */
export const isKnownToUs = (day: TradingDay): boolean => day.slice(0, 4) in US_CLOSURES

/**
 * Do NYSE and Nasdaq trade on `day`, a date of New York? Errors: a year outside 2015–2027 breaks an invariant, as in the
 * Korean calendar. Source: rule book §4.3.
 */
export function isUsTradingDay(day: TradingDay): boolean {
  invariant(isKnownToUs(day), `the US calendar knows 2015 to 2027, not ${day}`)
  return weekday(day) !== 0 && weekday(day) !== 6 && !isListed(US_CLOSURES, day)
}

/** The first trading day after `day`. */
export function nextUsTradingDay(day: TradingDay): TradingDay {
  let next = addDays(day, 1)
  while (!isUsTradingDay(next)) next = addDays(next, 1)
  return next
}

/** Newest first: so many trading days until a trade is paid. */
const SETTLEMENT = [
  ['2024-05-28', 1],
  ['2017-09-05', 2],
  ['2015-01-01', 3],
] as const

/** When a trade of `day` settles. Source: rule book §3.4. */
export function usSettlementDay(day: TradingDay): TradingDay {
  const days = SETTLEMENT.find(([from]) => from <= day)?.[1] ?? 3
  let settles = day
  for (let i = 0; i < days; i++) settles = nextUsTradingDay(settles)
  return settles
}

/** Does `day` end at 13:00? Source: rule book §4.4. */
export const isEarlyClose = (day: TradingDay): boolean => isListed(US_EARLY_CLOSES, day)

/**
 * The regular session, 09:30–16:00 or 13:00 in New York; empty on a closed day. Its crosses are part of it: a bar does not
 * tell them apart. Pre-market, after-market and the brokers' day market are not offered here.
 * Source: rule book §3.1, §4.3, §4.4.
 */
export function usSessionsOf(day: TradingDay): readonly UsSession[] {
  if (!isUsTradingDay(day)) return []
  const to = isEarlyClose(day) ? EARLY_CLOSE : CLOSE
  return [{ phase: 'continuous', from: newYorkInstant(day, OPEN), to: newYorkInstant(day, to) }]
}

/** The last day that was asked for: questions come in order of time. */
let last: { readonly day: TradingDay; readonly sessions: readonly UsSession[] } | undefined

export function usPhaseAt(at: EpochMs): 'continuous' | 'closed' {
  const day = newYorkDay(at)
  if (last?.day !== day) last = { day, sessions: usSessionsOf(day) }
  return last.sessions.some(({ from, to }) => at >= from && at < to) ? 'continuous' : 'closed'
}
