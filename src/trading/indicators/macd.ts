import { checkPeriod, checkResult, checkStarted, notFinite, outputFor } from './checks.ts'
import type { Indicator, IndicatorState } from './indicator.ts'
import { loadNumbers, saveNumbers } from './saved.ts'

export type MacdColumns = {
  readonly macd: Float64Array
  readonly signal: Float64Array
  readonly histogram: Float64Array
}

export type MacdValue = {
  readonly macd: number
  readonly signal: number
  readonly histogram: number
}

/**
 * Moving average convergence and divergence, in the unit of the values: the fast EMA less the slow one (`macd`), the EMA of
 * that (`signal`), and the first less the second (`histogram`). All three are NaN before index `slow + signal - 2`.
 *
 * The seeds are TA-Lib's: the slow EMA begins with the mean of the first `slow` values, the fast one at the same index with
 * the mean of the last `fast` of these, the signal with the mean of its first `signal` differences. A `slow` below `fast`
 * changes places with it.
 * In: values oldest first; `fast` and `slow` from 2, `signal` from 1 to 100,000 (TA-Lib's own defaults are 12, 26, 9). The
 * arrays of `out` are filled and given back; fresh ones without it.
 * Errors: a period out of range, a value that is not finite, or an array of `out` of another length or in the memory of
 * `values` or of another one breaks an invariant. Source: TA-Lib 0.6 `ta_MACD.c` (golden values in the test).
 */
export function macd(
  values: Float64Array,
  fast: number,
  slow: number,
  signal: number,
  out?: MacdColumns,
): MacdColumns {
  const { short, long } = checked(fast, slow, signal)
  const length = values.length
  const lines = outputFor('macd', length, out?.macd, values)
  const signals = outputFor('macd', length, out?.signal, values, lines)
  const histogram = outputFor('macd', length, out?.histogram, values, lines, signals)
  const begin = long + signal - 2
  for (const column of [lines, signals, histogram]) column.fill(Number.NaN, 0, Math.min(begin, length))

  let shortAverage = 0
  let longAverage = 0
  for (let i = 0; i < Math.min(long, length); i++) {
    longAverage += values[i] as number
    if (i >= long - short) shortAverage += values[i] as number
  }
  if (length >= long) {
    shortAverage /= short
    longAverage /= long
  }
  const shortFactor = 2 / (short + 1)
  const longFactor = 2 / (long + 1)
  const signalFactor = 2 / (signal + 1)
  let average = shortAverage - longAverage
  for (let i = long; i < Math.min(begin + 1, length); i++) {
    shortAverage += shortFactor * ((values[i] as number) - shortAverage)
    longAverage += longFactor * ((values[i] as number) - longAverage)
    average += shortAverage - longAverage
  }
  if (begin < length) {
    const line = shortAverage - longAverage
    average /= signal
    lines[begin] = line
    signals[begin] = average
    histogram[begin] = line - average
    for (let i = begin + 1; i < length; i++) {
      const value = values[i] as number
      shortAverage += shortFactor * (value - shortAverage)
      longAverage += longFactor * (value - longAverage)
      const line = shortAverage - longAverage
      average += signalFactor * (line - average)
      lines[i] = line
      signals[i] = average
      histogram[i] = line - average
    }
  }
  checkResult('macd', longAverage, values)
  return { macd: lines, signal: signals, histogram }
}

const SHORT = 0
const LONG = 1
const SIGNAL = 2
const SHORT_BEFORE = 3
const LONG_BEFORE = 4
const SIGNAL_BEFORE = 5

/**
 * As `macd`, one value at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createMacd(fast: number, slow: number, signal: number): Indicator<number, MacdValue> {
  const { short, long } = checked(fast, slow, signal)
  return new Macd(short, long, signal)
}

class Macd implements Indicator<number, MacdValue> {
  readonly #short: number
  readonly #long: number
  readonly #signal: number
  readonly #warm: number
  readonly #shortFactor: number
  readonly #longFactor: number
  readonly #signalFactor: number
  /** Until each average is warm, the sum of its seed. */
  readonly #state = new Float64Array(6)
  readonly #result = { macd: Number.NaN, signal: Number.NaN, histogram: Number.NaN }
  #count = 0

  constructor(short: number, long: number, signal: number) {
    this.#short = short
    this.#long = long
    this.#signal = signal
    this.#warm = long + signal - 1
    this.#shortFactor = 2 / (short + 1)
    this.#longFactor = 2 / (long + 1)
    this.#signalFactor = 2 / (signal + 1)
  }

  next(value: number): MacdValue {
    if (value - value !== 0) notFinite('macd', value, this.#count)
    const state = this.#state
    state[SHORT_BEFORE] = state[SHORT] as number
    state[LONG_BEFORE] = state[LONG] as number
    state[SIGNAL_BEFORE] = state[SIGNAL] as number
    this.#count++
    return this.#take(value)
  }

  replaceLast(value: number): MacdValue {
    checkStarted('macd', this.#count)
    if (value - value !== 0) notFinite('macd', value, this.#count - 1)
    return this.#take(value)
  }

  get value(): MacdValue {
    return this.#result
  }

  snapshot(): IndicatorState {
    return [this.#count, saveNumbers(this.#state)]
  }

  restore(saved: IndicatorState): void {
    const state = this.#state
    this.#count = saved[0] as number
    loadNumbers('macd', state, saved[1])
    if (this.#count < this.#warm) this.#show(Number.NaN, Number.NaN)
    else this.#show((state[SHORT] as number) - (state[LONG] as number), state[SIGNAL] as number)
  }

  #take(value: number): MacdValue {
    if (this.#count <= this.#warm) return this.#seed(value)
    const state = this.#state
    let shortAverage = state[SHORT_BEFORE] as number
    let longAverage = state[LONG_BEFORE] as number
    let average = state[SIGNAL_BEFORE] as number
    shortAverage += this.#shortFactor * (value - shortAverage)
    longAverage += this.#longFactor * (value - longAverage)
    const line = shortAverage - longAverage
    average += this.#signalFactor * (line - average)
    state[SHORT] = shortAverage
    state[LONG] = longAverage
    state[SIGNAL] = average
    return this.#show(line, average)
  }

  #seed(value: number): MacdValue {
    const state = this.#state
    const count = this.#count
    let shortAverage = state[SHORT_BEFORE] as number
    let longAverage = state[LONG_BEFORE] as number
    if (count > this.#long) {
      shortAverage += this.#shortFactor * (value - shortAverage)
      longAverage += this.#longFactor * (value - longAverage)
    } else {
      longAverage += value
      if (count > this.#long - this.#short) shortAverage += value
      if (count === this.#long) {
        shortAverage /= this.#short
        longAverage /= this.#long
      }
    }
    state[SHORT] = shortAverage
    state[LONG] = longAverage
    if (count < this.#long) return this.#result
    const line = shortAverage - longAverage
    const sum = (state[SIGNAL_BEFORE] as number) + line
    state[SIGNAL] = count < this.#warm ? sum : sum / this.#signal
    return count < this.#warm ? this.#result : this.#show(line, sum / this.#signal)
  }

  #show(line: number, average: number): MacdValue {
    const result = this.#result
    result.macd = line
    result.signal = average
    result.histogram = line - average
    return result
  }
}

function checked(fast: number, slow: number, signal: number) {
  checkPeriod('macd fast', fast, 2)
  checkPeriod('macd slow', slow, 2)
  checkPeriod('macd signal', signal, 1)
  return { short: Math.min(fast, slow), long: Math.max(fast, slow) }
}
