import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMfi, mfi } from './mfi.ts'
import { keepsContract } from './testing/contract.ts'

describe('money flow index', () => {
  keepsContract({
    fields: ['high', 'low', 'close', 'volume'],
    golden: ['oscillators.json', 'MFI'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 30 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([high, low, close, volume], [period], out) =>
      mfi(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        volume as Float64Array,
        period as number,
        out as Float64Array,
      ),
    create: (period) => createMfi(period as number),
  })

  // By hand: turnovers +2 x 3, -1 x 4, then +5 x 2 as the first leaves: 6 of 10, 10 of 14.
  it('is the share of the rising turnover', () => {
    const price = Float64Array.of(1, 2, 1, 5)
    const got = mfi(price, price, price, Float64Array.of(9, 3, 4, 2), 2)
    expect(got[2]).toBeCloseTo(60, 12)
    expect(got[3]).toBeCloseTo((100 * 10) / 14, 12)
  })

  it('stays within its scale when what has gone leaves a hair behind', () => {
    const price = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 1e6 / 3 + i / 7 : 1e3 / 3 - i / 7))
    const volume = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 1e9 / 7 : 1e-4))
    for (const value of mfi(price, price, price, volume, 5).subarray(5)) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(100)
    }
  })
})
