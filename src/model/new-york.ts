import type { EpochMs } from '../std/clock.ts'
import { addDays, DAY_MS, type TimeOfDay, type TradingDay, tradingDay, weekday } from './time.ts'

const HOUR_MS = 3_600_000
/** Eastern Standard and Eastern Daylight Time, behind UTC. */
const STANDARD_MS = 5 * HOUR_MS
const SUMMER_MS = 4 * HOUR_MS

interface Summer {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** One a year that was asked for. */
const SUMMERS = new Map<number, Summer>()

/**
 * When clocks in New York are an hour ahead: from 02:00 of the second Sunday of March to 02:00 of the first Sunday of
 * November. By hand, because what a runtime knows of zones must not change a recorded decision.
 * Before 2007 the rule was another one; no session here is that old.
 * Source: Energy Policy Act of 2005; rule book §3.1 has the days of 2015–2028, which the test compares.
 */
export function summerTimeOf(year: number): Summer {
  const known = SUMMERS.get(year)
  if (known) return known
  const midnight = (day: TradingDay): EpochMs => Date.parse(`${day}T00:00:00Z`)
  const from = midnight(sundayFrom(tradingDay(`${year}-03-08`))) + 2 * HOUR_MS + STANDARD_MS
  const to = midnight(sundayFrom(tradingDay(`${year}-11-01`))) + 2 * HOUR_MS + SUMMER_MS
  const summer = { from, to }
  SUMMERS.set(year, summer)
  return summer
}

/** The first Sunday that is not before `day`. */
const sundayFrom = (day: TradingDay): TradingDay => addDays(day, (7 - weekday(day)) % 7)

function behindMs(at: EpochMs): number {
  const { from, to } = summerTimeOf(new Date(at).getUTCFullYear())
  return at >= from && at < to ? SUMMER_MS : STANDARD_MS
}

const shifted = (at: EpochMs): EpochMs => at - behindMs(at)

export const newYorkDay = (at: EpochMs): TradingDay =>
  new Date(shifted(at)).toISOString().slice(0, 10) as TradingDay

export const newYorkTimeOfDay = (at: EpochMs): TimeOfDay =>
  (((shifted(at) % DAY_MS) + DAY_MS) % DAY_MS) as TimeOfDay

/** `HH:MM:SS` in New York. */
export const newYorkClock = (at: EpochMs): string => new Date(shifted(at)).toISOString().slice(11, 19)

/** The instant at which clocks in New York show `time` on `day`. No session is near the hour that changes twice a year. */
export function newYorkInstant(day: TradingDay, time: TimeOfDay): EpochMs {
  const wanted = Date.parse(`${day}T00:00:00Z`) + time
  return wanted + behindMs(wanted + STANDARD_MS)
}
