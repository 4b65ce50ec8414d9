import type { InstrumentId, OrderId, VenueOrderId } from '../../model/ids.ts'
import type { Venue } from '../../model/instrument.ts'
import {
  minusShares,
  NO_SHARES,
  NO_WON,
  notional,
  type Price,
  plus,
  plusShares,
  type Quantity,
} from '../../model/money.ts'
import type { SettledAs } from '../../model/operator.ts'
import type { ApprovedOrder, Fill, Order } from '../../model/order.ts'
import type { OrderReport } from '../../model/order-report.ts'
import { isOpen, nextStatus, type OrderStep } from '../../model/order-table.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import type { Writable } from '../../std/writable.ts'

/** What a report (or a step of our own) did to an order. */
export type Outcome =
  | { readonly did: 'accepted'; readonly order: Order }
  | { readonly did: 'filled'; readonly before: Order; readonly order: Order; readonly fill: Fill }
  /** Nothing of it can trade any more (a late fill can still arrive). */
  | { readonly did: 'ended'; readonly order: Order; readonly error?: VenueError }
  /** It may be live or not: ask. */
  | { readonly did: 'doubted'; readonly order: Order; readonly error: VenueError }
  | { readonly did: 'cancelRefused'; readonly order: Order; readonly error: VenueError }
  | { readonly did: 'cancelLost'; readonly order: Order }
  /** A fill before this one is missing: ask for all of them. */
  | { readonly did: 'gap'; readonly order: Order }
  /** Said before; nothing changes. */
  | { readonly did: 'repeated'; readonly order: Order }
  /** The table has no such cell, or the order is not known: recorded and alarmed, never guessed. */
  | { readonly did: 'unexpected'; readonly orderId: OrderId; readonly what: string }

/** A fill as told by a report, or by a person who has no number for it. */
interface FillWord {
  readonly venueOrderId?: VenueOrderId
  readonly venue?: Venue
  readonly price: Price
  readonly quantity: Quantity
  readonly cumulative: Quantity
  readonly at: EpochMs
  readonly receivedAt: EpochMs
}

/** Where a fill is booked when the source does not say: an order that the broker routed, at KRX (same charges, model/charges.ts). */
const venueOf = ({ venue }: Order): Venue => (venue === 'SOR' ? 'KRX' : venue)

/** All orders of the day, each moved only along `ORDER_TABLE`. */
export interface Orders {
  get(id: OrderId): Order | undefined
  all(): IterableIterator<Order>
  open(): readonly Order[]
  openOf(instrument: InstrumentId): readonly Order[]
  readonly count: number
  /** How many of them reached a venue, or may have: what was throttled or never arrived is not among them. */
  readonly sent: number
  /** Created and, in the same breath, submitted: the caller emits the request and the journal makes both durable. */
  add(approved: ApprovedOrder, at: EpochMs): Order
  askCancel(id: OrderId, at: EpochMs): Order | undefined
  /** After a restart: whatever had no answer yet is in doubt. Returns every order that must be asked about. */
  doubtUnanswered(at: EpochMs): readonly Order[]
  apply(report: OrderReport): Outcome | undefined
  /** A person says what became of an order in doubt. Each step is an outcome; none when it is not in doubt, or not so filled. */
  settleByHand(id: OrderId, as: SettledAs, at: EpochMs): readonly Outcome[]
  snapshot(): unknown
  restore(state: unknown): void
}

const NONE: readonly Order[] = []

