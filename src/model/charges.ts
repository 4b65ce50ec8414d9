import { invariant } from '../std/invariant.ts'
import type { Broker, BrokerEnvironment } from './broker.ts'
import { isUsMarket } from './home-venue.ts'
import type { Instrument, InstrumentClass, KoreanMarket, Market, PriceBand, Venue } from './instrument.ts'
import {
  ceilShare,
  floorShare,
  type Money,
  NO_WON,
  notional,
  type Price,
  plus,
  price,
  type Quantity,
  type Rate,
} from './money.ts'
import type { OrderType } from './order.ts'
import { type TradingDay, tradingDay } from './time.ts'
import { activityFee, secFee } from './us-charges.ts'

/** What a broker takes of an order's filled value; the result is cut down to a multiple of `unit` (won, or 1/10,000 dollar). */
export interface CommissionSchedule {
  readonly rate: Rate
  readonly unit: number
  /** Does the broker hand FINRA's activity fee on to the seller of US shares? Absent: no, as Korean brokers do. */
  readonly passesActivityFee?: boolean
}

interface CommissionRow {
  readonly broker: Broker
  readonly environments: readonly BrokerEnvironment[]
  readonly venues: readonly Venue[]
  /** First trade date; the newest row that has begun applies. */
  readonly from: TradingDay
  readonly schedule: CommissionSchedule
}

const ALWAYS = tradingDay('1998-12-07')
const RATE_0_015_PERCENT: Rate = { numerator: 15, denominator: 100_000 }
const RATE_0_35_PERCENT: Rate = { numerator: 35, denominator: 10_000 }
const RATE_0_25_PERCENT: Rate = { numerator: 25, denominator: 10_000 }

/** Newest first. Exchange and agency fees are inside these rates. Kiwoom's rate on NXT and in the after-market is assumed to be that of KRX. */
const COMMISSIONS: readonly CommissionRow[] = [
  {
    broker: 'kiwoom',
    environments: ['live', 'simulated'],
    venues: ['KRX', 'NXT'],
    from: ALWAYS,
    schedule: { rate: RATE_0_015_PERCENT, unit: 10 },
  },
  {
    broker: 'kiwoom',
    environments: ['paper'],
    venues: ['KRX', 'NXT'],
    from: ALWAYS,
    schedule: { rate: RATE_0_35_PERCENT, unit: 10 },
  },
  // The list price; customers with an event rate (0.07–0.09 %) hand in their own. That it is cut below a cent is assumed.
  {
    broker: 'kis',
    environments: ['simulated'],
    venues: ['US'],
    from: ALWAYS,
    schedule: { rate: RATE_0_25_PERCENT, unit: 100 },
  },
]

/**
 * The commission terms on a trade date. Errors: a combination without terms breaks an invariant.
 * Source: Kiwoom fee notice (0.015 % a side, online and REST) and measured mock statements (0.35 %), cut below 10 won;
 * rule book §2.2, §2.3. KIS: list price for US shares, rule book §3.5.
 */
export function commissionSchedule(of: {
  readonly broker: Broker
  readonly environment: BrokerEnvironment
  readonly venue: Venue
  readonly day: TradingDay
}): CommissionSchedule {
  const row = COMMISSIONS.find(
    ({ broker, environments, venues, from }) =>
      broker === of.broker &&
      environments.includes(of.environment) &&
      venues.includes(of.venue) &&
      from <= of.day,
  )
  invariant(
    row !== undefined,
    `no commission terms for ${of.broker} ${of.environment} ${of.venue} on ${of.day}`,
  )
  return row.schedule
}

/**
 * Commission of ONE order, in the unit of its money, from the value of all its fills so far. A further fill owes the difference to what the
 * order has paid before: cutting each fill by itself would give too little.
 * Source: rule book §2.3 (matched against broker statements).
 */
export const commission = (schedule: CommissionSchedule, filledValue: Money): Money =>
  floorShare(filledValue, schedule.rate, schedule.unit)

/** 증권거래세 and, on KOSPI, 농어촌특별세, in 1/10,000 of the value sold. */
interface TaxRow {
  /** First trade date: the rate follows the day of settlement, so a year's last two trading days pay the next year's. */
  readonly from: TradingDay
  readonly rates: Readonly<Record<KoreanMarket, readonly [securities: number, agricultural: number]>>
}

/** Newest first. The oldest row stands for "before 2019". */
const TAXES: readonly TaxRow[] = [
  { from: tradingDay('2025-12-29'), rates: { KOSPI: [5, 15], KOSDAQ: [20, 0], KONEX: [10, 0] } },
  { from: tradingDay('2024-12-27'), rates: { KOSPI: [0, 15], KOSDAQ: [15, 0], KONEX: [10, 0] } },
  { from: tradingDay('2023-12-27'), rates: { KOSPI: [3, 15], KOSDAQ: [18, 0], KONEX: [10, 0] } },
  { from: tradingDay('2022-12-28'), rates: { KOSPI: [5, 15], KOSDAQ: [20, 0], KONEX: [10, 0] } },
  { from: tradingDay('2020-12-29'), rates: { KOSPI: [8, 15], KOSDAQ: [23, 0], KONEX: [10, 0] } },
  { from: tradingDay('2019-05-30'), rates: { KOSPI: [10, 15], KOSDAQ: [25, 0], KONEX: [10, 0] } },
  { from: ALWAYS, rates: { KOSPI: [15, 15], KOSDAQ: [30, 0], KONEX: [30, 0] } },
]

