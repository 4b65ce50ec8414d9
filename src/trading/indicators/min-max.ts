import { checkColumns, checkFinite, checkPeriod, outputFor } from './checks.ts'
import { createExtreme, EXTREME_SLOTS, extremesOf, type Sign } from './extreme.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * The highest of the last `period` values, in their unit. NaN before index `period - 1`.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it. A constant number of steps per value, whatever the period.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_MAX.c` (golden values in the test).
 */
export const max = (values: Float64Array, period: number, out?: Float64Array): Float64Array =>
  fill('max', values, period, 1, out)

/** The lowest of the last `period` values, else as `max`. Source: TA-Lib 0.6 `ta_MIN.c` (golden values in the test). */
export const min = (values: Float64Array, period: number, out?: Float64Array): Float64Array =>
  fill('min', values, period, -1, out)

/** As `max`, one value at a time and to the same bit. */
export const createMax = (period: number): Indicator<number, number> => create('max', period, 1)

/** As `min`, one value at a time and to the same bit. */
export const createMin = (period: number): Indicator<number, number> => create('min', period, -1)

function fill(
  name: string,
  values: Float64Array,
  period: number,
  sign: Sign,
  out: Float64Array | undefined,
): Float64Array {
  checkPeriod(name, period, 2)
  const result = outputFor(name, values.length, out, values)
  checkColumns(name, values)
  const found = extremesOf(values, 0, period, sign)
  const first = Math.min(period - 1, values.length)
  result.fill(Number.NaN, 0, first)
  for (let i = first; i < values.length; i++) result[i] = values[found[i] as number] as number
  return result
}

const VALUE = EXTREME_SLOTS

function create(name: string, period: number, sign: Sign): Indicator<number, number> {
  checkPeriod(name, period, 2)
  const state = new Float64Array(VALUE + 1)
  state[VALUE] = Number.NaN
  const extreme = createExtreme(state.subarray(0, EXTREME_SLOTS), period, sign)
  return createRunning({
    name,
    state,
    windows: extreme.windows,
    check: checkFinite,
    step: (value, index) => {
      extreme.take(value, index)
      if (index >= period - 1) state[VALUE] = extreme.value()
    },
    read: () => state[VALUE] as number,
  })
}
