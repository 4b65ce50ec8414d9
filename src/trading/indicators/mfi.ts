import { checkHighLowCloseVolume, type HighLowCloseVolume } from './bars.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor, REBASE_MASK } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Money flow index, 0 to 100: of the turnover (typical price × volume) of the last `period` bars whose typical price (high +
 * low + close) / 3 changed, the share in those where it rose. 0 where that turnover is below 1. NaN before index `period`.
 *
 * In: columns of one length, oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). `out` is filled and
 * given back; a fresh array without it. The running sums are summed afresh every 4,096 bars.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_MFI.c` (golden values in the test).
 */
export function mfi(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('mfi', period, 2)
  const length = checkLengths('mfi', high, low, close, volume)
  const result = outputFor('mfi', length, out, high, low, close, volume)
  checkColumns('mfi high', high)
  checkColumns('mfi low', low)
  checkColumns('mfi close', close)
  checkColumns('mfi volume', volume)
  // The turnover of each bar, with the sign of its change. The first bar has none.
  const flows = new Float64Array(length)
  let previous = 0
  for (let i = 0; i < length; i++) {
    const price = typicalPrice(high[i] as number, low[i] as number, close[i] as number)
    if (i > 0) flows[i] = flowOf(price, previous, volume[i] as number)
    previous = price
  }
  result.fill(Number.NaN, 0, Math.min(period, length))
  let rising = 0
  let falling = 0
  for (let i = 1; i < length; i++) {
    const flow = flows[i] as number
    if (i > period && ((i + 1) & REBASE_MASK) === 0) {
      rising = 0
      falling = 0
      for (let j = i - period + 1; j <= i; j++) {
        rising += risingPart(flows[j] as number)
        falling += fallingPart(flows[j] as number)
      }
    } else {
      const leaving = i > period ? (flows[i - period] as number) : 0
      rising += risingPart(flow) - risingPart(leaving)
      falling += fallingPart(flow) - fallingPart(leaving)
    }
    if (i >= period) result[i] = share(rising, falling)
  }
  return result
}

const typicalPrice = (high: number, low: number, close: number): number => (high + low + close) / 3

const flowOf = (price: number, previous: number, volume: number): number =>
  price > previous ? price * volume : price < previous ? -price * volume : 0

const risingPart = (flow: number): number => (flow > 0 ? flow : 0)

const fallingPart = (flow: number): number => (flow < 0 ? -flow : 0)

/** Rounding may leave a hair of what has gone from a sum, on either side of 0. */
const share = (rising: number, falling: number): number => {
  const up = Math.max(rising, 0)
  const all = up + Math.max(falling, 0)
  return all < 1 ? 0 : 100 * (up / all)
}

const VALUE = 0
const RISING = 1
const FALLING = 2
const PREVIOUS = 3

/** As `mfi`, one bar at a time and to the same bit. */
export function createMfi(period: number): Indicator<HighLowCloseVolume, number> {
  checkPeriod('mfi', period, 2)
  const state = new Float64Array([Number.NaN, 0, 0, 0])
  // One slot more than the period: what leaves is still there for a replaced bar.
  const slots = period + 1
  const flows = new Float64Array(slots)
  return createRunning({
    name: 'mfi',
    state,
    windows: [flows],
    check: checkHighLowCloseVolume,
    step: ({ high, low, close, volume }, index) => {
      const price = typicalPrice(high, low, close)
      const flow = index > 0 ? flowOf(price, state[PREVIOUS] as number, volume) : 0
      state[PREVIOUS] = price
      flows[index % slots] = flow
      let rising = state[RISING] as number
      let falling = state[FALLING] as number
      if (index > period && ((index + 1) & REBASE_MASK) === 0) {
        rising = 0
        falling = 0
        for (let i = index - period + 1; i <= index; i++) {
          rising += risingPart(flows[i % slots] as number)
          falling += fallingPart(flows[i % slots] as number)
        }
      } else {
        const leaving = index > period ? (flows[(index - period) % slots] as number) : 0
        rising += risingPart(flow) - risingPart(leaving)
        falling += fallingPart(flow) - fallingPart(leaving)
      }
      state[RISING] = rising
      state[FALLING] = falling
      if (index >= period) state[VALUE] = share(rising, falling)
    },
    read: () => state[VALUE] as number,
  })
}
