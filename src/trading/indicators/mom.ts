import { checkColumns, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createChange } from './roc.ts'

/**
 * Momentum, in the unit of the values: a value less the one `period` values before. NaN before index `period`.
 *
 * In: values oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 10). `out` is filled and given back; a fresh
 * array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_MOM.c` (golden values in the test).
 */
export function mom(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('mom', period, 1)
  const length = values.length
  const result = outputFor('mom', length, out, values)
  checkColumns('mom', values)
  result.fill(Number.NaN, 0, Math.min(period, length))
  for (let i = period; i < length; i++) result[i] = (values[i] as number) - (values[i - period] as number)
  return result
}

/** As `mom`, one value at a time and to the same bit. */
export function createMom(period: number): Indicator<number, number> {
  checkPeriod('mom', period, 1)
  return createChange('mom', period, (value, before) => value - before)
}
