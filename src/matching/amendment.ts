import type { KoreanVenue } from '../model/instrument.ts'
import { fewerShares, type Price, type Quantity } from '../model/money.ts'
import { refuseKind, refusePrice } from './admission.ts'
import { NO_PRICE, placeOrder } from './book-side.ts'
import { enterOrder, repriceMarketOrders } from './continuous.ts'
import { isOnFixedBoard } from './fixed-board.ts'
import { bookChanged, closeOrder, type Floor } from './floor.ts'
import { bookOf, type InstrumentMarket, isMatching } from './instrument-market.ts'
import { acceptOrder } from './new-order.ts'
import type { LiveOrder } from './order-queue.ts'
import type { ExchangeRefusal } from './types.ts'

interface Change {
  readonly limit?: Price
  readonly quantity: Quantity
}

/**
 * So many of the open shares continue under a new number; what is left of them stays where it is under the old one. At the
 * same price they keep their place; a new price, or a quantity larger than what is open, goes to the end and may match at
 * once. Source: rule book §1.9; the two numbers: Kiwoom REST guide, kt10002 (정정수량).
 *
 * The type never changes: a market or mid-price order takes no price, and an order on the fixed-price board is not amended at
 * all. A stop-limit order that waits keeps its stop (assumed).
 */
export function amendOrder(
  floor: Floor,
  venue: KoreanVenue,
  market: InstrumentMarket,
  order: LiveOrder,
  change: Change,
): LiveOrder | ExchangeRefusal {
  const limit = change.limit ?? order.limit
  const refusal = refuseAmend(venue, market, order, limit)
  if (refusal !== undefined) return refusal
  const shares = change.quantity === 0 ? order.open : change.quantity
  const keepsPlace = limit === order.limit && shares <= order.open
  closeOrder(floor, market, order, 'replaced', fewerShares(shares, order.open))
  const wish = { ...order, quantity: shares }
  const place = keepsPlace ? { priority: order.priority } : {}
  const successor = acceptOrder(floor, market, wish, limit, { replaces: order.number, ...place })
  if (keepsPlace) {
    placeOrder(bookOf(market, order.side), successor)
    bookChanged(floor, market)
  } else enterOrder(floor, market, successor)
  return successor
}

function refuseAmend(
  venue: KoreanVenue,
  market: InstrumentMarket,
  order: LiveOrder,
  limit: Price,
): ExchangeRefusal | undefined {
  const { type, timeInForce } = order
  const closed = refuseKind(venue, market, { type: 'limit', timeInForce: 'day' })
  if (isOnFixedBoard(order) || (closed === undefined && order.limit === NO_PRICE && limit !== NO_PRICE))
    return { code: 'typeNotAllowed', type, timeInForce, phase: market.phase }
  if (closed !== undefined) return closed
  return limit === order.limit ? undefined : refusePrice(market, limit)
}

/** Takes back what is open, or a part, and says how much; a partial cancel keeps the place in the queue. */
export function cancelOrder(
  floor: Floor,
  market: InstrumentMarket,
  order: LiveOrder,
  shares: Quantity,
): Quantity {
  const cancelled = shares === 0 ? order.open : fewerShares(shares, order.open)
  closeOrder(floor, market, order, 'cancelled', cancelled)
  if (!isOnFixedBoard(order)) {
    if (isMatching(market)) repriceMarketOrders(floor, market)
    bookChanged(floor, market)
  }
  return cancelled
}
