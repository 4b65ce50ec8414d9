import { checkVolumeBars, moneyFlow } from './ad.ts'
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
 * Chaikin money flow, −1 to 1: over `period` bars the volume, weighted from 1 (a close at the high) to −1 (at the low), as a
 * share of all volume; 0 where nothing was traded in the window. NaN before index `period - 1`.
 *
 * In: columns of one length, oldest first; `period` from 1 to 100,000 (usual are 20 and 21). `out` is filled and given back;
 * a fresh array without it. The running sums are summed afresh every 4,096 bars.
 * Errors: a period out of range, columns of different length, a value that is not finite, a negative volume, or an `out` of
 * another length or in the memory of an input breaks an invariant.
 * Source: rule book §5.2; Marc Chaikin. TA-Lib 0.6 has none, but the sums are differences of its AD line and of its SUM of
 * the volume (golden values in the test).
 */
export function cmf(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  period: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('cmf', period, 1)
  const length = checkVolumeBars('cmf', high, low, close, volume)
  const result = outputFor('cmf', length, out, high, low, close, volume)
  checkVolumes('cmf', volume)
  const flows = new Float64Array(length)
  const state = new Float64Array(VOLUME_MEAN_SLOTS)
  for (let i = 0; i < length; i++) {
    flows[i] = moneyFlow(high[i] as number, low[i] as number, close[i] as number, volume[i] as number)
    moveVolumeMean(state, flows, volume, period, i, i, i - period)
    result[i] = i < period - 1 ? Number.NaN : shareOf(state)
  }
  return result
}

const shareOf = (state: Float64Array): number => (hasVolume(state) ? volumeMeanOf(state) : 0)

const VALUE = VOLUME_MEAN_SLOTS

/** As `cmf`, one bar at a time and to the same bit. */
export function createCmf(period: number): Indicator<HighLowCloseVolume, number> {
  checkPeriod('cmf', period, 1)
  const state = new Float64Array(VALUE + 1)
  state[VALUE] = Number.NaN
  // One slot more than the period: what leaves is still there for a replaced bar.
  const slots = period + 1
  const flows = new Float64Array(slots)
  const volumes = new Float64Array(slots)
  return createRunning({
    name: 'cmf',
    state,
    windows: [flows, volumes],
    check: (name, bar, index) => {
      checkHighLowCloseVolume(name, bar, index)
      checkVolume(name, bar.volume, index)
    },
    step: ({ high, low, close, volume }, index) => {
      const at = index % slots
      flows[at] = moneyFlow(high, low, close, volume)
      volumes[at] = volume
      moveVolumeMean(state, flows, volumes, period, index, at, (at + 1) % slots)
      if (index >= period - 1) state[VALUE] = shareOf(state)
    },
    read: () => state[VALUE] as number,
  })
}
