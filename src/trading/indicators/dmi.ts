import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkPeriod, outputFor } from './checks.ts'
import { checkBars, DIRECTIONAL_SLOTS, directionOf, minusOf, moveDirection, plusOf } from './directional.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

export type DmiColumns = {
  readonly plusDi: Float64Array
  readonly minusDi: Float64Array
}

export type DmiValue = {
  readonly plusDi: number
  readonly minusDi: number
}

/**
 * Wilder's directional indicators, 0 to 100: the smoothed upward (`plusDi`) and downward (`minusDi`) movement in percent of
 * the smoothed true range; 0 where there is no range. NaN before index `period`. At a period of 1 nothing is smoothed and,
 * as in TA-Lib, both are shares of one, not percent.
 *
 * In: columns of one length, oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 14). The arrays of `out` are
 * filled and given back; fresh ones without it. The seed fades slowly: give it at least 5 × `period` bars before you trust
 * it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an array of `out` of another
 * length or in the memory of another array breaks an invariant. Source: TA-Lib 0.6 `ta_PLUS_DI.c`, `ta_MINUS_DI.c` (golden
 * values in the test); J. Welles Wilder, New Concepts in Technical Trading Systems (1978).
 */
export function dmi(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out?: DmiColumns,
): DmiColumns {
  checkPeriod('dmi', period, 1)
  const length = checkBars('dmi', high, low, close)
  const plusDi = outputFor('dmi', length, out?.plusDi, high, low, close)
  const minusDi = outputFor('dmi', length, out?.minusDi, high, low, close, plusDi)
  const scale = scaleOf(period)
  const state = new Float64Array(DIRECTIONAL_SLOTS)
  for (let i = 0; i < length; i++) {
    moveDirection(state, period, i, high[i] as number, low[i] as number, close[i] as number)
    plusDi[i] = i < period ? Number.NaN : plusOf(state, scale)
    minusDi[i] = i < period ? Number.NaN : minusOf(state, scale)
  }
  return { plusDi, minusDi }
}

const scaleOf = (period: number): number => (period === 1 ? 1 : 100)

/**
 * As `dmi`, one bar at a time and to the same bit. `next`, `replaceLast` and `value` give one object that is used again: copy
 * what you keep.
 */
export function createDmi(period: number): Indicator<HighLowClose, DmiValue> {
  checkPeriod('dmi', period, 1)
  const scale = scaleOf(period)
  const state = new Float64Array(DIRECTIONAL_SLOTS + 2).fill(Number.NaN, DIRECTIONAL_SLOTS)
  const result = { plusDi: Number.NaN, minusDi: Number.NaN }
  return createRunning({
    name: 'dmi',
    state,
    check: checkHighLowClose,
    step: ({ high, low, close }, index) => {
      moveDirection(state, period, index, high, low, close)
      if (index < period) return
      state[DIRECTIONAL_SLOTS] = plusOf(state, scale)
      state[DIRECTIONAL_SLOTS + 1] = minusOf(state, scale)
    },
    read: () => {
      result.plusDi = state[DIRECTIONAL_SLOTS] as number
      result.minusDi = state[DIRECTIONAL_SLOTS + 1] as number
      return result
    },
  })
}

/**
 * Directional index, 0 to 100: the difference of the two directional indicators in percent of their sum. Where nothing moves
 * in either direction it stays what it was, and is 0 at first. NaN before index `period`.
 *
 * In: columns of one length, oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 14). `out` is filled and
 * given back; a fresh array without it. Errors: as `dmi`. Source: TA-Lib 0.6 `ta_DX.c` (golden values in the test).
 */
export function dx(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('dx', period, 2)
  const length = checkBars('dx', high, low, close)
  const result = outputFor('dx', length, out, high, low, close)
  const state = new Float64Array(DIRECTIONAL_SLOTS)
  let direction = 0
  for (let i = 0; i < length; i++) {
    moveDirection(state, period, i, high[i] as number, low[i] as number, close[i] as number)
    if (i >= period) direction = directionOf(state, direction)
    result[i] = i < period ? Number.NaN : direction
  }
  return result
}

/** As `dx`, one bar at a time and to the same bit. */
export function createDx(period: number): Indicator<HighLowClose, number> {
  checkPeriod('dx', period, 2)
  const state = new Float64Array(DIRECTIONAL_SLOTS + 1)
  state[DIRECTIONAL_SLOTS] = Number.NaN
  return createRunning({
    name: 'dx',
    state,
    check: checkHighLowClose,
    step: ({ high, low, close }, index) => {
      moveDirection(state, period, index, high, low, close)
      if (index >= period)
        state[DIRECTIONAL_SLOTS] = directionOf(
          state,
          index === period ? 0 : (state[DIRECTIONAL_SLOTS] as number),
        )
    },
    read: () => state[DIRECTIONAL_SLOTS] as number,
  })
}
