import { broken } from '../../std/invariant.ts'
import { REBASE_EVERY } from './checks.ts'

// A rolling mean that is weighted by volume, as the rolling VWAP and Chaikin's money flow are: Σ amount / Σ volume.

const AMOUNT = 0
const VOLUME = 1
const TRADED = 2

/** How many numbers of a state a running weighted mean needs. */
export const VOLUME_MEAN_SLOTS = 3

/**
 * Moves the two sums on by the bar at `index`. It stands at `at` in `amounts` and `volumes`, and the bar that leaves the
 * window at `left`: indices of whole columns in a batch, slots of rings one longer than the period when bars come one by
 * one. Every 4,096 bars both sums are made afresh, and those of a window without any volume are exactly 0.
 */
export function moveVolumeMean(
  state: Float64Array,
  amounts: Float64Array,
  volumes: Float64Array,
  period: number,
  index: number,
  at: number,
  left: number,
): void {
  const leaves = index >= period
  const volume = volumes[at] as number
  const oldVolume = leaves ? (volumes[left] as number) : 0
  const oldAmount = leaves ? (amounts[left] as number) : 0
  const traded = (state[TRADED] as number) + (volume === 0 ? 0 : 1) - (oldVolume === 0 ? 0 : 1)
  state[TRADED] = traded
  if (traded === 0) {
    state[AMOUNT] = 0
    state[VOLUME] = 0
  } else if (leaves && (index + 1) % REBASE_EVERY === 0) sumAfresh(state, amounts, volumes, period, index)
  else {
    state[AMOUNT] = (state[AMOUNT] as number) + ((amounts[at] as number) - oldAmount)
    state[VOLUME] = (state[VOLUME] as number) + (volume - oldVolume)
  }
}

function sumAfresh(
  state: Float64Array,
  amounts: Float64Array,
  volumes: Float64Array,
  period: number,
  index: number,
): void {
  let amount = 0
  let volume = 0
  for (let i = index - period + 1; i <= index; i++) {
    amount += amounts[i % amounts.length] as number
    volume += volumes[i % volumes.length] as number
  }
  state[AMOUNT] = amount
  state[VOLUME] = volume
}

/** Whether anything was traded in the window. */
export const hasVolume = (state: Float64Array): boolean => (state[TRADED] as number) !== 0

/** Σ amount / Σ volume of the window. */
export const volumeMeanOf = (state: Float64Array): number =>
  (state[AMOUNT] as number) / (state[VOLUME] as number)

/** Errors: a volume below 0 breaks an invariant that names its index. */
export function checkVolume(name: string, volume: number, index: number): void {
  if (volume < 0)
    broken(
      `${name}: ${index}번째(0부터) 거래량이 음수입니다: ${volume} / ${name}: the volume at index ${index} is negative: ${volume}`,
    )
}

/** As `checkVolume`, for a column. */
export function checkVolumes(name: string, volume: Float64Array): void {
  for (let i = 0; i < volume.length; i++) checkVolume(name, volume[i] as number, i)
}
