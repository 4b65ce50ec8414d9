import {
  checkColumns,
  checkFactor,
  checkPeriod,
  checkResult,
  checkStarted,
  notFinite,
  outputFor,
  REBASE_MASK,
} from './checks.ts'
import type { Indicator, IndicatorState } from './indicator.ts'
import { loadNumbers, saveNumbers } from './saved.ts'

export type BandColumns = {
  readonly upper: Float64Array
  readonly middle: Float64Array
  readonly lower: Float64Array
}

export type BandValue = {
  readonly upper: number
  readonly middle: number
  readonly lower: number
}

/**
 * Bollinger bands, in the unit of the values: the simple mean of `period` values (TA-Lib's default kind of average), and so
 * many standard deviations above and below it. The deviation divides by `period`, not by one less. NaN before index
 * `period - 1`.
 *
 * Sums run over the distances to a pivot, the first value and then that of every 4,096th: squares of whole prices would lose
 * the deviation in their rounding. A variance below 1e-14 counts as none.
 * In: values oldest first; `period` from 2 to 100,000, `up` and `down` any number (TA-Lib's own defaults are 5, 2, 2). The
 * arrays of `out` are filled and given back; fresh ones without it.
 * Errors: a parameter out of range, a value that is not finite, or an array of `out` of another length or in the memory of
 * `values` or of another one breaks an invariant. Source: TA-Lib 0.6 `ta_BBANDS.c` (golden values in the test).
 */
export function bbands(
  values: Float64Array,
  period: number,
  up: number,
  down: number,
  out?: BandColumns,
): BandColumns {
  check(period, up, down)
  const length = values.length
  const upper = outputFor('bbands', length, out?.upper, values)
  const middle = outputFor('bbands', length, out?.middle, values, upper)
  const lower = outputFor('bbands', length, out?.lower, values, upper, middle)
  const first = period - 1
  for (const column of [upper, middle, lower]) column.fill(Number.NaN, 0, Math.min(first, length))
  if (first >= length) {
    checkColumns('bbands', values)
    return { upper, middle, lower }
  }
  let pivot = values[0] as number
  let sum = 0
  let squares = 0
  let from = 0
  let i = first
  while (true) {
    // Afresh over the window that ends at `i`.
    for (let j = from; j <= i; j++) {
      const distance = (values[j] as number) - pivot
      sum += distance
      squares += distance * distance
    }
    const rebaseAt = (i + 1) | REBASE_MASK
    const end = Math.min(rebaseAt, length)
    while (true) {
      const mean = sum / period
      const variance = squares / period - mean * mean
      const deviation = variance < NO_VARIANCE ? 0 : Math.sqrt(variance)
      const centre = pivot + mean
      upper[i] = centre + up * deviation
      middle[i] = centre
      lower[i] = centre - down * deviation
      if (++i >= end) break
      const entering = (values[i] as number) - pivot
      const leaving = (values[i - period] as number) - pivot
      const change = entering - leaving
      sum += change
      squares += change * (entering + leaving)
    }
    checkResult('bbands', squares, values)
    if (i >= length) return { upper, middle, lower }
    pivot = values[i] as number
    sum = 0
    squares = 0
    from = i - first
  }
}

/** TA-Lib's zero for a variance. */
const NO_VARIANCE = 1e-14

const PIVOT = 0
const SUM = 1
const SQUARES = 2
const PIVOT_BEFORE = 3
const SUM_BEFORE = 4
const SQUARES_BEFORE = 5
/** The ring begins here. It has one slot more than the period, so that what leaves is still there for a replaced value. */
const RING = 6

