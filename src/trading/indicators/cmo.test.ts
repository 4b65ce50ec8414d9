import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cmo, createCmo } from './cmo.ts'
import { keepsContract } from './testing/contract.ts'

describe('Chande momentum oscillator', () => {
  keepsContract({
    fields: ['close'],
    golden: ['oscillators.json', 'CMO'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => cmo(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createCmo(period as number),
  })

  const ends: readonly [what: string, values: readonly number[], wanted: number][] = [
    ['nothing moves', [5, 5, 5, 5, 5], 0],
    ['every move is upward', [1, 2, 4, 5, 9], 100],
    ['every move is downward', [9, 5, 4, 2, 1], -100],
  ]
  it.each(ends)('ends exactly where it must when %s', (_, values, wanted) => {
    expect(cmo(Float64Array.from(values), 3).at(-1)).toBe(wanted)
  })
})
