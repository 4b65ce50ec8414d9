import { checkColumns, checkFinite, checkLengths, checkPeriod, outputFor } from './checks.ts'
import { COMOMENT_SLOTS, moveComoments, spreadX, spreadXY } from './comoments.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/** The price of a benchmark and of the asset that is measured by it, at one time. */
export interface BenchmarkPair {
  readonly benchmark: number
  readonly asset: number
}

/**
 * Beta: the slope of the asset's returns on the benchmark's over the last `period` returns; 0 where the benchmark's returns
 * are all the same. A return is `price / price before - 1`, and 0 after a price of 0. NaN before index `period`.
 *
 * In: columns of prices of one length, oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 5). `out` is filled
 * and given back; a fresh array without it. The running sums are made afresh every 4,096 returns; where the
 * benchmark's returns are nearly the same only the first digits of the slope hold.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_BETA.c` (golden values in the test). Its first
 * input is the one whose variance divides, so it is our benchmark, whatever its comment says.
 */
export function beta(
  benchmark: Float64Array,
  asset: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('beta', period, 1)
  const length = checkLengths('beta', benchmark, asset)
  const result = outputFor('beta', length, out, benchmark, asset)
  checkColumns('beta benchmark', benchmark)
  checkColumns('beta asset', asset)
  const xs = returnsOf(benchmark)
  const ys = returnsOf(asset)
  const state = new Float64Array(COMOMENT_SLOTS)
  result.fill(Number.NaN, 0, Math.min(period, length))
  for (let i = 1; i < length; i++) {
    moveComoments(state, xs, ys, period, i - 1, i - 1, i - 1 - period, true)
    if (i >= period) result[i] = slopeOf(state, period)
  }
  return result
}

/** The return into each price but the first. */
function returnsOf(prices: Float64Array): Float64Array {
  const returns = new Float64Array(Math.max(0, prices.length - 1))
  for (let i = 0; i < returns.length; i++)
    returns[i] = returnFrom(prices[i] as number, prices[i + 1] as number)
  return returns
}

const returnFrom = (before: number, price: number): number => (before === 0 ? 0 : (price - before) / before)

const slopeOf = (state: Float64Array, period: number): number => {
  const spread = spreadX(state, period)
  return spread <= 0 ? 0 : spreadXY(state, period) / spread
}

const VALUE = COMOMENT_SLOTS
const BENCHMARK = COMOMENT_SLOTS + 1
const ASSET = COMOMENT_SLOTS + 2

/** As `beta`, one pair of prices at a time and to the same bit. */
export function createBeta(period: number): Indicator<BenchmarkPair, number> {
  checkPeriod('beta', period, 1)
  const state = new Float64Array(ASSET + 1)
  state[VALUE] = Number.NaN
  // One slot more than the period: what leaves is still there for a replaced pair.
  const slots = period + 1
  const xs = new Float64Array(slots)
  const ys = new Float64Array(slots)
  return createRunning({
    name: 'beta',
    state,
    windows: [xs, ys],
    check: (name, { benchmark, asset }, index) => {
      checkFinite(`${name} benchmark`, benchmark, index)
      checkFinite(`${name} asset`, asset, index)
    },
    step: ({ benchmark, asset }, index) => {
      if (index > 0) {
        const at = (index - 1) % slots
        xs[at] = returnFrom(state[BENCHMARK] as number, benchmark)
        ys[at] = returnFrom(state[ASSET] as number, asset)
        moveComoments(state, xs, ys, period, index - 1, at, (at + 1) % slots, true)
        if (index >= period) state[VALUE] = slopeOf(state, period)
      }
      state[BENCHMARK] = benchmark
      state[ASSET] = asset
    },
    read: () => state[VALUE] as number,
  })
}
