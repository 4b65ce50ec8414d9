import { NO_PRICE, placeOrder, removeOrder } from './book-side.ts'
import { enterOrder, match } from './continuous.ts'
import type { Floor } from './floor.ts'
import { bookOf, type InstrumentMarket, isMatching } from './instrument-market.ts'
import { twiceMid } from './mid-price.ts'
import { awaken } from './stop-orders.ts'

/**
 * What follows from what has just happened: touched stop-limit orders enter, and mid-price orders that a call kept apart meet.
 * Bounded: each stop is touched once, and each meeting ends an order or a side.
 */
export function settle(floor: Floor): void {
  for (const market of floor.unsettled) {
    floor.unsettled.delete(market)
    for (let order = market.touched.shift(); order !== undefined; order = market.touched.shift()) {
      awaken(floor, order)
      enterOrder(floor, market, order)
    }
    crossMids(floor, market)
  }
}

/** The younger of the first two comes to the older one. */
function crossMids(floor: Floor, market: InstrumentMarket): void {
  while (isMatching(market) && twiceMid(market) !== undefined) {
    const [buy, sell] = [market.buys.mids.head, market.sells.mids.head]
    if (buy === undefined || sell === undefined) return
    const younger = buy.number > sell.number ? buy : sell
    const book = bookOf(market, younger.side)
    removeOrder(book, younger)
    match(floor, market, younger, NO_PRICE)
    if (younger.open > 0) placeOrder(book, younger)
  }
}
