import { fewerShares, NO_SHARES, type Price, plusShares, type Quantity } from '../model/money.ts'
import {
  type BookSide,
  bestLevel,
  inPriority,
  NO_PRICE,
  type PricedOrder,
  placeOrder,
  precedes,
  removeOrder,
  wouldTradeAt,
} from './book-side.ts'
import { bookChanged, closeOrder, type Floor, fillOrder, printTrade } from './floor.ts'
import {
  bookOf,
  deemedPrice,
  type InstrumentMarket,
  isMatching,
  oppositeOf,
  recordTrade,
  referencePrice,
} from './instrument-market.ts'
import { midPrint, reachesMid, restingMids, twiceMid } from './mid-price.ts'
import type { LiveOrder } from './order-queue.ts'
import { startVi, viCauseAt } from './own-call.ts'
import { awaken, isTouched, touchStops } from './stop-orders.ts'
import type { ViCause } from './vi-trigger.ts'

/**
 * Brings an accepted order to the book: matched at once in continuous trading, collected in a call. What is left rests, or
 * is cancelled when it may not (IOC, FOK, self-trade). A stop-limit order waits until the last price touches its stop.
 */
export function enterOrder(floor: Floor, market: InstrumentMarket, order: LiveOrder): void {
  if (order.type === 'stopLimit' && !isTouched(order, market.last)) {
    placeOrder(bookOf(market, order.side), order)
    return
  }
  if (order.type === 'stopLimit') awaken(floor, order)
  if (!isMatching(market)) {
    placeOrder(bookOf(market, order.side), order)
    bookChanged(floor, market)
  } else if (order.timeInForce === 'fok' && !mayFillWhole(floor, market, order)) {
    closeOrder(floor, market, order, 'unfilledRemainder')
  } else matchAndRest(floor, market, order)
}

function matchAndRest(floor: Floor, market: InstrumentMarket, order: LiveOrder): void {
  const before = market.volume
  match(floor, market, order, order.limit)
  const rests = order.open > 0 && mayRest(order)
  if (rests) placeOrder(bookOf(market, order.side), order)
  else if (order.open > 0) closeOrder(floor, market, order, 'unfilledRemainder')
  repriceMarketOrders(floor, market)
  if (market.buys.mids.head !== undefined && market.sells.mids.head !== undefined) floor.unsettled.add(market)
  if ((rests && order.type !== 'mid') || market.volume > before) bookChanged(floor, market)
}

const mayRest = ({ timeInForce }: LiveOrder): boolean => timeInForce === 'day' || timeInForce === 'gtp'

/** Trades the order against the other side up to `bound`, until nothing matches, a VI stops it, or it meets its owner. */
export function match(floor: Floor, market: InstrumentMarket, order: LiveOrder, bound: Price): void {
  const opposite = oppositeOf(market, order.side)
  const dynamic = referencePrice(market)
  if (opposite.mids.head !== undefined) matchMids(floor, market, order, bound)
  while (order.open > 0 && order.type !== 'mid' && isMatching(market)) {
    const deemed = deemedPrice(market, opposite.side, bound)
    const resting = firstOf(opposite, deemed)
    if (resting === undefined) return
    const at = resting.limit === NO_PRICE && deemed !== undefined ? deemed : resting.limit
    if (!wouldTradeAt(order.side, bound, at)) return
    const cause = viCauseAt(market, at, dynamic)
    if (cause !== undefined) {
      startVi(floor, market, cause, at, dynamic)
      return
    }
    if (resting.owner === order.owner) closeOrder(floor, market, order, 'selfTrade')
    else trade(floor, market, resting, order, at)
  }
}

