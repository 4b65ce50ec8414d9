import { AVERAGE_RANGE_SLOTS, averageTrueRange, moveAverageRange } from './average-true-range.ts'
import { checkHighLowClose, type HighLowClose } from './bars.ts'
import { checkPeriod } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Normalised average true range: the average true range in percent of the close; 0 where the close is 0. NaN before index
 * `period`.
 *
 * In: columns of one length, oldest first; `period` from 1 to 100,000 (TA-Lib's own default is 14). `out` is filled and
 * given back; a fresh array without it. Errors: as `averageTrueRange`.
 * Source: TA-Lib 0.6 `ta_NATR.c` (golden values in the test). Two oddities of it are not ours: for a period of 1 it gives the
 * true range itself, not in percent, and after its first value it leaves the slot of a close of 0 as it was.
 */
export function natr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('natr', period, 1)
  const result = averageTrueRange(high, low, close, period, out)
  for (let i = period; i < result.length; i++) result[i] = percentOf(close[i] as number, result[i] as number)
  return result
}

const percentOf = (close: number, range: number): number => (close === 0 ? 0 : (range / close) * 100)

const VALUE = AVERAGE_RANGE_SLOTS

/** As `natr`, one bar at a time and to the same bit. */
export function createNatr(period: number): Indicator<HighLowClose, number> {
  checkPeriod('natr', period, 1)
  const state = new Float64Array(VALUE + 1)
  state[VALUE] = Number.NaN
  return createRunning({
    name: 'natr',
    state,
    check: checkHighLowClose,
    step: (bar, index) => {
      moveAverageRange(state, period, index, bar)
      if (index >= period) state[VALUE] = percentOf(bar.close, state[0] as number)
    },
    read: () => state[VALUE] as number,
  })
}
