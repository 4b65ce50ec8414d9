import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkLengths, checkPeriod, checkResult, checkStarted, outputFor } from './checks.ts'
import type { Indicator, IndicatorState } from './indicator.ts'
import { loadNumbers, saveNumbers } from './saved.ts'

/**
 * Average true range, smoothed by Wilder, in the unit of the prices: at index `period` the mean of the `period` true ranges
 * up to there (the first bar has none), from then on `(previous × (period − 1) + range) / period`. NaN before.
 *
 * In: columns of one length, oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 14). `out` is filled and
 * given back; a fresh array without it. The seed fades slowly: give it at least 5 × `period` bars before you trust it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_ATR.c` (golden values in the test); J. Welles
 * Wilder, New Concepts in Technical Trading Systems (1978).
 */
export function averageTrueRange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('atr', period, 1)
  const length = checkLengths('atr', high, low, close)
  const result = outputFor('atr', length, out, high, low, close)
  const keep = (period - 1) / period
  const half = 0.5 / period
  const seeding = Math.min(period + 1, length)
  result.fill(Number.NaN, 0, Math.min(period, length))
  let before = close[0] as number
  let average = 0
  for (let i = 1; i < seeding; i++) {
    average += 0.5 * twiceRange(before, high[i] as number, low[i] as number)
    before = close[i] as number
  }
  if (period < length) {
    average /= period
    result[period] = average
    // A name of its own: one that may begin with the close of no bar at all is kept as an object, at half the speed.
    let last = close[period] as number
    for (let i = period + 1; i < length; i++) {
      const top = high[i] as number
      const bottom = low[i] as number
      // `twiceRange`, written out: the compiler does not dependably take the call into the loop.
      const twice = top - bottom + (Math.abs(top - last) + Math.abs(last - bottom))
      average = average * keep + half * twice
      last = close[i] as number
      result[i] = average
    }
    before = last
  }
  // The first high and low and the last close are in no range.
  const unread = length > 0 ? (high[0] as number) + (low[0] as number) + before : 0
  checkResult('atr', average + (unread - unread), high, low, close)
  return result
}

/**
 * Twice the true range is the range and the ways to both of its ends. That has no branch for the processor to guess wrong
 * (measured on Node 20: 3.4 against 13 to 17 ns per bar with `Math.max` or comparisons), and lets no NaN slip by.
 */
const twiceRange = (before: number, high: number, low: number): number =>
  high - low + (Math.abs(high - before) + Math.abs(before - low))

const AVERAGE = 0
const CLOSE = 1
const AVERAGE_BEFORE = 2
const CLOSE_BEFORE = 3

/** How many numbers of a state a running average true range needs; the first of them is the average once it is warm. */
export const AVERAGE_RANGE_SLOTS = 2

/** The same inside an indicator that `createRunning` builds: moves the numbers of `state` on by the bar of that index. */
export function moveAverageRange(
  state: Float64Array,
  period: number,
  index: number,
  bar: HighLowClose,
): void {
  const { high, low, close } = bar
  if (index > 0) {
    const before = state[AVERAGE] as number
    const twice = twiceRange(state[CLOSE] as number, high, low)
    if (index > period) state[AVERAGE] = before * ((period - 1) / period) + (0.5 / period) * twice
    else state[AVERAGE] = index < period ? before + 0.5 * twice : (before + 0.5 * twice) / period
  }
  state[CLOSE] = close
}

/** As `averageTrueRange`, one bar at a time and to the same bit. */
export function createAverageTrueRange(period: number): Indicator<HighLowClose, number> {
  checkPeriod('atr', period, 1)
  return new AverageTrueRange(period)
}

/** A class and typed array, not `createRunning`, since it is fed every tick: see there. */
class AverageTrueRange implements Indicator<HighLowClose, number> {
  readonly #period: number
  readonly #keep: number
  readonly #half: number
  readonly #state = new Float64Array(4)
  #count = 0

  constructor(period: number) {
    this.#period = period
    this.#keep = (period - 1) / period
    this.#half = 0.5 / period
  }

  next(bar: HighLowClose): number {
    const state = this.#state
    checkHighLowClose('atr', bar, this.#count)
    state[AVERAGE_BEFORE] = state[AVERAGE] as number
    state[CLOSE_BEFORE] = state[CLOSE] as number
    this.#count++
    return this.#take(bar)
  }

  replaceLast(bar: HighLowClose): number {
    checkStarted('atr', this.#count)
    checkHighLowClose('atr', bar, this.#count - 1)
    return this.#take(bar)
  }

  get value(): number {
    return this.#count <= this.#period ? Number.NaN : (this.#state[AVERAGE] as number)
  }

  snapshot(): IndicatorState {
    return [this.#count, saveNumbers(this.#state)]
  }

  restore(saved: IndicatorState): void {
    this.#count = saved[0] as number
    loadNumbers('atr', this.#state, saved[1])
  }

  #take({ high, low, close }: HighLowClose): number {
    const state = this.#state
    const count = this.#count
    const period = this.#period
    const before = state[AVERAGE_BEFORE] as number
    state[CLOSE] = close
    if (count === 1) return Number.NaN
    const twice = twiceRange(state[CLOSE_BEFORE] as number, high, low)
    if (count > period + 1) {
      const average = before * this.#keep + this.#half * twice
      state[AVERAGE] = average
      return average
    }
    const sum = before + 0.5 * twice
    state[AVERAGE] = count <= period ? sum : sum / period
    return count <= period ? Number.NaN : sum / period
  }
}
