import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTema, tema } from './tema.ts'
import { keepsContract } from './testing/contract.ts'

describe('triple exponential moving average', () => {
  keepsContract({
    fields: ['close'],
    golden: ['averages.json', 'TEMA'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 25 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => tema(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createTema(period as number),
  })

  it('stays at a price that stands still', () => {
    expect(tema(new Float64Array(200).fill(63_550), 7).at(-1)).toBe(63_550)
  })
})
