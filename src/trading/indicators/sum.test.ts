import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSum, sum } from './sum.ts'
import { keepsContract } from './testing/contract.ts'

describe('rolling sum', () => {
  keepsContract({
    fields: ['close'],
    golden: ['statistics.json', 'SUM'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [100_001]],
    batch: ([close], [period], out) => sum(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createSum(period as number),
  })

  it('forgets a huge value with the next sum made afresh', () => {
    const values = Float64Array.from({ length: 5_000 }, (_, i) => (i === 100 ? 1e18 : 0.1))
    const found = sum(values, 10)
    expect(found[4_094]).not.toBeCloseTo(1, 9)
    expect(found[4_095]).toBeCloseTo(1, 12)
  })

  it('sums windows longer than the stretch between two fresh sums', () => {
    const values = Float64Array.from({ length: 13_000 }, (_, i) => 100 + Math.sin(i))
    for (const period of [4_095, 4_096, 4_097]) {
      const found = sum(values, period)
      const one = createSum(period)
      expect(values.findIndex((value, i) => !Object.is(one.next(value), found[i]))).toBe(-1)
    }
  })
})
