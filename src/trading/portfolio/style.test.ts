import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import { price } from '../../model/money.ts'
import type { Side } from '../../model/order.ts'
import { priceBand } from '../../model/price-band.ts'
import type { OrderStyle } from '../../model/settings.ts'
import { isOnTick } from '../../model/tick-size.ts'
import { tradingDay } from '../../model/time.ts'
import { priceOf } from './style.ts'

const DAY = tradingDay('2026-11-20')
const LISTING = {
  id: instrumentId('005930'),
  name: '삼성전자',
  market: 'KOSPI',
  class: 'stock',
  viGroup: 'narrow',
} as const

const viewOf = (base: number, last: number, bid: number, ask: number): InstrumentView => ({
  listing: LISTING,
  day: DAY,
  basePrice: price(base),
  band: priceBand(LISTING, DAY, { basePrice: price(base), designations: [] }),
  designations: [],
  halted: false,
  marginRate: { numerator: 1, denominator: 1 },
  last: price(last),
  bid: price(bid),
  ask: price(ask),
  pricedAt: 1,
  inVi: false,
  board: 'KRX',
  boards: {},
})

const limit = (from: 'last' | 'bid' | 'ask', ticks: number): OrderStyle => ({ kind: 'limit', from, ticks })

describe('the price of an order style', () => {
  // Ticks since 2023-01-25: 1 below 2,000; 5 below 5,000; 10 below 20,000; 100 from 50,000 (KRX price units).
  const rows: readonly (readonly [string, OrderStyle, Side, InstrumentView, number])[] = [
    ['two ticks above the offer', limit('ask', 2), 'buy', viewOf(71_500, 71_500, 71_500, 71_600), 71_800],
    ['one tick below the last price', limit('last', -1), 'buy', viewOf(71_500, 71_500, 0, 0), 71_400],
    ['the bid itself', limit('bid', 0), 'sell', viewOf(71_500, 71_500, 71_400, 71_600), 71_400],
    ['up across a tick boundary', limit('last', 2), 'buy', viewOf(1_990, 1_999, 0, 0), 2_005],
    ['down across a tick boundary', limit('last', -2), 'sell', viewOf(2_000, 2_005, 0, 0), 1_999],
    [
      'the last price where the side is empty',
      limit('ask', 1),
      'buy',
      viewOf(71_500, 71_700, 71_600, 0),
      71_800,
    ],
    ['a half-tick print, down for a buy', limit('last', 0), 'buy', viewOf(71_500, 71_550, 0, 0), 71_500],
    ['a half-tick print, up for a sale', limit('last', 0), 'sell', viewOf(71_500, 71_550, 0, 0), 71_600],
    // Base 9,980 has the band 6,990 to 12,970: floor(9,980 × 30 % / 10) × 10 = 2,990 (KRX example).
    ['no more than the upper limit', limit('last', 5), 'buy', viewOf(9_980, 12_960, 0, 0), 12_970],
    ['no less than the lower limit', limit('bid', -5), 'sell', viewOf(9_980, 7_000, 7_000, 0), 6_990],
  ]

  it.each(rows)('is %s', (_, style, side, view, expected) => {
    expect(priceOf(style, side, view)).toEqual({ type: 'limit', limit: expected })
  })

  it('is market for a market order, known price or not', () => {
    expect(priceOf({ kind: 'market' }, 'sell', viewOf(1_000, 0, 0, 0))).toEqual({ type: 'market' })
  })

  it('is unknown while no price is known to count from', () => {
    expect(priceOf(limit('ask', 0), 'buy', viewOf(1_000, 0, 990, 0))).toBeUndefined()
    expect(priceOf(limit('bid', 0), 'buy', viewOf(1_000, 0, 990, 0))).toEqual({ type: 'limit', limit: 990 })
  })

  it('lies on the grid and inside the band, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 900_000 }),
        fc.double({ min: 0.7, max: 1.3, noNaN: true }),
        fc.constantFrom('last', 'bid', 'ask'),
        fc.integer({ min: -30, max: 30 }),
        fc.constantFrom<Side>('buy', 'sell'),
        (base, share, from, ticks, side) => {
          const last = Math.round(base * share)
          const view = viewOf(base, last, last - 1, last + 1)
          const priced = priceOf(limit(from, ticks), side, view)
          if (priced?.type !== 'limit') throw new Error('a limit style gives a limit')
          expect(isOnTick(LISTING, DAY, priced.limit)).toBe(true)
          expect(priced.limit).toBeGreaterThanOrEqual(view.band?.lower ?? 0)
          expect(priced.limit).toBeLessThanOrEqual(view.band?.upper ?? Number.POSITIVE_INFINITY)
        },
      ),
      { numRuns: 500 },
    )
  })
})
