import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkColumns, checkLengths, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * True range, in the unit of the prices: from the higher of the high and the close before to the lower of the low and the
 * close before. NaN at index 0, where there is no close before; other libraries take the first bar's own range there.
 *
 * In: columns of one length, oldest first. `out` is filled and given back; a fresh array without it.
 * Errors: columns of different length, a value that is not finite, or an `out` of another length or in the memory of an
 * input breaks an invariant. Source: TA-Lib 0.6 `ta_TRANGE.c` (golden values in the test).
 */
export function trange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out?: Float64Array,
): Float64Array {
  const length = checkLengths('trange', high, low, close)
  const result = outputFor('trange', length, out, high, low, close)
  checkColumns('trange high', high)
  checkColumns('trange low', low)
  checkColumns('trange close', close)
  if (length > 0) result[0] = Number.NaN
  for (let i = 1; i < length; i++)
    result[i] = rangeFrom(close[i - 1] as number, high[i] as number, low[i] as number)
  return result
}

const rangeFrom = (before: number, high: number, low: number): number =>
  Math.max(high - low, Math.abs(before - high), Math.abs(before - low))

const VALUE = 0
const CLOSE = 1

/** As `trange`, one bar at a time and to the same bit. */
export function createTrange(): Indicator<HighLowClose, number> {
  const state = Float64Array.of(Number.NaN, 0)
  return createRunning({
    name: 'trange',
    state,
    check: checkHighLowClose,
    step: ({ high, low, close }, index) => {
      if (index > 0) state[VALUE] = rangeFrom(state[CLOSE] as number, high, low)
      state[CLOSE] = close
    },
    read: () => state[VALUE] as number,
  })
}
