import type { EpochMs } from '../std/clock.ts'
import type { Random } from '../std/random.ts'
import type { FlowProfile } from './participants/profile.ts'
import { createKrxCrowd } from './participants/venue-crowd.ts'
import type { Exchange } from './types.ts'

export interface Flow {
  /** Runs participants and exchange up to `to`, in order of time. */
  advanceTo(to: EpochMs): void
  /** Orders the exchange refused so far: halts aside there are none. */
  readonly refusals: number
}

export interface FlowSettings {
  readonly exchange: Exchange
  readonly random: Random
  readonly profile?: FlowProfile
}

/**
 * Simulated participants who make a plausible KRX day: makers, takers, followers, patient limit orders and call-auction
 * orders around a fair value per name, which moves with the market, with its theme, by episodes (surges that hold, fade or
 * crash, failed break-outs, slow climbs, news, limit-ups, lulls) and by chance. Volume is U-shaped.
 *
 * It drives the exchange: nobody else may move its time. Deterministic from the seed as long as others enter the same
 * orders at the same times, whatever steps `advanceTo` is called in. Bounded: some 60 resting orders per name.
 * Source of the shape: our choice; sessions, ticks, bands and order kinds by the tables of `model/`.
 */
export function createFlow({ exchange, random, profile = 'normal' }: FlowSettings): Flow {
  const crowd = createKrxCrowd({ exchange, random, profile })
  return {
    advanceTo(to) {
      for (let at = crowd.nextAt(); at <= to; at = crowd.nextAt()) {
        exchange.advanceTo(at)
        crowd.act()
      }
      exchange.advanceTo(to)
    },
    get refusals() {
      return crowd.refusals
    },
  }
}
