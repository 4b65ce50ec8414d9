import { invariant } from '../std/invariant.ts'
import { isUsMarket } from './home-venue.ts'
import type { Instrument, InstrumentDay, Market, PriceBand } from './instrument.ts'
import { ceilShare, floorShare, krw, type Price, price, type Rate } from './money.ts'
import { ceilToTick, floorToTick, type TickKey, tickSize } from './tick-size.ts'
import { type TradingDay, tradingDay } from './time.ts'

interface LimitRow {
  readonly markets: readonly Market[]
  readonly from: TradingDay
  readonly limit: Rate
}

const percent = (numerator: number): Rate => ({ numerator, denominator: 100 })
const ALWAYS = tradingDay('1998-12-07')

/** Newest first. KONEX kept 15 % when the boards of the main markets went to 30 %. */
const LIMITS: readonly LimitRow[] = [
  { markets: ['KOSPI', 'KOSDAQ'], from: tradingDay('2015-06-15'), limit: percent(30) },
  { markets: ['KOSPI', 'KOSDAQ', 'KONEX'], from: ALWAYS, limit: percent(15) },
]

interface ListingDayRow {
  readonly from: TradingDay
  readonly lowest: Rate
  readonly highest: Rate
}

/**
 * The first day of a new share, as shares of the offering price. Until 2023-06-23 an auction between 90 % and 200 % set
 * the opening price and ±30 % around that held afterwards: without knowing the opening price only the hull can be
 * given, 90 % × 70 % to 200 % × 130 %.
 */
const LISTING_DAYS: readonly ListingDayRow[] = [
  { from: tradingDay('2023-06-26'), lowest: percent(60), highest: percent(400) },
  { from: ALWAYS, lowest: percent(63), highest: percent(260) },
]

const OFF_HOURS_LIMIT = percent(10)

/**
 * 상하한가: between which prices an order is accepted on `day`, both ends included and on tick. Holds for every session of
 * KRX and NXT that day, the KRX after-market too.
 *
 * `undefined`: there is no limit (정리매매, ELW; the United States, whose LULD pauses trading instead). On the first day of a newly listed share `basePrice` is the offering price.
 * Errors: an unknown base price (0) breaks an invariant, since "no limit" and "not known" must not look alike.
 * Source: KRX English site, price limits (floor to the tick of the base, add, floor to the tick of the sum); leverage,
 * KONEX, first day and liquidation: rule book §1.6; US §3.2.
 */
export function priceBand(
  instrument: Instrument,
  day: TradingDay,
  today: Pick<InstrumentDay, 'basePrice' | 'designations'>,
): PriceBand | undefined {
  const { basePrice: base, designations } = today
  const { market, class: kind } = instrument
  if (isUsMarket(market) || kind === 'elw' || designations.includes('liquidation')) return undefined
  invariant(base > 0, `the price band of ${instrument.id} on ${day} needs a base price`)
  if (designations.includes('firstDay') && isOfferedShare(instrument))
    return listingDayBand(instrument, day, base)
  return bandAround(instrument, day, base, limitOf(instrument, day))
}

/**
 * The band of the off-hours single-price session (시간외 단일가, until 2026-09-11): ±10 % of that day's regular close, cut by
 * the band of the day. `undefined` where the day has no band. Source: rule book §1.2, §1.6.
 */
export function offHoursBand(
  instrument: Instrument,
  day: TradingDay,
  today: Pick<InstrumentDay, 'basePrice' | 'designations'>,
  close: Price,
): PriceBand | undefined {
  const whole = priceBand(instrument, day, today)
  if (whole === undefined) return undefined
  const near = bandAround(instrument, day, close, OFF_HOURS_LIMIT)
  return { upper: clampToBand(near.upper, whole), lower: clampToBand(near.lower, whole) }
}

/** The price, moved to the nearer end of the band when it lies outside. Both ends are on tick. */
export function clampToBand(at: Price, band: PriceBand | undefined): Price {
  if (band === undefined) return at
  return at > band.upper ? band.upper : at < band.lower ? band.lower : at
}

function bandAround(instrument: TickKey, day: TradingDay, base: Price, limit: Rate): PriceBand {
  const width = floorShare(krw(base), limit, tickSize(instrument, day, base))
  const upper = floorToTick(instrument, day, price(base + width))
  const lower = ceilToTick(instrument, day, price(Math.max(0, base - width)))
  // A base off the grid whose width is less than a tick has no grid price above its floor.
  return { upper, lower: lower < upper ? lower : upper }
}

function listingDayBand(instrument: TickKey, day: TradingDay, offering: Price): PriceBand {
  const row = LISTING_DAYS.find(({ from }) => from <= day)
  invariant(row !== undefined, `no rule for a first trading day on ${day}`)
  return {
    upper: floorToTick(instrument, day, price(floorShare(krw(offering), row.highest))),
    lower: ceilToTick(instrument, day, price(ceilShare(krw(offering), row.lowest))),
  }
}

/** ETFs and ETNs start at their net asset value with the usual band; KONEX has no offering and keeps its own. */
const isOfferedShare = ({ class: kind, market }: Instrument) => kind === 'stock' && market !== 'KONEX'

function limitOf({ market, leverage = 1 }: Instrument, day: TradingDay): Rate {
  const row = LIMITS.find(({ markets, from }) => from <= day && markets.includes(market))
  invariant(row !== undefined, `no price limit known for ${market} on ${day}`)
  invariant(leverage >= 1, `leverage widens a band, it is 1 or more and not ${leverage}`)
  // In hundredths, because 1.5X products exist and a rate is made of whole numbers.
  return {
    numerator: row.limit.numerator * Math.round(leverage * 100),
    denominator: row.limit.denominator * 100,
  }
}
