import { checkColumns, checkFinite, checkPeriod, outputFor, REBASE_MASK } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'
import { isZero } from './zero.ts'

/**
 * Kaufman's adaptive moving average, in the unit of the values: an EMA whose factor runs from that of 30 (the price goes to
 * and fro) to that of 2 (it goes one way) with the efficiency of the last `period` moves. NaN before index `period`; it
 * begins at the value before that.
 *
 * In: values oldest first; `period` from 2 to 100,000 (TA-Lib's own default is 30). `out` is filled and given back; a fresh
 * array without it. The running sum of the moves is summed afresh every 4,096 values.
 * Errors: a period out of range, a value that is not finite, or an `out` of another length or in the memory of `values`
 * breaks an invariant. Source: TA-Lib 0.6 `ta_KAMA.c` (golden values in the test); Perry Kaufman, Smarter Trading (1995).
 */
export function kama(values: Float64Array, period: number, out?: Float64Array): Float64Array {
  checkPeriod('kama', period, 2)
  const length = values.length
  const result = outputFor('kama', length, out, values)
  checkColumns('kama', values)
  result.fill(Number.NaN, 0, Math.min(period, length))
  let travelled = 0
  for (let i = 1; i < Math.min(period, length); i++) travelled += moveTo(values, i)
  let average = values[period - 1] ?? Number.NaN
  for (let i = period; i < length; i++) {
    const value = values[i] as number
    if (i > period && ((i + 1) & REBASE_MASK) === 0) {
      travelled = 0
      for (let j = i - period + 1; j <= i; j++) travelled += moveTo(values, j)
    } else travelled += i === period ? moveTo(values, i) : moveTo(values, i) - moveTo(values, i - period)
    average += smoothing(value - (values[i - period] as number), travelled) * (value - average)
    result[i] = average
  }
  return result
}

/** The way from the value before to the one at `index`. */
const moveTo = (values: Float64Array, index: number): number =>
  Math.abs((values[index] as number) - (values[index - 1] as number))

const SLOW = 2 / 31
const FAST = 2 / 3

/** The factor: `change` is how far the price came, `travelled` how long its way was. Without any way it counts as efficient. */
function smoothing(change: number, travelled: number): number {
  const efficiency = travelled <= change || isZero(travelled) ? 1 : Math.abs(change / travelled)
  const factor = efficiency * (FAST - SLOW) + SLOW
  return factor * factor
}

const VALUE = 0
const TRAVELLED = 1

/** As `kama`, one value at a time and to the same bit. */
export function createKama(period: number): Indicator<number, number> {
  checkPeriod('kama', period, 2)
  const state = new Float64Array([Number.NaN, 0])
  // The newest value, the one `period` before it and the one before that.
  const slots = period + 2
  const values = new Float64Array(slots)

  const slotAfter = (slot: number): number => (slot === slots - 1 ? 0 : slot + 1)

  /** The way to the value in `slot` from the one before. */
  const moveAt = (slot: number): number =>
    Math.abs((values[slot] as number) - (values[slot === 0 ? slots - 1 : slot - 1] as number))

  /** `oldest` is the slot of the value `period` before the newest. */
  const travelledTo = (index: number, newest: number, oldest: number): number => {
    if (index > period && ((index + 1) & REBASE_MASK) === 0) {
      let sum = 0
      for (let slot = oldest; slot !== newest; ) {
        slot = slotAfter(slot)
        sum += moveAt(slot)
      }
      return sum
    }
    return (state[TRAVELLED] as number) + (index <= period ? moveAt(newest) : moveAt(newest) - moveAt(oldest))
  }

  return createRunning({
    name: 'kama',
    state,
    windows: [values],
    check: checkFinite,
    step: (value, index) => {
      const newest = index % slots
      const oldest = slotAfter(slotAfter(newest))
      values[newest] = value
      if (index === 0) return
      const travelled = travelledTo(index, newest, oldest)
      state[TRAVELLED] = travelled
      if (index < period) return
      const change = value - (values[oldest] as number)
      const before = (index === period ? values[newest - 1] : state[VALUE]) as number
      state[VALUE] = before + smoothing(change, travelled) * (value - before)
    },
    read: () => state[VALUE] as number,
  })
}
