import { cascade, cascadeSeed } from './cascade.ts'
import { checkFinite, checkPeriod, checkResult, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Double exponential moving average, in the unit of the values: `2E - E(E)`, with E the EMA of `period`. NaN before index
 * `2 × (period - 1)`.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_DEMA.c` (golden values in the test); Patrick Mulloy, Technical Analysis of
 * Stocks & Commodities 12 (1994).
 */
export function dema(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('dema', period, 2)
  const length = values.length
  const result = outputFor('dema', length, out, values)
  const factor = 2 / (period + 1)
  const averages = new Float64Array(2)
  const seeded = cascadeSeed(averages, period, factor, values)
  let [first = 0, second = 0] = averages
  result.fill(Number.NaN, 0, seeded)
  if (seeded === 2 * period - 1) result[seeded - 1] = 2 * first - second
  for (let i = seeded; i < length; i++) {
    first += factor * ((values[i] as number) - first)
    second += factor * (first - second)
    result[i] = 2 * first - second
  }
  checkResult('dema', first, values)
  return result
}

/** As `dema`, one value at a time and to the same bit. */
export function createDema(period: number): Indicator<number, number> {
  checkPeriod('dema', period, 2)
  const factor = 2 / (period + 1)
  const warmAt = 2 * (period - 1)
  const state = new Float64Array([Number.NaN, 0, 0])
  const averages = state.subarray(1)
  return createRunning({
    name: 'dema',
    state,
    check: checkFinite,
    step: (value, index) => {
      cascade(averages, period, factor, index, value)
      if (index >= warmAt) state[0] = 2 * (averages[0] as number) - (averages[1] as number)
    },
    read: () => state[0] as number,
  })
}
