import { checkFinite, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning, feed } from './running.ts'
import { createMean, meanFrom } from './sma.ts'

/**
 * Triangular moving average, in the unit of the values: the mean of a mean, so that the middle of the window counts most.
 * NaN before index `period - 1`.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_TRIMA.c` (golden values in the test).
 */
export function trima(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  const [inner, outer] = halves(period)
  const result = outputFor('trima', values.length, out, values)
  const means = meanFrom('trima', values, 0, inner, new Float64Array(values.length))
  return meanFrom('trima', means, inner - 1, outer, result)
}

/** As `trima`, one value at a time and to the same bit. */
export function createTrima(period: number): Indicator<number, number> {
  const [inner, outer] = halves(period)
  const parts = [createMean('trima', inner), createMean('trima', outer)] as const
  return createRunning({
    name: 'trima',
    state: new Float64Array(0),
    parts,
    check: checkFinite,
    step: (value, index, again) => {
      const mean = feed(parts[0], value, again)
      if (index >= inner - 1) feed(parts[1], mean, again)
    },
    read: () => parts[1].value,
  })
}

/** The two windows: together one longer than the period, the second longer by one where it is even. */
function halves(period: number): readonly [inner: number, outer: number] {
  checkPeriod('trima', period, 2)
  const inner = Math.ceil(period / 2)
  return [inner, period + 1 - inner]
}
