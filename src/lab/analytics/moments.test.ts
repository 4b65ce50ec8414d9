import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import {
  ascending,
  checkSeries,
  deviationOf,
  excessKurtosis,
  quantileOf,
  shapeOf,
  skewness,
} from './moments.ts'
import { BACON, gapOf, given } from './testing/series.ts'

describe('moments', () => {
  // Mean 2.5, squared deviations 2.25 + 0.25 + 0.25 + 2.25 = 5: √(5/3).
  it('divides a sample deviation by n − 1', () => {
    expect(given(deviationOf([1, 2, 3, 4]))).toBeCloseTo(Math.sqrt(5 / 3), 14)
  })

  // Bacon (2008) p. 84-85 prints kurtosis 2.43 and excess −0.57; the digits are scipy 1.17 `skew` and
  // `kurtosis`.
  it('gives the population skewness and kurtosis', () => {
    expect(given(skewness(BACON))).toBeCloseTo(-0.08256245520856835, 12)
    expect(given(excessKurtosis(BACON))).toBeCloseTo(-0.5675462058921252, 12)
    expect(given(shapeOf(BACON)).kurtosis).toBeCloseTo(2.43, 2)
  })

  // Deviations of 0, 0, 0, 1 from 1/4: m2 = 3/16, m3 = (−3 + 27)/256 = 3/32, m4 = (3 + 81)/1024 = 21/256.
  it('equals the moments by hand', () => {
    const { mean, deviation, skewness: g1, kurtosis: g2 } = given(shapeOf([0, 0, 0, 1]))
    expect([mean, deviation]).toEqual([0.25, Math.sqrt(3 / 16)])
    expect(g1).toBeCloseTo(3 / 32 / (3 / 16) ** 1.5, 14)
    expect(g2).toBeCloseTo(21 / 256 / (3 / 16) ** 2, 14)
  })

  it.each([
    ['nothing', [], 'tooFew'],
    ['one value', [0.1], 'tooFew'],
    ['one value again and again', [0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001], 'flat'],
    ['zeros', [0, 0, 0], 'flat'],
    // 1.01 to any power, divided by the one before, is not always the same double.
    ['steady growth with the rounding of prices', [0.01, 0.010000000000000009, 0.009999999999999787], 'flat'],
    ['what does not fit into a number', [1e200, -1e200], 'outOfRange'],
  ])('has no deviation, skewness and kurtosis of %s', (_, values, code) => {
    expect(gapOf(deviationOf(values, 1))).toBe(code)
    expect(gapOf(skewness(values))).toBe(code)
    expect(gapOf(excessKurtosis(values))).toBe(code)
  })

  it('does not take small money for rounding', () => {
    expect(given(deviationOf([1e-9, 3e-9]))).toBeCloseTo(Math.SQRT2 * 1e-9, 20)
  })

  // numpy 2.4 `percentile` (its default is type 7); 9 × 0.25 = 2.25 lies a quarter of the way from 3 to 5.
  it.each([
    [[1, 2], 0.3, 1.3],
    [[1, 81, 82, 83, 84, 85], 0.1, 41],
    [[1, 81, 82, 83, 84, 85], 0.2, 81],
    [[1, 81, 82, 83, 84, 85], 0.3, 81.5],
    [[1, 2, 3, 5, 8, 13, 21, 34, 55, 89], 0.25, 3.5],
    [[7], 0.99, 7],
    [[1, 2], 0, 1],
    [[1, 2], 1, 2],
  ])('has of %j the quantile %d', (values, probability, expected) => {
    expect(quantileOf(ascending(values), probability)).toBeCloseTo(expected, 12)
  })

  it('takes a place that misses a value by rounding for that value', () => {
    const values = ascending([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(quantileOf(values, 1 - 0.9)).toBe(1)
  })

  it('has quantiles that ascend with the probability and stay inside the values', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 30 }),
        probability,
        probability,
        (values, a, b) => {
          const sorted = ascending(values)
          const [low, high] = [quantileOf(sorted, Math.min(a, b)), quantileOf(sorted, Math.max(a, b))]
          expect(low).toBeLessThanOrEqual(high + 1e-6)
          expect(low).toBeGreaterThanOrEqual(sorted[0] as number)
          expect(high).toBeLessThanOrEqual(sorted.at(-1) as number)
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([[[0, Number.NaN]], [[Number.POSITIVE_INFINITY]]])('refuses %j and says where', (values) => {
    expect(() => checkSeries(values, 'returns')).toThrow(InvariantError)
    expect(() => checkSeries(values, 'returns')).toThrow(`at ${values.length - 1}`)
  })

  it('refuses a quantile of nothing and a probability above 1', () => {
    expect(() => quantileOf(new Float64Array(), 0.5)).toThrow(InvariantError)
    expect(() => quantileOf(ascending([1]), 1.1)).toThrow(InvariantError)
  })
})
