import { isTradingDay, nextTradingDay } from '../model/calendar.ts'
import type { Venue } from '../model/instrument.ts'
import { isRegularPhase } from '../model/route-rules.ts'
import { sessionsOf } from '../model/sessions.ts'
import { type OrderRouting, REGULAR_KRX } from '../model/settings.ts'
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

/**
 * The span that runs at `now`, or the next one: from before the opening call to after the closing call, or with extended
 * hours from before the first session of the venues that orders may go to until after the last.
 */
export function tradingSpan(now: EpochMs, routing: OrderRouting = REGULAR_KRX): TradingSpan {
  const today = kstDay(now)
  if (isTradingDay(today)) {
    const span = spanOf(today, routing)
    if (now < span.endAt) return span
    return spanOf(nextTradingDay(today), routing)
  }
  let day = today
  while (!isTradingDay(day)) day = addDays(day, 1)
  return spanOf(day, routing)
}

function spanOf(day: TradingDay, { route, hours }: OrderRouting): TradingSpan {
  const venues: readonly Venue[] = route === 'KRX' ? ['KRX'] : ['KRX', 'NXT']
  const open = venues
    .flatMap((venue) => sessionsOf(venue, day))
    .filter(({ phase }) => hours === 'extended' || isRegularPhase(phase))
  const first = Math.min(...open.map(({ from }) => from))
  const last = Math.max(...open.map(({ to }) => to))
  return { day, startAt: first - BEFORE_MS, endAt: last + AFTER_MS }
}
