import { NO_SHARES, type Price, plusShares, type Quantity, quantity } from '../model/money.ts'
import type { Grid } from './grid.ts'
import type { BookLevel } from './types.ts'

/**
 * The single price of a call auction and how much trades there; `undefined` when nothing can.
 *
 * In: both sides best price first, market orders at their deemed price; `reference` is the last execution price, before the
 * first one the base price. Of all prices on the grid those count at which every better order fills whole (all buys above,
 * all sells below); of these the ones with the largest volume, then with the smallest surplus, then the one nearest to
 * `reference` (the lower of two equally near, which only an off-grid reference can produce).
 *
 * The first condition settles a one-sided surplus: with 100 to buy at 110 and 50 to sell at 90 volume and surplus are the
 * same from 90 to 110, but only at 110 no better buy is left over.
 * Source: KRX English site, matching (price determination in the single price auction); rule book §1.9.
 */
export function callAuction(
  bids: readonly BookLevel[],
  asks: readonly BookLevel[],
  reference: Price,
  grid: Grid,
): BookLevel | undefined {
  const lowest = asks[0]?.price
  const highest = bids[0]?.price
  if (lowest === undefined || highest === undefined || lowest > highest) return undefined
  const best: Candidate = { from: lowest, to: lowest, volume: NO_SHARES, surplus: 0 }
  let demand = totalAtOrAbove(bids, lowest)
  let supply = NO_SHARES
  let bid = lastAtOrAbove(bids, lowest)
  let ask = 0
  for (let at: Price | undefined = lowest; at !== undefined; ) {
    const offered = asks[ask]?.price === at ? (asks[ask++]?.quantity ?? NO_SHARES) : NO_SHARES
    const wanted = bids[bid]?.price === at ? (bids[bid--]?.quantity ?? NO_SHARES) : NO_SHARES
    const above = quantity(demand - wanted)
    const below = supply
    supply = plusShares(supply, offered)
    weigh(best, at, at, demand, supply, above, below)
    demand = above
    const next = nextPrice(bids[bid]?.price, asks[ask]?.price, highest)
    // Between two order prices nothing changes, yet a price in there may be the nearest one.
    if (next !== undefined && grid.up(at) < next)
      weigh(best, grid.up(at), grid.down(next), demand, supply, demand, supply)
    at = next
  }
  return best.volume === 0 ? undefined : { price: nearest(best, reference, grid), quantity: best.volume }
}

/** The best stretch of the grid so far. Equally good stretches always touch each other. */
interface Candidate {
  from: Price
  to: Price
  volume: Quantity
  surplus: number
}

function weigh(
  best: Candidate,
  from: Price,
  to: Price,
  demand: Quantity,
  supply: Quantity,
  above: Quantity,
  below: Quantity,
): void {
  const volume = demand < supply ? demand : supply
  if (above > volume || below > volume || volume < best.volume) return
  const surplus = Math.abs(demand - supply)
  if (volume > best.volume || surplus < best.surplus) {
    best.from = from
    best.volume = volume
    best.surplus = surplus
  } else if (surplus > best.surplus) return
  best.to = to
}

function nextPrice(bid: Price | undefined, ask: Price | undefined, highest: Price): Price | undefined {
  const offered = ask !== undefined && ask <= highest ? ask : undefined
  if (bid === undefined || offered === undefined) return bid ?? offered
  return bid < offered ? bid : offered
}

function nearest({ from, to }: Candidate, reference: Price, grid: Grid): Price {
  if (reference <= from) return from
  if (reference >= to) return to
  if (grid.onTick(reference)) return reference
  const below = grid.floor(reference)
  const above = grid.ceil(reference)
  return reference - below <= above - reference ? below : above
}

function totalAtOrAbove(bids: readonly BookLevel[], at: Price): Quantity {
  let total = NO_SHARES
  for (const level of bids) {
    if (level.price < at) break
    total = plusShares(total, level.quantity)
  }
  return total
}

function lastAtOrAbove(bids: readonly BookLevel[], at: Price): number {
  let index = -1
  while ((bids[index + 1]?.price ?? -1) >= at) index++
  return index
}
