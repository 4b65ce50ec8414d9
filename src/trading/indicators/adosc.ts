import { checkVolumeBars, moneyFlow } from './ad.ts'
import { checkHighLowCloseVolume, type HighLowCloseVolume } from './bars.ts'
import { checkPeriod, outputFor } from './checks.ts'
import type { Indicator } from './indicator.ts'
import { createRunning } from './running.ts'

/**
 * Chaikin oscillator, in the unit of the volume: the EMA of `fast` values of the accumulation/distribution line less that of
 * `slow`. Both begin at the line's first value, not at a mean. NaN before the index of the longer period less one.
 *
 * In: columns of one length, oldest first; both periods from 2 to 100,000 (TA-Lib's own defaults are 3 and 10), either may
 * be the longer. `out` is filled and given back; a fresh array without it.
 * Errors: a period out of range, columns of different length, a value that is not finite, or an `out` of another length or
 * in the memory of an input breaks an invariant. Source: TA-Lib 0.6 `ta_ADOSC.c` (golden values in the test).
 */
export function adosc(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  fast: number,
  slow: number,
  out?: Float64Array,
): Float64Array {
  checkPeriod('adosc fast', fast, 2)
  checkPeriod('adosc slow', slow, 2)
  const length = checkVolumeBars('adosc', high, low, close, volume)
  const result = outputFor('adosc', length, out, high, low, close, volume)
  const first = Math.max(fast, slow) - 1
  const state = new Float64Array(SLOTS)
  for (let i = 0; i < length; i++) {
    const flow = moneyFlow(high[i] as number, low[i] as number, close[i] as number, volume[i] as number)
    move(state, flow, i, 2 / (fast + 1), 2 / (slow + 1))
    result[i] = i < first ? Number.NaN : (state[FAST] as number) - (state[SLOW] as number)
  }
  return result
}

const LINE = 0
const FAST = 1
const SLOW = 2
const SLOTS = 3

function move(state: Float64Array, flow: number, index: number, fast: number, slow: number): void {
  const line = (state[LINE] as number) + flow
  state[LINE] = line
  state[FAST] = index === 0 ? line : fast * line + (1 - fast) * (state[FAST] as number)
  state[SLOW] = index === 0 ? line : slow * line + (1 - slow) * (state[SLOW] as number)
}

/** As `adosc`, one bar at a time and to the same bit. */
export function createAdosc(fast: number, slow: number): Indicator<HighLowCloseVolume, number> {
  checkPeriod('adosc fast', fast, 2)
  checkPeriod('adosc slow', slow, 2)
  const first = Math.max(fast, slow) - 1
  const state = new Float64Array(SLOTS + 1)
  state[SLOTS] = Number.NaN
  return createRunning({
    name: 'adosc',
    state,
    check: checkHighLowCloseVolume,
    step: ({ high, low, close, volume }, index) => {
      move(state, moneyFlow(high, low, close, volume), index, 2 / (fast + 1), 2 / (slow + 1))
      if (index >= first) state[SLOTS] = (state[FAST] as number) - (state[SLOW] as number)
    },
    read: () => state[SLOTS] as number,
  })
}
