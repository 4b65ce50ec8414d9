import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { BACON, gapOf, given } from './testing/series.ts'
import { cornishFisherRisk, gaussianRisk, historicalRisk } from './value-at-risk.ts'

/** Made up, with one bad day and one good one: skewness −0.80, excess kurtosis 3.81 (scipy 1.17). */
const FAT_TAILS = [
  0.01, -0.02, 0.015, 0.002, -0.004, 0.006, -0.011, 0.003, 0.021, -0.06, 0.004, -0.001, 0.009, 0.001, -0.007,
  0.012, 0.05, -0.003, 0.005, 0,
]

describe('value at risk', () => {
  // numpy 2.4 `percentile`: −5.92 % at 95 %, and the mean of the two months at or below it, −6.5 % and −6.1
  // %.
  it('is the quantile of history, and the shortfall the mean beyond it', () => {
    expect(given(historicalRisk(BACON, { confidence: 0.95 }))).toEqual({
      method: 'historical',
      valueAtRisk: expect.closeTo(0.0592, 12),
      expectedShortfall: expect.closeTo(0.063, 12),
      tailCount: 2,
      independentCount: 24,
    })
    expect(given(historicalRisk(BACON, { confidence: 0.99 }))).toMatchObject({
      valueAtRisk: expect.closeTo(0.06408, 12),
      expectedShortfall: expect.closeTo(0.065, 12),
      tailCount: 1,
    })
  })

  // The same 22 overlapping windows of 3 months in numpy; only 8 of them do not overlap.
  it('takes overlapping windows for a longer horizon, and says how many are independent', () => {
    expect(given(historicalRisk(BACON, { confidence: 0.95, horizon: 3 }))).toEqual({
      method: 'historical',
      valueAtRisk: expect.closeTo(0.07933073545000008, 12),
      expectedShortfall: expect.closeTo(0.08610040900000004, 12),
      tailCount: 2,
      independentCount: 8,
    })
  })

  // Type 7 at 10 × 0.1 is the second smallest of eleven, whatever 1 − 0.9 is in a double; −2 and −1 have the
  // mean −1.5.
  it('has no rounding at a place that is a whole number', () => {
    const values = [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8].map((each) => each / 100)
    expect(given(historicalRisk(values, { confidence: 0.9 }))).toMatchObject({
      valueAtRisk: 0.01,
      expectedShortfall: 0.015,
    })
  })

  // scipy 1.17: −(mean + z·s), −(mean − s·φ(z)/α), s with ddof 1.
  it.each([
    [0.95, 0.05605155822002584, 0.0725772784216993],
    [0.99, 0.08300366019721568, 0.096405329193332],
  ])('is normal at %d', (confidence, risk, shortfall) => {
    expect(given(gaussianRisk(BACON, { confidence }))).toEqual({
      method: 'gaussian',
      valueAtRisk: expect.closeTo(risk, 12),
      expectedShortfall: expect.closeTo(shortfall, 12),
    })
  })

  // Mean 0 and deviation 0.01 over 4 periods: 0.02 × 1.644853626951 (the table value of the 5 % point).
  it('grows with the root of a longer horizon where it is normal', () => {
    const returns = [0.01, -0.01].map((each) => each / Math.SQRT2)
    const { valueAtRisk } = given(gaussianRisk(returns, { confidence: 0.95, horizon: 4 }))
    expect(valueAtRisk).toBeCloseTo(0.02 * 1.6448536269514726, 12)
  })

  // The shortfalls are scipy's `quad` over the bent quantiles below alpha: our closed form is not what made
  // them.
  it.each([
    [0.95, 0.03435986805328247, 0.057119468265854206],
    [0.99, 0.0702819318061363, 0.09708119438866153],
  ])('is bent by skewness and kurtosis at %d', (confidence, risk, shortfall) => {
    expect(given(cornishFisherRisk(FAT_TAILS, confidence))).toEqual({
      method: 'cornishFisher',
      valueAtRisk: expect.closeTo(risk, 12),
      expectedShortfall: expect.closeTo(shortfall, 10),
    })
  })

  it('falls back to history where the expansion turns around, and says so', () => {
    expect(given(cornishFisherRisk(BACON, 0.95))).toEqual({
      method: 'historical',
      valueAtRisk: expect.closeTo(0.0592, 12),
      expectedShortfall: expect.closeTo(0.063, 12),
      fallback: {
        because: 'notMonotone',
        skewness: expect.closeTo(-0.08256245520856835, 12),
        excess: expect.closeTo(-0.5675462058921252, 12),
      },
    })
  })

  it('is a negative loss where even the bad days gained', () => {
    expect(given(historicalRisk([0.01, 0.02, 0.03], { confidence: 0.95 })).valueAtRisk).toBeLessThan(0)
  })

  const question = { confidence: 0.95 }
  it.each([
    ['history of one return', historicalRisk([0.1], question), 'tooFew'],
    [
      'window in a short history',
      historicalRisk([0.1, 0.2, 0.1], { confidence: 0.95, horizon: 3 }),
      'tooFew',
    ],
    ['normal distribution of one return', gaussianRisk([0.1], question), 'tooFew'],
    ['normal distribution of equal returns', gaussianRisk([0.1, 0.1], question), 'flat'],
    ['moments of equal returns', cornishFisherRisk([0.1, 0.1], 0.95), 'flat'],
  ])('has no %s', (_, statistic, code) => {
    expect(gapOf(statistic)).toBe(code)
  })

  it.each([0.5, 1, 1.2, 0.05])('refuses a confidence of %d', (confidence) => {
    expect(() => historicalRisk(BACON, { confidence })).toThrow(InvariantError)
    expect(() => gaussianRisk(BACON, { confidence })).toThrow(InvariantError)
    expect(() => cornishFisherRisk(BACON, confidence)).toThrow(InvariantError)
  })

  it.each([0, 1.5])('refuses a horizon of %d', (horizon) => {
    expect(() => historicalRisk(BACON, { confidence: 0.95, horizon })).toThrow(InvariantError)
  })

  it('never has a shortfall below the value at risk, nor less risk at more confidence', () => {
    const bps = fc.integer({ min: -2_000, max: 2_000 }).map((each) => each / 10_000)
    fc.assert(
      fc.property(fc.array(bps, { minLength: 2, maxLength: 60 }), (returns) => {
        for (const measure of [
          (confidence: number) => historicalRisk(returns, { confidence }),
          (confidence: number) => gaussianRisk(returns, { confidence }),
          (confidence: number) => cornishFisherRisk(returns, confidence),
        ]) {
          const [usual, strict] = [measure(0.95), measure(0.99)]
          if (!usual.ok || !strict.ok) continue
          for (const { value } of [usual, strict])
            expect(value.expectedShortfall).toBeGreaterThanOrEqual(value.valueAtRisk - 1e-12)
          expect(strict.value.valueAtRisk).toBeGreaterThanOrEqual(usual.value.valueAtRisk - 1e-12)
        }
      }),
      { numRuns: 300 },
    )
  })
})
