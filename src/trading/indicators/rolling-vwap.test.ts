import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRollingVwap, rollingVwap } from './rolling-vwap.ts'
import { keepsContract } from './testing/contract.ts'

describe('rolling VWAP', () => {
  keepsContract({
    fields: ['high', 'low', 'close', 'volume'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 30 })),
    refused: [[0], [2.5], [100_001]],
    batch: ([high, low, close, volume], [period], out) =>
      rollingVwap(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        volume as Float64Array,
        period as number,
        out as Float64Array,
      ),
    create: (period) => createRollingVwap(period as number),
  })

  // By hand: typical prices 10, 20, 30, 40, 50 and volumes 0, 3, 1, 0, 0.
  it('weighs by volume, and keeps its value while nothing is traded', () => {
    const price = Float64Array.of(10, 20, 30, 40, 50)
    const values = rollingVwap(price, price, price, Float64Array.of(0, 3, 1, 0, 0), 2)
    expect([...values]).toEqual([Number.NaN, 20, 22.5, 30, 30])
  })

  it('has no value before the first volume', () => {
    const price = Float64Array.of(10, 20, 30)
    expect([...rollingVwap(price, price, price, Float64Array.of(0, 0, 5), 2)]).toEqual([
      Number.NaN,
      Number.NaN,
      30,
    ])
  })

  it('stays between the lowest and the highest typical price of its window, exact on whole numbers', () => {
    const bars = fc.array(fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.nat(1_000_000_000)), {
      minLength: 1,
      maxLength: 80,
    })
    fc.assert(
      fc.property(bars, fc.integer({ min: 1, max: 9 }), (all, period) => {
        const price = Float64Array.from(all, ([it]) => it)
        const volume = Float64Array.from(all, ([, it]) => it)
        const values = rollingVwap(price, price, price, volume, period)
        for (let i = period - 1; i < all.length; i++) {
          const window = all.slice(i - period + 1, i + 1).filter(([, amount]) => amount > 0)
          if (window.length === 0) continue
          const turnover = window.reduce((sum, [a, b]) => sum + BigInt(3 * a) * BigInt(b), 0n)
          const traded = window.reduce((sum, [, b]) => sum + b, 0)
          expect(values[i]).toBe(Number(turnover) / traded / 3)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('refuses a negative volume by its index', () => {
    const price = Float64Array.of(1, 2, 3)
    expect(() => rollingVwap(price, price, price, Float64Array.of(1, -2, 3), 2)).toThrow(
      /index 1 is negative: -2/,
    )
  })
})
