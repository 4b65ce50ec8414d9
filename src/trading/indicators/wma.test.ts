import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsContract } from './testing/contract.ts'
import { createWma, wma } from './wma.ts'

describe('weighted moving average', () => {
  keepsContract({
    fields: ['close'],
    golden: ['averages.json', 'WMA'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => wma(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createWma(period as number),
  })

  // By hand: (1 x 1 + 2 x 2 + 3 x 6) / 6, then (1 x 2 + 2 x 6 + 3 x 9) / 6.
  it('counts the newest value most', () => {
    expect([...wma(Float64Array.of(1, 2, 6, 9), 3)]).toEqual([Number.NaN, Number.NaN, 23 / 6, 41 / 6])
  })

  it('sums windows longer than the stretch between two fresh sums', () => {
    const values = Float64Array.from({ length: 9_000 }, (_, i) => Math.sin(i) / 3)
    const period = 4_200
    const batch = wma(values, period)
    const one = createWma(period)
    for (const [i, value] of values.entries()) if (!Object.is(one.next(value), batch[i])) expect(i).toBe(-1)
    const weighted = values.subarray(-period).reduce((sum, value, i) => sum + (i + 1) * value, 0)
    expect(batch.at(-1)).toBeCloseTo(weighted / ((period * (period + 1)) / 2), 12)
  })
})
