import {
  checkColumns,
  checkPeriod,
  checkResult,
  checkStarted,
  notFinite,
  outputFor,
  REBASE_EVERY,
  REBASE_MASK,
} from './checks.ts'
import type { Indicator, IndicatorState } from './indicator.ts'
import { loadNumbers, saveNumbers } from './saved.ts'

/**
 * Weighted moving average, in the unit of the values: the newest of `period` values counts `period` times, the oldest once.
 * NaN before index `period - 1`.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it. Two running sums are summed afresh every 4,096 values.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_WMA.c` (golden values in the test).
 */
export function wma(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('wma', period, 2)
  return weightedFrom('wma', values, 0, period, outputFor('wma', values.length, out, values))
}

/** As `wma`, one value at a time and to the same bit. */
export function createWma(period: number): Indicator<number, number> {
  checkPeriod('wma', period, 2)
  return createWeighted('wma', period)
}

/** The kernel of `wma` for a column whose first value stands at `from`: NaN up to `from + period - 2`. Any period from 1. */
export function weightedFrom(
  name: string,
  values: Float64Array,
  from: number,
  period: number,
  out: Float64Array,
): Float64Array {
  const length = values.length
  const first = from + period - 1
  if (first >= length) {
    checkColumns(name, values.subarray(from))
    return out.fill(Number.NaN)
  }
  out.fill(Number.NaN, 0, first)
  const weights = (period * (period + 1)) / 2
  // `weighted` moves on by one weight for every value of the window: by the plain sum.
  let sum = 0
  let weighted = 0
  for (let weight = 1; weight <= period; weight++) {
    const value = values[from + weight - 1] as number
    sum += value
    weighted += weight * value
  }
  let i = first
  out[i++] = weighted / weights
  while (i < length) {
    const rebaseAt = from + Math.ceil((i - from + 1) / REBASE_EVERY) * REBASE_EVERY - 1
    const end = Math.min(rebaseAt, length)
    for (; i < end; i++) {
      const value = values[i] as number
      weighted += period * value - sum
      sum += value - (values[i - period] as number)
      out[i] = weighted / weights
    }
    checkResult(name, weighted, values)
    if (i < length) {
      sum = 0
      weighted = 0
      for (let weight = 1; weight <= period; weight++) {
        const value = values[i - period + weight] as number
        sum += value
        weighted += weight * value
      }
      out[i++] = weighted / weights
    }
  }
  checkResult(name, weighted, values)
  return out
}

const SUM = 0
const WEIGHTED = 1
const SUM_BEFORE = 2
const WEIGHTED_BEFORE = 3
/** The ring begins here. It has one slot more than the period, so that what leaves is still there for a replaced value. */
const RING = 4

/** `createWma` for indicators that smooth, also over a single value. The caller has checked the period. */
export const createWeighted = (name: string, period: number): Indicator<number, number> =>
  new Weighted(name, period)

class Weighted implements Indicator<number, number> {
  readonly #name: string
  readonly #period: number
  readonly #weights: number
  readonly #state: Float64Array
  readonly #last: number
  #count = 0
  #newest: number

  constructor(name: string, period: number) {
    this.#name = name
    this.#period = period
    this.#weights = (period * (period + 1)) / 2
    this.#state = new Float64Array(RING + period + 1)
    this.#last = RING + period
    this.#newest = this.#last
  }

  next(value: number): number {
    if (value - value !== 0) notFinite(this.#name, value, this.#count)
    const state = this.#state
    state[SUM_BEFORE] = state[SUM] as number
    state[WEIGHTED_BEFORE] = state[WEIGHTED] as number
    this.#newest = this.#newest === this.#last ? RING : this.#newest + 1
    this.#count++
    return this.#take(value)
  }

  replaceLast(value: number): number {
    checkStarted(this.#name, this.#count)
    if (value - value !== 0) notFinite(this.#name, value, this.#count - 1)
    return this.#take(value)
  }

  get value(): number {
    return this.#count < this.#period ? Number.NaN : (this.#state[WEIGHTED] as number) / this.#weights
  }

  snapshot(): IndicatorState {
    return [this.#count, this.#newest, saveNumbers(this.#state)]
  }

  restore(saved: IndicatorState): void {
    this.#count = saved[0] as number
    this.#newest = saved[1] as number
    loadNumbers(this.#name, this.#state, saved[2])
  }

  #take(value: number): number {
    const state = this.#state
    const newest = this.#newest
    const left = newest === this.#last ? RING : newest + 1
    state[newest] = value
    if (this.#count <= this.#period || (this.#count & REBASE_MASK) === 0) return this.#takeRarely(value, left)
    const sum = state[SUM_BEFORE] as number
    const weighted = (state[WEIGHTED_BEFORE] as number) + (this.#period * value - sum)
    state[SUM] = sum + (value - (state[left] as number))
    state[WEIGHTED] = weighted
    return weighted / this.#weights
  }

  /** While it warms up, and where the sums begin afresh. */
  #takeRarely(value: number, left: number): number {
    const state = this.#state
    if (this.#count > this.#period) this.#sumAfresh(left)
    else {
      state[SUM] = (state[SUM_BEFORE] as number) + value
      state[WEIGHTED] = (state[WEIGHTED_BEFORE] as number) + this.#count * value
    }
    return this.value
  }

  /** Over the whole ring but `left`, the value that is leaving: oldest first, as the batch does it. */
  #sumAfresh(left: number): void {
    let sum = 0
    let weighted = 0
    for (let weight = 1, i = left; weight <= this.#period; weight++) {
      i = i === this.#last ? RING : i + 1
      const value = this.#state[i] as number
      sum += value
      weighted += weight * value
    }
    this.#state[SUM] = sum
    this.#state[WEIGHTED] = weighted
  }
}
