import { checkColumns, checkFinite, checkLengths, checkPeriod, outputFor } from './checks.ts'
import { COMOMENT_SLOTS, moveComoments, spreadX, spreadXY, spreadY } from './comoments.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/** One value of each of two series that belong together. */
export interface Pair {
  readonly x: number
  readonly y: number
}

/**
 * Pearson's correlation of the last `period` pairs, −1 to 1; 0 where one of the series stands still in the window. NaN before
 * index `period - 1`. Of prices it mostly measures that both have a trend; give it returns.
 *
 * In: columns of one length, oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 30). `out` is filled and given
 * back; a fresh array without it. The sums run over distances to pivots and are made afresh every 4,096 pairs.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_CORREL.c` (golden values in the test). It calls a
 * product of both variances below 1e-14 still, which makes 0 of most correlations of returns; we do not.
 */
export function correl(x: Float64Array, y: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('correl', period, 1)
  const length = checkLengths('correl', x, y)
  const result = outputFor('correl', length, out, x, y)
  checkColumns('correl x', x)
  checkColumns('correl y', y)
  const state = new Float64Array(COMOMENT_SLOTS)
  for (let i = 0; i < length; i++) {
    moveComoments(state, x, y, period, i, i, i - period, false)
    result[i] = i < period - 1 ? Number.NaN : correlationOf(state, period)
  }
  return result
}

const correlationOf = (state: Float64Array, period: number): number => {
  const x = spreadX(state, period)
  const y = spreadY(state, period)
  if (x <= 0 || y <= 0) return 0
  // Two roots: the product of two small spreads could vanish. Rounding must not carry it past the ends.
  return Math.max(-1, Math.min(1, spreadXY(state, period) / (Math.sqrt(x) * Math.sqrt(y))))
}

const VALUE = COMOMENT_SLOTS

/** As `correl`, one pair at a time and to the same bit. */
export function createCorrel(period: number): Indicator<Pair, number> {
  checkPeriod('correl', period, 1)
  const state = new Float64Array(VALUE + 1)
  state[VALUE] = Number.NaN
  // One slot more than the period: what leaves is still there for a replaced pair.
  const slots = period + 1
  const xs = new Float64Array(slots)
  const ys = new Float64Array(slots)
  return createRunning({
    name: 'correl',
    state,
    windows: [xs, ys],
    check: (name, { x, y }, index) => {
      checkFinite(`${name} x`, x, index)
      checkFinite(`${name} y`, y, index)
    },
    step: ({ x, y }, index) => {
      const at = index % slots
      xs[at] = x
      ys[at] = y
      moveComoments(state, xs, ys, period, index, at, (at + 1) % slots, false)
      if (index >= period - 1) state[VALUE] = correlationOf(state, period)
    },
    read: () => state[VALUE] as number,
  })
}
