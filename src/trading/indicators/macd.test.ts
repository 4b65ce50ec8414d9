import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMacd, type MacdColumns, macd } from './macd.ts'
import { keepsContract } from './testing/contract.ts'

describe('moving average convergence and divergence', () => {
  keepsContract({
    fields: ['close'],
    golden: ['trend.json', 'MACD'],
    parameters: fc.tuple(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 12 }),
    ),
    refused: [
      [1, 26, 9],
      [12, 1, 9],
      [12, 26, 0],
      [12.5, 26, 9],
      [12, 26, 100_001],
      [12, Number.NaN, 9],
    ],
    batch: ([close], [fast, slow, signal], out) =>
      macd(close as Float64Array, fast as number, slow as number, signal as number, out as MacdColumns),
    create: (fast, slow, signal) => createMacd(fast as number, slow as number, signal as number),
  })

  it('seeds the fast average with the last values of the slow one', () => {
    // By hand, 2, 4, 1: at index 3 the slow mean is 16 / 4, the fast one (4 + 9) / 2; a signal of 1 is the line itself.
    const { macd: line, signal, histogram } = macd(Float64Array.of(1, 2, 4, 9), 2, 4, 1)
    expect([line[2], line[3], signal[3], histogram[3]]).toEqual([Number.NaN, 2.5, 2.5, 0])
  })

  it('does not care which of the two periods comes first', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i))
    expect(macd(values, 9, 4, 3)).toEqual(macd(values, 4, 9, 3))
  })

  it('uses one object again', () => {
    const one = createMacd(2, 3, 2)
    expect(one.next(1)).toBe(one.next(2))
    expect(one.value).toBe(one.replaceLast(3))
  })
})