/** Mid-price orders stand between the quotes: whoever reaches the other side's quotes meets them first. */
function matchMids(floor: Floor, market: InstrumentMarket, order: LiveOrder, bound: Price): void {
  const { mids } = oppositeOf(market, order.side)
  const dynamic = referencePrice(market)
  while (order.open > 0 && mids.head !== undefined) {
    const twice = twiceMid(market)
    if (twice === undefined || !reachesMid(order.side, bound, twice)) return
    const at = midPrint(twice)
    const cause = viCauseAt(market, at, dynamic)
    if (cause !== undefined) {
      startVi(floor, market, cause, at, dynamic)
      return
    }
    if (mids.head.owner === order.owner) closeOrder(floor, market, order, 'selfTrade')
    else trade(floor, market, mids.head, order, at)
  }
}

function firstOf(book: BookSide, deemed: Price | undefined): LiveOrder | undefined {
  const limit = bestLevel(book)?.head
  const market = book.markets.head
  if (market === undefined || deemed === undefined) return limit
  return limit === undefined || precedes(book.side, market, deemed, limit) ? market : limit
}

/** Takes a piece of two orders that meet; a taker of the book may still be in it. */
export function trade(
  floor: Floor,
  market: InstrumentMarket,
  resting: LiveOrder,
  incoming: LiveOrder,
  at: Price,
): void {
  const shares = fewerShares(resting.open, incoming.open)
  recordTrade(market, at, shares, incoming.side)
  fillOrder(floor, market, resting, at, shares)
  fillOrder(floor, market, incoming, at, shares)
  printTrade(floor, market, at, shares, incoming.side)
  touchStops(floor, market)
}

/**
 * Can all of it trade now? A price on the way that would stop the instrument does stop it, since the execution was about to
 * happen; the order itself cannot wait for the auction.
 */
function mayFillWhole(floor: Floor, market: InstrumentMarket, order: LiveOrder): boolean {
  const dynamic = referencePrice(market)
  let reached: Quantity = NO_SHARES
  let stop: { readonly cause: ViCause; readonly at: Price } | undefined
  for (const resting of inReach(market, order)) {
    if (reached >= order.open || !wouldTradeAt(order.side, order.limit, resting.price)) break
    if (resting.order.owner === order.owner) break
    const cause = stop === undefined ? viCauseAt(market, resting.price, dynamic) : undefined
    if (cause !== undefined) stop = { cause, at: resting.price }
    reached = plusShares(reached, resting.order.open)
  }
  if (reached < order.open) return false
  if (stop !== undefined) startVi(floor, market, stop.cause, stop.at, dynamic)
  return stop === undefined
}

/** Whom the order would meet, in this order. */
function* inReach(market: InstrumentMarket, { side, type, limit }: LiveOrder): Generator<PricedOrder> {
  const opposite = oppositeOf(market, side)
  const twice = opposite.mids.head === undefined ? undefined : twiceMid(market)
  if (twice !== undefined && reachesMid(side, limit, twice)) yield* restingMids(opposite, twice)
  if (type !== 'mid') yield* inPriority(opposite, deemedPrice(market, opposite.side, limit))
}

/** The deemed price of resting market orders moves with the book: after a change it may reach the other side. */
export function repriceMarketOrders(floor: Floor, market: InstrumentMarket): void {
  if (market.buys.markets.head === undefined && market.sells.markets.head === undefined) return
  for (const book of [market.buys, market.sells]) {
    while (isMatching(market) && repriceFirst(floor, market, book));
  }
}

/** Tries the first market order of a side at its present deemed price; `true` when something came of it. */
function repriceFirst(floor: Floor, market: InstrumentMarket, book: BookSide): boolean {
  const order = book.markets.head
  const deemed = deemedPrice(market, book.side, NO_PRICE)
  const facing = bestLevel(oppositeOf(market, book.side))?.price
  if (order === undefined || deemed === undefined || facing === undefined) return false
  if (!wouldTradeAt(book.side, deemed, facing)) return false
  removeOrder(book, order)
  match(floor, market, order, deemed)
  if (order.open > 0) placeOrder(book, order)
  return true
}
