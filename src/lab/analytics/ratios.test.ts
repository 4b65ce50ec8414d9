import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ratePerPeriod } from './periods.ts'
import {
  downsideDeviation,
  gainToPain,
  omega,
  sharpe,
  sharpePerPeriod,
  sortino,
  stability,
  tailRatio,
  volatility,
} from './ratios.ts'
import { BACON, gapOf, given, MIXED, MIXED_FROM_ZERO, NEGATIVE } from './testing/series.ts'

const US = 252

describe('ratios of returns', () => {
  // empyrical-reloaded, tests/test_stats.py; each row names its test.
  it.each([
    ['test_annual_volatility, daily', volatility(MIXED, 252), 0.9136465399704637],
    ['test_annual_volatility, weekly', volatility(MIXED_FROM_ZERO, 52), 0.38851569394870583],
    ['test_annual_volatility, monthly', volatility(MIXED_FROM_ZERO, 12), 0.18663690238892558],
    ['test_sharpe_ratio, mixed', sharpe(MIXED, { periodsPerYear: US }), 1.7238613961706866],
    ['test_sharpe_ratio, negative', sharpe(NEGATIVE, { periodsPerYear: US }), -24.406808633910085],
    ['test_downside_risk, daily', downsideDeviation(MIXED, US), 0.60448325038829653],
    ['test_downside_risk, required 0.1', downsideDeviation(MIXED, US, 0.1), 1.7161730681956295],
    ['test_downside_risk, weekly', downsideDeviation(MIXED_FROM_ZERO, 52), 0.25888650451930134],
    ['test_sortino, mixed', sortino(MIXED, US), 2.605531251673693],
    ['test_sortino, required 0.01', sortino(MIXED, US, 0.01), -1.3934779588919977],
    ['test_sortino, negative', sortino(NEGATIVE, US), -13.532743075043401],
    ['test_sortino, weekly', sortino(MIXED_FROM_ZERO, 52), 1.1158901056866439],
    ['test_omega, required 10 a year', omega(MIXED, ratePerPeriod(10, US)), 0.83354263497557934],
    ['test_omega, riskless 0.01', omega(MIXED, 0.01), 0.8125],
    ['test_stability', stability(MIXED), 0.1529973665111273],
    // There the leading NaN counts as 0.
    ['test_tail_ratio', tailRatio(MIXED_FROM_ZERO), 0.9473684210526313],
  ])('agrees with empyrical: %s', (_, ours, theirs) => {
    expect(given(ours)).toBeCloseTo(theirs, 8)
  })

  // Bacon (2008) p. 92-96, as PerformanceAnalytics prints them for a target of 0.5 % a month.
  it.each([
    ['downside deviation, p. 92', downsideDeviation(BACON, 1, 0.005), 0.0255, 4],
    ['Bernardo–Ledoit, p. 95', gainToPain(BACON), 1.78, 2],
    ['Omega–Sharpe + 1, p. 95', omega(BACON, 0.005), 1.29, 2],
    ['Kappa of order 2, p. 96', sortino(BACON, 1, 0.005), 0.157, 3],
  ])('agrees with the book: %s', (_, ours, theirs, digits) => {
    expect(given(ours)).toBeCloseTo(theirs, digits)
  })

  // investexcel.net, Calculate the Omega Ratio with Excel: twelve returns, target 1 %.
  it('agrees with a worked Omega', () => {
    const returns = [0.0089, 0.0012, -0.002, 0.01, -0.0002, 0.02, 0.03, 0.01, -0.003, 0.01, 0.0102, -0.01]
    expect(given(omega(returns, 0.01))).toBeCloseTo(0.463901689, 8)
  })

  // numpy 2.4: (r − rf).mean() / (r − rf).std(ddof=1) × √12, rf = 1.03^(1/12) − 1.
  it('takes the riskless rate off first', () => {
    expect(given(sharpe(BACON, { periodsPerYear: 12, riskFreeAnnual: 0.03 }))).toBeCloseTo(
      0.5722968753318518,
      10,
    )
  })

  it.each([
    ['the Sharpe ratio of one return', sharpe([0.01], { periodsPerYear: US }), 'tooFew'],
    ['the Sharpe ratio of a steady climb', sharpe([0.01, 0.01, 0.01], { periodsPerYear: US }), 'flat'],
    ['the volatility of nothing', volatility([], US), 'tooFew'],
    ['the Sortino ratio of one return', sortino([-0.01], US), 'tooFew'],
    ['the Sortino ratio without a loss', sortino([0.01, 0.02], US), 'noLosses'],
    ['Omega without a loss', omega([0.01, 0.02]), 'noLosses'],
    ['Omega of nothing', omega([]), 'tooFew'],
    ['the tail ratio of one return', tailRatio([0.01]), 'tooFew'],
    ['the tail ratio of a still series', tailRatio([0, 0, 0]), 'zeroBase'],
    ['the stability of two returns', stability([0.1, -0.1]), 'tooFew'],
    ['the stability of a still series', stability([0, 0, 0]), 'flat'],
    ['the stability of a lost account', stability([0.1, -1, 0.1]), 'wipedOut'],
  ])('has no value for %s', (_, statistic, code) => {
    expect(gapOf(statistic)).toBe(code)
  })

  // A line through the logarithms of 1.01, 1.01², 1.01³, 1.01⁴.
  it('finds steady growth perfectly steady', () => {
    expect(given(stability([0.01, 0.01, 0.01, 0.01]))).toBeCloseTo(1, 12)
  })

  const inBps = fc.integer({ min: -5_000, max: 5_000 }).map((bps) => bps / 10_000)
  const series = fc.array(inBps, { minLength: 3, maxLength: 40 })

  it('keeps the Sharpe ratio when the stake is doubled, and turns it with the sign', () => {
    fc.assert(
      fc.property(series, (returns) => {
        const ratio = sharpePerPeriod(returns)
        if (!ratio.ok) return
        const [double, short] = [returns.map((each) => each * 2), returns.map((each) => -each)]
        expect(given(sharpePerPeriod(double))).toBeCloseTo(ratio.value, 6)
        expect(given(sharpePerPeriod(short))).toBeCloseTo(-ratio.value, 6)
      }),
      { numRuns: 200 },
    )
  })

  it('has an Omega of 1 at the mean', () => {
    fc.assert(
      fc.property(series, (returns) => {
        const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length
        const ratio = omega(returns, mean)
        if (volatility(returns, 1).ok) expect(given(ratio)).toBeCloseTo(1, 6)
      }),
      { numRuns: 200 },
    )
  })
})
