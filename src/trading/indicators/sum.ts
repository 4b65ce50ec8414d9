import { checkColumns, checkFinite, checkPeriod, outputFor, REBASE_EVERY } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * The sum of the last `period` values, in their unit. NaN before index `period - 1`.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it. It runs, and is summed afresh every 4,096 values; on whole numbers it is exact.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_SUM.c` (golden values in the test).
 */
export function sum(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('sum', period, 2)
  const length = values.length
  const result = outputFor('sum', length, out, values)
  checkColumns('sum', values)
  let running = 0
  for (let i = 0; i < length; i++) {
    if (i < period) running += values[i] as number
    else if ((i + 1) % REBASE_EVERY === 0) {
      running = 0
      for (let j = i - period + 1; j <= i; j++) running += values[j] as number
    } else running += (values[i] as number) - (values[i - period] as number)
    result[i] = i < period - 1 ? Number.NaN : running
  }
  return result
}

const RUNNING = 0
const VALUE = 1

/** As `sum`, one value at a time and to the same bit. */
export function createSum(period: number): Indicator<number, number> {
  checkPeriod('sum', period, 2)
  const state = Float64Array.of(0, Number.NaN)
  // One slot more than the period: what leaves is still there for a replaced value.
  const slots = period + 1
  const values = new Float64Array(slots)

  const sumAfresh = (newest: number): number => {
    let running = 0
    for (let i = newest - period + 1; i <= newest; i++) running += values[i % slots] as number
    return running
  }

  return createRunning({
    name: 'sum',
    state,
    windows: [values],
    check: checkFinite,
    step: (value, index) => {
      const at = index % slots
      const before = state[RUNNING] as number
      values[at] = value
      if (index < period) state[RUNNING] = before + value
      else if ((index + 1) % REBASE_EVERY === 0) state[RUNNING] = sumAfresh(index)
      else state[RUNNING] = before + (value - (values[(at + 1) % slots] as number))
      if (index >= period - 1) state[VALUE] = state[RUNNING] as number
    },
    read: () => state[VALUE] as number,
  })
}
