import type { Price } from '../model/money.ts'
import { type BookSide, NO_PRICE } from './book-side.ts'
import type { Floor } from './floor.ts'
import type { InstrumentMarket } from './instrument-market.ts'
import { dequeue, type LiveOrder } from './order-queue.ts'

/** A buy waits for a last price at or above its stop, a sell for one at or below. Source: rule book §1.10. */
export const isTouched = ({ side, stop }: LiveOrder, last: Price): boolean =>
  last > 0 && (side === 'buy' ? last >= stop : last <= stop)

/**
 * Takes the stops that the last price touches out of their queue, oldest first. They enter when the order that trades now is
 * done, also when the price has gone back by then.
 */
export function touchStops(floor: Floor, market: InstrumentMarket): void {
  const { buys, sells, last } = market
  if (buys.stops.head === undefined && sells.stops.head === undefined) return
  const touched = [...waiting(buys), ...waiting(sells)].filter((order) => isTouched(order, last))
  for (const order of touched.sort((a, b) => a.number - b.number)) {
    dequeue(order)
    market.touched.push(order)
    floor.unsettled.add(market)
  }
}

function* waiting({ stops }: BookSide): Generator<LiveOrder> {
  for (let order = stops.head; order !== undefined; order = order.next) yield order
}

/** From now on it is a limit order, younger than every order that is there. */
export function awaken(floor: Floor, order: LiveOrder): void {
  order.type = 'limit'
  order.stop = NO_PRICE
  order.priority = floor.orders.lastNumber() + 0.5
  floor.emit({ kind: 'triggered', number: order.number, owner: order.owner, at: floor.now })
}
