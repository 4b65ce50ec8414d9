import { invariant } from '../std/invariant.ts'
import { isDerivativeExpiry } from './calendar.ts'
import type { Instrument, ViGroup } from './instrument.ts'
import { ceilShare, floorShare, krw, type Price, price, type Rate } from './money.ts'
import type { Phase } from './session.ts'
import { ceilToTick, floorToTick } from './tick-size.ts'
import type { TradingDay } from './time.ts'

/** How far a price may jump before 변동성완화장치 stops it. An absent rate: that kind does not exist in this phase. */
export interface ViRates {
  /** Against the last execution price before the incoming order. */
  readonly dynamic?: Rate
  /** Against the base price, and after an auction against that auction's price. */
  readonly static?: Rate
}

const percent = (numerator: number): Rate => ({ numerator, denominator: 100 })
const NONE: ViRates = {}

/**
 * The static kind guards the opening call too: its reference before the first price is the base price. In the KRX
 * after-market the dynamic rates of continuous trading and no static kind are assumed; no rule is published yet.
 */
const RATES: Readonly<Record<ViGroup, Partial<Record<Phase, ViRates>>>> = {
  narrow: {
    openingCall: { static: percent(10) },
    continuous: { dynamic: percent(3), static: percent(10) },
    closingCall: { dynamic: percent(2) },
    offHoursSingle: { dynamic: percent(3) },
    afterMarket: { dynamic: percent(3) },
  },
  wide: {
    openingCall: { static: percent(10) },
    continuous: { dynamic: percent(6), static: percent(10) },
    closingCall: { dynamic: percent(4) },
    offHoursSingle: { dynamic: percent(6) },
    afterMarket: { dynamic: percent(6) },
  },
}

const EXPIRY_CLOSING_CALL: ViRates = { dynamic: percent(1) }

/**
 * The rates for an instrument's group in a phase. `expiring`: it underlies a derivative that expires today, which
 * narrows the closing call. Whether the instrument is subject to VI at all is a matter of its designations.
 * Source: KRX English site, volatility interruption (both pages); rule book §1.7.
 */
export const viRates = (group: ViGroup, phase: Phase, expiring = false): ViRates =>
  expiring && phase === 'closingCall' ? EXPIRY_CLOSING_CALL : (RATES[group][phase] ?? NONE)

/**
 * The rates for an instrument in a phase of a day: on the last day of the month's index futures and options (the second
 * Thursday, or the trading day before it when that is closed) the closing call is narrower for what they are written on.
 * Source: rule book §1.7, §4.2. Assumed: these are the stocks of KOSPI200, our narrow group; which other stocks have
 * futures of their own is not known here.
 */
export const viRatesOf = (instrument: UnderlyingKey, phase: Phase, day: TradingDay): ViRates =>
  viRates(instrument.viGroup, phase, isUnderlying(instrument) && isDerivativeExpiry(day))

type UnderlyingKey = Pick<Instrument, 'class' | 'viGroup'>

const isUnderlying = ({ class: kind, viGroup }: UnderlyingKey): boolean =>
  kind === 'stock' && viGroup === 'narrow'

/**
 * The first prices of the grid at or beyond `reference × (1 ± rate)`: an execution there, or further out, triggers.
 * They may lie outside the day's band, where nothing trades. Errors: an unknown reference (0) breaks an invariant.
 * Source: rule book §1.7.
 */
export function viTriggerPrices(
  instrument: Pick<Instrument, 'class' | 'market'>,
  day: TradingDay,
  reference: Price,
  rate: Rate,
): { up: Price; down: Price } {
  invariant(reference > 0, 'a VI is measured from a known price')
  const { numerator, denominator } = rate
  const above = ceilShare(krw(reference), { numerator: denominator + numerator, denominator })
  const below = floorShare(krw(reference), { numerator: denominator - numerator, denominator })
  return {
    up: ceilToTick(instrument, day, price(above)),
    down: floorToTick(instrument, day, price(below)),
  }
}
