import { type Price, price } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import { type BookSide, NO_PRICE, type PricedOrder } from './book-side.ts'
import { bestPrice, type InstrumentMarket } from './instrument-market.ts'

/**
 * Halfway between the best bid and the best ask that are seen, doubled so that half a won is not lost; `undefined` without
 * two sides. Orders at it (중간가) are never seen, so they do not move it. Source: rule book §1.10.
 */
export function twiceMid(market: InstrumentMarket): number | undefined {
  const bid = bestPrice(market, 'buy')
  const ask = bestPrice(market, 'sell')
  return bid === undefined || ask === undefined || bid >= ask ? undefined : bid + ask
}

/** What is printed: half ticks occur, half a won is cut off (assumed). Source: rule book §1.10. */
export const midPrint = (twice: number): Price => price(Math.floor(twice / 2))

/** Would an order of this side, bound by `limit` (0: by nothing), trade halfway? */
export const reachesMid = (side: Side, limit: Price, twice: number): boolean =>
  limit === NO_PRICE || (side === 'buy' ? limit * 2 >= twice : limit * 2 <= twice)

/** The resting mid-price orders of a side in order of time, with the price they would trade at now. */
export function* restingMids(book: BookSide, twice: number): Generator<PricedOrder> {
  for (let order = book.mids.head; order !== undefined; order = order.next)
    yield { order, price: midPrint(twice) }
}
