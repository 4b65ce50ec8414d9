import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import { runBacktest } from './run.ts'
import { pinnedPlan } from './testing/pinned-market.ts'

/** Every order with its terms, fills and end. */
const orderHash = (orders: BacktestResult['orders']): string => {
  const terms = orders.map(({ order: { instrument, side, type, quantity, limit }, fills, end }) => [
    [instrument, side, type, quantity, limit ?? 0, end],
    fills.map(({ at, price, quantity: shares }) => [at, price, shares]),
  ])
  return createHash('sha256').update(JSON.stringify(terms)).digest('hex').slice(0, 16)
}

/** A hash of the orders, how many they are, round trips and won at the end. A change here is a change of what people's strategies do. */
const PINNED = [
  ['ema-cross', '0b89478571879e5a', 58, 28, 19831296],
  ['macd-trend', '19a8e7051e2529d6', 106, 52, 20263218],
  ['rsi-reversion', 'f5337e5a4acfb154', 14, 7, 20390538],
  ['bollinger-breakout', '8f5aace2922e42cd', 16, 8, 20054328],
  ['vwap-reversion', 'd68d18d33efc2d81', 72, 36, 20200974],
  ['opening-range', 'd8f3ed84e0455f41', 88, 44, 20567347],
  ['volatility-breakout', 'e56023e24aeec468', 56, 27, 20382368],
  ['dual-momentum', '527ddc0e63a50a0f', 17, 8, 15798046],
  ['cross-sectional-momentum', '6935038ced94438e', 5, 1, 20984482],
  ['pairs', 'c410bd272cd1f91f', 8, 4, 18300362],
] as const

describe('every strategy that comes along', () => {
  it.each(PINNED)('%s keeps its orders and its result', (id, hash, orders, trips, endedWith) => {
    const result = runBacktest(pinnedPlan(id))
    expect([
      orderHash(result.orders),
      result.orders.length,
      result.roundTrips.length,
      result.endedWith,
    ]).toEqual([hash, orders, trips, endedWith])
  })

  it('is among the pinned', () => {
    expect(PINNED.map(([id]) => id)).toEqual(STRATEGIES.map(({ id }) => id))
  })
})
