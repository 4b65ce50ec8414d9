import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor } from './checks.ts'
import { createExtreme, EXTREME_SLOTS, extremesOf } from './extreme.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Williams' %R, -100 to 0: how far the close stands below the highest high of `period` bars, in percent of their range; 0
 * where there is no range. NaN before index `period - 1`.
 *
 * In: columns of one length, oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). `out` is filled and
 * given back; a fresh array without it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_WILLR.c` (golden values in the test).
 */
export function willr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('willr', period, 2)
  const length = checkLengths('willr', high, low, close)
  const result = outputFor('willr', length, out, high, low, close)
  checkColumns('willr high', high)
  checkColumns('willr low', low)
  checkColumns('willr close', close)
  const highest = extremesOf(high, 0, period, 1)
  const lowest = extremesOf(low, 0, period, -1)
  result.fill(Number.NaN, 0, Math.min(period - 1, length))
  for (let i = period - 1; i < length; i++)
    result[i] = below(
      high[highest[i] as number] as number,
      low[lowest[i] as number] as number,
      close[i] as number,
    )
  return result
}

const below = (high: number, low: number, close: number): number => {
  const percent = (high - low) / 100
  return percent !== 0 ? (close - high) / percent : 0
}

const VALUE = 2 * EXTREME_SLOTS

/** As `willr`, one bar at a time and to the same bit. */
export function createWillr(period: number): Indicator<HighLowClose, number> {
  checkPeriod('willr', period, 2)
  const state = new Float64Array(VALUE + 1)
  state[VALUE] = Number.NaN
  const highest = createExtreme(state.subarray(0, EXTREME_SLOTS), period, 1)
  const lowest = createExtreme(state.subarray(EXTREME_SLOTS, VALUE), period, -1)
  return createRunning({
    name: 'willr',
    state,
    windows: [...highest.windows, ...lowest.windows],
    check: checkHighLowClose,
    step: ({ high, low, close }, index) => {
      highest.take(high, index)
      lowest.take(low, index)
      if (index >= period - 1) state[VALUE] = below(highest.value(), lowest.value(), close)
    },
    read: () => state[VALUE] as number,
  })
}
