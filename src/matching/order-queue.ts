import type { InstrumentId } from '../model/ids.ts'
import { minusShares, NO_SHARES, type Price, plusShares, type Quantity } from '../model/money.ts'
import type { OrderType, Side, TimeInForce } from '../model/order.ts'
import type { EpochMs } from '../std/clock.ts'
import type { ExchangeOrder } from './types.ts'

/** An order while it lives in the exchange; `toExchangeOrder` gives the picture for others. */
export interface LiveOrder {
  readonly number: number
  readonly owner: string
  readonly instrument: InstrumentId
  readonly side: Side
  /** Changes once: a conditional order becomes a market order at the closing call, a touched stop-limit order a limit order. */
  type: OrderType
  readonly timeInForce: TimeInForce
  /** 0: without a price of its own. */
  limit: Price
  /** The last price at which a waiting stop-limit order enters the book; 0 for every other order. */
  stop: Price
  readonly quantity: Quantity
  open: Quantity
  readonly enteredAt: EpochMs
  /** The number of the order it continues, 0 when none. */
  readonly replaces: number
  /** Its place in time: its own number, that of the order whose place it took over, or when its stop was touched. */
  priority: number
  queue: OrderQueue | undefined
  previous: LiveOrder | undefined
  next: LiveOrder | undefined
}

/** Orders at one price, in order of time: a linked list, so that leaving from the middle costs nothing. */
export interface OrderQueue {
  readonly price: Price
  quantity: Quantity
  head: LiveOrder | undefined
  tail: LiveOrder | undefined
}

export const createQueue = (at: Price): OrderQueue => ({
  price: at,
  quantity: NO_SHARES,
  head: undefined,
  tail: undefined,
})

/** Puts the order behind all that have priority over it: at the end, unless it took over an older place. */
export function enqueue(queue: OrderQueue, order: LiveOrder): void {
  let before = queue.tail
  while (before !== undefined && before.priority > order.priority) before = before.previous
  const after = before === undefined ? queue.head : before.next
  order.previous = before
  order.next = after
  if (before === undefined) queue.head = order
  else before.next = order
  if (after === undefined) queue.tail = order
  else after.previous = order
  order.queue = queue
  queue.quantity = plusShares(queue.quantity, order.open)
}

export function dequeue(order: LiveOrder): void {
  const { queue, previous, next } = order
  if (queue === undefined) return
  if (previous === undefined) queue.head = next
  else previous.next = next
  if (next === undefined) queue.tail = previous
  else next.previous = previous
  queue.quantity = minusShares(queue.quantity, order.open)
  order.queue = undefined
  order.previous = undefined
  order.next = undefined
}

/** Takes `shares` off what is open, in the queue's total as well. */
export function reduceOpen(order: LiveOrder, shares: Quantity): void {
  order.open = minusShares(order.open, shares)
  if (order.queue !== undefined) order.queue.quantity = minusShares(order.queue.quantity, shares)
}

export const toExchangeOrder = (order: LiveOrder): ExchangeOrder => ({
  number: order.number,
  owner: order.owner,
  instrument: order.instrument,
  side: order.side,
  type: order.type,
  timeInForce: order.timeInForce,
  ...(order.limit > 0 ? { limit: order.limit } : {}),
  ...(order.stop > 0 ? { stop: order.stop } : {}),
  quantity: order.quantity,
  open: order.open,
  enteredAt: order.enteredAt,
  ...(order.replaces > 0 ? { replaces: order.replaces } : {}),
})
