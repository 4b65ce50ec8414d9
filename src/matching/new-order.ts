import type { Price } from '../model/money.ts'
import { NO_PRICE } from './book-side.ts'
import type { Floor } from './floor.ts'
import type { InstrumentMarket } from './instrument-market.ts'
import type { LiveOrder } from './order-queue.ts'
import type { NewOrder } from './types.ts'

/** What an amended order takes over from the one it continues. */
export interface Succession {
  readonly replaces: number
  /** Set when it keeps the place in the queue. */
  readonly priority?: number
}

/** Numbers the order, keeps it, and tells its owner. It is in no book yet. */
export function acceptOrder(
  floor: Floor,
  market: InstrumentMarket,
  wish: Pick<NewOrder, 'owner' | 'side' | 'type' | 'timeInForce' | 'quantity' | 'stop'>,
  limit: Price,
  from?: Succession,
): LiveOrder {
  const number = floor.orders.nextNumber()
  const order: LiveOrder = {
    number,
    owner: wish.owner,
    instrument: market.id,
    side: wish.side,
    type: wish.type,
    timeInForce: wish.timeInForce,
    limit,
    stop: wish.type === 'stopLimit' ? (wish.stop ?? NO_PRICE) : NO_PRICE,
    quantity: wish.quantity,
    open: wish.quantity,
    enteredAt: floor.now,
    replaces: from?.replaces ?? 0,
    priority: from?.priority ?? number,
    queue: undefined,
    previous: undefined,
    next: undefined,
  }
  floor.orders.add(order)
  floor.emit({ kind: 'accepted', number, owner: order.owner, at: floor.now })
  return order
}
