import { AVERAGE_RANGE_SLOTS, averageTrueRange, moveAverageRange } from './average-true-range.ts'
import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkFactor, checkLengths, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

export type SupertrendColumns = {
  readonly line: Float64Array
  readonly direction: Float64Array
}

export type SupertrendValue = {
  readonly line: number
  /** 1 while the trend is up and the line lies below the price, −1 while it is down. */
  readonly direction: number
}

/**
 * Supertrend: a stop line, in the unit of the prices, and the direction of the trend, 1 or −1. NaN before index `period`.
 *
 * Bands lie `factor` average true ranges above and below the middle of the bar. The upper band only falls and the lower one
 * only rises, until a close before lay beyond it. The trend turns when a close lies strictly beyond the band against it. At
 * the first value nothing is known and it counts as down, so wait for a first turn.
 * In: columns of one length, oldest first; `period` from 1 to 100,000, `factor` from 0 (usual are 10 and 3). The arrays of
 * `out` are filled and given back; fresh ones without it.
 * Errors: a parameter out of range, columns of different length, a value that is not finite, or an array of `out` of another
 * length or in the memory of an input or of another one breaks an invariant.
 * Source: rule book §5.2; Olivier Seban's indicator as TradingView's `ta.supertrend` documents it (where −1 means up), with
 * TA-Lib's ATR, which begins one bar later than theirs. TA-Lib 0.6 has no such function.
 */
export function supertrend(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  factor: number,
  out?: SupertrendColumns,
): SupertrendColumns {
  check(period, factor)
  const length = checkLengths('supertrend', high, low, close)
  const line = outputFor('supertrend', length, out?.line, high, low, close)
  const direction = outputFor('supertrend', length, out?.direction, high, low, close, line)
  averageTrueRange(high, low, close, period, line)
  direction.fill(Number.NaN, 0, Math.min(period, length))
  const state = new Float64Array(BAND_SLOTS)
  for (let i = period; i < length; i++) {
    const middle = ((high[i] as number) + (low[i] as number)) / 2
    moveBands(state, middle, factor * (line[i] as number), close[i] as number, i === period)
    line[i] = lineOf(state)
    direction[i] = state[DIRECTION] as number
  }
  return { line, direction }
}

const DIRECTION = 0
const UPPER = 1
const LOWER = 2
const CLOSE = 3
const BAND_SLOTS = 4

const lineOf = (state: Float64Array): number =>
  ((state[DIRECTION] as number) > 0 ? state[LOWER] : state[UPPER]) as number

/** Moves the bands and the direction on by a bar with that middle and close, whose bands lie `width` away. */
function moveBands(
  state: Float64Array,
  middle: number,
  width: number,
  close: number,
  isFirst: boolean,
): void {
  const upper = middle + width
  const lower = middle - width
  if (isFirst) {
    state[UPPER] = upper
    state[LOWER] = lower
    state[DIRECTION] = -1
  } else {
    const before = state[CLOSE] as number
    const upperBefore = state[UPPER] as number
    const lowerBefore = state[LOWER] as number
    const above = upper < upperBefore || before > upperBefore ? upper : upperBefore
    const below = lower > lowerBefore || before < lowerBefore ? lower : lowerBefore
    state[UPPER] = above
    state[LOWER] = below
    if ((state[DIRECTION] as number) > 0) state[DIRECTION] = close < below ? -1 : 1
    else state[DIRECTION] = close > above ? 1 : -1
  }
  state[CLOSE] = close
}

/**
 * As `supertrend`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used
 * again: copy what you keep.
 */
export function createSupertrend(period: number, factor: number): Indicator<HighLowClose, SupertrendValue> {
  check(period, factor)
  const state = new Float64Array(AVERAGE_RANGE_SLOTS + BAND_SLOTS).fill(Number.NaN, AVERAGE_RANGE_SLOTS)
  const bands = state.subarray(AVERAGE_RANGE_SLOTS)
  const result = { line: Number.NaN, direction: Number.NaN }
  return createRunning({
    name: 'supertrend',
    state,
    check: checkHighLowClose,
    step: (bar, index) => {
      moveAverageRange(state, period, index, bar)
      if (index < period) return
      const middle = (bar.high + bar.low) / 2
      moveBands(bands, middle, factor * (state[0] as number), bar.close, index === period)
    },
    read: () => {
      result.line = lineOf(bands)
      result.direction = bands[DIRECTION] as number
      return result
    },
  })
}

const WIDEST = 1e37

function check(period: number, factor: number): void {
  checkPeriod('supertrend', period, 1)
  checkFactor('supertrend factor', factor, 0, WIDEST)
}
