import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHma, hma } from './hma.ts'
import { keepsContract } from './testing/contract.ts'

describe('Hull moving average', () => {
  keepsContract({
    fields: ['close'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => hma(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createHma(period as number),
  })

  // By hand, period 4 (half 2, root 2), values 1 2 6 9 4 8:
  // WMA 2 from index 1: 5/3, 14/3, 24/3, 17/3, 20/3. WMA 4 from index 3: (1+4+18+36)/10 = 5.9, (2+12+27+16)/10 = 5.7,
  // (6+18+12+32)/10 = 6.8. Twice the first less the second: 10.1, 34/3 - 5.7, 40/3 - 6.8. WMA 2 of these from index 4.
  it('is the short average sharpened by the long one, then smoothed', () => {
    const sharp = [16 - 5.9, 34 / 3 - 5.7, 40 / 3 - 6.8] as const
    const got = [...hma(Float64Array.of(1, 2, 6, 9, 4, 8), 4)]
    expect(got.slice(0, 4)).toEqual(new Array(4).fill(Number.NaN))
    expect(got[4]).toBeCloseTo((sharp[0] + 2 * sharp[1]) / 3, 12)
    expect(got[5]).toBeCloseTo((sharp[1] + 2 * sharp[2]) / 3, 12)
  })

  it('runs along a straight line without lag', () => {
    const line = Float64Array.from({ length: 60 }, (_, i) => 100 + 3 * i)
    // A WMA of n lags (n - 1) / 3 bars: for 16 that is 2 x 7/3 - 5 - 1 = -4/3 bars, for it overshoots.
    expect(hma(line, 16)[59]).toBeCloseTo(100 + 3 * (59 + 2 * -(7 / 3) + 5 - 1), 9)
  })
})
