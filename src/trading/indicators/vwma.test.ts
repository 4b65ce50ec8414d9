import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsContract } from './testing/contract.ts'
import { createVwma, vwma } from './vwma.ts'

describe('volume-weighted moving average', () => {
  keepsContract({
    fields: ['close', 'volume'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([close, volume], [period], out) =>
      vwma(close as Float64Array, volume as Float64Array, period as number, out as Float64Array),
    create: (period) => createVwma(period as number),
  })

  // By hand: (10 x 1 + 20 x 3) / 4, (20 x 3 + 40 x 0) / 3, then nothing was traded and the plain mean of 40 and 50 stands.
  it('weighs each close with its volume, and all alike where nothing was traded', () => {
    const close = Float64Array.of(10, 20, 40, 50, 70)
    const volume = Float64Array.of(1, 3, 0, 0, 2)
    expect([...vwma(close, volume, 2)]).toEqual([Number.NaN, 17.5, 20, 45, 70])
  })

  it('refuses a negative volume', () => {
    expect(() => vwma(Float64Array.of(1, 2), Float64Array.of(5, -1), 2)).toThrow(/index 1 is negative: -1/)
    expect(() => createVwma(2).next({ close: 1, volume: -1 })).toThrow(/index 0 is negative: -1/)
  })
})
