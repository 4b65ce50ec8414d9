import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkColumns, checkLengths, checkPeriod, outputFor, REBASE_MASK } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'
import { isZero } from './zero.ts'

/**
 * Ultimate oscillator, 0 to 100: buying pressure (the close less the lower of the low and the close before) as a share of
 * the true range, over three windows; the shortest counts four times, the middle one twice, the longest once. A window
 * without range counts as 0. NaN before the index of the longest period. The order of the periods does not matter.
 *
 * In: columns of one length, oldest first; periods from 1 to 100,000 (TA-Lib's own defaults are 7, 14, 28). `out` is filled
 * and given back; a fresh array without it. The running sums are summed afresh every 4,096 bars.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_ULTOSC.c` (golden values in the test); Larry
 * Williams, Technical Analysis of Stocks & Commodities 3 (1985).
 */
export function ultosc(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  first: number,
  second: number,
  third: number,
  out?: Float64Array,
): Float64Array {
  const windows = windowsOf(first, second, third)
  const length = checkLengths('ultosc', high, low, close)
  const result = outputFor('ultosc', length, out, high, low, close)
  checkColumns('ultosc high', high)
  checkColumns('ultosc low', low)
  checkColumns('ultosc close', close)
  const pressures = new Float64Array(length)
  const ranges = new Float64Array(length)
  for (let i = 1; i < length; i++) {
    const before = close[i - 1] as number
    pressures[i] = pressureOf(low[i] as number, close[i] as number, before)
    ranges[i] = rangeOf(high[i] as number, low[i] as number, before)
  }
  const longest = windows[2].period
  result.fill(0)
  for (const { period, weight } of windows) addShares(pressures, ranges, period, weight, longest, result)
  for (let i = longest; i < length; i++) result[i] = 100 * ((result[i] as number) / 7)
  result.fill(Number.NaN, 0, Math.min(longest, length))
  return result
}

/** Adds the weighted share of one window to `out`, from the index `longest` on. */
function addShares(
  pressures: Float64Array,
  ranges: Float64Array,
  period: number,
  weight: number,
  longest: number,
  out: Float64Array,
): void {
  let pressure = 0
  let range = 0
  for (let i = 1; i < out.length; i++) {
    if (i > period && ((i + 1) & REBASE_MASK) === 0) {
      pressure = 0
      range = 0
      for (let j = i - period + 1; j <= i; j++) {
        pressure += pressures[j] as number
        range += ranges[j] as number
      }
    } else {
      const leaving = i > period ? i - period : 0
      pressure += (pressures[i] as number) - (pressures[leaving] as number)
      range += (ranges[i] as number) - (ranges[leaving] as number)
    }
    if (i >= longest && !isZero(range)) out[i] = (out[i] as number) + weight * (pressure / range)
  }
}

const pressureOf = (low: number, close: number, before: number): number => close - Math.min(low, before)

const rangeOf = (high: number, low: number, before: number): number =>
  Math.max(high - low, Math.abs(before - high), Math.abs(before - low))

interface Window {
  readonly period: number
  readonly weight: number
}

/** The shortest first. */
function windowsOf(first: number, second: number, third: number): readonly [Window, Window, Window] {
  checkPeriod('ultosc first', first, 1)
  checkPeriod('ultosc second', second, 1)
  checkPeriod('ultosc third', third, 1)
  const shortest = Math.min(first, second, third)
  const longest = Math.max(first, second, third)
  return [
    { period: shortest, weight: 4 },
    { period: first + second + third - shortest - longest, weight: 2 },
    { period: longest, weight: 1 },
  ]
}

const VALUE = 0
const CLOSE = 1
/** From here on the two sums of each window. */
const SUMS = 2

/** As `ultosc`, one bar at a time and to the same bit. */
export function createUltosc(first: number, second: number, third: number): Indicator<HighLowClose, number> {
  const windows = windowsOf(first, second, third)
  const longest = windows[2].period
  const state = new Float64Array(SUMS + 6)
  state[VALUE] = Number.NaN
  // One slot more than the longest period: what leaves is still there for a replaced bar.
  const slots = longest + 1
  const pressures = new Float64Array(slots)
  const ranges = new Float64Array(slots)

  /** The two sums of one window at `index`, and its share in the value. */
  const shareOf = ({ period, weight }: Window, sums: number, index: number): number => {
    let pressure = 0
    let range = 0
    if (index > period && ((index + 1) & REBASE_MASK) === 0)
      for (let i = index - period + 1; i <= index; i++) {
        pressure += pressures[i % slots] as number
        range += ranges[i % slots] as number
      }
    else {
      const newest = index % slots
      const leaving = (index - period) % slots
      pressure = state[sums] as number
      range = state[sums + 1] as number
      pressure += (pressures[newest] as number) - (index > period ? (pressures[leaving] as number) : 0)
      range += (ranges[newest] as number) - (index > period ? (ranges[leaving] as number) : 0)
    }
    state[sums] = pressure
    state[sums + 1] = range
    return isZero(range) ? 0 : weight * (pressure / range)
  }

  return createRunning({
    name: 'ultosc',
    state,
    windows: [pressures, ranges],
    check: checkHighLowClose,
    step: ({ high, low, close }, index) => {
      const before = state[CLOSE] as number
      state[CLOSE] = close
      if (index === 0) return
      pressures[index % slots] = pressureOf(low, close, before)
      ranges[index % slots] = rangeOf(high, low, before)
      let all = shareOf(windows[0], SUMS, index)
      all += shareOf(windows[1], SUMS + 2, index)
      all += shareOf(windows[2], SUMS + 4, index)
      if (index >= longest) state[VALUE] = 100 * (all / 7)
    },
    read: () => state[VALUE] as number,
  })
}
