import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apo, createApo, createPpo, ppo } from './ppo.ts'
import { keepsContract } from './testing/contract.ts'

describe('price oscillators', () => {
  describe('in percent', () => {
    keepsContract({
      fields: ['close'],
      golden: ['oscillators.json', 'PPO'],
      parameters: fc.tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 30 })),
      refused: [
        [1, 26],
        [12, 1],
        [12.5, 26],
        [12, 100_001],
      ],
      batch: ([close], [fast, slow], out) =>
        ppo(close as Float64Array, fast as number, slow as number, out as Float64Array),
      create: (fast, slow) => createPpo(fast as number, slow as number),
    })
  })

  describe('absolute', () => {
    keepsContract({
      fields: ['close'],
      golden: ['oscillators.json', 'APO'],
      parameters: fc.tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 30 })),
      refused: [
        [1, 26],
        [12, 1],
        [12.5, 26],
        [12, 100_001],
      ],
      batch: ([close], [fast, slow], out) =>
        apo(close as Float64Array, fast as number, slow as number, out as Float64Array),
      create: (fast, slow) => createApo(fast as number, slow as number),
    })
  })

  it('compare the averages whichever comes first', () => {
    const values = Float64Array.of(1, 2, 6, 9)
    expect([...apo(values, 4, 2)]).toEqual([Number.NaN, Number.NaN, Number.NaN, 3])
    expect([...ppo(values, 2, 4)].at(-1)).toBeCloseTo((100 * 3) / 4.5, 12)
    expect(ppo(Float64Array.of(-1, 1), 2, 2)[1]).toBe(0)
  })
})
