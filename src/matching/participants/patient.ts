import type { Side } from '../../model/order.ts'
import { drawShares, type NameCrowd } from './name-crowd.ts'
import type { Glance } from './takers.ts'

/** Those who wait at a price: limit orders behind, at, or one tick before the best quote. */
export interface Patient {
  rest(glance: Glance): void
}

const MEAN_TICKS_BEHIND = 3
const IMPROVE_SHARE = 0.35
const SHORTEST_WAIT_MS = 45_000
const MEAN_WAIT_MS = 180_000

export function createPatient({ desk, ladder, random, habits }: NameCrowd): Patient {
  const best = (side: Side, { bid, ask, fair }: Glance): number => {
    if (side === 'buy') return ladder.below(bid > 0 ? bid : fair * (1 - habits.halfSpread))
    return ask > 0 ? ladder.below(ask) : ladder.below(fair * (1 + habits.halfSpread)) + 1
  }
  return {
    rest(glance) {
      const side: Side = random.next() < 0.5 ? 'buy' : 'sell'
      const away = side === 'buy' ? -1 : 1
      const start = best(side, glance)
      const room = glance.bid > 0 && glance.ask > 0 ? ladder.below(glance.ask) - ladder.below(glance.bid) : 0
      const ticks =
        room > 1 && random.next() < IMPROVE_SHARE ? -1 : Math.floor(random.exponential(MEAN_TICKS_BEHIND))
      const position = Math.max(0, Math.min(ladder.prices.length - 1, start + away * ticks))
      const shares = drawShares(random, habits.tradeSize * 1.2 * glance.size)
      const number = desk.limit('patient', side, ladder.at(position), shares)
      desk.keep(number, glance.now + SHORTEST_WAIT_MS + random.exponential(MEAN_WAIT_MS))
    },
  }
}