/**
 * As `bbands`, one value at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createBbands(period: number, up: number, down: number): Indicator<number, BandValue> {
  check(period, up, down)
  return new Bbands(period, up, down)
}

class Bbands implements Indicator<number, BandValue> {
  readonly #period: number
  readonly #up: number
  readonly #down: number
  readonly #state: Float64Array
  readonly #last: number
  readonly #result = { upper: Number.NaN, middle: Number.NaN, lower: Number.NaN }
  #count = 0
  #newest: number

  constructor(period: number, up: number, down: number) {
    this.#period = period
    this.#up = up
    this.#down = down
    this.#state = new Float64Array(RING + period + 1)
    this.#last = RING + period
    this.#newest = this.#last
  }

  next(value: number): BandValue {
    if (value - value !== 0) notFinite('bbands', value, this.#count)
    const state = this.#state
    state[PIVOT_BEFORE] = state[PIVOT] as number
    state[SUM_BEFORE] = state[SUM] as number
    state[SQUARES_BEFORE] = state[SQUARES] as number
    this.#newest = this.#newest === this.#last ? RING : this.#newest + 1
    this.#count++
    return this.#take(value)
  }

  replaceLast(value: number): BandValue {
    checkStarted('bbands', this.#count)
    if (value - value !== 0) notFinite('bbands', value, this.#count - 1)
    return this.#take(value)
  }

  get value(): BandValue {
    return this.#result
  }

  snapshot(): IndicatorState {
    return [this.#count, this.#newest, saveNumbers(this.#state)]
  }

  restore(saved: IndicatorState): void {
    const state = this.#state
    this.#count = saved[0] as number
    this.#newest = saved[1] as number
    loadNumbers('bbands', state, saved[2])
    if (this.#count < this.#period) this.#show(Number.NaN, Number.NaN, Number.NaN)
    else this.#show(state[PIVOT] as number, state[SUM] as number, state[SQUARES] as number)
  }

  #take(value: number): BandValue {
    const state = this.#state
    const newest = this.#newest
    const left = newest === this.#last ? RING : newest + 1
    state[newest] = value
    if (this.#count <= this.#period || (this.#count & REBASE_MASK) === 0) return this.#takeRarely(value, left)
    const pivot = state[PIVOT_BEFORE] as number
    const entering = value - pivot
    const leaving = (state[left] as number) - pivot
    const change = entering - leaving
    const sum = (state[SUM_BEFORE] as number) + change
    const squares = (state[SQUARES_BEFORE] as number) + change * (entering + leaving)
    state[PIVOT] = pivot
    state[SUM] = sum
    state[SQUARES] = squares
    return this.#show(pivot, sum, squares)
  }

  /** While it warms up, and where the sums begin afresh. */
  #takeRarely(value: number, left: number): BandValue {
    const state = this.#state
    if (this.#count > this.#period) this.#sumAfresh(left, value)
    else {
      const pivot = this.#count === 1 ? value : (state[PIVOT_BEFORE] as number)
      const distance = value - pivot
      state[PIVOT] = pivot
      state[SUM] = (state[SUM_BEFORE] as number) + distance
      state[SQUARES] = (state[SQUARES_BEFORE] as number) + distance * distance
    }
    if (this.#count < this.#period) return this.#result
    return this.#show(state[PIVOT] as number, state[SUM] as number, state[SQUARES] as number)
  }

  /** Over the whole ring but `left`, the value that is leaving: oldest first, as the batch does it. */
  #sumAfresh(left: number, pivot: number): void {
    const state = this.#state
    let sum = 0
    let squares = 0
    for (let n = 0, i = left; n < this.#period; n++) {
      i = i === this.#last ? RING : i + 1
      const distance = (state[i] as number) - pivot
      sum += distance
      squares += distance * distance
    }
    state[PIVOT] = pivot
    state[SUM] = sum
    state[SQUARES] = squares
  }

  #show(pivot: number, sum: number, squares: number): BandValue {
    const mean = sum / this.#period
    const variance = squares / this.#period - mean * mean
    const deviation = variance < NO_VARIANCE ? 0 : Math.sqrt(variance)
    const centre = pivot + mean
    const result = this.#result
    result.upper = centre + this.#up * deviation
    result.middle = centre
    result.lower = centre - this.#down * deviation
    return result
  }
}

const WIDEST = 1e37

function check(period: number, up: number, down: number): void {
  checkPeriod('bbands', period, 2)
  checkFactor('bbands up', up, -WIDEST, WIDEST)
  checkFactor('bbands down', down, -WIDEST, WIDEST)
}
