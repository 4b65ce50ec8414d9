import { AVERAGE_RANGE_SLOTS, averageTrueRange, moveAverageRange } from './average-true-range.ts'
import { checkHighLowClose, type HighLowClose } from './bars.ts'
import type { BandColumns, BandValue } from './bbands.ts'
import { checkFactor, checkLengths, checkPeriod, outputFor } from './checks.ts'
import { createEma, ema } from './ema.ts'
import type { Indicator } from './indicator.ts'
import { createRunning, feed } from './running.ts'

/**
 * Keltner channel, in the unit of the prices: the EMA of `period` closes, and `factor` average true ranges of `rangePeriod`
 * above and below it. All NaN before the later of the indices `period - 1` and `rangePeriod`.
 *
 * In: columns of one length, oldest first; `period` from 2, `rangePeriod` from 1 to 100,000, `factor` from 0 (usual are 20,
 * 10 and 2). The arrays of `out` are filled and given back; fresh ones without it.
 * Errors: a parameter out of range, columns of different length, a value that is not finite, or an array of `out` of another
 * length or in the memory of an input or of another one breaks an invariant.
 * Source: rule book §5.1; Linda Raschke's form of Chester Keltner's channel (EMA and ATR for the simple means of 1960).
 * TA-Lib 0.6 has none; its EMA and ATR are the parts.
 */
export function keltner(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  rangePeriod: number,
  factor: number,
  out?: BandColumns,
): BandColumns {
  check(period, rangePeriod, factor)
  const length = checkLengths('keltner', high, low, close)
  const upper = outputFor('keltner', length, out?.upper, high, low, close)
  const middle = outputFor('keltner', length, out?.middle, high, low, close, upper)
  const lower = outputFor('keltner', length, out?.lower, high, low, close, upper, middle)
  averageTrueRange(high, low, close, rangePeriod, upper)
  ema(close, period, middle)
  const first = Math.min(firstIndex(period, rangePeriod), length)
  for (const column of [upper, middle, lower]) column.fill(Number.NaN, 0, first)
  for (let i = first; i < length; i++) {
    const centre = middle[i] as number
    const width = factor * (upper[i] as number)
    upper[i] = centre + width
    lower[i] = centre - width
  }
  return { upper, middle, lower }
}

const firstIndex = (period: number, rangePeriod: number) => Math.max(period - 1, rangePeriod)

const MIDDLE = AVERAGE_RANGE_SLOTS
const WIDTH = AVERAGE_RANGE_SLOTS + 1

/**
 * As `keltner`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again:
 * copy what you keep.
 */
export function createKeltner(
  period: number,
  rangePeriod: number,
  factor: number,
): Indicator<HighLowClose, BandValue> {
  check(period, rangePeriod, factor)
  const first = firstIndex(period, rangePeriod)
  const average = createEma(period)
  const state = new Float64Array(WIDTH + 1)
  state[MIDDLE] = Number.NaN
  const result = { upper: Number.NaN, middle: Number.NaN, lower: Number.NaN }
  return createRunning({
    name: 'keltner',
    state,
    parts: [average],
    check: checkHighLowClose,
    step: (bar, index, again) => {
      moveAverageRange(state, rangePeriod, index, bar)
      const centre = feed(average, bar.close, again)
      if (index < first) return
      state[MIDDLE] = centre
      state[WIDTH] = factor * (state[0] as number)
    },
    read: () => {
      const centre = state[MIDDLE] as number
      result.upper = centre + (state[WIDTH] as number)
      result.middle = centre
      result.lower = centre - (state[WIDTH] as number)
      return result
    },
  })
}

const WIDEST = 1e37

function check(period: number, rangePeriod: number, factor: number): void {
  checkPeriod('keltner', period, 2)
  checkPeriod('keltner range', rangePeriod, 1)
  checkFactor('keltner factor', factor, 0, WIDEST)
}
