import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { Quote, Trade } from '../../model/market-event.ts'
import { NO_SHARES, type Price, plusShares, type Quantity, quantity } from '../../model/money.ts'
import { type Order, openQuantity, type Side } from '../../model/order.ts'
import { isOpen } from '../../model/order-table.ts'
import { queuePlace } from '../../model/queue-place.ts'
import { sessionsOf } from '../../model/sessions.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Desk } from './desk.ts'
import type { OrderView } from './view.ts'

/** An order of ours that rests at a locked limit price: 상한가 매수, 하한가 매도. Plain data. */
export interface Queued {
  readonly orderId: OrderId
  readonly side: Side
  readonly limit: Price
  readonly since: EpochMs
  readonly quantity: Quantity
  /** Displayed at the price with the first quote after the order; who came between counts as ahead. */
  readonly ahead?: Quantity
  readonly traded: Quantity
  readonly displayed: Quantity
}

/** Once a second: which of our orders rest at a limit price. One an instrument: only one buy, or one sale, is open at a time. */
export function followQueues(desk: Desk): void {
  for (const [instrument, { orderId, limit }] of desk.queues) {
    const order = desk.orders.get(orderId)
    if (!order || !isOpen(order.status) || order.limit !== limit) desk.queues.delete(instrument)
  }
  for (const order of desk.orders.open()) if (isAtLimit(desk, order)) enterQueue(desk, order)
}

function isAtLimit(desk: Desk, { status, type, side, limit, instrument }: Order): boolean {
  const band = desk.market.of(instrument)?.band
  if (status !== 'working' || type !== 'limit' || !band) return false
  return limit === (side === 'buy' ? band.upper : band.lower)
}

function enterQueue(desk: Desk, order: Order): void {
  const { id, instrument, side, limit, updatedAt } = order
  if (limit === undefined || desk.queues.has(instrument)) return
  desk.queues.set(instrument, {
    orderId: id,
    side,
    limit,
    since: updatedAt,
    quantity: openQuantity(order),
    traded: NO_SHARES,
    displayed: NO_SHARES,
  })
}

/** A tick of an instrument with an order at its limit price; nothing else is looked at. */
export function countQueue(desk: Desk, event: Trade | Quote): void {
  const queued = desk.queues.get(event.instrument)
  if (!queued) return
  const next = event.kind === 'trade' ? afterTrade(queued, event) : afterQuote(queued, event)
  desk.queues.set(event.instrument, next)
}

const afterTrade = (queued: Queued, { price, quantity: shares }: Trade): Queued =>
  price === queued.limit ? { ...queued, traded: plusShares(queued.traded, shares) } : queued

/** Locked: our side shows the limit price, and nobody stands on the other. 0 displayed: it is not, or no longer. */
function afterQuote(queued: Queued, quote: Quote): Queued {
  const { bid, bidQuantity, ask, askQuantity } = quote
  const [at, shown, other] = queued.side === 'buy' ? [bid, bidQuantity, ask] : [ask, askQuantity, bid]
  const displayed = at === queued.limit && other === 0 ? shown : NO_SHARES
  const ahead = queued.ahead ?? (displayed === 0 ? undefined : aheadOf(queued, displayed))
  return { ...queued, displayed, ...(ahead === undefined ? {} : { ahead }) }
}

/** The first display holds our own shares as well. */
const aheadOf = (queued: Queued, displayed: Quantity): Quantity =>
  quantity(Math.max(0, displayed + queued.traded - queued.quantity))

/** The fill probability of an order in such a queue, until the regular close; nothing while the price is not locked. */
export function queueOf(desk: Desk, order: Order): Pick<OrderView, 'queue'> {
  const queued = desk.queues.get(order.instrument)
  if (queued?.orderId !== order.id || queued.ahead === undefined || queued.displayed === 0) return {}
  const { now } = desk.notes
  const { ahead, fills } = queuePlace({
    quantity: queued.quantity,
    aheadAtEntry: queued.ahead,
    tradedSince: queued.traded,
    displayedNow: queued.displayed,
    elapsedMs: Math.max(0, now - queued.since),
    leftMs: Math.max(0, closeOf(desk) - now),
  })
  return { queue: { ahead, fills } }
}

/** The end of the closing call: until then a queue at the limit price can trade. */
function closeOf(desk: Desk): EpochMs {
  const call = sessionsOf(desk.venue, desk.day).find(({ phase }) => phase === 'closingCall')
  return call?.to ?? desk.notes.now
}

export type Queues = Map<InstrumentId, Queued>
