import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { cmf, createCmf } from './cmf.ts'
import { keepsContract } from './testing/contract.ts'

describe('Chaikin money flow', () => {
  keepsContract({
    fields: ['high', 'low', 'close', 'volume'],
    golden: ['volume.json', 'AD and SUM'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 30 })),
    refused: [[0], [2.5]],
    batch: ([high, low, close, volume], [period], out) =>
      cmf(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        volume as Float64Array,
        period as number,
        out as Float64Array,
      ),
    create: (period) => createCmf(period as number),
  })

  const high = Float64Array.of(12, 12, 12, 12, 12)
  const low = Float64Array.of(8, 8, 8, 8, 8)
  const close = Float64Array.of(12, 8, 11, 10, 12)

  // By hand: weights 1, −1, 0.5, 0, 1 and volumes 10, 4, 8, 0, 0.
  it('is the weighted share of the volume, and 0 where there is none', () => {
    const volume = Float64Array.of(10, 4, 8, 0, 0)
    expect([...cmf(high, low, close, volume, 2)]).toEqual([Number.NaN, 6 / 14, 0, 0.5, 0])
  })

  it('has no rest of old sums in a window without volume', () => {
    const volume = Float64Array.of(0.1, 0.7, 0.2, 0, 0)
    expect(cmf(high, low, close, volume, 2)[4]).toBe(0)
  })

  it('refuses a negative volume by its index', () => {
    const volume = Float64Array.of(1, 2, -3, 4, 5)
    expect(() => cmf(high, low, close, volume, 2)).toThrow(/volume at index 2 is negative: -3/)
    expect(() => createCmf(2).next({ high: 1, low: 1, close: 1, volume: -1 })).toThrow(InvariantError)
  })
})
