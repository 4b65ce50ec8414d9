import { checkHighLow, type HighLow } from './bars.ts'
import type { BandColumns, BandValue } from './bbands.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor } from './checks.ts'
import { createExtreme, EXTREME_SLOTS, extremesOf } from './extreme.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Donchian channel, in the unit of the prices: the highest high and the lowest low of the last `period` bars, this one
 * counted, and their middle. NaN before index `period - 1`. A break-out compares bar `i` with the channel of bar `i - 1`:
 * no bar ever leaves its own.
 *
 * In: columns of one length, oldest first; `period` from 1 to 100,000 (usual is 20). The arrays of `out` are filled and given
 * back; fresh ones without it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an array of `out` of another
 * length or in the memory of an input or of another one breaks an invariant.
 * Source: rule book §5.1; Richard Donchian's four-week rule. TA-Lib 0.6 has none, but its MAX, MIN and MIDPRICE are the
 * three lines (golden values in the test).
 */
export function donchian(
  high: Float64Array,
  low: Float64Array,
  period: number,
  out?: BandColumns,
): BandColumns {
  checkPeriod('donchian', period, 1)
  const length = checkLengths('donchian', high, low)
  const upper = outputFor('donchian', length, out?.upper, high, low)
  const middle = outputFor('donchian', length, out?.middle, high, low, upper)
  const lower = outputFor('donchian', length, out?.lower, high, low, upper, middle)
  checkColumns('donchian high', high)
  checkColumns('donchian low', low)
  const highest = extremesOf(high, 0, period, 1)
  const lowest = extremesOf(low, 0, period, -1)
  const first = Math.min(period - 1, length)
  for (const column of [upper, middle, lower]) column.fill(Number.NaN, 0, first)
  for (let i = first; i < length; i++) {
    const above = high[highest[i] as number] as number
    const below = low[lowest[i] as number] as number
    upper[i] = above
    middle[i] = (above + below) / 2
    lower[i] = below
  }
  return { upper, middle, lower }
}

const UPPER = 2 * EXTREME_SLOTS
const LOWER = UPPER + 1

/**
 * As `donchian`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createDonchian(period: number): Indicator<HighLow, BandValue> {
  checkPeriod('donchian', period, 1)
  const state = new Float64Array(LOWER + 1)
  state[UPPER] = Number.NaN
  state[LOWER] = Number.NaN
  const highest = createExtreme(state.subarray(0, EXTREME_SLOTS), period, 1)
  const lowest = createExtreme(state.subarray(EXTREME_SLOTS, UPPER), period, -1)
  const result = { upper: Number.NaN, middle: Number.NaN, lower: Number.NaN }
  return createRunning({
    name: 'donchian',
    state,
    windows: [...highest.windows, ...lowest.windows],
    check: checkHighLow,
    step: ({ high, low }, index) => {
      highest.take(high, index)
      lowest.take(low, index)
      if (index < period - 1) return
      state[UPPER] = highest.value()
      state[LOWER] = lowest.value()
    },
    read: () => {
      result.upper = state[UPPER] as number
      result.lower = state[LOWER] as number
      result.middle = (result.upper + result.lower) / 2
      return result
    },
  })
}
