import { describe, expect, it } from 'vitest'
import { createMarket } from '../../../matching/market.ts'
import type { BookLevel, Listing } from '../../../matching/types.ts'
import { instrumentId } from '../../../model/ids.ts'
import { price, quantity } from '../../../model/money.ts'
import { tradingDay } from '../../../model/time.ts'
import { createRandom } from '../../../std/random.ts'
import { nxtNames } from './nxt-names.ts'
import { mergeLevels } from './venue-tapes.ts'

const levels = (...rows: readonly (readonly [number, number])[]): readonly BookLevel[] =>
  rows.map(([at, shares]) => ({ price: price(at), quantity: quantity(shares) }))

describe('two books as one', () => {
  it.each([
    [
      'sell',
      [
        [100, 1],
        [102, 2],
      ],
      [
        [101, 5],
        [102, 7],
      ],
      [
        [100, 1],
        [101, 5],
        [102, 9],
      ],
    ],
    [
      'buy',
      [
        [99, 1],
        [97, 2],
      ],
      [
        [98, 5],
        [97, 7],
      ],
      [
        [99, 1],
        [98, 5],
        [97, 9],
      ],
    ],
    ['sell', [], [[101, 5]], [[101, 5]]],
    ['buy', [[99, 1]], [], [[99, 1]]],
  ] as const)('are merged by price, best first (%s)', (side, a, b, merged) => {
    expect(mergeLevels(levels(...a), levels(...b), side)).toEqual(levels(...merged))
  })
})

describe('the daily list of NXT', () => {
  const { listings } = createMarket({ seed: 7, day: tradingDay('2026-11-20'), size: 120 })
  const names = (asked: Parameters<typeof nxtNames>[0], seed = 7) =>
    nxtNames(asked, listings, createRandom(seed))
  const worth = ({ instrument, today }: Listing) => today.basePrice * (instrument.listedShares ?? 0)

  it('is empty, a share of the stocks, or what was said', () => {
    const stocks = listings.filter(({ instrument }) => instrument.class === 'stock')
    expect(names('none').size).toBe(0)
    expect(names(0.3).size).toBe(Math.round(stocks.length * 0.3))
    expect([...names([instrumentId('005930')])]).toEqual(['005930'])
    expect(() => names(1.5)).toThrow()
  })

  it('holds large names first, and the same ones for a seed', () => {
    const chosen = names(0.3)
    expect(names(0.3)).toEqual(chosen)
    expect(names(0.3, 8)).not.toEqual(chosen)
    const stocks = listings.filter(({ instrument }) => instrument.class === 'stock')
    const median = (of: readonly Listing[]) => of.map(worth).toSorted((a, b) => a - b)[of.length >> 1] ?? 0
    const inside = stocks.filter(({ instrument }) => chosen.has(instrument.id))
    const outside = stocks.filter(({ instrument }) => !chosen.has(instrument.id))
    expect(median(inside)).toBeGreaterThan(3 * median(outside))
  })

  it('leaves out funds, halted names and designated ones', () => {
    const all = listings.filter(({ instrument }) => names(1).has(instrument.id))
    expect(all.length).toBeGreaterThan(50)
    for (const { instrument, today } of all)
      expect([instrument.class, today.halted, today.designations]).toEqual(['stock', false, []])
  })
})
