import type { Side } from '../../model/order.ts'
import type { EpochMs } from '../../std/clock.ts'
import { drawShares, type NameCrowd } from './name-crowd.ts'

/** One quoted level; `number` 0 means nothing is out. */
interface Slot {
  readonly side: Side
  readonly depth: number
  number: number
  position: number
  until: EpochMs
}

/** Market makers: several levels on both sides of the fair value, moved after it with some delay. */
export interface Makers {
  /** Moves the levels that are most out of place. `wide` spreads them, as makers do when much, or nothing, happens. */
  requote(now: EpochMs, fair: number, wide: number, most: number): void
  /** Takes every quote out. */
  withdraw(): void
}

/** A quote is looked after at least so often, even when it seems in place. */
const SHORTEST_LIFE_MS = 20_000
const MEAN_LIFE_MS = 60_000
/** A level holds so many average trades, and one more for each step from the best. */
const BEST_LEVEL_TRADES = 1.6
const DEEPER_TRADES = 0.8

export function createMakers({ desk, ladder, random, habits }: NameCrowd): Makers {
  const slots: Slot[] = []
  for (let depth = 0; depth < habits.levels; depth++)
    for (const side of ['buy', 'sell'] as const) slots.push({ side, depth, number: 0, position: 0, until: 0 })
  const top = ladder.prices.length - 1

  /** Where the slot should stand, in positions of the ladder; outside it when the fair value is at a limit. */
  const wanted = ({ side, depth }: Slot, bid: number, ask: number) =>
    side === 'buy' ? bid - depth * habits.levelTicks : ask + depth * habits.levelTicks

  const urgency = (slot: Slot, position: number, now: EpochMs): number => {
    const outside = position < 0 || position > top
    if (slot.number === 0) return outside ? 0 : 3 - slot.depth * 0.3
    if (outside || now >= slot.until) return 2
    const off = Math.abs(position - slot.position)
    return off <= slot.depth / 2 ? 0 : off
  }

  const move = (slot: Slot, position: number, now: EpochMs) => {
    const { number } = slot
    const inside = position >= 0 && position <= top
    const stale = now >= slot.until
    slot.number = 0
    if (inside && !stale && number !== 0) {
      slot.number = desk.move(number, ladder.at(position))
      slot.position = position
      if (slot.number !== 0) return
    } else if (number !== 0) desk.cancel(number)
    if (!inside) return
    const shares = drawShares(random, habits.tradeSize * (BEST_LEVEL_TRADES + DEEPER_TRADES * slot.depth))
    slot.number = desk.limit('maker', slot.side, ladder.at(position), shares)
    slot.position = position
    slot.until = now + SHORTEST_LIFE_MS + random.exponential(MEAN_LIFE_MS)
  }

  return {
    requote(now, fair, wide, most) {
      const half = habits.halfSpread * wide
      const bid = ladder.below(fair * (1 - half))
      const ask = ladder.below(fair * (1 + half)) + 1
      const best = slots[0]
      for (const slot of slots.slice(0, 2)) if (!desk.isOpen(slot.number)) slot.number = 0
      for (let count = 0; count < most && best; count++) {
        let worst = best
        let most = 0
        for (const slot of slots) {
          const needs = urgency(slot, wanted(slot, bid, ask), now)
          if (needs > most) {
            most = needs
            worst = slot
          }
        }
        if (most === 0) return
        move(worst, wanted(worst, bid, ask), now)
      }
    },
    withdraw() {
      for (const slot of slots) {
        if (slot.number !== 0) desk.cancel(slot.number)
        slot.number = 0
      }
    },
  }
}
