import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsContract } from './testing/contract.ts'
import { createTrix, trix } from './trix.ts'

describe('TRIX', () => {
  keepsContract({
    fields: ['close'],
    golden: ['oscillators.json', 'TRIX'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 25 })),
    refused: [[0], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => trix(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createTrix(period as number),
  })

  it('is 0 where there is nothing to compare with', () => {
    expect([...trix(Float64Array.of(0, 3, 6), 1)]).toEqual([Number.NaN, 0, 100])
  })
})
