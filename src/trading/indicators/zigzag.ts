import { broken } from '../../std/invariant.ts'
import { checkHighLow, type HighLow } from './bars.ts'
import { checkColumns, checkFactor, checkLengths, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

export type ZigzagColumns = {
  readonly turn: Float64Array
  readonly age: Float64Array
  readonly direction: Float64Array
}

export type ZigzagValue = {
  readonly turn: number
  readonly age: number
  readonly direction: number
}

/**
 * Zigzag of confirmed legs, which never repaints: what stands at index `i` is known at bar `i` and stays.
 *
 * - `turn`: the price of the turning point that bar `i` confirms, NaN at most bars. A high is confirmed by a low at least
 *   `ratio` below it, a low by a high at least `ratio` above it;
 * - `age`: how many bars before `i` that turning point stands, NaN where there is none;
 * - `direction`: of the leg that is under way since, 1 up or −1 down; NaN until the first turning point is confirmed. Where
 *   that leg will end is not known, so its extreme so far is no output.
 * A bar that carries the leg further does not turn it as well, since nobody knows which end of it came first; for the same
 * reason, before the first turn, a bar that would confirm both a high and a low confirms neither, and it begins with that bar.
 *
 * In: columns of one length, oldest first, prices above 0; `ratio` is a share of 1 between 0 and 1 (0.05: 5 %). The arrays of
 * `out` are filled and given back; fresh ones without it.
 * Errors: a ratio out of range, columns of different length, a price that is not finite or not above 0, or an array of `out`
 * of another length or in the memory of an input or of another one breaks an invariant.
 * Source: our own definition (charts usually draw the last leg to where it stands and redraw it).
 */
export function zigzag(
  high: Float64Array,
  low: Float64Array,
  ratio: number,
  out?: ZigzagColumns,
): ZigzagColumns {
  checkRatio(ratio)
  const length = checkLengths('zigzag', high, low)
  const turn = outputFor('zigzag', length, out?.turn, high, low)
  const age = outputFor('zigzag', length, out?.age, high, low, turn)
  const direction = outputFor('zigzag', length, out?.direction, high, low, turn, age)
  checkColumns('zigzag high', high)
  checkColumns('zigzag low', low)
  const state = freshState()
  for (let i = 0; i < length; i++) {
    checkPrice(high[i] as number, i)
    checkPrice(low[i] as number, i)
    move(state, ratio, high[i] as number, low[i] as number, i)
    turn[i] = state[TURN] as number
    age[i] = state[AGE] as number
    direction[i] = state[DIRECTION] as number
  }
  return { turn, age, direction }
}

const TURN = 0
const AGE = 1
const DIRECTION = 2
/** The highest high and the lowest low since the last turning point, and the bars where they stand. */
const HIGH = 3
const HIGH_AT = 4
const LOW = 5
const LOW_AT = 6

const freshState = () => Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 0, 0, 0, 0)

function move(state: Float64Array, ratio: number, high: number, low: number, index: number): void {
  state[TURN] = Number.NaN
  state[AGE] = Number.NaN
  const direction = state[DIRECTION] as number
  const higher = high > (state[HIGH] as number)
  const lower = low < (state[LOW] as number)
  const fell = index > 0 && low <= (state[HIGH] as number) * (1 - ratio)
  const rose = index > 0 && high >= (state[LOW] as number) * (1 + ratio)
  // Nothing is known before the first turn: both are watched, and after a bar that would be both it all begins with that bar.
  const undecided = Number.isNaN(direction)
  const turnsDown = undecided ? fell && !rose : direction > 0 && fell && !higher
  const turnsUp = undecided ? rose && !fell : direction < 0 && rose && !lower
  const begins = index === 0 || turnsDown || turnsUp || (undecided && fell && rose)
  if (turnsDown) turnAt(state, -1, HIGH, index)
  if (turnsUp) turnAt(state, 1, LOW, index)
  if (begins || higher) {
    state[HIGH] = high
    state[HIGH_AT] = index
  }
  if (begins || lower) {
    state[LOW] = low
    state[LOW_AT] = index
  }
}

function turnAt(
  state: Float64Array,
  direction: 1 | -1,
  extreme: typeof HIGH | typeof LOW,
  index: number,
): void {
  state[TURN] = state[extreme] as number
  state[AGE] = index - (state[extreme + 1] as number)
  state[DIRECTION] = direction
}

/**
 * As `zigzag`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createZigzag(ratio: number): Indicator<HighLow, ZigzagValue> {
  checkRatio(ratio)
  const state = freshState()
  const result = { turn: Number.NaN, age: Number.NaN, direction: Number.NaN }
  return createRunning({
    name: 'zigzag',
    state,
    check: (name, bar, index) => {
      checkHighLow(name, bar, index)
      checkPrice(bar.high, index)
      checkPrice(bar.low, index)
    },
    step: ({ high, low }, index) => move(state, ratio, high, low, index),
    read: () => {
      result.turn = state[TURN] as number
      result.age = state[AGE] as number
      result.direction = state[DIRECTION] as number
      return result
    },
  })
}

function checkPrice(price: number, index: number): void {
  if (price <= 0)
    broken(
      `zigzag: ${index}번째(0부터) 가격이 0보다 크지 않습니다: ${price} / ` +
        `zigzag: the price at index ${index} is not above 0: ${price}`,
    )
}

function checkRatio(ratio: number): void {
  checkFactor('zigzag ratio', ratio, Number.MIN_VALUE, 1 - Number.EPSILON)
}
