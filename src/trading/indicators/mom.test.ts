import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMom, mom } from './mom.ts'
import { keepsContract } from './testing/contract.ts'

describe('momentum', () => {
  keepsContract({
    fields: ['close'],
    golden: ['oscillators.json', 'MOM'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 30 })),
    refused: [[0], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => mom(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createMom(period as number),
  })

  it('is the plain difference', () => {
    expect([...mom(Float64Array.of(50, 60, 0, 3), 2)]).toEqual([Number.NaN, Number.NaN, -50, -57])
  })
})
