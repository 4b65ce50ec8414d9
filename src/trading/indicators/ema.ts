import { checkPeriod, checkResult, checkStarted, notFinite, outputFor } from './checks.ts'
import type { Indicator, IndicatorState } from './indicator.ts'
import { loadNumbers, saveNumbers } from './saved.ts'

/**
 * Exponential moving average, in the unit of the values: `previous + 2 / (period + 1) × (value - previous)`, begun with the
 * mean of the first `period` values at index `period - 1`; NaN before.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it. The seed fades slowly: give it at least 5 × `period` values before you trust it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_EMA.c` (golden values in the test). Tulip and pandas begin with the first
 * value instead.
 */
export function ema(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('ema', period, 2)
  const length = values.length
  const result = outputFor('ema', length, out, values)
  const factor = 2 / (period + 1)
  const first = period - 1
  result.fill(Number.NaN, 0, Math.min(first, length))
  let average = 0
  const seeding = Math.min(period, length)
  for (let i = 0; i < seeding; i++) average += values[i] as number
  if (first < length) {
    average /= period
    result[first] = average
    for (let i = period; i < length; i++) {
      average += factor * ((values[i] as number) - average)
      result[i] = average
    }
  }
  checkResult('ema', average, values)
  return result
}

/** The running sum of the seed, then the average. */
const AVERAGE = 0
const BEFORE = 1

/** As `ema`, one value at a time and to the same bit. */
export function createEma(period: number): Indicator<number, number> {
  checkPeriod('ema', period, 2)
  return new Ema(period)
}

class Ema implements Indicator<number, number> {
  readonly #period: number
  readonly #factor: number
  readonly #state = new Float64Array(2)
  #count = 0

  constructor(period: number) {
    this.#period = period
    this.#factor = 2 / (period + 1)
  }

  next(value: number): number {
    if (value - value !== 0) notFinite('ema', value, this.#count)
    const state = this.#state
    state[BEFORE] = state[AVERAGE] as number
    this.#count++
    return this.#take(value)
  }

  replaceLast(value: number): number {
    checkStarted('ema', this.#count)
    if (value - value !== 0) notFinite('ema', value, this.#count - 1)
    return this.#take(value)
  }

  get value(): number {
    return this.#count < this.#period ? Number.NaN : (this.#state[AVERAGE] as number)
  }

  snapshot(): IndicatorState {
    return [this.#count, saveNumbers(this.#state)]
  }

  restore(saved: IndicatorState): void {
    this.#count = saved[0] as number
    loadNumbers('ema', this.#state, saved[1])
  }

  #take(value: number): number {
    if (this.#count <= this.#period) return this.#seed(value)
    const before = this.#state[BEFORE] as number
    const average = before + this.#factor * (value - before)
    this.#state[AVERAGE] = average
    return average
  }

  #seed(value: number): number {
    const sum = (this.#state[BEFORE] as number) + value
    this.#state[AVERAGE] = this.#count < this.#period ? sum : sum / this.#period
    return this.value
  }
}
