import { cascade, cascadeSeed } from './cascade.ts'
import { checkFactor, checkFinite, checkPeriod, checkResult, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Tillson's T3, in the unit of the values: three times `(1 + v) E - v E(E)`, with E the EMA of `period` and v the
 * `volumeFactor` (0 is a threefold EMA, 1 a threefold DEMA). NaN before index `6 × (period - 1)`.
 *
 * In: values oldest first; `period` from 2 to 100,000, `volumeFactor` from 0 to 1 (TA-Lib's own defaults are 5 and 0.7).
 * `out` is filled and given back; a fresh array without it.
 * Errors: a parameter out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_T3.c` (golden values in the test).
 */
export function t3(
  values: Float64Array,
  period: number,
  volumeFactor: number,
  out?: Float64Array,
): Float64Array {
  const weights = weightsOf(period, volumeFactor)
  const [w3, w4, w5, w6] = weights
  const length = values.length
  const result = outputFor('t3', length, out, values)
  const factor = 2 / (period + 1)
  const averages = new Float64Array(6)
  const seeded = cascadeSeed(averages, period, factor, values)
  result.fill(Number.NaN, 0, seeded)
  if (seeded === 6 * period - 5) result[seeded - 1] = blend(averages, weights)
  let [e1 = 0, e2 = 0, e3 = 0, e4 = 0, e5 = 0, e6 = 0] = averages
  for (let i = seeded; i < length; i++) {
    e1 += factor * ((values[i] as number) - e1)
    e2 += factor * (e1 - e2)
    e3 += factor * (e2 - e3)
    e4 += factor * (e3 - e4)
    e5 += factor * (e4 - e5)
    e6 += factor * (e5 - e6)
    result[i] = w6 * e6 + w5 * e5 + w4 * e4 + w3 * e3
  }
  checkResult('t3', e1, values)
  return result
}

/** As `t3`, one value at a time and to the same bit. */
export function createT3(period: number, volumeFactor: number): Indicator<number, number> {
  const weights = weightsOf(period, volumeFactor)
  const factor = 2 / (period + 1)
  const warmAt = 6 * (period - 1)
  const state = new Float64Array(7)
  state[0] = Number.NaN
  const averages = state.subarray(1)
  return createRunning({
    name: 't3',
    state,
    check: checkFinite,
    step: (value, index) => {
      cascade(averages, period, factor, index, value)
      if (index >= warmAt) state[0] = blend(averages, weights)
    },
    read: () => state[0] as number,
  })
}

type Weights = readonly [w3: number, w4: number, w5: number, w6: number]

/** How much of the third to the sixth average goes into T3: the product of the three doubled averages written out. */
function weightsOf(period: number, v: number): Weights {
  checkPeriod('t3', period, 2)
  checkFactor('t3 volume factor', v, 0, 1)
  return [
    1 + 3 * v + 3 * v * v + v * v * v,
    -6 * v * v - 3 * v - 3 * v * v * v,
    3 * v * v + 3 * v * v * v,
    -v * v * v,
  ]
}

const blend = (averages: Float64Array, [w3, w4, w5, w6]: Weights): number =>
  w6 * (averages[5] as number) +
  w5 * (averages[4] as number) +
  w4 * (averages[3] as number) +
  w3 * (averages[2] as number)