export function createOrders(): Orders {
  const orders = new Map<OrderId, Order>()
  const open = new Map<OrderId, Order>()
  /** All open ones, and those of each instrument. A list is made anew after a change: whoever walks one may change orders. */
  let openList: readonly Order[] | undefined
  const byInstrument = new Map<InstrumentId, readonly Order[]>()

  let unsent = 0

  const put = (order: Order): Order => {
    if (order.status === 'unsent' && orders.get(order.id)?.status !== 'unsent') unsent++
    orders.set(order.id, order)
    face.count = orders.size
    face.sent = orders.size - unsent
    openList = undefined
    const isNew = !open.has(order.id)
    if (isOpen(order.status)) open.set(order.id, order)
    else open.delete(order.id)
    list(order, isNew)
    return order
  }

  const list = (order: Order, isNew: boolean) => {
    const before = byInstrument.get(order.instrument) ?? NONE
    if (isOpen(order.status))
      byInstrument.set(
        order.instrument,
        isNew ? [...before, order] : before.map((one) => (one.id === order.id ? order : one)),
      )
    else if (before.length > 1)
      byInstrument.set(
        order.instrument,
        before.filter((one) => one.id !== order.id),
      )
    else if (before[0]?.id === order.id) byInstrument.delete(order.instrument)
  }

  const step = (order: Order, by: OrderStep, at: EpochMs, change: Partial<Order> = {}): Order | undefined => {
    const status = nextStatus(order.status, by)
    // One spread alone is quick.
    return status && put(Object.assign({ ...order }, change, { status, updatedAt: at }))
  }

  const unexpected = (orderId: OrderId, what: string): Outcome => ({ did: 'unexpected', orderId, what })

  const moved = (
    order: Order,
    by: OrderStep,
    at: EpochMs,
    change: Partial<Order>,
    then: (next: Order) => Outcome,
  ) => {
    const next = step(order, by, at, change)
    return next ? then(next) : unexpected(order.id, `${by} while ${order.status}`)
  }

  const applyFill = (order: Order, report: FillWord): Outcome => {
    if (report.cumulative <= order.filled) return { did: 'repeated', order }
    if (report.cumulative - report.quantity !== order.filled) return { did: 'gap', order }
    if (report.cumulative > order.quantity)
      return unexpected(order.id, `filled ${report.cumulative} of ${order.quantity}`)
    const filled = plusShares(order.filled, report.quantity)
    const filledValue = plus(order.filledValue, notional(report.price, report.quantity))
    const by = filled === order.quantity ? 'complete' : 'fill'
    const number = report.venueOrderId
    const change = { filled, filledValue, ...(number === undefined ? {} : { venueOrderId: number }) }
    const fill: Fill = {
      orderId: order.id,
      instrument: order.instrument,
      venue: report.venue ?? venueOf(order),
      side: order.side,
      price: report.price,
      quantity: report.quantity,
      cumulative: report.cumulative,
      at: report.at,
    }
    return moved(order, by, report.receivedAt, change, (next) => ({
      did: 'filled',
      before: order,
      order: next,
      fill,
    }))
  }

  const applyAccepted = (order: Order, report: OrderReport & { kind: 'accepted' }): Outcome => {
    if (!isOpen(order.status)) return { did: 'repeated', order }
    // A known number is told again only by the answer to a question; fills that we missed follow on it.
    const isAnswer = order.venueOrderId === report.venueOrderId
    const confirmed = isAnswer ? { confirmedAt: report.receivedAt } : {}
    if (isAnswer && order.status === 'working')
      return { did: 'repeated', order: put({ ...order, ...confirmed }) }
    const change = {
      ...confirmed,
      venueOrderId: report.venueOrderId,
      ...(report.quantity === undefined ? {} : { quantity: plusShares(order.filled, report.quantity) }),
    }
    return moved(order, 'accept', report.receivedAt, change, (next) => ({ did: 'accepted', order: next }))
  }

  /** What the venue's list says of it now is kept for the person who may have to settle it. */
  const stillDoubted = (order: Order, error: VenueError): Outcome => ({
    did: 'repeated',
    order: order.status === 'inDoubt' ? put({ ...order, doubt: error }) : order,
  })

  const settleByHand: Orders['settleByHand'] = (id, as, at) => {
    const order = orders.get(id)
    if (order?.status !== 'inDoubt') return []
    if (as.kind === 'cancelled') return [closeNow(order, at)]
    const more = as.quantity - order.filled
    if (more <= 0 || as.quantity > order.quantity) return []
    const word = {
      price: as.price,
      quantity: minusShares(as.quantity, order.filled),
      cumulative: as.quantity,
    }
    const filled = applyFill(order, { ...word, at, receivedAt: at })
    const left = orders.get(id)
    return left?.status === 'working' ? [filled, closeNow(left, at)] : [filled]
  }

  const closeNow = (order: Order, at: EpochMs): Outcome =>
    moved(order, 'cancel', at, {}, (next) => ({ did: 'ended', order: next }))

  const CLOSING = { cancelled: 'cancel', replaced: 'replace', expired: 'expire' } as const

  const apply = (report: OrderReport): Outcome | undefined => {
    if (report.kind === 'foreign') return undefined
    const order = orders.get(report.orderId)
    if (!order) return unexpected(report.orderId, `${report.kind} for an order we do not know`)
    const at = report.receivedAt
    switch (report.kind) {
      case 'accepted':
        return applyAccepted(order, report)
      case 'fill':
        return applyFill(order, report)
      case 'rejected':
        return moved(order, 'reject', at, {}, (next) => ({ did: 'ended', order: next, error: report.error }))
      case 'throttled':
        return moved(order, 'throttle', at, {}, (next) => ({
          did: 'ended',
          order: next,
          error: report.error,
        }))
      case 'lost':
        if (!['created', 'submitted'].includes(order.status)) return stillDoubted(order, report.error)
        return moved(order, 'lose', at, { doubt: report.error }, (next) => ({
          did: 'doubted',
          order: next,
          error: report.error,
        }))
      case 'absent':
        return moved(order, 'absent', at, {}, (next) => ({ did: 'ended', order: next }))
      case 'closed':
        if (!isOpen(order.status)) return { did: 'repeated', order }
        return moved(order, CLOSING[report.why], at, {}, (next) => ({ did: 'ended', order: next }))
      case 'cancelRefused':
        if (order.status !== 'cancelling') return { did: 'repeated', order }
        return moved(order, 'refuseCancel', at, {}, (next) => ({
          did: 'cancelRefused',
          order: next,
          error: report.error,
        }))
      case 'cancelLost':
        return { did: 'cancelLost', order }
    }
  }

  const face: Writable<Orders> = {
    get: (id) => orders.get(id),
    all: () => orders.values(),
    open: () => {
      openList ??= [...open.values()]
      return openList
    },
    openOf: (instrument) => byInstrument.get(instrument) ?? NONE,
    count: 0,
    sent: 0,
    add: (approved, at) => {
      invariant(!orders.has(approved.id), `an order id is used once: ${approved.id}`)
      const created: Order = {
        status: 'created',
        filled: NO_SHARES,
        filledValue: NO_WON,
        createdAt: at,
        updatedAt: at,
        ...approved,
      }
      return step(created, 'submit', at) as Order
    },
    askCancel: (id, at) => {
      const order = orders.get(id)
      return order && step(order, 'askCancel', at)
    },
    doubtUnanswered: (at) => {
      const asked: Order[] = []
      for (const order of [...open.values()]) asked.push(step(order, 'lose', at) ?? order)
      return asked
    },
    apply,
    settleByHand,
    snapshot: () => [...orders.values()],
    restore: (state) => {
      orders.clear()
      open.clear()
      openList = undefined
      byInstrument.clear()
      unsent = face.count = face.sent = 0
      for (const order of state as Order[]) put(order)
    },
  }
  return face
}
