import { isTradingDay, nextTradingDay } from '../model/calendar.ts'
import { sessionsOf } from '../model/sessions.ts'
import { addDays, kstDay, type TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'

/** When a trader of the Korean market should be up. */
export interface TradingSpan {
  readonly day: TradingDay
  readonly startAt: EpochMs
  readonly endAt: EpochMs
}

/** The broker's line is restarted between six and seven; half an hour before the first session it has long been up. */
const BEFORE_MS = 30 * 60_000
/** The closing auction ends up to 30 s late, and its reports take their time. */
const AFTER_MS = 10 * 60_000

/** The span that runs at `now`, or the next one: from before the opening call to after the closing call. */
export function tradingSpan(now: EpochMs): TradingSpan {
  const today = kstDay(now)
  if (isTradingDay(today)) {
    const span = spanOf(today)
    if (now < span.endAt) return span
    return spanOf(nextTradingDay(today))
  }
  let day = today
  while (!isTradingDay(day)) day = addDays(day, 1)
  return spanOf(day)
}

function spanOf(day: TradingDay): TradingSpan {
  const sessions = sessionsOf('KRX', day)
  const first = sessions[0]?.from ?? 0
  const closing = sessions.find((session) => session.phase === 'closingCall')?.to ?? first
  return { day, startAt: first - BEFORE_MS, endAt: closing + AFTER_MS }
}
