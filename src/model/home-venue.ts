import type { EpochMs } from '../std/clock.ts'
import { invariant } from '../std/invariant.ts'
import type { Instrument, Market, Route, UsMarket } from './instrument.ts'
import type { Currency } from './money.ts'
import { newYorkClock, newYorkDay, newYorkInstant, newYorkTimeOfDay } from './new-york.ts'
import { kstClock, kstDay, kstInstant, kstTimeOfDay, type TimeOfDay, type TradingDay } from './time.ts'

/** The venue by whose day, clock and currency an account counts. */
export type HomeVenue = 'KRX' | 'US'

export const isUsMarket = (market: Market): market is UsMarket =>
  market === 'NASDAQ' || market === 'NYSE' || market === 'AMEX'

export const homeOfMarket = (market: Market): HomeVenue => (isUsMarket(market) ? 'US' : 'KRX')

/** Where all of these are at home; KRX for none at all. Errors: instruments of two countries break an invariant. */
export function homeOf(instruments: readonly Pick<Instrument, 'market'>[]): HomeVenue {
  const homes = new Set(instruments.map(({ market }) => homeOfMarket(market)))
  invariant(
    homes.size <= 1,
    'an account trades in one currency: instruments of Korea or of the United States',
  )
  const [home = 'KRX'] = homes
  return home
}

/** What an account for this venue counts in. */
export const currencyOf = (venue: Route): Currency => (venue === 'US' ? 'USD' : 'KRW')

/** The date that clocks at the exchange show: the trading day, since no regular session crosses its midnight. */
export const localDay = (venue: Route, at: EpochMs): TradingDay =>
  venue === 'US' ? newYorkDay(at) : kstDay(at)

export const localTimeOfDay = (venue: Route, at: EpochMs): TimeOfDay =>
  venue === 'US' ? newYorkTimeOfDay(at) : kstTimeOfDay(at)

/** `HH:MM:SS` at the exchange. */
export const localClock = (venue: Route, at: EpochMs): string =>
  venue === 'US' ? newYorkClock(at) : kstClock(at)

export const localInstant = (venue: Route, day: TradingDay, time: TimeOfDay): EpochMs =>
  venue === 'US' ? newYorkInstant(day, time) : kstInstant(day, time)
