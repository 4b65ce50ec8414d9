import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKama, kama } from './kama.ts'
import { keepsContract } from './testing/contract.ts'

describe('adaptive moving average of Kaufman', () => {
  keepsContract({
    fields: ['close'],
    golden: ['averages.json', 'KAMA'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => kama(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createKama(period as number),
  })

  // By hand: a straight way is fully efficient, so the factor is (2/3)^2 from the value before.
  it('follows a straight way with the factor of 2', () => {
    const [, , first, second] = kama(Float64Array.of(1, 2, 3, 4), 2)
    expect(first).toBeCloseTo(2 + (4 / 9) * (3 - 2), 12)
    expect(second).toBeCloseTo((first as number) + (4 / 9) * (4 - (first as number)), 12)
  })

  // To and fro over two values: no way made, so the factor is (2/31)^2.
  it('hardly moves while the price goes to and fro', () => {
    expect(kama(Float64Array.of(1, 2, 1), 2)[2]).toBeCloseTo(2 - (2 / 31) ** 2, 12)
  })
})
