import type { Random } from '../../std/random.ts'
import type { Listing } from '../types.ts'
import type { OrderDesk } from './order-desk.ts'
import type { PriceLadder } from './price-ladder.ts'

/** What the participants of one name share. */
export interface NameCrowd {
  readonly desk: OrderDesk
  readonly ladder: PriceLadder
  readonly random: Random
  readonly habits: Habits
}

/** How this name usually trades. */
export interface Habits {
  /** Acts per second at the calmest time of an ordinary day. */
  readonly pace: number
  /** Shares of an average trade. */
  readonly tradeSize: number
  /** Half of the makers' spread, as a share of the price. */
  readonly halfSpread: number
  /** Levels the makers quote on each side, and ticks between them. */
  readonly levels: number
  readonly levelTicks: number
}

/** Mean of the day's U shape, and how many of all acts end in a trade: links pace and volume. */
const MEAN_SHAPE = 1.7
const TRADING_SHARE = 0.5
const DAY_SECONDS = 22_800
/** Even the busiest name leaves the rest of the market its share of the machine. */
const MOST_PACE = 1.1
const LEAST_PACE = 0.012
const FEWEST_SHARES_PER_TRADE = 3

/** Habits from yesterday's turnover: busy names act often and quote tightly, thin ones seldom and far apart. */
export function habitsOf(
  { instrument, today, previousVolume }: Listing,
  pace: number,
  random: Random,
): Habits {
  const value = previousVolume * today.basePrice
  const volume = previousVolume * Math.exp(random.normal() * 0.3)
  const tradesPerPace = DAY_SECONDS * MEAN_SHAPE * TRADING_SHARE
  const wanted = 0.07 * (value / 1e9) ** 0.4 * pace
  const affordable = volume / tradesPerPace / FEWEST_SHARES_PER_TRADE
  const acts = Math.max(LEAST_PACE, Math.min(MOST_PACE, wanted, affordable))
  const fund = instrument.class !== 'stock'
  const thinness = Math.min(1, (2e9 / value) ** 0.35)
  return {
    pace: acts,
    tradeSize: Math.max(1, volume / (acts * tradesPerPace)),
    halfSpread: fund ? 0.0002 : 0.0004 + 0.0022 * thinness,
    levels: fund ? 8 : value > 2e10 ? 6 : value > 3e9 ? 5 : 3,
    levelTicks: value > 3e9 ? 1 : 2,
  }
}

/** Trade sizes are log-normal; now and then someone trades a handful. */
export function drawShares(random: Random, mean: number): number {
  if (random.next() < 0.12) return random.int(1, 10)
  return mean * Math.exp(random.normal() * 0.9 - 0.4)
}
