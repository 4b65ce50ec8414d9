import { broken } from '../../std/invariant.ts'
import type { CloseVolume } from './bars.ts'
import { checkColumns, checkFinite, checkLengths, checkPeriod, outputFor, REBASE_MASK } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Volume-weighted moving average of the close, in its unit: `Σ close × volume / Σ volume` over `period` bars; the plain mean
 * where nothing was traded in the whole window. NaN before index `period - 1`.
 *
 * In: columns of one length, oldest first; `period` from 2 to 100,000. `out` is filled and given back; a fresh array
 * without it. The running sums are summed afresh every 4,096 bars.
 * Errors: a period out of range, columns of different length, a value that is not finite, a negative volume, or an `out` of
 * another length or in the memory of an input breaks an invariant. Source: the definition (as in TradingView's `ta.vwma`,
 * sma(close × volume) / sma(volume)), worked by hand in the test, since TA-Lib 0.6 has no such function; the plain mean of
 * an untraded window is our own rule.
 */
export function vwma(
  close: Float64Array,
  volume: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('vwma', period, 2)
  const length = checkLengths('vwma', close, volume)
  const result = outputFor('vwma', length, out, close, volume)
  checkColumns('vwma close', close)
  checkColumns('vwma volume', volume)
  let turnover = 0
  let shares = 0
  let sum = 0
  let traded = 0
  for (let i = 0; i < length; i++) {
    const price = close[i] as number
    const amount = volume[i] as number
    if (amount < 0) negative(amount, i)
    const leaves = i >= period
    const oldPrice = leaves ? (close[i - period] as number) : 0
    const oldAmount = leaves ? (volume[i - period] as number) : 0
    traded += (amount === 0 ? 0 : 1) - (oldAmount === 0 ? 0 : 1)
    if (leaves && ((i + 1) & REBASE_MASK) === 0) {
      turnover = 0
      shares = 0
      sum = 0
      for (let j = i - period + 1; j <= i; j++) {
        turnover += (close[j] as number) * (volume[j] as number)
        shares += volume[j] as number
        sum += close[j] as number
      }
    } else {
      turnover += price * amount - oldPrice * oldAmount
      shares += amount - oldAmount
      sum += price - oldPrice
    }
    result[i] = i < period - 1 ? Number.NaN : traded === 0 ? sum / period : turnover / shares
  }
  return result
}

const VALUE = 0
const TURNOVER = 1
const SHARES = 2
const SUM = 3
const TRADED = 4

/** As `vwma`, one bar at a time and to the same bit. */
export function createVwma(period: number): Indicator<CloseVolume, number> {
  checkPeriod('vwma', period, 2)
  const state = new Float64Array([Number.NaN, 0, 0, 0, 0])
  // One slot more than the period: what leaves is still there for a replaced bar.
  const slots = period + 1
  const prices = new Float64Array(slots)
  const amounts = new Float64Array(slots)

  const sumAfresh = (newest: number): void => {
    state[TURNOVER] = 0
    state[SHARES] = 0
    state[SUM] = 0
    for (let i = newest - period + 1; i <= newest; i++) {
      const at = i % slots
      state[TURNOVER] = (state[TURNOVER] as number) + (prices[at] as number) * (amounts[at] as number)
      state[SHARES] = (state[SHARES] as number) + (amounts[at] as number)
      state[SUM] = (state[SUM] as number) + (prices[at] as number)
    }
  }

  return createRunning({
    name: 'vwma',
    state,
    windows: [prices, amounts],
    check: (name, bar, index) => {
      checkFinite(`${name} close`, bar.close, index)
      checkFinite(`${name} volume`, bar.volume, index)
      if (bar.volume < 0) negative(bar.volume, index)
    },
    step: ({ close, volume }, index) => {
      prices[index % slots] = close
      amounts[index % slots] = volume
      const leaves = index >= period
      const oldPrice = leaves ? (prices[(index - period) % slots] as number) : 0
      const oldAmount = leaves ? (amounts[(index - period) % slots] as number) : 0
      state[TRADED] = (state[TRADED] as number) + ((volume === 0 ? 0 : 1) - (oldAmount === 0 ? 0 : 1))
      if (leaves && ((index + 1) & REBASE_MASK) === 0) sumAfresh(index)
      else {
        state[TURNOVER] = (state[TURNOVER] as number) + (close * volume - oldPrice * oldAmount)
        state[SHARES] = (state[SHARES] as number) + (volume - oldAmount)
        state[SUM] = (state[SUM] as number) + (close - oldPrice)
      }
      if (index < period - 1) return
      state[VALUE] =
        state[TRADED] === 0
          ? (state[SUM] as number) / period
          : (state[TURNOVER] as number) / (state[SHARES] as number)
    },
    read: () => state[VALUE] as number,
  })
}

function negative(volume: number, index: number): never {
  return broken(
    `vwma: ${index}번째(0부터) 거래량이 음수입니다: ${volume} / vwma: the volume at index ${index} is negative: ${volume}`,
  )
}
