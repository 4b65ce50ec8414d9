import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsContract } from './testing/contract.ts'
import { createStddev, createVariance, stddev, variance } from './variance.ts'

describe('variance', () => {
  keepsContract({
    fields: ['close'],
    golden: ['statistics.json', 'VAR'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 40 })),
    refused: [[0], [2.5], [100_001]],
    batch: ([close], [period], out) => variance(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createVariance(period as number),
  })

  // By hand: the mean of 2, 4, 9 is 5, the squares of the distances 9 + 1 + 16, over three.
  it('divides by the period', () => {
    expect(variance(Float64Array.of(2, 4, 9), 3)[2]).toBeCloseTo(26 / 3, 12)
  })

  it('is exactly 0 where prices stand still, whatever they were before', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? 10.01 + 7.7 * i : 193.37))
    expect([...variance(values, 20).subarray(49)]).toEqual(new Array(11).fill(0))
    expect([...stddev(values, 20, 1).subarray(49)]).toEqual(new Array(11).fill(0))
    expect(variance(values, 20)[48]).toBeGreaterThan(0)
  })

  it('finds a variance that squares of large prices would lose', () => {
    // Around 1e9 a square has 18 digits; a variance of 0.25 shows in the last but one.
    const values = Float64Array.from({ length: 6_000 }, (_, i) => 1e9 + (i % 2))
    for (const at of [30, 4_095, 4_096, 5_999]) expect(variance(values, 20)[at]).toBeCloseTo(0.25, 9)
  })

  it('keeps to the definition for long windows, across the sums made afresh', () => {
    const values = Float64Array.from(
      { length: 9_000 },
      (_, i) => 150.37 + 20 * Math.sin(i / 300) + (i % 13) / 7,
    )
    for (const period of [50, 4_096, 5_000]) {
      const found = variance(values, period)
      for (const at of [5_100, 8_190, 8_191, 8_192, 8_999]) {
        const window = values.subarray(at - period + 1, at + 1)
        const mean = window.reduce((a, b) => a + b, 0) / period
        const wanted = window.reduce((a, b) => a + (b - mean) ** 2, 0) / period
        expect(Math.abs((found[at] as number) / wanted - 1)).toBeLessThan(1e-10)
      }
    }
  })
})

describe('standard deviation', () => {
  keepsContract({
    fields: ['close'],
    golden: ['statistics.json', 'STDDEV'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 }), fc.constantFrom(1, 2, -0.5)),
    refused: [
      [1, 1],
      [2.5, 1],
      [20, Number.NaN],
      [20, Infinity],
    ],
    batch: ([close], [period, deviations], out) =>
      stddev(close as Float64Array, period as number, deviations as number, out as Float64Array),
    create: (period, deviations) => createStddev(period as number, deviations as number),
  })
})
