import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import {
  alpha,
  beta,
  captureRatios,
  correlation,
  informationRatio,
  m2,
  rollingBeta,
  trackingError,
  treynor,
} from './benchmark.ts'
import { BACON, BACON_BENCHMARK, gapOf, given, MIXED, NEGATIVE } from './testing/series.ts'

const MONTHLY = { periodsPerYear: 12 }
const AT_3 = { periodsPerYear: 12, riskFreeAnnual: 0.03 }

describe('against a benchmark', () => {
  // empyrical-reloaded, test_alpha_beta: `mixed_returns` on `negative_returns[1:]`.
  it('agrees with empyrical on alpha and beta', () => {
    const benchmark = NEGATIVE.slice(1)
    expect(given(beta(MIXED, benchmark))).toBeCloseTo(-0.71296296296296313, 8)
    expect(given(alpha(MIXED, benchmark, { periodsPerYear: 252 }))).toBeCloseTo(-0.9997853834885004, 8)
  })

  // empyrical-reloaded, test_excess_sharpe (not annualised there), against a benchmark of 0.01 a day.
  it('agrees with empyrical on the information ratio', () => {
    const flat = MIXED.map(() => 0.01)
    expect(given(informationRatio(MIXED, flat, 252))).toBeCloseTo(-0.06515583641446039 * Math.sqrt(252), 8)
  })

  // The example of Bacon (2008); digits from numpy 2.4 and scipy 1.17 `linregress`.
  it.each([
    ['beta', beta(BACON, BACON_BENCHMARK), 0.9988502086225743],
    ['alpha', alpha(BACON, BACON_BENCHMARK, MONTHLY), -0.0122916542360757],
    ['alpha at 3 %', alpha(BACON, BACON_BENCHMARK, AT_3), -0.012325298452883993],
    ['correlation', correlation(BACON, BACON_BENCHMARK), 0.9693858148753048],
    ['tracking error', trackingError(BACON, BACON_BENCHMARK, 12), 0.033639715141222715],
    ['information ratio', informationRatio(BACON, BACON_BENCHMARK, 12), -0.3715845971799642],
    ['Treynor ratio', treynor(BACON, BACON_BENCHMARK, MONTHLY), 0.10379763535593885],
    ['Treynor ratio at 3 %', treynor(BACON, BACON_BENCHMARK, AT_3), 0.07376310190835582],
    ['M²', m2(BACON, BACON_BENCHMARK, MONTHLY), 0.1048141824497456],
    ['M² at 3 %', m2(BACON, BACON_BENCHMARK, AT_3), 0.10609195468479768],
  ])('gives the %s of the example', (_, ours, theirs) => {
    expect(given(ours)).toBeCloseTo(theirs, 10)
  })

  // PerformanceAnalytics, tests for UpDownRatios with arithmetic chaining: up 0.07 / 0.12, down −0.05 /
  // −0.06.
  it('captures the ups and the downs', () => {
    const capture = captureRatios([0.1, -0.05, 0.05, -0.1, 0.02], [0.05, 0.02, -0.01, -0.05, 0.05])
    expect(given(capture.up)).toBeCloseTo(0.07 / 0.12, 12)
    expect(given(capture.down)).toBeCloseTo(0.05 / 0.06, 12)
  })

  it('counts a benchmark that stood still for neither side', () => {
    const capture = captureRatios([0.5, 0.02], [0, 0.01])
    expect(given(capture.up)).toBeCloseTo(2, 12)
    expect(gapOf(capture.down)).toBe('zeroBase')
  })

  // Slopes of the last three points by hand: (1,2) (2,4) (3,6) is 2; then (2,4) (3,6) (1,1): Σdxdy = 5, Σdx²
  // = 2.
  it('rolls beta over a window', () => {
    const [ours, theirs] = [
      [0.02, 0.04, 0.06, 0.01],
      [0.01, 0.02, 0.03, 0.01],
    ]
    expect(rollingBeta(ours as number[], theirs as number[], 3)).toEqual([
      undefined,
      undefined,
      expect.closeTo(2, 12),
      expect.closeTo(2.5, 12),
    ])
    expect(rollingBeta([0.1, 0.2], [0.01, 0.01], 2)).toEqual([undefined, undefined])
  })

  const still = [0.01, 0.01, 0.01]
  const moving = [0.01, -0.02, 0.03]
  it.each([
    ['beta on a still benchmark', beta(moving, still), 'flat'],
    ['alpha on a still benchmark', alpha(moving, still, MONTHLY), 'flat'],
    ['correlation of a still series', correlation(still, moving), 'flat'],
    ['tracking error of the benchmark itself', trackingError(moving, moving, 12), 'flat'],
    ['information ratio of a steady lead', informationRatio([0.02, -0.01, 0.04], moving, 12), 'flat'],
    ['Treynor ratio of a still series', treynor(still, moving, MONTHLY), 'zeroBase'],
    ['M² of a still series', m2(still, moving, MONTHLY), 'flat'],
    ['beta of one return', beta([0.1], [0.1]), 'tooFew'],
  ])('has no %s', (_, statistic, code) => {
    expect(gapOf(statistic)).toBe(code)
  })

  it('refuses series of different length and a window of 1', () => {
    expect(() => beta([0.1, 0.2], [0.1])).toThrow(InvariantError)
    expect(() => rollingBeta(moving, moving, 1)).toThrow(InvariantError)
  })

  it('has beta 1 and alpha 0 on itself, and a leverage that scales both', () => {
    const bps = fc.integer({ min: -2_000, max: 2_000 }).map((each) => each / 10_000)
    fc.assert(
      fc.property(
        fc.array(bps, { minLength: 3, maxLength: 40 }),
        fc.integer({ min: -3, max: 3 }),
        (benchmark, leverage) => {
          const slope = beta(
            benchmark.map((each) => each * leverage),
            benchmark,
          )
          if (!slope.ok) return
          expect(slope.value).toBeCloseTo(leverage, 9)
          const excess = alpha(
            benchmark.map((each) => each * leverage),
            benchmark,
            MONTHLY,
          )
          expect(given(excess)).toBeCloseTo(0, 9)
        },
      ),
      { numRuns: 200 },
    )
  })
})
