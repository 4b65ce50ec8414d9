import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMean, createSma, meanFrom, sma } from './sma.ts'
import { keepsContract } from './testing/contract.ts'

describe('simple moving average', () => {
  keepsContract({
    fields: ['close'],
    golden: ['averages.json', 'SMA'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [0], [-1], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => sma(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createSma(period as number),
  })

  it('is the mean of the window, to the last bit on whole numbers', () => {
    expect([...sma(Float64Array.of(1, 2, 6, 9), 3)]).toEqual([Number.NaN, Number.NaN, 3, 17 / 3])
  })

  it('keeps what came long ago out of its sum', () => {
    // 1e17 swallows the small values that follow; the fresh sum at the value number 4,096 forgets it.
    const values = new Float64Array(5_000).fill(1)
    values[10] = 1e17
    expect(sma(values, 4).at(-1)).toBe(1)
  })

  it('sums windows longer than the stretch between two fresh sums', () => {
    const values = Float64Array.from({ length: 13_000 }, (_, i) => Math.sin(i) / 3)
    for (const period of [4_095, 4_096, 4_097, 5_000]) {
      const batch = sma(values, period)
      const one = createSma(period)
      expect(values.map((value) => one.next(value))).toEqual(batch)
      const last = values.subarray(-period).reduce((a, b) => a + b, 0) / period
      expect(batch.at(-1)).toBeCloseTo(last, 12)
    }
  })

  it('also takes a period of 1 and a column that begins late, for those that smooth with it', () => {
    const column = Float64Array.of(Number.NaN, Number.NaN, 4, 5, 7)
    expect([...meanFrom('x', column, 2, 1, new Float64Array(5))]).toEqual([...column])
    expect([...meanFrom('x', column, 2, 2, new Float64Array(5))].slice(2)).toEqual([Number.NaN, 4.5, 6])
    const one = createMean('x', 1)
    expect([4, 5, 7].map((value) => one.next(value))).toEqual([4, 5, 7])
  })
})
