import { cascade, cascadeSeed } from './cascade.ts'
import { checkFinite, checkPeriod, checkResult, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * TRIX: by how many percent the threefold EMA of `period` has moved since the value before; 0 where that was 0. NaN before
 * index `3 × (period - 1) + 1`.
 *
 * In: values oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_TRIX.c` (golden values in the test). At a period of 1, where TA-Lib loses
 * count of its warm-up, this is the plain change in percent.
 */
export function trix(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('trix', period, 1)
  const length = values.length
  const result = outputFor('trix', length, out, values)
  const factor = 2 / (period + 1)
  const averages = new Float64Array(3)
  const seeded = cascadeSeed(averages, period, factor, values)
  let [first = 0, second = 0, third = 0] = averages
  result.fill(Number.NaN, 0, seeded)
  for (let i = seeded; i < length; i++) {
    const before = third
    first += factor * ((values[i] as number) - first)
    second += factor * (first - second)
    third += factor * (second - third)
    result[i] = before !== 0 ? (third / before - 1) * 100 : 0
  }
  checkResult('trix', first, values)
  return result
}

/** As `trix`, one value at a time and to the same bit. */
export function createTrix(period: number): Indicator<number, number> {
  checkPeriod('trix', period, 1)
  const factor = 2 / (period + 1)
  const warmAt = 3 * (period - 1) + 1
  const state = new Float64Array([Number.NaN, 0, 0, 0])
  const averages = state.subarray(1)
  return createRunning({
    name: 'trix',
    state,
    check: checkFinite,
    step: (value, index) => {
      const before = averages[2] as number
      cascade(averages, period, factor, index, value)
      if (index >= warmAt) state[0] = before !== 0 ? ((averages[2] as number) / before - 1) * 100 : 0
    },
    read: () => state[0] as number,
  })
}
