import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkPeriod, outputFor } from './checks.ts'
import { checkBars, DIRECTIONAL_SLOTS, directionOf, moveDirection } from './directional.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Average directional index, 0 to 100: how strongly the price goes one way, whichever. The mean of the first `period`
 * directional indexes, then smoothed by Wilder. A bar without any direction counts as 0 in the first mean and leaves the
 * average as it is later. NaN before index `2 × period - 1`.
 *
 * In: columns of one length, oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). `out` is filled and
 * given back; a fresh array without it. The seed fades slowly: give it at least 5 × `period` bars before you trust it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_ADX.c` (golden values in the test); J. Welles Wilder,
 * New Concepts in Technical Trading Systems (1978).
 */
export function adx(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('adx', period, 2)
  const length = checkBars('adx', high, low, close)
  return averageOf(high, low, close, period, outputFor('adx', length, out, high, low, close))
}

function averageOf(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out: Float64Array,
): Float64Array {
  const state = new Float64Array(ADX_SLOTS)
  for (let i = 0; i < high.length; i++)
    out[i] = moveAverage(state, period, i, high[i] as number, low[i] as number, close[i] as number)
  return out
}

/** The sum of the first directional indexes, then their average. */
const AVERAGE = DIRECTIONAL_SLOTS
const ADX_SLOTS = DIRECTIONAL_SLOTS + 1

/** Moves the average in `state` on by one bar and gives it; NaN until it is warm. */
function moveAverage(
  state: Float64Array,
  period: number,
  index: number,
  high: number,
  low: number,
  close: number,
): number {
  moveDirection(state, period, index, high, low, close)
  if (index < period) return Number.NaN
  const before = state[AVERAGE] as number
  const warmAt = 2 * period - 1
  if (index > warmAt) {
    // Without direction the average itself, which changes nothing.
    const after = before + (directionOf(state, before) - before) / period
    state[AVERAGE] = after
    return after
  }
  const sum = before + directionOf(state, 0)
  state[AVERAGE] = index < warmAt ? sum : sum / period
  return index < warmAt ? Number.NaN : sum / period
}

/** As `adx`, one bar at a time and to the same bit. */
export function createAdx(period: number): Indicator<HighLowClose, number> {
  checkPeriod('adx', period, 2)
  const state = new Float64Array(ADX_SLOTS + 1)
  state[ADX_SLOTS] = Number.NaN
  return createRunning({
    name: 'adx',
    state,
    check: checkHighLowClose,
    step: ({ high, low, close }, index) => {
      state[ADX_SLOTS] = moveAverage(state, period, index, high, low, close)
    },
    read: () => state[ADX_SLOTS] as number,
  })
}

/**
 * Average directional index rating, 0 to 100: the mean of the ADX now and `period - 1` bars ago. NaN before index
 * `3 × period - 2`. In, out and errors: as `adx`. Source: TA-Lib 0.6 `ta_ADXR.c` (golden values in the test).
 */
export function adxr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('adxr', period, 2)
  const length = checkBars('adxr', high, low, close)
  const result = outputFor('adxr', length, out, high, low, close)
  const averages = averageOf(high, low, close, period, new Float64Array(length))
  result.fill(Number.NaN, 0, Math.min(period - 1, length))
  // NaN while the older of the two is.
  for (let i = period - 1; i < length; i++)
    result[i] = ((averages[i] as number) + (averages[i - period + 1] as number)) / 2
  return result
}

/** As `adxr`, one bar at a time and to the same bit. */
export function createAdxr(period: number): Indicator<HighLowClose, number> {
  checkPeriod('adxr', period, 2)
  const state = new Float64Array(ADX_SLOTS + 1)
  state[ADX_SLOTS] = Number.NaN
  const averages = new Float64Array(period)
  return createRunning({
    name: 'adxr',
    state,
    windows: [averages],
    check: checkHighLowClose,
    step: ({ high, low, close }, index) => {
      const average = moveAverage(state, period, index, high, low, close)
      averages[index % period] = average
      // The slot after the newest is the oldest.
      if (index >= period - 1) state[ADX_SLOTS] = (average + (averages[(index + 1) % period] as number)) / 2
    },
    read: () => state[ADX_SLOTS] as number,
  })
}
