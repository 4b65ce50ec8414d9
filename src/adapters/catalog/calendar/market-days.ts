import { KRX_CALENDAR } from '../../../model/calendar.ts'
import { KRX_CLOSURES } from '../../../model/krx-closures.ts'
import { sessionsOf } from '../../../model/sessions.ts'
import { addDays, DAY_MS, type TradingDay, timeOfDay, weekday } from '../../../model/time.ts'
import { isEarlyClose, isKnownToUs, isUsTradingDay } from '../../../model/us-sessions.ts'
import type { CatalogMarket } from '../../../ports/catalog.ts'
import type { EpochMs } from '../../../std/clock.ts'
import type { Interval } from '../interval.ts'
import { localInstant, ZONES } from './zone.ts'

/** The regular session of a day, closing auction included. */
export interface DaySpan {
  readonly openAt: EpochMs
  readonly closeAt: EpochMs
}

/** Does the market trade on `day`? `unknown` on a weekday of a year that the calendars do not hold. */
export function opensOn(market: CatalogMarket, day: TradingDay): 'open' | 'closed' | 'unknown' {
  const weekend = weekday(day) === 0 || weekday(day) === 6
  const year = day.slice(0, 4)
  switch (market) {
    case 'KRX':
      if (year in KRX_CLOSURES) return KRX_CALENDAR.isTradingDay(day) ? 'open' : 'closed'
      // Until the end of 1998 Saturdays had a morning session.
      if (weekday(day) === 6 && day <= LAST_SATURDAY) return 'unknown'
      break
    case 'US':
      if (isKnownToUs(day)) return isUsTradingDay(day) ? 'open' : 'closed'
      break
    case 'FX':
      break
  }
  return weekend ? 'closed' : 'unknown'
}

const LAST_SATURDAY = '1998-12-05'

/**
 * When the regular session of `day` begins and ends. A closed day, and a day outside the calendars' years, gets the
 * usual hours of its time: a bar that bears such a date must still become visible at some instant.
 *
 * Source: KRX sessions of `model/sessions.ts`, older hours rule book §1.1; US hours §3.1, early closes §4.4. An exchange
 * rate has no session: its day is the Korean calendar day.
 */
export function daySpan(market: CatalogMarket, day: TradingDay): DaySpan {
  switch (market) {
    case 'KRX':
      return krxSpan(day)
    case 'US':
      return spanOf('US', day, '09:30', isEarlyClose(day) ? '13:00' : '16:00')
    case 'FX': {
      const openAt = localInstant(ZONES.FX, day, timeOfDay('00:00'))
      return { openAt, closeAt: openAt + DAY_MS }
    }
  }
}

function krxSpan(day: TradingDay): DaySpan {
  if (opensOn('KRX', day) === 'open') {
    const sessions = sessionsOf('KRX', day)
    const from = sessions.find(({ phase }) => phase === 'continuous')?.from
    const to = sessions.find(({ phase }) => phase === 'closingCall')?.to
    if (from !== undefined && to !== undefined) return { openAt: from, closeAt: to }
  }
  return spanOf('KRX', day, '09:00', day < '2016-08-01' ? '15:00' : '15:30')
}

const spanOf = (market: CatalogMarket, day: TradingDay, from: string, to: string): DaySpan => ({
  openAt: localInstant(ZONES[market], day, timeOfDay(from)),
  closeAt: localInstant(ZONES[market], day, timeOfDay(to)),
})

/**
 * From when to when a bar that is named by a date runs. A week or a month is taken from its first to its last weekday whichever of
 * its days the source names it by, so that it never becomes visible before it is over.
 */
export function datedSpan(market: CatalogMarket, { count, unit }: Interval, day: TradingDay): DaySpan {
  if (unit === 'd' && count === 1) return daySpan(market, day)
  const [first, last] = unit === 'mo' ? monthAround(day, count) : unit === 'w' ? weekAround(day) : [day, day]
  const end = unit === 'mo' ? last : addDays(last, unit === 'w' ? 7 * (count - 1) : count - 1)
  return { openAt: daySpan(market, first).openAt, closeAt: daySpan(market, end).closeAt }
}

function weekAround(day: TradingDay): readonly [TradingDay, TradingDay] {
  const monday = addDays(day, -((weekday(day) + 6) % 7))
  return [monday, addDays(monday, 4)]
}

function monthAround(day: TradingDay, count: number): readonly [TradingDay, TradingDay] {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const firstOfNext = new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 10) as TradingDay
  return [`${day.slice(0, 8)}01` as TradingDay, addDays(firstOfNext, -1)]
}
