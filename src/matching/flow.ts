import { sessionsOf } from '../model/sessions.ts'
import type { EpochMs } from '../std/clock.ts'
import type { Random } from '../std/random.ts'
import { planNames } from './participants/day-plan.ts'
import { createMarketPath } from './participants/fair-value.ts'
import { createNameLife, type NameLife } from './participants/name-life.ts'
import { type FlowProfile, PROFILES } from './participants/profile.ts'
import { createWakeQueue } from './participants/wake-queue.ts'
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

const MARKET_VOLATILITY = 0.009

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
  const { day, venue } = exchange
  const windows = sessionsOf(venue, day)
  const main = windows.find(({ phase }) => phase === 'continuous')
  const [open, close] = [main?.from ?? exchange.now, main?.to ?? exchange.now]
  const liveliness = PROFILES[profile]
  const listings = exchange.listings()
  const plans = planNames({ listings, open, close, liveliness, random })
  const end = windows.at(-1)?.to ?? close
  const market = createMarketPath(exchange.now, end, MARKET_VOLATILITY, random.fork('market'))

  const lives: NameLife[] = []
  const queue = createWakeQueue()
  for (const listing of listings) {
    const plan = plans.get(listing.instrument.id)
    if (!plan || listing.today.halted) continue
    const own = random.fork(`crowd ${listing.instrument.id}`)
    const life = createNameLife({
      exchange,
      listing,
      plan,
      market,
      windows,
      pace: liveliness.pace,
      random: own,
    })
    queue.push(exchange.now + own.int(1, 30_000), lives.length)
    lives.push(life)
  }

  return {
    advanceTo(to) {
      for (let at = queue.nextAt(); at <= to; at = queue.nextAt()) {
        const index = queue.pop()
        exchange.advanceTo(at)
        const next = lives[index]?.act(at) ?? Number.POSITIVE_INFINITY
        if (next < Number.POSITIVE_INFINITY) queue.push(next, index)
      }
      exchange.advanceTo(to)
    },
    get refusals() {
      return lives.reduce((all, life) => all + life.refusals, 0)
    },
  }
}
