import { checkColumns, checkPeriod, checkResult, checkStarted, notFinite, outputFor } from './checks.ts'
import type { Indicator, IndicatorState } from './indicator.ts'
import { loadNumbers, saveNumbers } from './saved.ts'

/**
 * Relative strength index, 0 to 100: what share of the smoothed moves was upward. NaN before index `period`. Gains and losses
 * begin with the mean of the first `period` moves and go on by Wilder's factor `1 / period`. Where nothing moves it is 0 (many
 * charts show 50 there).
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). `out` is filled and given back; a fresh
 * array without it. The seed fades slowly: give it at least 5 × `period` values before you trust it.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_RSI.c` (golden values in the test); J. Welles Wilder, New Concepts in
 * Technical Trading Systems (1978).
 */
export function rsi(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('rsi', period, 2)
  return strengthOf('rsi', values, period, outputFor('rsi', values.length, out, values))
}

/** The kernel of `rsi`. */
export function strengthOf(
  name: string,
  values: Float64Array,
  period: number,
  out: Float64Array,
): Float64Array {
  const length = values.length
  if (length <= period) {
    checkColumns(name, values)
    return out.fill(Number.NaN)
  }
  out.fill(Number.NaN, 0, period)
  const factor = 1 / period
  let previous = values[0] as number
  let gain = 0
  let loss = 0
  // (|move| + move) / 2 is the move where it is upward, else 0: exact, and without a branch that nobody can predict.
  for (let i = 1; i <= period; i++) {
    const value = values[i] as number
    const move = value - previous
    const size = Math.abs(move)
    previous = value
    gain += 0.5 * (size + move)
    loss += 0.5 * (size - move)
  }
  gain /= period
  loss /= period
  out[period] = strength(gain, loss)
  for (let i = period + 1; i < length; i++) {
    const value = values[i] as number
    const move = value - previous
    const size = Math.abs(move)
    previous = value
    gain += factor * (0.5 * (size + move) - gain)
    loss += factor * (0.5 * (size - move) - loss)
    // `strength`, written out: the compiler does not dependably take the call into the loop.
    const all = gain + loss
    out[i] = all < NOTHING ? 0 : 100 * (gain / all)
  }
  checkResult(name, gain, values)
  return out
}

/** TA-Lib's zero, for sums that are never negative. */
const NOTHING = 1e-14

const strength = (gain: number, loss: number): number => {
  const all = gain + loss
  return all < NOTHING ? 0 : 100 * (gain / all)
}

/** As `rsi`, one value at a time and to the same bit. */
export function createRsi(period: number): Indicator<number, number> {
  checkPeriod('rsi', period, 2)
  return createStrength('rsi', period)
}

const GAIN = 0
const LOSS = 1
const PREVIOUS = 2
const GAIN_BEFORE = 3
const LOSS_BEFORE = 4
const PREVIOUS_BEFORE = 5

/** `createRsi` for indicators that go on from it. The caller has checked the period. */
export const createStrength = (name: string, period: number): Indicator<number, number> =>
  new Strength(name, period)

class Strength implements Indicator<number, number> {
  readonly #name: string
  readonly #period: number
  readonly #factor: number
  readonly #state = new Float64Array(6)
  #count = 0

  constructor(name: string, period: number) {
    this.#name = name
    this.#period = period
    this.#factor = 1 / period
  }

  next(value: number): number {
    if (value - value !== 0) notFinite(this.#name, value, this.#count)
    const state = this.#state
    state[GAIN_BEFORE] = state[GAIN] as number
    state[LOSS_BEFORE] = state[LOSS] as number
    state[PREVIOUS_BEFORE] = state[PREVIOUS] as number
    this.#count++
    return this.#take(value)
  }

  replaceLast(value: number): number {
    checkStarted(this.#name, this.#count)
    if (value - value !== 0) notFinite(this.#name, value, this.#count - 1)
    return this.#take(value)
  }

  get value(): number {
    const warm = this.#count > this.#period
    return warm ? strength(this.#state[GAIN] as number, this.#state[LOSS] as number) : Number.NaN
  }

  snapshot(): IndicatorState {
    return [this.#count, saveNumbers(this.#state)]
  }

  restore(saved: IndicatorState): void {
    this.#count = saved[0] as number
    loadNumbers(this.#name, this.#state, saved[1])
  }

  #take(value: number): number {
    const state = this.#state
    state[PREVIOUS] = value
    if (this.#count <= this.#period + 1) return this.#seed(value)
    const factor = this.#factor
    const move = value - (state[PREVIOUS_BEFORE] as number)
    const size = Math.abs(move)
    let gain = state[GAIN_BEFORE] as number
    let loss = state[LOSS_BEFORE] as number
    gain += factor * (0.5 * (size + move) - gain)
    loss += factor * (0.5 * (size - move) - loss)
    state[GAIN] = gain
    state[LOSS] = loss
    return strength(gain, loss)
  }

  #seed(value: number): number {
    if (this.#count === 1) return Number.NaN
    const state = this.#state
    const move = value - (state[PREVIOUS_BEFORE] as number)
    const size = Math.abs(move)
    const gain = (state[GAIN_BEFORE] as number) + 0.5 * (size + move)
    const loss = (state[LOSS_BEFORE] as number) + 0.5 * (size - move)
    const warm = this.#count > this.#period
    state[GAIN] = warm ? gain / this.#period : gain
    state[LOSS] = warm ? loss / this.#period : loss
    return this.value
  }
}
