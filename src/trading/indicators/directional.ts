import { checkColumns, checkLengths } from './checks.ts'
import { isZero } from './zero.ts'

// Wilder's directional movement, as DMI, DX and ADX all begin with it.

const PLUS = 0
const MINUS = 1
const RANGE = 2
const HIGH = 3
const LOW = 4
const CLOSE = 5

/** How many numbers of a state the directional movement needs. */
export const DIRECTIONAL_SLOTS = 6

/**
 * Moves the smoothed directional movements and the smoothed true range in `state` on by one bar. The first bar only shows
 * where the next one comes from; the bars `1 .. period - 1` are plainly summed; from then on `1 / period` of each sum is
 * dropped before the new one is added.
 */
export function moveDirection(
  state: Float64Array,
  period: number,
  index: number,
  high: number,
  low: number,
  close: number,
): void {
  if (index > 0) {
    const up = high - (state[HIGH] as number)
    const down = (state[LOW] as number) - low
    const previous = state[CLOSE] as number
    const range = Math.max(high - low, Math.abs(high - previous), Math.abs(low - previous))
    const dropped = index < period ? 0 : 1 / period
    const plus = state[PLUS] as number
    const minus = state[MINUS] as number
    const ranges = state[RANGE] as number
    state[PLUS] = plus + ((up > 0 && up > down ? up : 0) - dropped * plus)
    state[MINUS] = minus + ((down > 0 && up < down ? down : 0) - dropped * minus)
    state[RANGE] = ranges + (range - dropped * ranges)
  }
  state[HIGH] = high
  state[LOW] = low
  state[CLOSE] = close
}

/** The upward movement as a share of the true range, times `scale`; 0 where there is no range. */
export const plusOf = (state: Float64Array, scale: number): number =>
  isZero(state[RANGE] as number) ? 0 : scale * ((state[PLUS] as number) / (state[RANGE] as number))

/** The downward movement, as `plusOf`. */
export const minusOf = (state: Float64Array, scale: number): number =>
  isZero(state[RANGE] as number) ? 0 : scale * ((state[MINUS] as number) / (state[RANGE] as number))

/** The directional index, 0 to 100; `none` where nothing moves in either direction. */
export function directionOf(state: Float64Array, none: number): number {
  if (isZero(state[RANGE] as number)) return none
  const plus = plusOf(state, 100)
  const minus = minusOf(state, 100)
  const both = plus + minus
  return isZero(both) ? none : 100 * (Math.abs(minus - plus) / both)
}

/** The length of three columns that are equally long and finite throughout. */
export function checkBars(name: string, high: Float64Array, low: Float64Array, close: Float64Array): number {
  const length = checkLengths(name, high, low, close)
  checkColumns(`${name} high`, high)
  checkColumns(`${name} low`, low)
  checkColumns(`${name} close`, close)
  return length
}
