import {
  checkColumns,
  checkPeriod,
  checkResult,
  checkStarted,
  notFinite,
  outputFor,
  REBASE_MASK,
} from './checks.ts'
import type { Indicator, IndicatorState } from './indicator.ts'
import { loadNumbers, saveNumbers } from './saved.ts'

/**
 * Simple moving average: the mean of the last `period` values, in their unit. NaN before index `period - 1`.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it. The running sum is summed afresh every 4,096 values.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_SMA.c` (golden values in the test).
 */
export function sma(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('sma', period, 2)
  return meanFrom('sma', values, 0, period, outputFor('sma', values.length, out, values))
}

/** As `sma`, one value at a time and to the same bit. */
export function createSma(period: number): Indicator<number, number> {
  checkPeriod('sma', period, 2)
  return createMean('sma', period)
}

/** The kernel of `sma` for a column whose first value stands at `from`: NaN up to `from + period - 2`. Any period from 1. */
export function meanFrom(
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
  let sum = 0
  for (let i = from; i < first; i++) sum += values[i] as number
  let i = first
  sum += values[i] as number
  out[i++] = sum / period
  while (i < length) {
    // The value number 4,096, 8,192, ... from `from` on.
    const rebaseAt = from + ((i - from) | REBASE_MASK)
    const end = Math.min(rebaseAt, length)
    // Four at a time: the loop itself would cost as much as its sums.
    for (; i < end - 3; i += 4) {
      const one = sum + ((values[i] as number) - (values[i - period] as number))
      const two = one + ((values[i + 1] as number) - (values[i + 1 - period] as number))
      const three = two + ((values[i + 2] as number) - (values[i + 2 - period] as number))
      sum = three + ((values[i + 3] as number) - (values[i + 3 - period] as number))
      out[i] = one / period
      out[i + 1] = two / period
      out[i + 2] = three / period
      out[i + 3] = sum / period
    }
    for (; i < end; i++) {
      sum += (values[i] as number) - (values[i - period] as number)
      out[i] = sum / period
    }
    checkResult(name, sum, values)
    if (i < length) {
      sum = 0
      for (let j = i - period + 1; j <= i; j++) sum += values[j] as number
      out[i++] = sum / period
    }
  }
  checkResult(name, sum, values)
  return out
}

const SUM = 0
const SUM_BEFORE = 1
/** The ring begins here. It has one slot more than the period, so that what leaves is still there for a replaced value. */
const RING = 2

/** `createSma` for indicators that smooth, also over a single value. The caller has checked the period. */
export const createMean = (name: string, period: number): Indicator<number, number> => new Mean(name, period)

class Mean implements Indicator<number, number> {
  readonly #name: string
  readonly #period: number
  readonly #state: Float64Array
  readonly #last: number
  #count = 0
  #newest: number

  constructor(name: string, period: number) {
    this.#name = name
    this.#period = period
    this.#state = new Float64Array(RING + period + 1)
    this.#last = RING + period
    this.#newest = this.#last
  }

  next(value: number): number {
    if (value - value !== 0) notFinite(this.#name, value, this.#count)
    const state = this.#state
    state[SUM_BEFORE] = state[SUM] as number
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
    return this.#count < this.#period ? Number.NaN : (this.#state[SUM] as number) / this.#period
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
    const sum = (state[SUM_BEFORE] as number) + (value - (state[left] as number))
    state[SUM] = sum
    return sum / this.#period
  }

  /** While it warms up, and where the sum begins afresh. */
  #takeRarely(value: number, left: number): number {
    const warming = this.#count <= this.#period
    const sum = warming ? (this.#state[SUM_BEFORE] as number) + value : this.#sumAfresh(left)
    this.#state[SUM] = sum
    return this.value
  }

  /** Over the whole ring but `left`, the value that is leaving: oldest first, as the batch does it. */
  #sumAfresh(left: number): number {
    let sum = 0
    for (let i = left + 1; i <= this.#last; i++) sum += this.#state[i] as number
    for (let i = RING; i < left; i++) sum += this.#state[i] as number
    return sum
  }
}
