import { cascade, cascadeSeed } from './cascade.ts'
import { checkFinite, checkPeriod, checkResult, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Triple exponential moving average, in the unit of the values: `3E - 3E(E) + E(E(E))`, with E the EMA of `period`. NaN
 * before index `3 × (period - 1)`.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_TEMA.c` (golden values in the test); Patrick Mulloy, Technical Analysis of
 * Stocks & Commodities 12 (1994).
 */
export function tema(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('tema', period, 2)
  const length = values.length
  const result = outputFor('tema', length, out, values)
  const factor = 2 / (period + 1)
  const averages = new Float64Array(3)
  const seeded = cascadeSeed(averages, period, factor, values)
  let [first = 0, second = 0, third = 0] = averages
  result.fill(Number.NaN, 0, seeded)
  if (seeded === 3 * period - 2) result[seeded - 1] = 3 * (first - second) + third
  for (let i = seeded; i < length; i++) {
    first += factor * ((values[i] as number) - first)
    second += factor * (first - second)
    third += factor * (second - third)
    result[i] = 3 * (first - second) + third
  }
  checkResult('tema', first, values)
  return result
}

/** As `tema`, one value at a time and to the same bit. */
export function createTema(period: number): Indicator<number, number> {
  checkPeriod('tema', period, 2)
  const factor = 2 / (period + 1)
  const warmAt = 3 * (period - 1)
  const state = new Float64Array([Number.NaN, 0, 0, 0])
  const averages = state.subarray(1)
  return createRunning({
    name: 'tema',
    state,
    check: checkFinite,
    step: (value, index) => {
      cascade(averages, period, factor, index, value)
      if (index < warmAt) return
      state[0] = 3 * ((averages[0] as number) - (averages[1] as number)) + (averages[2] as number)
    },
    read: () => state[0] as number,
  })
}
