import type { EpochMs } from '../../../std/clock.ts'
import { shownPrice, type Tape } from '../market/tape.ts'

const KEPT_SECONDS = 1_200
const SHORT_SECONDS = 300
const SESSION_MINUTES = 390
/** Until so many minutes have traded, yesterday's volume is the yardstick for "usual". */
const SETTLED_MINUTES = 10

/** What a rule may look at: one instrument at one market second. Looking further back than the record gives its oldest value. */
export interface Reading {
  readonly tape: Tape
  readonly price: number
  readonly secondsTraded: number
  priceAgo(seconds: number): number
  volumeIn(seconds: number): number
  buyVolumeIn(seconds: number): number
  sellVolumeIn(seconds: number): number
  /** Highest price of the day up to so many seconds ago. */
  highUntil(seconds: number): number
  readonly averagePrice5Minutes: number
  readonly averagePrice20Minutes: number
  readonly usualMinuteVolume: number
}

/** Rolling record of one instrument, one step a market second. */
export interface Statistics extends Reading {
  step(at: EpochMs): void
}

export function createStatistics(tape: Tape): Statistics {
  const prices = new Float64Array(KEPT_SECONDS)
  const volumes = new Float64Array(KEPT_SECONDS)
  const buys = new Float64Array(KEPT_SECONDS)
  const sells = new Float64Array(KEPT_SECONDS)
  const highs = new Float64Array(KEPT_SECONDS)
  let steps = 0
  let sumLong = 0
  let sumShort = 0
  let firstAt = 0
  let at = 0

  const slotAgo = (seconds: number): number =>
    (steps - 1 - Math.min(seconds, steps - 1, KEPT_SECONDS - 1) + KEPT_SECONDS * 2) % KEPT_SECONDS
  const grownIn = (values: Float64Array, now: number, seconds: number): number =>
    steps === 0 ? 0 : now - (steps <= seconds ? 0 : (values[slotAgo(seconds)] ?? 0))

  return {
    tape,
    get price() {
      return tape.last
    },
    get secondsTraded() {
      return firstAt === 0 ? 0 : Math.floor((at - firstAt) / 1000)
    },
    priceAgo: (seconds) => prices[slotAgo(seconds)] ?? 0,
    volumeIn: (seconds) => grownIn(volumes, tape.volume, seconds),
    buyVolumeIn: (seconds) => grownIn(buys, tape.buyVolume, seconds),
    sellVolumeIn: (seconds) => grownIn(sells, tape.sellVolume, seconds),
    highUntil: (seconds) => highs[slotAgo(seconds)] ?? 0,
    get averagePrice5Minutes() {
      return sumShort / Math.max(1, Math.min(steps, SHORT_SECONDS))
    },
    get averagePrice20Minutes() {
      return sumLong / Math.max(1, Math.min(steps, KEPT_SECONDS))
    },
    get usualMinuteVolume() {
      const minutes = (at - firstAt) / 60_000
      return firstAt > 0 && minutes >= SETTLED_MINUTES
        ? tape.volume / minutes
        : tape.listing.previousVolume / SESSION_MINUTES
    },
    step(now) {
      if (tape.volume === 0) return
      at = now
      if (firstAt === 0) firstAt = now
      const price = shownPrice(tape)
      const slot = steps % KEPT_SECONDS
      if (steps >= KEPT_SECONDS) sumLong -= prices[slot] ?? 0
      if (steps >= SHORT_SECONDS) sumShort -= prices[slotAgo(SHORT_SECONDS - 1)] ?? 0
      prices[slot] = price
      volumes[slot] = tape.volume
      buys[slot] = tape.buyVolume
      sells[slot] = tape.sellVolume
      highs[slot] = tape.high
      sumLong += price
      sumShort += price
      steps++
    },
  }
}
