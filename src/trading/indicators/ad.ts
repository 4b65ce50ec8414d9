import { checkHighLowCloseVolume, type HighLowCloseVolume } from './bars.ts'
import { checkColumns, checkLengths, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Chaikin's accumulation/distribution line, in the unit of the volume: each bar adds its volume, weighted from 1 (it closed
 * at its high) to −1 (at its low); a bar without range adds nothing. Only differences of it mean something.
 *
 * In: columns of one length, oldest first. `out` is filled and given back; a fresh array without it.
 * Errors: columns of different length, a value that is not finite, or an `out` of another length or in the memory of an
 * input breaks an invariant. Source: TA-Lib 0.6 `ta_AD.c` (golden values in the test).
 */
export function ad(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  out?: Float64Array,
): Float64Array {
  const length = checkVolumeBars('ad', high, low, close, volume)
  const result = outputFor('ad', length, out, high, low, close, volume)
  let line = 0
  for (let i = 0; i < length; i++) {
    line += moneyFlow(high[i] as number, low[i] as number, close[i] as number, volume[i] as number)
    result[i] = line
  }
  return result
}

/** The volume of a bar, from all of it at a close at the high to minus all of it at a close at the low. */
export const moneyFlow = (high: number, low: number, close: number, volume: number): number =>
  high - low > 0 ? ((close - low - (high - close)) / (high - low)) * volume : 0

/** The length of four columns that are equally long and finite throughout. */
export function checkVolumeBars(
  name: string,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
): number {
  const length = checkLengths(name, high, low, close, volume)
  checkColumns(`${name} high`, high)
  checkColumns(`${name} low`, low)
  checkColumns(`${name} close`, close)
  checkColumns(`${name} volume`, volume)
  return length
}

/** As `ad`, one bar at a time and to the same bit. */
export function createAd(): Indicator<HighLowCloseVolume, number> {
  const state = Float64Array.of(Number.NaN)
  return createRunning({
    name: 'ad',
    state,
    check: checkHighLowCloseVolume,
    step: ({ high, low, close, volume }, index) => {
      const before = index === 0 ? 0 : (state[0] as number)
      state[0] = before + moneyFlow(high, low, close, volume)
    },
    read: () => state[0] as number,
  })
}
