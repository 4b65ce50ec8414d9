import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor } from './checks.ts'
import { createFastK, FAST_K_SLOTS, fastKFrom } from './fast-k.ts'
import type { Indicator } from './indicator.ts'
import { createRunning, feed } from './running.ts'
import { createMean, meanFrom } from './sma.ts'

export type StochColumns = {
  readonly slowK: Float64Array
  readonly slowD: Float64Array
}

export type StochValue = {
  readonly slowK: number
  readonly slowD: number
}

/**
 * Slow stochastic, 0 to 100. Raw: where the close stands between the lowest low and the highest high of `fastK` bars, 0 where
 * these are one. `slowK` is its simple mean over `slowKPeriod`, `slowD` the simple mean of that over `slowDPeriod` (TA-Lib's
 * default kind of average for both). Both are NaN before index `fastK + slowKPeriod + slowDPeriod - 3`.
 *
 * In: columns of one length, oldest first; periods from 1 to 100,000 (TA-Lib's own defaults are 5, 3, 3). The arrays of
 * `out` are filled and given back; fresh ones without it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an array of `out` of another
 * length or in the memory of another array breaks an invariant. Source: TA-Lib 0.6 `ta_STOCH.c` (golden values in the test).
 */
export function stoch(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  fastK: number,
  slowKPeriod: number,
  slowDPeriod: number,
  out?: StochColumns,
): StochColumns {
  const begin = checked(fastK, slowKPeriod, slowDPeriod)
  const length = checkLengths('stoch', high, low, close)
  const slowK = outputFor('stoch', length, out?.slowK, high, low, close)
  const slowD = outputFor('stoch', length, out?.slowD, high, low, close, slowK)
  checkBars('stoch', high, low, close)
  const raw = fastKFrom(high, low, close, 0, fastK, 0, new Float64Array(length))
  meanFrom('stoch', raw, fastK - 1, slowKPeriod, slowK)
  meanFrom('stoch', slowK, fastK + slowKPeriod - 2, slowDPeriod, slowD)
  slowK.fill(Number.NaN, 0, Math.min(begin, length))
  return { slowK, slowD }
}

/**
 * As `stoch`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createStoch(
  fastK: number,
  slowKPeriod: number,
  slowDPeriod: number,
): Indicator<HighLowClose, StochValue> {
  const begin = checked(fastK, slowKPeriod, slowDPeriod)
  const state = new Float64Array(FAST_K_SLOTS + 1)
  const result = { slowK: Number.NaN, slowD: Number.NaN }
  state[FAST_K_SLOTS] = Number.NaN
  const raw = createFastK(state.subarray(0, FAST_K_SLOTS), fastK, 0)
  const slowK = createMean('stoch', slowKPeriod)
  const slowD = createMean('stoch', slowDPeriod)
  return createRunning({
    name: 'stoch',
    state,
    windows: raw.windows,
    parts: [slowK, slowD],
    check: checkHighLowClose,
    step: (bar, index, again) => {
      const position = raw.take(bar, index)
      if (index < fastK - 1) return
      const mean = feed(slowK, position, again)
      if (index >= fastK + slowKPeriod - 2) feed(slowD, mean, again)
      if (index >= begin) state[FAST_K_SLOTS] = mean
    },
    read: () => {
      result.slowK = state[FAST_K_SLOTS] as number
      result.slowD = slowD.value
      return result
    },
  })
}

/** The index where both lines begin. */
function checked(fastK: number, slowK: number, slowD: number): number {
  checkPeriod('stoch fastK', fastK, 1)
  checkPeriod('stoch slowK', slowK, 1)
  checkPeriod('stoch slowD', slowD, 1)
  return fastK + slowK + slowD - 3
}

export type StochFColumns = {
  readonly fastK: Float64Array
  readonly fastD: Float64Array
}

export type StochFValue = {
  readonly fastK: number
  readonly fastD: number
}

/**
 * Fast stochastic, 0 to 100: `fastK` is where the close stands between the lowest low and the highest high of `fastKPeriod`
 * bars, 0 where these are one; `fastD` is its simple mean over `fastDPeriod` (TA-Lib's default kind of average). Both are NaN
 * before index `fastKPeriod + fastDPeriod - 2`.
 *
 * In, out and errors: as `stoch` (TA-Lib's own defaults are 5, 3). Source: TA-Lib 0.6 `ta_STOCHF.c` (golden values in the
 * test).
 */
export function stochF(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  fastKPeriod: number,
  fastDPeriod: number,
  out?: StochFColumns,
): StochFColumns {
  checkFast(fastKPeriod, fastDPeriod)
  const length = checkLengths('stochF', high, low, close)
  const fastK = outputFor('stochF', length, out?.fastK, high, low, close)
  const fastD = outputFor('stochF', length, out?.fastD, high, low, close, fastK)
  checkBars('stochF', high, low, close)
  fastKFrom(high, low, close, 0, fastKPeriod, 0, fastK)
  meanFrom('stochF', fastK, fastKPeriod - 1, fastDPeriod, fastD)
  fastK.fill(Number.NaN, 0, Math.min(fastKPeriod + fastDPeriod - 2, length))
  return { fastK, fastD }
}

/** As `stochF`, one bar at a time and to the same bit, into one object that is used again. */
export function createStochF(fastKPeriod: number, fastDPeriod: number): Indicator<HighLowClose, StochFValue> {
  checkFast(fastKPeriod, fastDPeriod)
  const state = new Float64Array(FAST_K_SLOTS + 1)
  const result = { fastK: Number.NaN, fastD: Number.NaN }
  state[FAST_K_SLOTS] = Number.NaN
  const raw = createFastK(state.subarray(0, FAST_K_SLOTS), fastKPeriod, 0)
  const fastD = createMean('stochF', fastDPeriod)
  return createRunning({
    name: 'stochF',
    state,
    windows: raw.windows,
    parts: [fastD],
    check: checkHighLowClose,
    step: (bar, index, again) => {
      const position = raw.take(bar, index)
      if (index >= fastKPeriod - 1) feed(fastD, position, again)
      if (index >= fastKPeriod + fastDPeriod - 2) state[FAST_K_SLOTS] = position
    },
    read: () => {
      result.fastK = state[FAST_K_SLOTS] as number
      result.fastD = fastD.value
      return result
    },
  })
}

function checkFast(fastK: number, fastD: number): void {
  checkPeriod('stochF fastK', fastK, 1)
  checkPeriod('stochF fastD', fastD, 1)
}

function checkBars(name: string, high: Float64Array, low: Float64Array, close: Float64Array): void {
  checkColumns(`${name} high`, high)
  checkColumns(`${name} low`, low)
  checkColumns(`${name} close`, close)
}
