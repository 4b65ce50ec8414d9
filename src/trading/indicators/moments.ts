import { REBASE_EVERY } from './checks.ts'

// Running sums of a window's values and of their squares, for the variance and its root.

const PIVOT = 0
const SUM = 1
const SQUARES = 2
const LAST = 3
const STILL = 4

/** How many numbers of a state the running moments need. */
export const MOMENT_SLOTS = 5

/**
 * Moves the sums on by the value at `index`. It stands at `at` in `values`, and the one that leaves the window at `left`:
 * indices of the whole column in a batch, slots of a ring one longer than the period when values come one by one.
 *
 * The sums run over distances to a pivot, the first value and then every 4,096th, where they are made afresh: squares of
 * prices themselves would lose the variance in their rounding.
 */
export function moveMoments(
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
  const entering = value - (state[PIVOT] as number)
  const leaving = index >= period ? (values[left] as number) - (state[PIVOT] as number) : 0
  const change = entering - leaving
  state[SUM] = (state[SUM] as number) + change
  state[SQUARES] = (state[SQUARES] as number) + change * (entering + leaving)
}

function sumAfresh(
  state: Float64Array,
  values: Float64Array,
  period: number,
  index: number,
  pivot: number,
): void {
  let sum = 0
  let squares = 0
  for (let i = index - period + 1; i <= index; i++) {
    const distance = (values[i % values.length] as number) - pivot
    sum += distance
    squares += distance * distance
  }
  state[PIVOT] = pivot
  state[SUM] = sum
  state[SQUARES] = squares
}

/** The variance of a full window, divided by `period`; exactly 0 where all of its values are one and the same. */
export function varianceOf(state: Float64Array, period: number): number {
  if ((state[STILL] as number) >= period) return 0
  const mean = (state[SUM] as number) / period
  return Math.max(0, (state[SQUARES] as number) / period - mean * mean)
}
