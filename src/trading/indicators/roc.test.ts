import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRoc, roc } from './roc.ts'
import { keepsContract } from './testing/contract.ts'

describe('rate of change', () => {
  keepsContract({
    fields: ['close'],
    golden: ['oscillators.json', 'ROC'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 30 })),
    refused: [[0], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => roc(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createRoc(period as number),
  })

  it('is a percentage, and 0 where there is nothing to compare with', () => {
    expect([...roc(Float64Array.of(50, 60, 0, 3), 1)]).toEqual([Number.NaN, expect.closeTo(20, 12), -100, 0])
  })
})
