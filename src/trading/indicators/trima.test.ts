import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsContract } from './testing/contract.ts'
import { createTrima, trima } from './trima.ts'

describe('triangular moving average', () => {
  keepsContract({
    fields: ['close'],
    golden: ['averages.json', 'TRIMA'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => trima(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createTrima(period as number),
  })

  // By hand: weights 1 2 2 1 over 6 for an even period, 1 2 3 2 1 over 9 for an odd one.
  it('counts the middle of the window most', () => {
    expect(trima(Float64Array.of(1, 5, 2, 7), 4)[3]).toBeCloseTo((1 + 10 + 4 + 7) / 6, 12)
    expect(trima(Float64Array.of(1, 5, 2, 7, 4), 5)[4]).toBeCloseTo((1 + 10 + 6 + 14 + 4) / 9, 12)
  })
})
