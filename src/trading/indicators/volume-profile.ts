import { broken } from '../../std/invariant.ts'
import { checkColumns, checkFactor, checkLengths } from './checks.ts'
import { checkVolumes } from './volume-mean.ts'

/** Volume by price. Bin `k` reaches from `low + k × width` to `low + (k + 1) × width`. */
export interface VolumeProfile {
  /** The lower edge of the first bin. */
  readonly low: number
  /** The height of a bin, in the unit of the prices. */
  readonly width: number
  readonly volumes: Float64Array
  /** Point of control: the bin with the most volume, the lowest of equals. */
  readonly poc: number
  /** First and last bin of the value area. */
  readonly valueFrom: number
  readonly valueTo: number
}

export interface ProfileTerms {
  /** How many bins at most. */
  readonly bins: number
  /** No bin is narrower; the tick size of the instrument. */
  readonly tick: number
  /** How much of the volume the value area holds at least; 0.7 is usual. */
  readonly valueRatio: number
}

/**
 * The volume profile of a window of bars, each bar's volume spread evenly over its range: bins from the lowest low to the
 * highest high, as wide as `max(tick, (highest − lowest) / bins)`. The value area grows from the point of control by the
 * larger of the two bins above it and the two below it (up where they are equal; one bin where only one is left) until it
 * holds the ratio. `undefined` where the window has no bar or no volume.
 *
 * There is no streaming form: a new extreme moves every edge. Compute it afresh over the window when someone looks.
 * Errors: terms out of range, columns of different length, a value that is not finite, a high below its low or a negative
 * volume breaks an invariant. Source: rule book §5.2; J. Peter Steidlmayer's Market Profile (value area by pairs).
 */
export function volumeProfile(
  high: Float64Array,
  low: Float64Array,
  volume: Float64Array,
  { bins, tick, valueRatio }: ProfileTerms,
): VolumeProfile | undefined {
  checkTerms(bins, tick, valueRatio)
  checkBars(high, low, volume)
  const lowest = low.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const highest = high.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const width = Math.max(tick, (highest - lowest) / bins)
  const total = volume.reduce((a, b) => a + b, 0)
  if (total === 0) return undefined
  const count = Math.min(bins, Math.max(1, Math.ceil((highest - lowest) / width)))
  const volumes = new Float64Array(count)
  for (let i = 0; i < high.length; i++)
    spread(volumes, (low[i] as number) - lowest, (high[i] as number) - lowest, volume[i] as number, width)
  const poc = volumes.reduce((best, value, k) => (value > (volumes[best] as number) ? k : best), 0)
  return { low: lowest, width, volumes, poc, ...valueArea(volumes, poc, total * valueRatio) }
}

/** Adds the volume of a bar from `from` to `to`, counted from the lower edge of the first bin. */
function spread(volumes: Float64Array, from: number, to: number, volume: number, width: number): void {
  const binOf = (price: number) => Math.min(volumes.length - 1, Math.floor(price / width))
  const first = binOf(from)
  const last = binOf(to)
  for (let k = first; k <= last; k++) {
    const lower = k === first ? from : k * width
    const upper = k === last ? to : (k + 1) * width
    const share = first === last ? 1 : (upper - lower) / (to - from)
    volumes[k] = (volumes[k] as number) + share * volume
  }
}

function valueArea(volumes: Float64Array, poc: number, enough: number) {
  let valueFrom = poc
  let valueTo = poc
  let held = volumes[poc] as number
  while (held < enough && (valueFrom > 0 || valueTo < volumes.length - 1)) {
    const above = pair(volumes, valueTo + 1, valueTo + 2)
    const below = pair(volumes, valueFrom - 2, valueFrom - 1)
    const upwards = valueFrom === 0 || (valueTo < volumes.length - 1 && above >= below)
    held += upwards ? above : below
    if (upwards) valueTo = Math.min(volumes.length - 1, valueTo + 2)
    else valueFrom = Math.max(0, valueFrom - 2)
  }
  return { valueFrom, valueTo }
}

const pair = (volumes: Float64Array, a: number, b: number): number => (volumes[a] ?? 0) + (volumes[b] ?? 0)

const BINS_MAX = 100_000

function checkTerms(bins: number, tick: number, valueRatio: number): void {
  if (!Number.isInteger(bins) || bins < 1 || bins > BINS_MAX)
    broken(
      `volume profile: 칸의 수는 1 이상 ${BINS_MAX} 이하의 정수여야 합니다: ${bins} / ` +
        `volume profile: bins is a whole number from 1 to ${BINS_MAX}: ${bins}`,
    )
  checkFactor('volume profile tick', tick, Number.MIN_VALUE, Number.MAX_VALUE)
  checkFactor('volume profile value ratio', valueRatio, 0, 1)
}

function checkBars(high: Float64Array, low: Float64Array, volume: Float64Array): void {
  checkLengths('volume profile', high, low, volume)
  checkColumns('volume profile high', high)
  checkColumns('volume profile low', low)
  checkColumns('volume profile volume', volume)
  checkVolumes('volume profile', volume)
  const at = high.findIndex((value, i) => value < (low[i] as number))
  if (at >= 0)
    broken(
      `volume profile: ${at}번째(0부터) 봉의 고가가 저가보다 낮습니다: ${high[at]}, ${low[at]} / ` +
        `volume profile: the high at index ${at} is below its low: ${high[at]}, ${low[at]}`,
    )
}
