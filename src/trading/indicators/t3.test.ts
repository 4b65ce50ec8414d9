import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ema } from './ema.ts'
import { createT3, t3 } from './t3.ts'
import { keepsContract } from './testing/contract.ts'

describe('T3 of Tillson', () => {
  keepsContract({
    fields: ['close'],
    golden: ['averages.json', 'T3'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 12 }), fc.double({ min: 0, max: 1, noNaN: true })),
    refused: [
      [1, 0.7],
      [2.5, 0.7],
      [100_001, 0.7],
      [5, -0.1],
      [5, 1.1],
      [5, Number.NaN],
    ],
    batch: ([close], [period, factor], out) =>
      t3(close as Float64Array, period as number, factor as number, out as Float64Array),
    create: (period, factor) => createT3(period as number, factor as number),
  })

  it('is the threefold average where the volume factor is 0', () => {
    const values = Float64Array.of(1, 2, 6, 9, 4, 8, 3, 7)
    // E3 of 2 at index 6, and the six stages are warm there.
    let last: Float64Array = values
    for (let stage = 0; stage < 3; stage++) last = ema(last.subarray(stage === 0 ? 0 : 1), 2)
    expect(t3(values, 2, 0)[7]).toBeCloseTo(last.at(-1) as number, 12)
  })
})
