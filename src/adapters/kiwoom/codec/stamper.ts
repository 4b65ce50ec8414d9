import { addDays, kstDay, kstInstant, type TimeOfDay, type TradingDay } from '../../../model/time.ts'
import type { Clock, EpochMs } from '../../../std/clock.ts'

/** Turns times of day on the wire into instants of the running trading day (Korean time). */
export interface Stamper {
  now(): EpochMs
  day(): TradingDay
  /** The instant of a time of day of the day that holds `now`; `now` itself when the wire gave none. */
  at(timeOfDayMs: number | undefined, now: EpochMs): EpochMs
}

const MIDNIGHT = 0 as TimeOfDay

export function createStamper(clock: Clock): Stamper {
  let day: TradingDay = kstDay(clock.now())
  let from = kstInstant(day, MIDNIGHT)
  let to = kstInstant(addDays(day, 1), MIDNIGHT)

  const refresh = (now: EpochMs) => {
    if (now >= from && now < to) return
    day = kstDay(now)
    from = kstInstant(day, MIDNIGHT)
    to = kstInstant(addDays(day, 1), MIDNIGHT)
  }

  return {
    now: () => clock.now(),
    day: () => {
      refresh(clock.now())
      return day
    },
    at: (timeOfDayMs, now) => {
      if (timeOfDayMs === undefined) return now
      refresh(now)
      return from + timeOfDayMs
    },
  }
}
