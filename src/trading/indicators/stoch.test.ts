import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStoch, createStochF, type StochColumns, type StochFColumns, stoch, stochF } from './stoch.ts'
import { keepsContract } from './testing/contract.ts'

describe('stochastic', () => {
  describe('slow', () => {
    keepsContract({
      fields: ['high', 'low', 'close'],
      golden: ['oscillators.json', 'STOCH'],
      parameters: fc.tuple(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
      ),
      refused: [
        [0, 3, 3],
        [5, 2.5, 3],
        [5, 3, 100_001],
      ],
      batch: ([high, low, close], [fastK, slowK, slowD], out) =>
        stoch(
          high as Float64Array,
          low as Float64Array,
          close as Float64Array,
          fastK as number,
          slowK as number,
          slowD as number,
          out as StochColumns,
        ),
      create: (fastK, slowK, slowD) => createStoch(fastK as number, slowK as number, slowD as number),
    })
  })

  describe('fast', () => {
    keepsContract({
      fields: ['high', 'low', 'close'],
      golden: ['oscillators.json', 'STOCHF'],
      parameters: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6 })),
      refused: [
        [0, 3],
        [5, 2.5],
        [5, 100_001],
      ],
      batch: ([high, low, close], [fastK, fastD], out) =>
        stochF(
          high as Float64Array,
          low as Float64Array,
          close as Float64Array,
          fastK as number,
          fastD as number,
          out as StochFColumns,
        ),
      create: (fastK, fastD) => createStochF(fastK as number, fastD as number),
    })
  })

  it('runs from 0 at the low to 100 at the high, and is 0 without a range', () => {
    const got = (close: number) =>
      stochF(Float64Array.of(9, 8), Float64Array.of(5, 7), Float64Array.of(6, close), 2, 1).fastK[1]
    expect([got(5), got(8), got(9)]).toEqual([0, 75, 100])
    const flat = new Float64Array(8).fill(7)
    expect(stoch(flat, flat, flat, 2, 2, 2).slowD[7]).toBe(0)
  })
})
