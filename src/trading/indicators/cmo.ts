import { checkColumns, checkFinite, checkPeriod, checkResult, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Chande momentum oscillator, -100 to 100: the smoothed gains less the losses as a share of both. NaN before index `period`.
 * Smoothed by Wilder as the RSI is (Tulip takes plain sums instead). Where nothing moves it is 0.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). `out` is filled and given back; a fresh
 * array without it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_CMO.c` (golden values in the test).
 */
export function cmo(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('cmo', period, 2)
  const length = values.length
  const result = outputFor('cmo', length, out, values)
  if (length <= period) {
    checkColumns('cmo', values)
    return result.fill(Number.NaN)
  }
  result.fill(Number.NaN, 0, period)
  const factor = 1 / period
  let gain = 0
  let loss = 0
  // (|move| + move) / 2 is the move where it is upward, else 0.
  for (let i = 1; i <= period; i++) {
    const move = (values[i] as number) - (values[i - 1] as number)
    const size = Math.abs(move)
    gain += 0.5 * (size + move)
    loss += 0.5 * (size - move)
  }
  gain /= period
  loss /= period
  result[period] = share(gain, loss)
  for (let i = period + 1; i < length; i++) {
    const move = (values[i] as number) - (values[i - 1] as number)
    const size = Math.abs(move)
    gain += factor * (0.5 * (size + move) - gain)
    loss += factor * (0.5 * (size - move) - loss)
    // `share`, written out: the compiler does not dependably take the call into the loop.
    const all = gain + loss
    result[i] = all < NOTHING ? 0 : 100 * ((gain - loss) / all)
  }
  checkResult('cmo', gain, values)
  return result
}

/** TA-Lib's zero, for sums that are never negative. */
const NOTHING = 1e-14

const share = (gain: number, loss: number): number => {
  const all = gain + loss
  return all < NOTHING ? 0 : 100 * ((gain - loss) / all)
}

const VALUE = 0
const GAIN = 1
const LOSS = 2
const PREVIOUS = 3

/** As `cmo`, one value at a time and to the same bit. */
export function createCmo(period: number): Indicator<number, number> {
  checkPeriod('cmo', period, 2)
  const factor = 1 / period
  const state = new Float64Array([Number.NaN, 0, 0, 0])
  return createRunning({
    name: 'cmo',
    state,
    check: checkFinite,
    step: (value, index) => {
      const move = value - (state[PREVIOUS] as number)
      state[PREVIOUS] = value
      if (index === 0) return
      const size = Math.abs(move)
      const up = 0.5 * (size + move)
      const down = 0.5 * (size - move)
      let gain = state[GAIN] as number
      let loss = state[LOSS] as number
      if (index > period) {
        gain += factor * (up - gain)
        loss += factor * (down - loss)
      } else {
        gain += up
        loss += down
        if (index === period) {
          gain /= period
          loss /= period
        }
      }
      state[GAIN] = gain
      state[LOSS] = loss
      if (index >= period) state[VALUE] = share(gain, loss)
    },
    read: () => state[VALUE] as number,
  })
}
