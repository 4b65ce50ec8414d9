import { checkVolumeBars } from './ad.ts'
import { checkHighLowCloseVolume, type HighLowCloseVolume } from './bars.ts'
import { checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'
import {
  checkVolume,
  checkVolumes,
  hasVolume,
  moveVolumeMean,
  VOLUME_MEAN_SLOTS,
  volumeMeanOf,
} from './volume-mean.ts'

/**
 * Rolling VWAP, in the unit of the prices: the mean of `(high + low + close) / 3` over `period` bars, weighted by volume.
 * Where nothing was traded in the window the value before stays; NaN before index `period - 1`, and until a window has
 * volume.
 *
 * In: columns of one length, oldest first (for ticks the trade price three times); `period` from 1 to 100,000. `out` is
 * filled and given back; a fresh array without it. The running sums are summed afresh every 4,096 bars; on whole prices and
 * volumes they are exact.
 * Errors: a period out of range, columns of different length, a value that is not finite, a negative volume, or an `out` of
 * another length or in the memory of an input breaks an invariant. Source: rule book §5.1 (worked by hand in the test).
 */
export function rollingVwap(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('rolling vwap', period, 1)
  const length = checkVolumeBars('rolling vwap', high, low, close, volume)
  const result = outputFor('rolling vwap', length, out, high, low, close, volume)
  checkVolumes('rolling vwap', volume)
  const amounts = new Float64Array(length)
  const state = new Float64Array(VOLUME_MEAN_SLOTS)
  let value = Number.NaN
  for (let i = 0; i < length; i++) {
    amounts[i] = tripleTurnover(high[i] as number, low[i] as number, close[i] as number, volume[i] as number)
    moveVolumeMean(state, amounts, volume, period, i, i, i - period)
    if (i >= period - 1 && hasVolume(state)) value = volumeMeanOf(state) / 3
    result[i] = value
  }
  return result
}

/** Three times the turnover at the typical price: whole where prices and volume are, so that sums of it lose nothing. */
export const tripleTurnover = (high: number, low: number, close: number, volume: number): number =>
  (high + low + close) * volume

const VALUE = VOLUME_MEAN_SLOTS

/** As `rollingVwap`, one bar at a time and to the same bit. */
export function createRollingVwap(period: number): Indicator<HighLowCloseVolume, number> {
  checkPeriod('rolling vwap', period, 1)
  const state = new Float64Array(VALUE + 1)
  state[VALUE] = Number.NaN
  // One slot more than the period: what leaves is still there for a replaced bar.
  const slots = period + 1
  const amounts = new Float64Array(slots)
  const volumes = new Float64Array(slots)
  return createRunning({
    name: 'rolling vwap',
    state,
    windows: [amounts, volumes],
    check: (name, bar, index) => {
      checkHighLowCloseVolume(name, bar, index)
      checkVolume(name, bar.volume, index)
    },
    step: ({ high, low, close, volume }, index) => {
      const at = index % slots
      amounts[at] = tripleTurnover(high, low, close, volume)
      volumes[at] = volume
      moveVolumeMean(state, amounts, volumes, period, index, at, (at + 1) % slots)
      if (index >= period - 1 && hasVolume(state)) state[VALUE] = volumeMeanOf(state) / 3
    },
    read: () => state[VALUE] as number,
  })
}
