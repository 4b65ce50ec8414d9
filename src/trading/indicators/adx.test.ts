import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adx, adxr, createAdx, createAdxr } from './adx.ts'
import { keepsContract } from './testing/contract.ts'

describe('average directional index', () => {
  describe('average', () => {
    keepsContract({
      fields: ['high', 'low', 'close'],
      golden: ['trend.json', 'ADX'],
      parameters: fc.tuple(fc.integer({ min: 2, max: 20 })),
      refused: [[1], [2.5], [Number.NaN], [100_001]],
      batch: ([high, low, close], [period], out) =>
        adx(
          high as Float64Array,
          low as Float64Array,
          close as Float64Array,
          period as number,
          out as Float64Array,
        ),
      create: (period) => createAdx(period as number),
    })
  })

  describe('rating', () => {
    keepsContract({
      fields: ['high', 'low', 'close'],
      golden: ['trend.json', 'ADXR'],
      parameters: fc.tuple(fc.integer({ min: 2, max: 20 })),
      refused: [[1], [2.5], [Number.NaN], [100_001]],
      batch: ([high, low, close], [period], out) =>
        adxr(
          high as Float64Array,
          low as Float64Array,
          close as Float64Array,
          period as number,
          out as Float64Array,
        ),
      create: (period) => createAdxr(period as number),
    })
  })

  it('is 0 where nothing ever moved and stays where it was when the market stops', () => {
    const flat = new Float64Array(40).fill(5)
    expect([adx(flat, flat, flat, 5)[39], adxr(flat, flat, flat, 5)[39]]).toEqual([0, 0])
    const risen = Float64Array.from({ length: 400 }, (_, i) => Math.min(i, 20))
    expect(adx(risen, risen, risen, 2)[399]).toBe(100)
  })
})
