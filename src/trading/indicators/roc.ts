import { checkColumns, checkFinite, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Rate of change: by how many percent a value stands above the one `period` values before; 0 where that was 0. NaN before
 * index `period`.
 *
 * In: values oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 10). `out` is filled and given back; a fresh
 * array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_ROC.c` (golden values in the test).
 */
export function roc(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('roc', period, 1)
  const length = values.length
  const result = outputFor('roc', length, out, values)
  checkColumns('roc', values)
  result.fill(Number.NaN, 0, Math.min(period, length))
  for (let i = period; i < length; i++) result[i] = rate(values[i] as number, values[i - period] as number)
  return result
}

const rate = (value: number, before: number): number => (before !== 0 ? (value / before - 1) * 100 : 0)

/** As `roc`, one value at a time and to the same bit. */
export function createRoc(period: number): Indicator<number, number> {
  checkPeriod('roc', period, 1)
  return createChange('roc', period, rate)
}

/** An indicator of a value and the one `period` values before. The caller has checked the period. */
export function createChange(
  name: string,
  period: number,
  change: (value: number, before: number) => number,
): Indicator<number, number> {
  const state = new Float64Array([Number.NaN])
  const slots = period + 1
  const values = new Float64Array(slots)
  return createRunning({
    name,
    state,
    windows: [values],
    check: checkFinite,
    step: (value, index) => {
      values[index % slots] = value
      // The slot after the newest is the oldest.
      if (index >= period) state[0] = change(value, values[(index + 1) % slots] as number)
    },
    read: () => state[0] as number,
  })
}
