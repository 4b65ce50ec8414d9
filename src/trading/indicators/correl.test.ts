import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HighLow } from './bars.ts'
import { correl, createCorrel } from './correl.ts'
import type { Indicator } from './indicator.ts'
import { keepsContract } from './testing/contract.ts'

/** The highs and lows of the common series take the place of the two. */
const ofHighLow = (period: number): Indicator<HighLow, number> => {
  const indicator = createCorrel(period)
  return {
    next: ({ high, low }) => indicator.next({ x: high, y: low }),
    replaceLast: ({ high, low }) => indicator.replaceLast({ x: high, y: low }),
    get value() {
      return indicator.value
    },
    snapshot: () => indicator.snapshot(),
    restore: (state) => indicator.restore(state),
  }
}

describe('correlation', () => {
  keepsContract({
    fields: ['high', 'low'],
    golden: ['statistics.json', 'CORREL'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 40 })),
    refused: [[0], [2.5], [100_001]],
    batch: ([high, low], [period], out) =>
      correl(high as Float64Array, low as Float64Array, period as number, out as Float64Array),
    create: (period) => ofHighLow(period as number),
  })

  // By hand: distances −1, 0, 1 and −2, 1, 1: products 3, squares 2 and 6.
  it('is the covariance over both deviations', () => {
    expect(correl(Float64Array.of(1, 2, 3), Float64Array.of(1, 4, 4), 3)[2]).toBeCloseTo(
      3 / Math.sqrt(12),
      12,
    )
  })

  it('is 1 along a line, −1 against it, and 0 where one of them stands still', () => {
    const x = Float64Array.of(3, 1, 4, 1, 5, 9)
    const last = (y: Float64Array) => correl(x, y, 5)[5]
    expect(last(x.map((value) => 2 * value + 7))).toBeCloseTo(1, 12)
    expect(last(x.map((value) => -value))).toBeCloseTo(-1, 12)
    expect(last(x.map((_, i) => (i === 0 ? 1 : 0.1)))).toBe(0)
  })

  // The reference gives 0 for all of these: its zero is 1e-14 of a product of two variances of 1e-8.
  it('is not blind to small numbers such as returns', () => {
    const x = Float64Array.from({ length: 50 }, (_, i) => 1e-4 * Math.sin(i * 1.7))
    const values = correl(x, x, 20)
    for (const value of values.subarray(19)) expect(value).toBeCloseTo(1, 9)
  })
})
