import { type InstrumentId, type OrderId, venueOrderId } from '../model/ids.ts'
import type { Venue } from '../model/instrument.ts'
import { minusShares, NO_SHARES, type Price, plusShares, type Quantity } from '../model/money.ts'
import type { OrderReport } from '../model/order-report.ts'
import type { VenueError } from '../model/venue-error.ts'
import type { EpochMs } from '../std/clock.ts'

/** An order at a modelled venue. */
interface Resting {
  readonly orderId: OrderId
  readonly instrument: InstrumentId
  readonly quantity: Quantity
  readonly number: string
  open: Quantity
  filled: Quantity
}

/** The orders of a modelled venue, in the order in which they came, and what the venue says of them. */
export interface RestingOrders<W extends Resting> {
  of(id: InstrumentId): readonly W[]
  get(id: OrderId): W | undefined
  all(): readonly W[]
  /** Where there are any. */
  instruments(): Iterable<InstrumentId>
  /** What an order is begun with. `moved`: open shares that come from the one it replaces. */
  begin(quantity: Quantity): Pick<W, 'number' | 'open' | 'filled'>
  /** Takes it in and says so. */
  add(order: W, now: EpochMs, moved?: Quantity): void
  /** So many of its open shares trade. */
  fill(order: W, at: Price, shares: Quantity, venue: Venue, now: EpochMs): void
  close(order: W, why: 'cancelled' | 'expired' | 'replaced', now: EpochMs): void
  cancel(id: OrderId, now: EpochMs): void
  /** An amendment came too late: what it was to replace is not there. */
  refuse(id: OrderId, now: EpochMs): void
}

const NOTHING_OPEN: VenueError = { kind: 'rejected', code: 'nothingOpen', text: '미체결 없음 · nothing open' }
const NONE: readonly never[] = []

/** Reports come from within the calls, each fact once. */
export function createRestingOrders<W extends Resting>(
  report: (report: OrderReport) => void,
): RestingOrders<W> {
  const byInstrument = new Map<InstrumentId, readonly W[]>()
  const byId = new Map<OrderId, W>()
  let numbers = 0

  const forget = (order: W) => {
    byId.delete(order.orderId)
    const others = (byInstrument.get(order.instrument) ?? NONE).filter((each) => each !== order)
    if (others.length > 0) byInstrument.set(order.instrument, others)
    else byInstrument.delete(order.instrument)
  }

  const close: RestingOrders<W>['close'] = (order, why, now) => {
    forget(order)
    report({ kind: 'closed', orderId: order.orderId, why, at: now, receivedAt: now })
  }

  return {
    of: (id) => byInstrument.get(id) ?? NONE,
    get: (id) => byId.get(id),
    all: () => [...byId.values()],
    instruments: () => byInstrument.keys(),
    begin: (quantity) => ({ number: String(++numbers).padStart(7, '0'), open: quantity, filled: NO_SHARES }),
    add: (order, now, moved) => {
      byId.set(order.orderId, order)
      byInstrument.set(order.instrument, [...(byInstrument.get(order.instrument) ?? NONE), order])
      report({
        kind: 'accepted',
        orderId: order.orderId,
        venueOrderId: venueOrderId(order.number),
        at: now,
        receivedAt: now,
        ...(moved === undefined ? {} : { quantity: moved }),
      })
    },
    fill: (order, at, shares, venue, now) => {
      if (shares === 0) return
      order.open = minusShares(order.open, shares)
      order.filled = plusShares(order.filled, shares)
      report({
        kind: 'fill',
        orderId: order.orderId,
        venueOrderId: venueOrderId(order.number),
        price: at,
        quantity: shares,
        cumulative: order.filled,
        venue,
        at: now,
        receivedAt: now,
      })
      if (order.open === 0) forget(order)
    },
    close,
    cancel: (id, now) => {
      const order = byId.get(id)
      if (order) close(order, 'cancelled', now)
      else report({ kind: 'cancelRefused', orderId: id, error: NOTHING_OPEN, at: now, receivedAt: now })
    },
    refuse: (id, now) =>
      report({ kind: 'rejected', orderId: id, error: NOTHING_OPEN, at: now, receivedAt: now }),
  }
}
