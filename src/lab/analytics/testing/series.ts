import { invariant } from '../../../std/invariant.ts'
import type { Statistic } from '../statistic.ts'

/**
 * 24 monthly returns of a portfolio and its benchmark. Source: C. Bacon, Practical Portfolio Performance
 * Measurement and Attribution, 2nd ed. (2008); the same figures stand in PerformanceAnalytics as
 * `portfolio_bacon`.
 */
export const BACON = [
  0.003, 0.026, 0.011, -0.01, 0.015, 0.025, 0.016, 0.067, -0.014, 0.04, -0.005, 0.081, 0.04, -0.037, -0.061,
  0.017, -0.049, -0.022, 0.07, 0.058, -0.065, 0.024, -0.005, -0.009,
]
export const BACON_BENCHMARK = [
  0.002, 0.025, 0.018, -0.011, 0.014, 0.018, 0.014, 0.065, -0.015, 0.042, -0.006, 0.083, 0.039, -0.038,
  -0.062, 0.015, -0.048, 0.021, 0.06, 0.056, -0.067, 0.019, -0.003, 0,
]

/** Source: empyrical-reloaded, tests/conftest.py, `mixed_returns` without its leading NaN. */
export const MIXED = [0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1]
/**
 * The same with the leading NaN as a return of 0: where that library counts it as a period (growth), but not
 * as a value (deviations). It is also its `weekly_returns` and `monthly_returns`.
 */
export const MIXED_FROM_ZERO = [0, ...MIXED]
/** Source: as above, `negative_returns`. */
export const NEGATIVE = [0, -0.06, -0.07, -0.01, -0.09, -0.02, -0.06, -0.08, -0.05]

/** The value of a statistic that has one. */
export function given<T>(statistic: Statistic<T>): T {
  invariant(statistic.ok, `a statistic was expected: ${JSON.stringify(statistic)}`)
  return statistic.value
}

/** The code of a gap, or the value that was not expected. */
export const gapOf = (statistic: Statistic<unknown>): unknown =>
  statistic.ok ? statistic.value : statistic.error.code

/**
 * Numbers in (0, 1) that any language makes alike. Source: Park and Miller's minimal standard generator,
 * s ← 16807 s mod (2³¹ − 1).
 */
export function parkMiller(seed: number, count: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: count }, () => {
    state = (16_807 * state) % 2_147_483_647
    return state / 2_147_483_647
  })
}
