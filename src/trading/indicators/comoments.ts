import { REBASE_EVERY } from './checks.ts'

// Running sums of the values, squares and products of two series that move together, for correlation and beta.

const PIVOT_X = 0
const PIVOT_Y = 1
const SUM_X = 2
const SUM_Y = 3
const SQUARES_X = 4
const SQUARES_Y = 5
const PRODUCTS = 6
const LAST_X = 7
const LAST_Y = 8
const STILL_X = 9
const STILL_Y = 10

/** How many numbers of a state the running moments of two series need. */
export const COMOMENT_SLOTS = 11

/**
 * Moves the sums on by the pair at `index`. It stands at `at` in `xs` and `ys`, and the pair that leaves the window at
 * `left`: indices of whole columns in a batch, slots of rings one longer than the period when pairs come one by one.
 *
 * The sums run over distances to pivots, the first pair and then every 4,096th, where they are made afresh; `aroundZero`,
 * for returns and the like, to 0 instead.
 */
export function moveComoments(
  state: Float64Array,
  xs: Float64Array,
  ys: Float64Array,
  period: number,
  index: number,
  at: number,
  left: number,
  aroundZero: boolean,
): void {
  const x = xs[at] as number
  const y = ys[at] as number
  state[STILL_X] = index > 0 && x === state[LAST_X] ? (state[STILL_X] as number) + 1 : 1
  state[STILL_Y] = index > 0 && y === state[LAST_Y] ? (state[STILL_Y] as number) + 1 : 1
  state[LAST_X] = x
  state[LAST_Y] = y
  const afresh = index >= period && (index + 1) % REBASE_EVERY === 0
  if (index === 0 || afresh) {
    state.fill(0, SUM_X, LAST_X)
    state[PIVOT_X] = aroundZero ? 0 : x
    state[PIVOT_Y] = aroundZero ? 0 : y
  }
  if (afresh) for (let i = index - period + 1; i <= index; i++) add(state, xs, ys, i % xs.length, 1)
  else {
    if (index >= period) add(state, xs, ys, left, -1)
    add(state, xs, ys, at, 1)
  }
}

function add(state: Float64Array, xs: Float64Array, ys: Float64Array, at: number, sign: 1 | -1): void {
  const x = (xs[at] as number) - (state[PIVOT_X] as number)
  const y = (ys[at] as number) - (state[PIVOT_Y] as number)
  state[SUM_X] = (state[SUM_X] as number) + sign * x
  state[SUM_Y] = (state[SUM_Y] as number) + sign * y
  state[SQUARES_X] = (state[SQUARES_X] as number) + sign * x * x
  state[SQUARES_Y] = (state[SQUARES_Y] as number) + sign * y * y
  state[PRODUCTS] = (state[PRODUCTS] as number) + sign * x * y
}

/** `period` times the sum of squared distances of the first series to its mean; exactly 0 where it stands still. */
export const spreadX = (state: Float64Array, period: number): number =>
  (state[STILL_X] as number) >= period
    ? 0
    : period * (state[SQUARES_X] as number) - (state[SUM_X] as number) * (state[SUM_X] as number)

/** As `spreadX`, of the second series. */
export const spreadY = (state: Float64Array, period: number): number =>
  (state[STILL_Y] as number) >= period
    ? 0
    : period * (state[SQUARES_Y] as number) - (state[SUM_Y] as number) * (state[SUM_Y] as number)

/** `period` times the sum of the products of both distances. */
export const spreadXY = (state: Float64Array, period: number): number =>
  period * (state[PRODUCTS] as number) - (state[SUM_X] as number) * (state[SUM_Y] as number)
