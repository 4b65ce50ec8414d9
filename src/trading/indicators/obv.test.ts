import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createObv, obv } from './obv.ts'
import { keepsContract } from './testing/contract.ts'

describe('on-balance volume', () => {
  keepsContract({
    fields: ['close', 'volume'],
    golden: ['volume.json', 'OBV'],
    parameters: fc.constant([]),
    refused: [],
    batch: ([close, volume], _, out) =>
      obv(close as Float64Array, volume as Float64Array, out as Float64Array),
    create: () => createObv(),
  })

  // By hand: 5, then + 3 on a rise, nothing on an equal close, − 4 on a fall.
  it('begins with the first volume', () => {
    expect([...obv(Float64Array.of(10, 11, 11, 9), Float64Array.of(5, 3, 7, 4))]).toEqual([5, 8, 8, 4])
  })
})
