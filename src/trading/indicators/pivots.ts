import { checkHighLow, type HighLow } from './bars.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

export type PivotColumns = {
  readonly high: Float64Array
  readonly low: Float64Array
}

export type PivotValue = {
  readonly high: number
  readonly low: number
}

/**
 * Swing highs and lows, at the bar where they become known: `high` at index `i` is the high of bar `i - strength` if that
 * bar is a swing high, else NaN; `low` likewise. Nothing is known earlier, so nothing here looks ahead and nothing is ever
 * taken back.
 *
 * A bar is a swing high if no bar of the `strength` bars on either side is higher and none of those before it is as high
 * (the first of equals wins); a swing low mirrored.
 * In: columns of one length, oldest first; `strength` from 1 to 100,000 (usual is 5). The arrays of `out` are filled and
 * given back; fresh ones without it.
 * Errors: a strength out of range, columns of different length, a value that is not finite, or an array of `out` of another
 * length or in the memory of an input or of another one breaks an invariant.
 * Source: rule book §5.4 (our own definition; TA-Lib has none).
 */
export function pivots(
  high: Float64Array,
  low: Float64Array,
  strength: number,
  out?: PivotColumns,
): PivotColumns {
  checkPeriod('pivots', strength, 1)
  const length = checkLengths('pivots', high, low)
  const highs = outputFor('pivots', length, out?.high, high, low)
  const lows = outputFor('pivots', length, out?.low, high, low, highs)
  checkColumns('pivots high', high)
  checkColumns('pivots low', low)
  for (let i = 0; i < length; i++) {
    highs[i] = swing(high, length, strength, i, 1)
    lows[i] = swing(low, length, strength, i, -1)
  }
  return { high: highs, low: lows }
}

/**
 * The value `strength` before `index` if it is the swing of its neighbourhood, else NaN. Looks at the nearest bars first:
 * nearly every bar is ruled out by one of them. `values` is a column or a ring with room for the neighbourhood.
 */
function swing(values: Float64Array, slots: number, strength: number, index: number, sign: 1 | -1): number {
  const middle = index - strength
  if (middle < strength) return Number.NaN
  const value = values[middle % slots] as number
  for (let away = 1; away <= strength; away++) {
    if (sign * (values[(middle + away) % slots] as number) > sign * value) return Number.NaN
    if (sign * (values[(middle - away) % slots] as number) >= sign * value) return Number.NaN
  }
  return value
}

/**
 * As `pivots`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createPivots(strength: number): Indicator<HighLow, PivotValue> {
  checkPeriod('pivots', strength, 1)
  const state = Float64Array.of(Number.NaN, Number.NaN)
  const slots = 2 * strength + 1
  const highs = new Float64Array(slots)
  const lows = new Float64Array(slots)
  const result = { high: Number.NaN, low: Number.NaN }
  return createRunning({
    name: 'pivots',
    state,
    windows: [highs, lows],
    check: checkHighLow,
    step: ({ high, low }, index) => {
      highs[index % slots] = high
      lows[index % slots] = low
      state[0] = swing(highs, slots, strength, index, 1)
      state[1] = swing(lows, slots, strength, index, -1)
    },
    read: () => {
      result.high = state[0] as number
      result.low = state[1] as number
      return result
    },
  })
}
