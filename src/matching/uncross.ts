import type { Price } from '../model/money.ts'
import { type Share, shareInPriority, shareSimultaneously } from './allocation.ts'
import { bestLevel, isBetter, isEmpty, NO_PRICE, visibleLevels } from './book-side.ts'
import { callAuction } from './call-auction.ts'
import { bookChanged, closeOrder, type Floor, fillOrder, printTrade } from './floor.ts'
import {
  bookOf,
  deemedPrice,
  type InstrumentMarket,
  recordTrade,
  referencePrice,
} from './instrument-market.ts'
import type { LiveOrder } from './order-queue.ts'
import { touchStops } from './stop-orders.ts'
import type { BookLevel } from './types.ts'

/** At a first price formed at the limit, orders there count as simultaneous; at any other auction time decides. */
export type Occasion = 'firstPrice' | 'later'

/** What the running call would give now: price and quantity, `undefined` when nothing would trade. */
export function expectedOutcome(market: InstrumentMarket): BookLevel | undefined {
  const { buys, sells, grid } = market
  if (isEmpty(buys) || isEmpty(sells)) return undefined
  const bid = deemedPrice(market, 'buy', NO_PRICE)
  const ask = deemedPrice(market, 'sell', NO_PRICE)
  const highest = further('buy', bid, bestLevel(buys)?.price)
  const lowest = further('sell', ask, bestLevel(sells)?.price)
  const bids = visibleLevels(buys, bid, Number.POSITIVE_INFINITY, lowest)
  const asks = visibleLevels(sells, ask, Number.POSITIVE_INFINITY, highest)
  return callAuction(bids, asks, referencePrice(market), grid)
}

/**
 * Ends a call: executes what matches at the single price and gives that price; `undefined` when nothing matched.
 *
 * Fills name no counterpart, so an owner may stand on both sides as long as all fills can be paired without him meeting
 * himself: his buys and sells together must not exceed the volume. Where they do, his newest order is cancelled and the
 * price found anew (self-trade rule: cancel the newest; assumed for the simulator, rule book §1.9). `isStopped` is asked for
 * each price; when it says so, nothing is executed.
 */
export function uncross(
  floor: Floor,
  market: InstrumentMarket,
  occasion: Occasion,
  isStopped: (at: Price) => boolean = () => false,
): Price | undefined {
  let plan = planOf(market, occasion)
  if (plan !== undefined && isStopped(plan.outcome.price)) return undefined
  for (let newest = selfTrading(plan); newest !== undefined; newest = selfTrading(plan)) {
    closeOrder(floor, market, newest, 'selfTrade')
    plan = planOf(market, occasion)
    if (plan !== undefined && isStopped(plan.outcome.price)) return undefined
  }
  market.expected = undefined
  floor.stale.delete(market)
  if (plan === undefined) return undefined
  const { outcome, bought, sold } = plan
  recordTrade(market, outcome.price, outcome.quantity)
  for (const share of bought) fillOrder(floor, market, share.order, outcome.price, share.quantity)
  for (const share of sold) fillOrder(floor, market, share.order, outcome.price, share.quantity)
  printTrade(floor, market, outcome.price, outcome.quantity)
  touchStops(floor, market)
  bookChanged(floor, market)
  return outcome.price
}

interface Plan {
  readonly outcome: BookLevel
  readonly bought: readonly Share[]
  readonly sold: readonly Share[]
}

function planOf(market: InstrumentMarket, occasion: Occasion): Plan | undefined {
  const outcome = expectedOutcome(market)
  if (outcome === undefined) return undefined
  const share = (side: 'buy' | 'sell', limit: Price | undefined) => {
    const allot = occasion === 'firstPrice' && outcome.price === limit ? shareSimultaneously : shareInPriority
    return allot(bookOf(market, side), deemedPrice(market, side, NO_PRICE), outcome)
  }
  return {
    outcome,
    bought: share('buy', market.band?.upper),
    sold: share('sell', market.band?.lower),
  }
}

/** The newest order of an owner whose fills could only be paired with his own; `undefined` when there is none. */
function selfTrading(plan: Plan | undefined): LiveOrder | undefined {
  if (plan === undefined) return undefined
  const bought = totals(plan.bought)
  const sold = totals(plan.sold)
  let newest: LiveOrder | undefined
  for (const { order } of [...plan.bought, ...plan.sold]) {
    const both = [bought.get(order.owner), sold.get(order.owner)] as const
    if (both[0] === undefined || both[1] === undefined) continue
    if (both[0] + both[1] <= plan.outcome.quantity) continue
    if (newest === undefined || order.number > newest.number) newest = order
  }
  return newest
}

function totals(shares: readonly Share[]): Map<string, number> {
  const byOwner = new Map<string, number>()
  for (const { order, quantity } of shares)
    byOwner.set(order.owner, (byOwner.get(order.owner) ?? 0) + quantity)
  return byOwner
}

/** The better one of two prices of a side, where either may be missing. */
function further(side: 'buy' | 'sell', a: Price | undefined, b: Price | undefined): Price | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return isBetter(side, a, b) ? a : b
}
