import { checkHighLow, type HighLow } from './bars.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor } from './checks.ts'
import { createExtreme, EXTREME_SLOTS, extremesOf } from './extreme.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

export type AroonColumns = {
  readonly up: Float64Array
  readonly down: Float64Array
}

export type AroonValue = {
  readonly up: number
  readonly down: number
}

/**
 * Aroon, 0 to 100: how fresh the highest high (`up`) and the lowest low (`down`) of the last `period + 1` bars are, 100 for
 * this bar and 0 for the oldest; the latest of equals counts. NaN before index `period`.
 *
 * In: columns of one length, oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). The arrays of `out` are
 * filled and given back; fresh ones without it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an array of `out` of another
 * length or in the memory of another array breaks an invariant. Source: TA-Lib 0.6 `ta_AROON.c` (golden values in the test).
 */
export function aroon(
  high: Float64Array,
  low: Float64Array,
  period: number,
  out?: AroonColumns,
): AroonColumns {
  const length = checked('aroon', high, low, period)
  const up = outputFor('aroon', length, out?.up, high, low)
  const down = outputFor('aroon', length, out?.down, high, low, up)
  checkBars('aroon', high, low)
  const highest = extremesOf(high, 0, period + 1, 1)
  const lowest = extremesOf(low, 0, period + 1, -1)
  const percent = 100 / period
  up.fill(Number.NaN, 0, Math.min(period, length))
  down.fill(Number.NaN, 0, Math.min(period, length))
  for (let i = period; i < length; i++) {
    up[i] = percent * (period - (i - (highest[i] as number)))
    down[i] = percent * (period - (i - (lowest[i] as number)))
  }
  return { up, down }
}

/**
 * As `aroon`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createAroon(period: number): Indicator<HighLow, AroonValue> {
  const percent = 100 / period
  const result = { up: Number.NaN, down: Number.NaN }
  return createAges('aroon', period, (state) => {
    result.up = percent * (period - (state[HIGH_AGE] as number))
    result.down = percent * (period - (state[LOW_AGE] as number))
    return result
  })
}

/**
 * Aroon oscillator, -100 to 100: `up` less `down` of `aroon`. In, out and errors: as there.
 * Source: TA-Lib 0.6 `ta_AROONOSC.c` (golden values in the test).
 */
export function aroonOsc(
  high: Float64Array,
  low: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  const length = checked('aroonOsc', high, low, period)
  const result = outputFor('aroonOsc', length, out, high, low)
  checkBars('aroonOsc', high, low)
  const highest = extremesOf(high, 0, period + 1, 1)
  const lowest = extremesOf(low, 0, period + 1, -1)
  const percent = 100 / period
  result.fill(Number.NaN, 0, Math.min(period, length))
  for (let i = period; i < length; i++) result[i] = percent * ((highest[i] as number) - (lowest[i] as number))
  return result
}

/** As `aroonOsc`, one bar at a time and to the same bit. */
export function createAroonOsc(period: number): Indicator<HighLow, number> {
  const percent = 100 / period
  return createAges(
    'aroonOsc',
    period,
    (state) => percent * ((state[LOW_AGE] as number) - (state[HIGH_AGE] as number)),
  )
}

const HIGH_AGE = 2 * EXTREME_SLOTS
const LOW_AGE = HIGH_AGE + 1

/** An indicator of how many bars ago the highest high and the lowest low stood; both NaN until it is warm. */
function createAges<Out>(
  name: string,
  period: number,
  show: (state: Float64Array) => Out,
): Indicator<HighLow, Out> {
  checkPeriod(name, period, 2)
  const state = new Float64Array(LOW_AGE + 1)
  state[HIGH_AGE] = Number.NaN
  state[LOW_AGE] = Number.NaN
  const highest = createExtreme(state.subarray(0, EXTREME_SLOTS), period + 1, 1)
  const lowest = createExtreme(state.subarray(EXTREME_SLOTS, HIGH_AGE), period + 1, -1)
  return createRunning({
    name,
    state,
    windows: [...highest.windows, ...lowest.windows],
    check: checkHighLow,
    step: ({ high, low }, index) => {
      highest.take(high, index)
      lowest.take(low, index)
      if (index < period) return
      state[HIGH_AGE] = index - highest.at()
      state[LOW_AGE] = index - lowest.at()
    },
    read: () => show(state),
  })
}

function checked(name: string, high: Float64Array, low: Float64Array, period: number): number {
  checkPeriod(name, period, 2)
  return checkLengths(name, high, low)
}

function checkBars(name: string, high: Float64Array, low: Float64Array): void {
  checkColumns(`${name} high`, high)
  checkColumns(`${name} low`, low)
}
