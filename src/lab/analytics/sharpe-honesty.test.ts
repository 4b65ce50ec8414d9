import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import {
  minimumTrackRecord,
  probabilisticSharpe,
  type SharpeSample,
  sharpeError,
  sharpeSample,
} from './sharpe-honesty.ts'
import { BACON, gapOf, given } from './testing/series.ts'

const normal = (sharpe: number, observations: number): SharpeSample => ({
  sharpe,
  observations,
  skewness: 0,
  kurtosis: 3,
})

/** Bailey and López de Prado, The Sharpe Ratio Efficient Frontier (2012). */
describe('probabilistic Sharpe ratio', () => {
  // The paper's 24 months of a hedge fund: SR 0.458 a month, first as if normal, then with skewness −2.448
  // and kurtosis 10.164.
  it('agrees with the 24 months of the paper', () => {
    const fund = normal(0.458, 24)
    expect(given(probabilisticSharpe(fund))).toBeCloseTo(0.982, 3)
    expect(given(probabilisticSharpe({ ...fund, skewness: -2.448, kurtosis: 10.164 }))).toBeCloseTo(0.913, 3)
  })

  // The same fund as pypbo's test has it, 1.585 a year.
  it('agrees with pypbo', () => {
    const fund = { sharpe: 1.585 / Math.sqrt(12), observations: 24, skewness: -2.448, kurtosis: 10.164 }
    expect(given(probabilisticSharpe(fund))).toBeCloseTo(0.9132343068848602, 10)
  })

  // The paper's hedge-fund indices over 134 months: standard deviation and minimum track record in years.
  it.each([
    [0.7079, -0.225, 2.957, 0.1028, 0.7152],
    [0.8183, -1.4455, 7.0497, 0.155, 1.1593],
  ])('agrees with the indices of the paper: %d a month', (sharpe, skewness, kurtosis, error, years) => {
    const sample = { sharpe, observations: 134, skewness, kurtosis }
    expect(given(sharpeError(sample))).toBeCloseTo(error, 4)
    expect(given(minimumTrackRecord(sample)) / 12).toBeCloseTo(years, 4)
  })

  // The paper's figure 8 as pypbo's test has it: yearly Sharpe ratios of 2 above 1, and of 3 above 2.5.
  it.each([
    ['daily, normal', 250, 2, 1, 0, 3, 2.7311878017281761],
    ['weekly, normal', 52, 2, 1, 0, 3, 2.8288335869452368],
    ['monthly, skewed', 12, 3, 2.5, -0.72, 5.78, 27.352920196040301],
  ])('needs the years of the paper: %s', (_, periods, sharpe, target, skewness, kurtosis, years) => {
    const root = Math.sqrt(periods)
    const sample = { sharpe: sharpe / root, observations: 100, skewness, kurtosis }
    expect(given(minimumTrackRecord(sample, target / root)) / periods).toBeCloseTo(years, 8)
  })

  // The paper in words: 3.24 years of normal monthly returns, 4.99 when they are skewed.
  it.each([
    [0, 3, 3.24],
    [-0.72, 5.78, 4.99],
  ])('needs longer where returns are skewed: %d', (skewness, kurtosis, years) => {
    const sample = { sharpe: 2 / Math.sqrt(12), observations: 100, skewness, kurtosis }
    expect(given(minimumTrackRecord(sample, 1 / Math.sqrt(12))) / 12).toBeCloseTo(years, 2)
  })

  it('reaches its confidence just at the minimum track record', () => {
    const moment = fc.double({ min: -1, max: 1, noNaN: true })
    const edge = fc.double({ min: 0.01, max: 1, noNaN: true })
    fc.assert(
      fc.property(moment, edge, (skewness, sharpe) => {
        const sample = { ...normal(sharpe, 100), skewness, kurtosis: 4 }
        const observations = Math.max(2, given(minimumTrackRecord(sample, 0, 0.95)))
        const reached = given(probabilisticSharpe({ ...sample, observations }))
        expect(reached).toBeGreaterThanOrEqual(0.95 - 1e-9)
        if (observations > 2) expect(reached).toBeCloseTo(0.95, 9)
      }),
      { numRuns: 200 },
    )
  })

  it('takes its moments from returns', () => {
    const sample = given(sharpeSample(BACON))
    expect(sample.observations).toBe(24)
    expect(sample.sharpe).toBeCloseTo(0.7883202548144859 / Math.sqrt(12), 12)
    expect(sample.kurtosis).toBeCloseTo(2.4324537941078748, 10)
    expect(given(sharpeSample(BACON, 0.01)).sharpe).toBeLessThan(sample.sharpe)
  })

  it('has none of equal returns, of returns of two values, or without an edge', () => {
    expect(gapOf(sharpeSample([0.01, 0.01]))).toBe('flat')
    // Returns of b and −a with mean over deviation at its bound: 1 − g₃SR + (g₄ − 1)/4 SR² is 0 at SR = 2/g₃.
    const bound = { sharpe: 2, observations: 10, skewness: 1, kurtosis: 2 }
    expect(gapOf(probabilisticSharpe(bound))).toBe('flat')
    expect(gapOf(minimumTrackRecord(normal(0.1, 50), 0.1))).toBe('zeroBase')
  })

  it('refuses one observation', () => {
    expect(() => probabilisticSharpe(normal(0.1, 1))).toThrow(InvariantError)
    expect(() => minimumTrackRecord(normal(0.1, 10), 0, 1)).toThrow(InvariantError)
  })
})
