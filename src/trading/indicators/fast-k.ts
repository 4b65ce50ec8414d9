import type { HighLowClose } from './bars.ts'
import { createExtreme, EXTREME_SLOTS, extremesOf } from './extreme.ts'

/** Where a close stands between the low and the high, 0 to 100; 0 where their distance is no more than `flat`. */
const position = (high: number, low: number, close: number, flat: number): number =>
  Math.abs(high - low) > flat ? (close - low) / ((high - low) / 100) : 0

/**
 * The raw stochastic of columns that begin at `from`: where each close stands in the range of the last `window` bars, and 0
 * in a range of no more than `flat`.
 */
export function fastKFrom(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  from: number,
  window: number,
  flat: number,
  out: Float64Array,
): Float64Array {
  const highest = extremesOf(high, from, window, 1)
  const lowest = extremesOf(low, from, window, -1)
  const first = from + window - 1
  out.fill(Number.NaN, 0, Math.min(first, close.length))
  for (let i = first; i < close.length; i++)
    out[i] = position(
      high[highest[i] as number] as number,
      low[lowest[i] as number] as number,
      close[i] as number,
      flat,
    )
  return out
}

/** How many numbers of a state the raw stochastic needs. */
export const FAST_K_SLOTS = 2 * EXTREME_SLOTS

/** As `fastKFrom`, one bar at a time, inside an indicator that `createRunning` builds. `take` gives NaN until it is warm. */
export function createFastK(state: Float64Array, window: number, flat: number) {
  const highest = createExtreme(state.subarray(0, EXTREME_SLOTS), window, 1)
  const lowest = createExtreme(state.subarray(EXTREME_SLOTS), window, -1)
  return {
    windows: [...highest.windows, ...lowest.windows],
    take: ({ high, low, close }: HighLowClose, index: number): number => {
      highest.take(high, index)
      lowest.take(low, index)
      return index < window - 1 ? Number.NaN : position(highest.value(), lowest.value(), close, flat)
    },
  }
}
