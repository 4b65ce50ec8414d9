import type { EpochMs } from '../../std/clock.ts'
import { drawShares, type NameCrowd } from './name-crowd.ts'

/** Those who order into a call auction: both sides around what they think the price should be. Each gives its pace, in acts per second. */
export interface Callers {
  /** `beforeOpen`: how much of the half hour before the opening is left, 1 to 0. */
  opening(now: EpochMs, fair: number, beforeOpen: number): number
  closing(now: EpochMs, fair: number): number
  vi(now: EpochMs, fair: number, activity: number): number
  /** For a name that trades in single prices all day. */
  singlePrice(now: EpochMs, fair: number): number
}

const MARKET_ORDER_SHARE = 0.06
const SHORTEST_WAIT_MS = 120_000
const MEAN_WAIT_MS = 600_000
const LEAST_CALL_PACE = 0.012
const LEAST_VI_PACE = 0.12
const OPENING_PACE = 0.35
const CALL_SECONDS = 1_800
/** Who joins the opening call late finds the orders of those who came before, at most so many. */
const MOST_BEFORE_US = 40
/** The close is where funds trade: orders are larger. */
const CLOSING_SIZE = 5
/** Names that open far from yesterday trade more there. */
const GAP = 0.02

export function createCallers({ desk, ladder, random, habits }: NameCrowd, gap: number): Callers {
  const hot = Math.abs(gap) > GAP ? 3 : 1
  let isFirst = true

  const join = (now: EpochMs, fair: number, spread: number, size: number) => {
    const side = random.next() < 0.5 ? 'buy' : 'sell'
    const shares = drawShares(random, habits.tradeSize * size)
    const opinion = fair * Math.exp(random.normal() * spread)
    const number =
      random.next() < MARKET_ORDER_SHARE
        ? desk.market('caller', side, shares)
        : desk.limit('caller', side, ladder.at(ladder.below(opinion) + random.int(0, 1)), shares)
    desk.keep(number, now + SHORTEST_WAIT_MS + random.exponential(MEAN_WAIT_MS))
  }

  const paceOf = (factor: number, least = LEAST_CALL_PACE) => Math.max(least, habits.pace * factor)

  const closing = (now: EpochMs, fair: number) => {
    join(now, fair, 0.003, CLOSING_SIZE)
    return paceOf(1)
  }

  return {
    opening(now, fair, beforeOpen) {
      // Opinions come together, and most orders come, as the opening draws near.
      const spread = 0.004 + 0.012 * beforeOpen
      const before = isFirst ? paceOf(OPENING_PACE) * CALL_SECONDS * (1 - beforeOpen) : 0
      isFirst = false
      for (let count = 0; count < Math.min(MOST_BEFORE_US, before); count++)
        join(now, fair, spread, 2.5 * hot)
      join(now, fair, spread, 2.5 * hot)
      return paceOf(OPENING_PACE * (0.4 + 3.6 * Math.exp(-beforeOpen * 6)))
    },
    closing,
    singlePrice: (now, fair) => closing(now, fair) / 2,
    vi(now, fair, activity) {
      join(now, fair, 0.006, 1.5 * Math.sqrt(Math.max(1, activity)))
      return paceOf(1.5, LEAST_VI_PACE)
    },
  }
}
