import { checkColumns, checkFactor, checkFinite, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { MOMENT_SLOTS, moveMoments, varianceOf } from './moments.ts'
import { createRunning } from './running.ts'

/**
 * Variance of the last `period` values, divided by `period` and not by one less, in the square of their unit; never below
 * 0, and exactly 0 where they are all the same. NaN before index `period - 1`.
 *
 * In: values oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 5). `out` is filled and given back; a fresh
 * array without it. The running sums are made afresh every 4,096 values.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_VAR.c` (golden values in the test), which sums the squares of the values
 * themselves and loses digits where they are large for their variance.
 */
export function variance(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('variance', period, 1)
  return fill('variance', values, period, out, (value) => value)
}

/** As `variance`, one value at a time and to the same bit. */
export function createVariance(period: number): Indicator<number, number> {
  checkPeriod('variance', period, 1)
  return createMoment('variance', period, (value) => value)
}

/**
 * Standard deviation of the last `period` values, divided by `period`, times `deviations`, in their unit; 0 where the
 * variance is below 1e-14. NaN before index `period - 1`. `period` is from 2 to 100,000 (TA-Lib's own defaults are 5 and 1);
 * else as `variance`. Source: TA-Lib 0.6 `ta_STDDEV.c` (golden values in the test).
 */
export function stddev(
  values: Float64Array,
  period: number,
  deviations: number,
  out?: Float64Array,
): Float64Array {
  checkDeviation(period, deviations)
  return fill('stddev', values, period, out, (value) => rootOf(value, deviations))
}

/** As `stddev`, one value at a time and to the same bit. */
export function createStddev(period: number, deviations: number): Indicator<number, number> {
  checkDeviation(period, deviations)
  return createMoment('stddev', period, (value) => rootOf(value, deviations))
}

/** TA-Lib's zero for a variance. */
const NO_VARIANCE = 1e-14

const rootOf = (value: number, deviations: number): number =>
  value < NO_VARIANCE ? 0 : Math.sqrt(value) * deviations

function fill(
  name: string,
  values: Float64Array,
  period: number,
  out: Float64Array | undefined,
  of: (variance: number) => number,
): Float64Array {
  const result = outputFor(name, values.length, out, values)
  checkColumns(name, values)
  const state = new Float64Array(MOMENT_SLOTS)
  for (let i = 0; i < values.length; i++) {
    moveMoments(state, values, period, i, i, i - period)
    result[i] = i < period - 1 ? Number.NaN : of(varianceOf(state, period))
  }
  return result
}

const VALUE = MOMENT_SLOTS

function createMoment(
  name: string,
  period: number,
  of: (variance: number) => number,
): Indicator<number, number> {
  const state = new Float64Array(VALUE + 1)
  state[VALUE] = Number.NaN
  // One slot more than the period: what leaves is still there for a replaced value.
  const slots = period + 1
  const values = new Float64Array(slots)
  return createRunning({
    name,
    state,
    windows: [values],
    check: checkFinite,
    step: (value, index) => {
      const at = index % slots
      values[at] = value
      moveMoments(state, values, period, index, at, (at + 1) % slots)
      if (index >= period - 1) state[VALUE] = of(varianceOf(state, period))
    },
    read: () => state[VALUE] as number,
  })
}

const WIDEST = 1e37

function checkDeviation(period: number, deviations: number): void {
  checkPeriod('stddev', period, 2)
  checkFactor('stddev deviations', deviations, -WIDEST, WIDEST)
}
