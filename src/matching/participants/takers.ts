import type { Side } from '../../model/order.ts'
import type { EpochMs } from '../../std/clock.ts'
import { drawShares, type NameCrowd } from './name-crowd.ts'

/** What a participant sees before it acts; prices are 0 when that side is empty. */
export interface Glance {
  readonly now: EpochMs
  readonly bid: number
  readonly ask: number
  /** What the informed believe the name is worth. */
  readonly fair: number
  /** Log distance of the last price from its average of the last minute. */
  readonly impulse: number
  /** How much larger than usual people trade. */
  readonly size: number
  readonly marketOrders: boolean
}

/** Those who cross the spread: the informed (when a quote is wrong), followers of a move, and everyone else. */
export interface Takers {
  take(glance: Glance): void
}

const MOST_FOLLOWERS = 0.4
const FOLLOWERS_PER_IMPULSE = 25
/** Followers pay up to this share of the impulse beyond the fair value: moves overshoot. */
const OVERSHOOT = 0.35
const MARKET_ORDER_SHARE = 0.12
const QUEUE_MS = 240_000

export function createTakers({ desk, ladder, random, habits }: NameCrowd): Takers {
  /** Takes up to `worst`; at a locked limit, where nobody sells, buyers queue (and the other way round). */
  const cross = (who: string, side: Side, glance: Glance, worst: number, shares: number) => {
    const facing = side === 'buy' ? glance.ask : glance.bid
    if (facing === 0) {
      const limit = side === 'buy' ? ladder.at(ladder.below(worst)) : ladder.at(ladder.below(worst - 1) + 1)
      desk.keep(desk.limit(who, side, limit, shares), glance.now + random.exponential(QUEUE_MS))
      return
    }
    const position = side === 'buy' ? ladder.below(worst) : ladder.below(worst - 1) + 1
    desk.limit(who, side, ladder.at(position), shares, 'ioc')
  }

  const follow = (glance: Glance) => {
    const up = glance.impulse > 0
    const beyond = 1 + OVERSHOOT * glance.impulse
    cross(
      'momentum',
      up ? 'buy' : 'sell',
      glance,
      glance.fair * beyond,
      drawShares(random, habits.tradeSize * glance.size),
    )
  }

  const wander = (glance: Glance) => {
    const side: Side =
      random.next() < 0.5 + Math.max(-0.2, Math.min(0.2, glance.impulse * 10)) ? 'buy' : 'sell'
    const facing = side === 'buy' ? glance.ask : glance.bid
    const shares = drawShares(random, habits.tradeSize * 0.8 * glance.size)
    if (facing === 0) return
    if (glance.marketOrders && random.next() < MARKET_ORDER_SHARE) desk.market('noise', side, shares, 'ioc')
    else desk.limit('noise', side, ladder.at(ladder.below(facing)), shares, 'ioc')
  }

  return {
    take(glance) {
      const { bid, ask, fair, impulse } = glance
      const shares = () => drawShares(random, habits.tradeSize * 1.6 * glance.size)
      const top = ladder.prices.at(-1) ?? 0
      const bottom = ladder.prices[0] ?? 0
      if (ask > 0 ? ask < fair : fair >= top) cross('informed', 'buy', glance, fair, shares())
      else if (bid > 0 ? bid > fair : fair <= bottom) cross('informed', 'sell', glance, fair, shares())
      else if (random.next() < Math.min(MOST_FOLLOWERS, Math.abs(impulse) * FOLLOWERS_PER_IMPULSE))
        follow(glance)
      else wander(glance)
    },
  }
}
