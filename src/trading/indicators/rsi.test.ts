import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRsi, rsi } from './rsi.ts'
import { keepsContract } from './testing/contract.ts'

describe('relative strength index', () => {
  keepsContract({
    fields: ['close'],
    golden: ['oscillators.json', 'RSI'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => rsi(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createRsi(period as number),
  })

  // By hand, period 2: moves +2, -1 give a mean gain of 1 and loss of 0.5; the move +3 then (1 + 3) / 2 and 0.5 / 2.
  it('is the share of the gains in the smoothed moves', () => {
    const got = rsi(Float64Array.of(5, 7, 6, 9), 2)
    expect(got[2]).toBeCloseTo((100 * 1) / 1.5, 12)
    expect(got[3]).toBeCloseTo((100 * 2) / 2.25, 12)
  })

  const ends: readonly [what: string, values: readonly number[], wanted: number][] = [
    ['nothing moves', [5, 5, 5, 5, 5], 0],
    ['every move is upward', [1, 2, 4, 5, 9], 100],
    ['every move is downward', [9, 5, 4, 2, 1], 0],
  ]
  it.each(ends)('ends exactly where it must when %s', (_, values, wanted) => {
    expect(rsi(Float64Array.from(values), 3).at(-1)).toBe(wanted)
  })
})
