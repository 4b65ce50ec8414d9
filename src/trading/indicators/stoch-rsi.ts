import { checkFinite, checkPeriod, outputFor } from './checks.ts'
import { createFastK, FAST_K_SLOTS, fastKFrom } from './fast-k.ts'
import type { Indicator } from './indicator.ts'
import { createStrength, strengthOf } from './rsi.ts'
import { createRunning, feed } from './running.ts'
import { createMean, meanFrom } from './sma.ts'
import type { StochFColumns, StochFValue } from './stoch.ts'

/**
 * Stochastic of the RSI, 0 to 100: `fastK` is where the RSI of `period` stands in its own range of `fastKPeriod` values, 0
 * where that range is none; `fastD` is its simple mean over `fastDPeriod` (TA-Lib's default kind of average). Both are NaN
 * before index `period + fastKPeriod + fastDPeriod - 2`.
 *
 * A range of the RSI below 1e-10 counts as none. While a price stands still, its RSI moves in the last digit only, and
 * TA-Lib, which asks for exactly 0, gives a random 0, 50 or 100 there.
 * In: values oldest first; `period` from 2, the others from 1 to 100,000 (TA-Lib's own defaults are 14, 5, 3). The arrays of
 * `out` are filled and given back; fresh ones without it.
 * Errors: a period out of range, a value that is not finite, or an array of `out` of another length or in the memory of
 * `values` or of another one breaks an invariant. Source: TA-Lib 0.6 `ta_STOCHRSI.c` (golden values in the test).
 */
export function stochRsi(
  values: Float64Array,
  period: number,
  fastKPeriod: number,
  fastDPeriod: number,
  out?: StochFColumns,
): StochFColumns {
  const begin = checked(period, fastKPeriod, fastDPeriod)
  const length = values.length
  const fastK = outputFor('stochRsi', length, out?.fastK, values)
  const fastD = outputFor('stochRsi', length, out?.fastD, values, fastK)
  const strengths = strengthOf('stochRsi', values, period, new Float64Array(length))
  fastKFrom(strengths, strengths, strengths, period, fastKPeriod, FLAT, fastK)
  meanFrom('stochRsi', fastK, period + fastKPeriod - 1, fastDPeriod, fastD)
  fastK.fill(Number.NaN, 0, Math.min(begin, length))
  return { fastK, fastD }
}

/**
 * As `stochRsi`, one value at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used
 * again: copy what you keep.
 */
export function createStochRsi(
  period: number,
  fastKPeriod: number,
  fastDPeriod: number,
): Indicator<number, StochFValue> {
  const begin = checked(period, fastKPeriod, fastDPeriod)
  const state = new Float64Array(FAST_K_SLOTS + 1)
  const result = { fastK: Number.NaN, fastD: Number.NaN }
  const bar = { high: 0, low: 0, close: 0 }
  state[FAST_K_SLOTS] = Number.NaN
  const strength = createStrength('stochRsi', period)
  const raw = createFastK(state.subarray(0, FAST_K_SLOTS), fastKPeriod, FLAT)
  const fastD = createMean('stochRsi', fastDPeriod)
  return createRunning({
    name: 'stochRsi',
    state,
    windows: raw.windows,
    parts: [strength, fastD],
    check: checkFinite,
    step: (value, index, again) => {
      const now = feed(strength, value, again)
      if (index < period) return
      bar.high = now
      bar.low = now
      bar.close = now
      const position = raw.take(bar, index - period)
      if (index >= period + fastKPeriod - 1) feed(fastD, position, again)
      if (index >= begin) state[FAST_K_SLOTS] = position
    },
    read: () => {
      result.fastK = state[FAST_K_SLOTS] as number
      result.fastD = fastD.value
      return result
    },
  })
}

/** Of an RSI: what is no more than this is rounding. */
const FLAT = 1e-10

/** The index where both lines begin. */
function checked(period: number, fastK: number, fastD: number): number {
  checkPeriod('stochRsi', period, 2)
  checkPeriod('stochRsi fastK', fastK, 1)
  checkPeriod('stochRsi fastD', fastD, 1)
  return period + fastK + fastD - 2
}
