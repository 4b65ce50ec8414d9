import { checkHighLow, type HighLow } from './bars.ts'
import { checkColumns, checkFactor, checkLengths, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Parabolic stop and reverse, in the unit of the prices: a stop that follows the price ever faster and changes sides when it
 * is touched. NaN at index 0. The second bar is short when it moved further down than up, else long; its stop is the first
 * bar's high or low. The stop never enters the range of the last two bars.
 *
 * In: columns of one length, oldest first; `acceleration` (cut down to `maximum`) and `maximum`, any numbers from 0 (TA-Lib's
 * own defaults are 0.02, 0.2). `out` is filled and given back; a fresh array without it.
 * Errors: a parameter below 0, columns of different length, a value that is not finite, or an `out` of another length or in
 * the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_SAR.c` (golden values in the test); J. Welles Wilder,
 * New Concepts in Technical Trading Systems (1978).
 */
export function sar(
  high: Float64Array,
  low: Float64Array,
  acceleration: number,
  maximum: number,
  out?: Float64Array,
): Float64Array {
  const step = checked(acceleration, maximum)
  const length = checkLengths('sar', high, low)
  const result = outputFor('sar', length, out, high, low)
  checkColumns('sar high', high)
  checkColumns('sar low', low)
  const state = new Float64Array(SLOTS)
  for (let i = 0; i < length; i++)
    result[i] = moveStop(state, step, maximum, i, high[i] as number, low[i] as number)
  return result
}

/** As `sar`, one bar at a time and to the same bit. */
export function createSar(acceleration: number, maximum: number): Indicator<HighLow, number> {
  const step = checked(acceleration, maximum)
  const state = new Float64Array(SLOTS + 1)
  state[SLOTS] = Number.NaN
  return createRunning({
    name: 'sar',
    state,
    check: checkHighLow,
    step: ({ high, low }, index) => {
      state[SLOTS] = moveStop(state, step, maximum, index, high, low)
    },
    read: () => state[SLOTS] as number,
  })
}

/** 1 long, -1 short. */
const SIDE = 0
/** The stop of the next bar. */
const STOP = 1
/** The highest high of a long trade, the lowest low of a short one. */
const EXTREME = 2
const FACTOR = 3
const HIGH = 4
const LOW = 5
const SLOTS = 6

/** Moves the stop in `state` on by one bar and gives the one that held for it. */
function moveStop(
  state: Float64Array,
  step: number,
  maximum: number,
  index: number,
  high: number,
  low: number,
): number {
  if (index === 1) begin(state, step, high, low)
  // The first trade has no bar before its own to keep clear of.
  const highest = index === 1 ? high : Math.max(high, state[HIGH] as number)
  const lowest = index === 1 ? low : Math.min(low, state[LOW] as number)
  state[HIGH] = high
  state[LOW] = low
  if (index === 0) return Number.NaN

  const long = state[SIDE] === 1
  const held = state[STOP] as number
  const extreme = state[EXTREME] as number
  if (long ? low <= held : high >= held) {
    // The stop was touched: the extreme of the trade becomes the stop of its opposite.
    const stop = long ? Math.max(extreme, highest) : Math.min(extreme, lowest)
    const from = long ? low : high
    const next = stop + step * (from - stop)
    state[SIDE] = long ? -1 : 1
    state[EXTREME] = from
    state[FACTOR] = step
    state[STOP] = long ? Math.max(next, highest) : Math.min(next, lowest)
    return stop
  }
  if (long ? high > extreme : low < extreme) {
    state[EXTREME] = long ? high : low
    state[FACTOR] = Math.min((state[FACTOR] as number) + step, maximum)
  }
  const next = held + (state[FACTOR] as number) * ((state[EXTREME] as number) - held)
  state[STOP] = long ? Math.min(next, lowest) : Math.max(next, highest)
  return held
}

/** The first trade: `state` holds the first bar, `high` and `low` are the second's. */
function begin(state: Float64Array, step: number, high: number, low: number): void {
  const up = high - (state[HIGH] as number)
  const down = (state[LOW] as number) - low
  const short = down > 0 && up < down
  state[SIDE] = short ? -1 : 1
  state[STOP] = (short ? state[HIGH] : state[LOW]) as number
  state[EXTREME] = short ? low : high
  state[FACTOR] = step
}

const LARGEST = 1e37

function checked(acceleration: number, maximum: number): number {
  checkFactor('sar acceleration', acceleration, 0, LARGEST)
  checkFactor('sar maximum', maximum, 0, LARGEST)
  return Math.min(acceleration, maximum)
}
