import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cci, createCci } from './cci.ts'
import { keepsContract } from './testing/contract.ts'

describe('commodity channel index', () => {
  keepsContract({
    fields: ['high', 'low', 'close'],
    golden: ['oscillators.json', 'CCI'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 30 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([high, low, close], [period], out) =>
      cci(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        period as number,
        out as Float64Array,
      ),
    create: (period) => createCci(period as number),
  })

  it('is exactly 0 where nothing moves, whatever the digits', () => {
    const price = new Float64Array(30).fill(33.33)
    expect([...cci(price, price, price, 7)].slice(6)).toEqual(new Array(24).fill(0))
  })

  // By hand: prices 1, 2, 6 have the mean 3 and the mean distance 2; the newest is 3 above.
  it('measures the newest price in 1.5 % of the mean distance', () => {
    const price = Float64Array.of(1, 2, 6)
    expect(cci(price, price, price, 3)[2]).toBeCloseTo(3 / (0.015 * 2), 12)
  })
})