const UNTAXED: ReadonlySet<InstrumentClass> = new Set(['etf', 'etn', 'elw'])

export interface TransactionTax {
  readonly securities: Money
  readonly agricultural: Money
  readonly total: Money
}

const NO_TAX: TransactionTax = { securities: NO_WON, agricultural: NO_WON, total: NO_WON }

/**
 * Tax in won of ONE sell order, from the value of all its fills so far (a further fill owes the difference). Each
 * component is cut to whole won by itself. The same on KRX and NXT, and assumed to be the same in mock investing. US shares
 * bear none.
 *
 * In: the TRADE day. Errors: a negative value breaks an invariant.
 * Source: 증권거래세법 시행령 and 농어촌특별세법 by settlement date, broker notices for each change; rule book §2.1, §2.3.
 */
export function transactionTax(
  instrument: Pick<Instrument, 'market' | 'class'>,
  tradeDay: TradingDay,
  soldValue: Money,
): TransactionTax {
  const { market } = instrument
  if (UNTAXED.has(instrument.class) || isUsMarket(market)) return NO_TAX
  const row = TAXES.find(({ from }) => from <= tradeDay)
  invariant(row !== undefined, `no tax rate known for a sale on ${tradeDay}`)
  const [securitiesRate, agriculturalRate] = row.rates[market]
  const securities = floorShare(soldValue, { numerator: securitiesRate, denominator: 10_000 })
  const agricultural = floorShare(soldValue, { numerator: agriculturalRate, denominator: 10_000 })
  return { securities, agricultural, total: plus(securities, agricultural) }
}

/**
 * All that a sale owes besides the commission, of ONE sell order so far (a further fill owes the difference): the transaction
 * tax in Korea; in the United States the fee of Section 31 and, where the broker hands it on, FINRA's activity fee.
 */
export function saleLevies(
  instrument: Pick<Instrument, 'market' | 'class'>,
  tradeDay: TradingDay,
  sold: { readonly value: Money; readonly shares: Quantity },
  { passesActivityFee }: Pick<CommissionSchedule, 'passesActivityFee'>,
): Money {
  if (!isUsMarket(instrument.market)) return transactionTax(instrument, tradeDay, sold.value).total
  const fee = secFee(tradeDay, sold.value)
  return passesActivityFee ? plus(fee, activityFee(tradeDay, sold.shares)) : fee
}

/** Types that can trade at no worse than their limit. A conditional order turns into a market order at the close. */
const PRICED: ReadonlySet<OrderType> = new Set(['limit', 'stopLimit'])

/** Where nothing bounds a buy without a limit (liquidation, ELW), this many times the last price is held. */
const UNBOUNDED_MULTIPLE = 2

/**
 * A market buy of a US share holds so much of the last price: no daily limit bounds it, and the order stands for a limit
 * through the book. 10 % is the wider LULD band above three dollars. Assumed; source: rule book §3.2, §3.3.
 */
const US_COLLAR: Rate = { numerator: 110, denominator: 100 }

/**
 * The most that a market buy may pay where no band bounds it, and what is held for it: a dearer share is not bought.
 * `undefined`: such a bound is not needed, or not set.
 */
export const marketCeiling = (market: Market, last: Price): Price | undefined =>
  isUsMarket(market) ? price(ceilShare(last as number as Money, US_COLLAR)) : undefined

export interface HoldRequest {
  readonly type: OrderType
  readonly limit?: Price
  readonly quantity: Quantity
  readonly band?: PriceBand | undefined
  readonly last: Price
  /** Absent: a Korean one. */
  readonly market?: Market
  readonly schedule: CommissionSchedule
}

/**
 * Cash to hold for a buy, in the unit of its money: its worst price times its shares, plus the commission on that, rounded up to the
 * commission's unit. The worst price is the limit, or the day's upper limit for an order that takes what the book gives,
 * or `marketCeiling` where no such limit is.
 * At a margin rate of 100 %.
 *
 * Errors: a limit order without limit, or no price to hold by at all, breaks an invariant.
 * Source: rule book §1.6 (a market buy rests at the upper limit), §1.11, §2.3, §3.3.
 */
export function holdFor(request: HoldRequest): Money {
  const value = notional(worstPrice(request), request.quantity)
  return plus(value, ceilShare(value, request.schedule.rate, request.schedule.unit))
}

function worstPrice({ type, limit, band, last, market }: HoldRequest): Price {
  if (PRICED.has(type)) {
    invariant(limit !== undefined && limit > 0, `a ${type} order has a limit to hold by`)
    return limit
  }
  if (band !== undefined) return band.upper
  const ceiling = market === undefined || last === 0 ? undefined : marketCeiling(market, last)
  if (ceiling !== undefined) return ceiling
  const known = Math.max(limit ?? 0, last * UNBOUNDED_MULTIPLE)
  invariant(known > 0, `a ${type} order without a price band needs a last price to hold by`)
  return price(known)
}
