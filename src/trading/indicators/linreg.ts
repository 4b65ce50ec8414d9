import { checkColumns, checkFinite, checkPeriod, outputFor, REBASE_EVERY } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Where the line of least squares through the last `period` values ends, in their unit: its value at the newest of them.
 * NaN before index `period - 1`.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). `out` is filled and given back; a fresh
 * array without it. The sums run over distances to a pivot and are made afresh every 4,096 values.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_LINEARREG.c` (golden values in the test).
 */
export const linreg = (values: Float64Array, period: number, out?: Float64Array): Float64Array =>
  fill('linreg', values, period, out, endOf)

/** The slope of that line, in the unit of the values per bar; exactly 0 where they are all the same. Else as `linreg`. */
export const linregSlope = (values: Float64Array, period: number, out?: Float64Array): Float64Array =>
  fill('linreg slope', values, period, out, slopeOf)

/** Where that line begins: its value at the oldest of the values. Else as `linreg`. */
export const linregIntercept = (values: Float64Array, period: number, out?: Float64Array): Float64Array =>
  fill('linreg intercept', values, period, out, interceptOf)

/** The slope of that line as an angle in degrees, one unit of the values drawn as wide as one bar. Else as `linreg`. */
export const linregAngle = (values: Float64Array, period: number, out?: Float64Array): Float64Array =>
  fill('linreg angle', values, period, out, angleOf)

/** As `linreg`, one value at a time and to the same bit. */
export const createLinreg = (period: number): Indicator<number, number> => create('linreg', period, endOf)

/** As `linregSlope`, one value at a time and to the same bit. */
export const createLinregSlope = (period: number): Indicator<number, number> =>
  create('linreg slope', period, slopeOf)

/** As `linregIntercept`, one value at a time and to the same bit. */
export const createLinregIntercept = (period: number): Indicator<number, number> =>
  create('linreg intercept', period, interceptOf)

/** As `linregAngle`, one value at a time and to the same bit. */
export const createLinregAngle = (period: number): Indicator<number, number> =>
  create('linreg angle', period, angleOf)

const PIVOT = 0
/** Of the distances to the pivot, and of those times their place in the window, 0 for the oldest. */
const SUM = 1
const CROSS = 2
const LAST = 3
const STILL = 4
const SLOTS = 5

type Reading = (state: Float64Array, period: number) => number

const slopeOf: Reading = (state, period) => {
  if ((state[STILL] as number) >= period) return 0
  const places = (period * (period - 1)) / 2
  const spread = (period * period * (period * period - 1)) / 12
  return (period * (state[CROSS] as number) - places * (state[SUM] as number)) / spread
}

const interceptOf: Reading = (state, period) => {
  const places = (period * (period - 1)) / 2
  return (state[PIVOT] as number) + ((state[SUM] as number) - slopeOf(state, period) * places) / period
}

const endOf: Reading = (state, period) => {
  if ((state[STILL] as number) >= period) return state[LAST] as number
  return interceptOf(state, period) + slopeOf(state, period) * (period - 1)
}

const angleOf: Reading = (state, period) => Math.atan(slopeOf(state, period)) * (180 / Math.PI)

/** Moves the sums on by the value at `index`: it stands at `at` in `values`, the one that leaves the window at `left`. */
function move(
  state: Float64Array,
  values: Float64Array,
  period: number,
  index: number,
  at: number,
  left: number,
): void {
  const value = values[at] as number
  state[STILL] = index > 0 && value === state[LAST] ? (state[STILL] as number) + 1 : 1
  state[LAST] = value
  if (index === 0) state[PIVOT] = value
  if (index >= period && (index + 1) % REBASE_EVERY === 0)
    return sumAfresh(state, values, period, index, value)
  const distance = value - (state[PIVOT] as number)
  const sum = state[SUM] as number
  const cross = state[CROSS] as number
  if (index < period) {
    state[SUM] = sum + distance
    state[CROSS] = cross + index * distance
    return
  }
  // All places move down by one, and the oldest, at place 0, leaves.
  const rest = sum - ((values[left] as number) - (state[PIVOT] as number))
  state[SUM] = rest + distance
  state[CROSS] = cross - rest + (period - 1) * distance
}

function sumAfresh(
  state: Float64Array,
  values: Float64Array,
  period: number,
  index: number,
  pivot: number,
): void {
  let sum = 0
  let cross = 0
  for (let place = 0; place < period; place++) {
    const distance = (values[(index - period + 1 + place) % values.length] as number) - pivot
    sum += distance
    cross += place * distance
  }
  state[PIVOT] = pivot
  state[SUM] = sum
  state[CROSS] = cross
}

function fill(
  name: string,
  values: Float64Array,
  period: number,
  out: Float64Array | undefined,
  of: Reading,
): Float64Array {
  checkPeriod(name, period, 2)
  const result = outputFor(name, values.length, out, values)
  checkColumns(name, values)
  const state = new Float64Array(SLOTS)
  for (let i = 0; i < values.length; i++) {
    move(state, values, period, i, i, i - period)
    result[i] = i < period - 1 ? Number.NaN : of(state, period)
  }
  return result
}

function create(name: string, period: number, of: Reading): Indicator<number, number> {
  checkPeriod(name, period, 2)
  const state = new Float64Array(SLOTS + 1)
  state[SLOTS] = Number.NaN
  // One slot more than the period: what leaves is still there for a replaced value.
  const slots = period + 1
  const values = new Float64Array(slots)
  return createRunning({
    name,
    state,
    windows: [values],
    check: checkFinite,
    step: (value, index) => {
      const at = index % slots
      values[at] = value
      move(state, values, period, index, at, (at + 1) % slots)
      if (index >= period - 1) state[SLOTS] = of(state, period)
    },
    read: () => state[SLOTS] as number,
  })
}
