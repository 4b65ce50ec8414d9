import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsContract } from './testing/contract.ts'
import { createWillr, willr } from './willr.ts'

describe('percent range of Williams', () => {
  keepsContract({
    fields: ['high', 'low', 'close'],
    golden: ['oscillators.json', 'WILLR'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 30 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([high, low, close], [period], out) =>
      willr(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        period as number,
        out as Float64Array,
      ),
    create: (period) => createWillr(period as number),
  })

  it('runs from 0 at the high to -100 at the low, and is 0 without a range', () => {
    const got = (close: number) =>
      willr(Float64Array.of(9, 8), Float64Array.of(5, 7), Float64Array.of(6, close), 2)[1]
    expect([got(9), got(8), got(5)]).toEqual([0, -25, -100])
    const flat = Float64Array.of(7, 7)
    expect(willr(flat, flat, flat, 2)[1]).toBe(0)
  })
})
