import { invariant } from '../std/invariant.ts'
import { ceilShare, type Money, type Quantity } from './money.ts'
import { type TradingDay, tradingDay } from './time.ts'

/** A cent, in the unit of dollar money (1/10,000 dollar). */
const CENT = 100

interface SecRow {
  /** First trade date in New York; the newest row that has begun applies. */
  readonly from: TradingDay
  /** Cents for a million dollars sold. */
  readonly centsAMillion: number
}

/** Newest first. */
const SEC_FEES: readonly SecRow[] = [
  { from: tradingDay('2026-04-04'), centsAMillion: 2_060 },
  { from: tradingDay('2025-05-14'), centsAMillion: 0 },
  { from: tradingDay('2024-05-22'), centsAMillion: 2_780 },
  { from: tradingDay('2023-02-27'), centsAMillion: 800 },
  { from: tradingDay('2022-05-14'), centsAMillion: 2_290 },
  { from: tradingDay('2021-02-25'), centsAMillion: 510 },
  { from: tradingDay('2020-02-18'), centsAMillion: 2_210 },
  { from: tradingDay('2019-04-16'), centsAMillion: 2_070 },
  { from: tradingDay('2018-05-22'), centsAMillion: 1_300 },
  { from: tradingDay('2017-07-04'), centsAMillion: 2_310 },
  { from: tradingDay('2016-02-16'), centsAMillion: 2_180 },
  { from: tradingDay('2015-02-14'), centsAMillion: 1_840 },
  { from: tradingDay('2014-03-18'), centsAMillion: 2_210 },
]

/**
 * Fee of Section 31 on ONE sell order in 1/10,000 dollar, from the value of all its fills so far, rounded up to the cent (a
 * further fill owes the difference). In: the trade day in New York. Errors: a day before 2014-03-18 breaks an invariant.
 * Source: since 2021-02-25 rule book §3.5; before, the SEC's fee rate advisories as FINRA's information notices repeat them
 * (3/3/14, 3/15/16, 5/7/18, 2/3/20).
 */
export function secFee(day: TradingDay, soldValue: Money): Money {
  const row = SEC_FEES.find(({ from }) => from <= day)
  invariant(row !== undefined, `no Section 31 rate is known for ${day}`)
  return ceilShare(soldValue, { numerator: row.centsAMillion, denominator: 100 * 1_000_000 }, CENT)
}

interface TafRow {
  readonly from: TradingDay
  /** Millionths of a dollar for a share sold, and cents for a sale at most. */
  readonly microsAShare: number
  readonly mostCents: number
}

/** Newest first. */
const ACTIVITY_FEES: readonly TafRow[] = [
  { from: tradingDay('2028-01-01'), microsAShare: 240, mostCents: 1_205 },
  { from: tradingDay('2027-01-01'), microsAShare: 232, mostCents: 1_161 },
  { from: tradingDay('2026-10-01'), microsAShare: 0, mostCents: 0 },
  { from: tradingDay('2026-01-01'), microsAShare: 195, mostCents: 979 },
  { from: tradingDay('2024-01-01'), microsAShare: 166, mostCents: 830 },
  { from: tradingDay('2023-01-01'), microsAShare: 145, mostCents: 727 },
  { from: tradingDay('2022-01-01'), microsAShare: 130, mostCents: 649 },
  { from: tradingDay('2012-07-01'), microsAShare: 119, mostCents: 595 },
]

/**
 * FINRA's trading activity fee on ONE sell order in 1/10,000 dollar, from all its shares so far, rounded up to the cent, never
 * more than its cap. Errors: a day before 2012-07-01 breaks an invariant.
 * Source: since 2024 rule book §3.5; before, FINRA's fee schedule (By-Laws, Schedule A, section 1).
 */
export function activityFee(day: TradingDay, soldShares: Quantity): Money {
  const row = ACTIVITY_FEES.find(({ from }) => from <= day)
  invariant(row !== undefined, `no trading activity fee is known for ${day}`)
  const { microsAShare, mostCents } = row
  const cents = Math.ceil((soldShares * microsAShare) / 10_000)
  return (Math.min(cents, mostCents) * CENT) as Money
}
