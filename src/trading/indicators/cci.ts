import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Commodity channel index: how far the typical price (high + low + close) / 3 stands from its mean over `period` bars, in
 * 1.5 % of its mean absolute distance from that mean. 0 where nothing moves. NaN before index `period - 1`.
 *
 * Every bar looks at its whole window, in both forms: the distances are from the newest mean, so no sum can run on.
 * In: columns of one length, oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). `out` is filled and
 * given back; a fresh array without it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_CCI.c` (golden values in the test).
 */
export function cci(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('cci', period, 2)
  const length = checkLengths('cci', high, low, close)
  const result = outputFor('cci', length, out, high, low, close)
  checkColumns('cci high', high)
  checkColumns('cci low', low)
  checkColumns('cci close', close)
  const prices = new Float64Array(length)
  for (let i = 0; i < length; i++)
    prices[i] = typicalPrice(high[i] as number, low[i] as number, close[i] as number)
  result.fill(Number.NaN, 0, Math.min(period - 1, length))
  for (let i = period - 1; i < length; i++) {
    const newest = prices[i] as number
    // From the newest price, so that a window of equal prices has distances of exactly 0.
    let sum = 0
    for (let j = i - period + 1; j <= i; j++) sum += (prices[j] as number) - newest
    const mean = sum / period
    let distances = 0
    for (let j = i - period + 1; j <= i; j++) distances += Math.abs((prices[j] as number) - newest - mean)
    result[i] = channel(mean, distances, period)
  }
  return result
}

const typicalPrice = (high: number, low: number, close: number): number => (high + low + close) / 3

/** `mean` is that of the window less the newest price. */
const channel = (mean: number, distances: number, period: number): number =>
  mean !== 0 && distances !== 0 ? -mean / (0.015 * (distances / period)) : 0

/** As `cci`, one bar at a time and to the same bit. Takes time in proportion to the period. */
export function createCci(period: number): Indicator<HighLowClose, number> {
  checkPeriod('cci', period, 2)
  const state = new Float64Array([Number.NaN])
  const prices = new Float64Array(period)
  return createRunning({
    name: 'cci',
    state,
    windows: [prices],
    check: checkHighLowClose,
    step: ({ high, low, close }, index) => {
      const newest = typicalPrice(high, low, close)
      prices[index % period] = newest
      if (index < period - 1) return
      const oldest = (index + 1) % period
      let sum = 0
      for (let i = oldest; i < period; i++) sum += (prices[i] as number) - newest
      for (let i = 0; i < oldest; i++) sum += (prices[i] as number) - newest
      const mean = sum / period
      let distances = 0
      for (let i = oldest; i < period; i++) distances += Math.abs((prices[i] as number) - newest - mean)
      for (let i = 0; i < oldest; i++) distances += Math.abs((prices[i] as number) - newest - mean)
      state[0] = channel(mean, distances, period)
    },
    read: () => state[0] as number,
  })
}
