import type { EpochMs } from '../../std/clock.ts'
import type { Random } from '../../std/random.ts'

/** How far opinions at NXT stray from those at KRX, and how soon they come back. */
interface Straying {
  /** Standard deviation of the log distance, once it has settled. */
  readonly spread: number
  readonly memoryMs: number
}

/** While KRX trades, everybody sees its prices. */
const LED: Straying = { spread: 0.0004, memoryMs: 30_000 }
/** Before its opening and after its close nobody does. */
const ALONE: Straying = { spread: 0.008, memoryMs: 2_400_000 }

export interface FollowedValue {
  /** The fair price at NXT in won, not on tick. `isLed`: KRX trades now. */
  advanceTo(time: EpochMs, leading: number, isLed: boolean): number
}

/** A fair price that follows another one: close, never the same, and back in its place half a minute after KRX opens. */
export function createFollowedValue(random: Random, from: EpochMs): FollowedValue {
  let now = from
  let distance = 0
  return {
    advanceTo(time, leading, isLed) {
      if (time > now) {
        const { spread, memoryMs } = isLed ? LED : ALONE
        const kept = Math.exp(-(time - now) / memoryMs)
        distance = distance * kept + spread * Math.sqrt(1 - kept * kept) * random.normal()
        now = time
      }
      return leading * Math.exp(distance)
    },
  }
}
