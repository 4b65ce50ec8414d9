import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDmi, createDx, type DmiColumns, dmi, dx } from './dmi.ts'
import { keepsContract } from './testing/contract.ts'

describe('directional movement', () => {
  describe('indicators', () => {
    keepsContract({
      fields: ['high', 'low', 'close'],
      golden: ['trend.json', 'PLUS_DI and MINUS_DI'],
      parameters: fc.tuple(fc.integer({ min: 1, max: 30 })),
      refused: [[0], [2.5], [Number.NaN], [100_001]],
      batch: ([high, low, close], [period], out) =>
        dmi(
          high as Float64Array,
          low as Float64Array,
          close as Float64Array,
          period as number,
          out as DmiColumns,
        ),
      create: (period) => createDmi(period as number),
    })
  })

  describe('index', () => {
    keepsContract({
      fields: ['high', 'low', 'close'],
      golden: ['trend.json', 'DX'],
      parameters: fc.tuple(fc.integer({ min: 2, max: 30 })),
      refused: [[1], [2.5], [Number.NaN], [100_001]],
      batch: ([high, low, close], [period], out) =>
        dx(
          high as Float64Array,
          low as Float64Array,
          close as Float64Array,
          period as number,
          out as Float64Array,
        ),
      create: (period) => createDx(period as number),
    })
  })

  // By hand, period 2: bar 1 moves up 2 in a true range of 3; bar 2 moves down 3 in one of 4, and half of the sums is dropped.
  it('drops a share of the sums before it adds the new bar', () => {
    const high = Float64Array.of(10, 12, 11)
    const low = Float64Array.of(8, 9, 6)
    const close = Float64Array.of(9, 10, 7)
    const { plusDi, minusDi } = dmi(high, low, close, 2)
    expect([plusDi[2], minusDi[2]]).toEqual([
      expect.closeTo((100 * 1) / 6.5),
      expect.closeTo((100 * 3) / 6.5),
    ])
    expect(dx(high, low, close, 2)[2]).toBeCloseTo(50, 12)
  })

  it('has no direction where nothing moves, and keeps the last one', () => {
    const flat = new Float64Array(9).fill(5)
    expect(dmi(flat, flat, flat, 2)).toEqual({
      plusDi: Float64Array.of(Number.NaN, Number.NaN, 0, 0, 0, 0, 0, 0, 0),
      minusDi: Float64Array.of(Number.NaN, Number.NaN, 0, 0, 0, 0, 0, 0, 0),
    })
    expect(dx(flat, flat, flat, 2)[8]).toBe(0)
    const risen = Float64Array.from({ length: 200 }, (_, i) => Math.min(i, 5))
    expect(dx(risen, risen, risen, 2)[199]).toBe(100)
  })
})
