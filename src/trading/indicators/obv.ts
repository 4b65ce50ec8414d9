import type { CloseVolume } from './bars.ts'
import { checkColumns, checkFinite, checkLengths, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * On-balance volume, in the unit of the volume: begins with the first bar's volume; a bar that closes higher adds its
 * volume, one that closes lower takes it away. Only differences of it mean something.
 *
 * In: columns of one length, oldest first. `out` is filled and given back; a fresh array without it.
 * Errors: columns of different length, a value that is not finite, or an `out` of another length or in the memory of an
 * input breaks an invariant. Source: TA-Lib 0.6 `ta_OBV.c` (golden values in the test). Tulip begins with 0 instead.
 */
export function obv(close: Float64Array, volume: Float64Array, out?: Float64Array): Float64Array {
  const length = checkLengths('obv', close, volume)
  const result = outputFor('obv', length, out, close, volume)
  checkColumns('obv close', close)
  checkColumns('obv volume', volume)
  let balance = length > 0 ? (volume[0] as number) : 0
  if (length > 0) result[0] = balance
  for (let i = 1; i < length; i++) {
    balance += flow(close[i - 1] as number, close[i] as number, volume[i] as number)
    result[i] = balance
  }
  return result
}

const flow = (before: number, close: number, volume: number): number => {
  if (close > before) return volume
  return close < before ? -volume : 0
}

const BALANCE = 0
const CLOSE = 1

/** As `obv`, one bar at a time and to the same bit. */
export function createObv(): Indicator<CloseVolume, number> {
  const state = Float64Array.of(Number.NaN, 0)
  return createRunning({
    name: 'obv',
    state,
    check: (name, bar, index) => {
      checkFinite(`${name} close`, bar.close, index)
      checkFinite(`${name} volume`, bar.volume, index)
    },
    step: ({ close, volume }, index) => {
      if (index === 0) state[BALANCE] = volume
      else state[BALANCE] = (state[BALANCE] as number) + flow(state[CLOSE] as number, close, volume)
      state[CLOSE] = close
    },
    read: () => state[BALANCE] as number,
  })
}
