import { type Price, plusShares, price } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import { createQueue, dequeue, enqueue, type LiveOrder, type OrderQueue } from './order-queue.ts'
import type { BookLevel } from './types.ts'

/**
 * One side of an instrument's book. Market orders stand apart: their price is deemed, and moves with the rest of the book.
 */
export interface BookSide {
  readonly side: Side
  /** Orders with a price, worst price first, so that the best level leaves by a pop. */
  readonly levels: OrderQueue[]
  readonly byPrice: Map<Price, OrderQueue>
  readonly markets: OrderQueue
  /** 중간가: nobody sees them. Their price is halfway between the best prices that are seen. */
  readonly mids: OrderQueue
  /** 스톱지정가 that the last price has not touched yet: nobody sees them either, and they trade with nobody. */
  readonly stops: OrderQueue
}

export const NO_PRICE = price(0)

export const createBookSide = (side: Side): BookSide => ({
  side,
  levels: [],
  byPrice: new Map(),
  markets: createQueue(NO_PRICE),
  mids: createQueue(NO_PRICE),
  stops: createQueue(NO_PRICE),
})

export const isBetter = (side: Side, a: Price, b: Price): boolean => (side === 'buy' ? a > b : a < b)

/** Would an order of this side, bound by `limit` (0: by nothing), trade at `at`? */
export const wouldTradeAt = (side: Side, limit: Price, at: Price): boolean =>
  limit === NO_PRICE || !isBetter(side, at, limit)

export const bestLevel = (book: BookSide): OrderQueue | undefined => book.levels[book.levels.length - 1]
export const worstLevel = (book: BookSide): OrderQueue | undefined => book.levels[0]
/** Nothing there that takes part in a call auction. */
export const isEmpty = (book: BookSide): boolean =>
  book.levels.length === 0 && book.markets.head === undefined

export function placeOrder(book: BookSide, order: LiveOrder): void {
  enqueue(queueFor(book, order), order)
}

function queueFor(book: BookSide, { type, limit }: LiveOrder): OrderQueue {
  if (type === 'mid') return book.mids
  if (type === 'stopLimit') return book.stops
  return limit === NO_PRICE ? book.markets : levelAt(book, limit)
}

/** Takes the order off the book, and its level when it was the last one there. */
export function removeOrder(book: BookSide, order: LiveOrder): void {
  const { queue } = order
  dequeue(order)
  if (queue === undefined || queue.head !== undefined || queue.price === NO_PRICE) return
  book.byPrice.delete(queue.price)
  book.levels.splice(positionOf(book, queue.price), 1)
}

/** What can be seen, best first, market orders at their `deemed` price; ends after `depth` levels or past the price `until`. */
export function visibleLevels(
  book: BookSide,
  deemed: Price | undefined,
  depth: number,
  until?: Price,
): BookLevel[] {
  const seen: BookLevel[] = []
  let marketsLeft = deemed !== undefined && book.markets.head !== undefined
  const isPast = (at: Price) =>
    seen.length >= depth || (until !== undefined && isBetter(book.side, until, at))
  for (let index = book.levels.length - 1; index >= 0; index--) {
    const level = book.levels[index] as OrderQueue
    if (marketsLeft && deemed !== undefined && !isBetter(book.side, level.price, deemed)) {
      marketsLeft = false
      if (isPast(deemed)) return seen
      const joined = deemed === level.price
      const total = joined ? plusShares(book.markets.quantity, level.quantity) : book.markets.quantity
      seen.push({ price: deemed, quantity: total })
      if (joined) continue
    }
    if (isPast(level.price)) return seen
    seen.push({ price: level.price, quantity: level.quantity })
  }
  if (marketsLeft && deemed !== undefined && !isPast(deemed))
    seen.push({ price: deemed, quantity: book.markets.quantity })
  return seen
}

export interface PricedOrder {
  readonly order: LiveOrder
  readonly price: Price
}

/** Every order by price, then time; market orders at their `deemed` price, among limit orders there by time. */
export function* inPriority(book: BookSide, deemed: Price | undefined): Generator<PricedOrder> {
  let market = deemed === undefined ? undefined : book.markets.head
  for (let index = book.levels.length - 1; index >= 0; index--) {
    const level = book.levels[index] as OrderQueue
    for (let order = level.head; order !== undefined; order = order.next) {
      while (market !== undefined && deemed !== undefined && precedes(book.side, market, deemed, order)) {
        yield { order: market, price: deemed }
        market = market.next
      }
      yield { order, price: level.price }
    }
  }
  for (; market !== undefined && deemed !== undefined; market = market.next)
    yield { order: market, price: deemed }
}

/** Every order of the side, in no promised order; a copy, so that they may be taken off meanwhile. */
export function allOrders(book: BookSide): LiveOrder[] {
  const orders: LiveOrder[] = []
  for (const queue of [book.markets, book.mids, book.stops, ...book.levels])
    for (let order = queue.head; order !== undefined; order = order.next) orders.push(order)
  return orders
}

/** Does a market order at its deemed price come before this limit order? At one price, the earlier one comes first. */
export const precedes = (side: Side, market: LiveOrder, deemed: Price, order: LiveOrder): boolean =>
  isBetter(side, deemed, order.limit) || (deemed === order.limit && market.priority < order.priority)

function levelAt(book: BookSide, at: Price): OrderQueue {
  const known = book.byPrice.get(at)
  if (known !== undefined) return known
  const level = createQueue(at)
  book.byPrice.set(at, level)
  book.levels.splice(positionOf(book, at), 0, level)
  return level
}

/** Where the price stands, or belongs, in the sorted levels. Most orders come near the best price: the search starts there. */
function positionOf({ side, levels }: BookSide, at: Price): number {
  let low = 0
  let high = levels.length
  for (let step = 1; high > 0; step *= 2) {
    const probe = Math.max(0, high - step)
    if (isBetter(side, at, (levels[probe] as OrderQueue).price)) {
      low = probe + 1
      break
    }
    high = probe
  }
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBetter(side, at, (levels[middle] as OrderQueue).price)) low = middle + 1
    else high = middle
  }
  return low
}
