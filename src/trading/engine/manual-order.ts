import { commission, holdFor, saleLevies } from '../../model/charges.ts'
import type { Denial } from '../../model/denial.ts'
import type { Route } from '../../model/instrument.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import { type Money, NO_WON, notional, type Price } from '../../model/money.ts'
import type { ManualOrder } from '../../model/operator.ts'
import type { OrderIntent, OrderType, Purpose } from '../../model/order.ts'
import type { EpochMs } from '../../std/clock.ts'
import { review } from '../risk/review.ts'
import { type Desk, riskViewOf } from './desk.ts'
import { draftAt, draftOf, orderPart } from './routing.ts'

/** What an order would be and cost if a person gave it now; nothing of it is sent. */
export interface Preview {
  readonly type: OrderType
  readonly venue: Route
  readonly limit?: Price
  /** Price × quantity at the limit or, without one, at the last price; 0 while none is known. */
  readonly amount: Money
  readonly commission: Money
  readonly tax: Money
  /** Cash that a purchase has to find, 0 for a sale. */
  readonly needed: Money
  /** The first rule that says no. */
  readonly refusal?: Denial
}

/** A person's order as the wish that `review` sees; `undefined`: no price is known to count from. */
export function manualIntent(desk: Desk, order: ManualOrder, by: string): OrderIntent | undefined {
  const { instrument, side, quantity, limit } = order
  const view = desk.market.of(instrument)
  if (!view) return undefined
  const purpose: Purpose = side === 'buy' ? { to: 'enter' } : { to: 'exit', kind: 'manual' }
  const draft =
    limit === undefined
      ? draftOf(desk, view, side, order.order, purpose)
      : draftAt(desk, view, limit, purpose)
  return draft && { ...orderPart(draft), instrument, side, quantity, purpose, reason: `수동 주문 (${by})` }
}

/** The way of a manual order up to the word of `review`, at the time of whoever asks. The desk stays as it is. */
export function previewOrder(current: Desk, order: ManualOrder, at: EpochMs): Preview {
  const desk = { ...current, notes: { ...current.notes, now: Math.max(current.notes.now, at) } }
  const view = desk.market.of(order.instrument)
  const intent = manualIntent(desk, order, '')
  if (!view || !intent) return unpriced(order)
  const reviewed = review(intent, riskViewOf(desk, intent, view))
  const amount = notional(intent.limit ?? view.last, intent.quantity)
  const sold = { value: amount, shares: intent.quantity }
  return {
    type: intent.type,
    venue: intent.venue,
    ...(intent.limit === undefined ? {} : { limit: intent.limit }),
    amount,
    commission: commission(desk.schedule, amount),
    tax: order.side === 'sell' ? saleLevies(view.listing, desk.day, sold, desk.schedule) : NO_WON,
    needed: order.side === 'buy' ? neededFor(desk, intent, view) : NO_WON,
    ...(reviewed.ok ? {} : { refusal: reviewed.error }),
  }
}

function neededFor(desk: Desk, { type, limit, quantity }: OrderIntent, view: InstrumentView): Money {
  const { band, last, listing } = view
  if (limit === undefined && band === undefined && last === 0) return NO_WON
  const price = limit === undefined ? {} : { limit }
  return holdFor({ type, ...price, quantity, band, last, market: listing.market, schedule: desk.schedule })
}

const unpriced = ({ order, limit }: ManualOrder): Preview => ({
  type: limit === undefined ? order.kind : 'limit',
  venue: 'KRX',
  ...(limit === undefined ? {} : { limit }),
  amount: NO_WON,
  commission: NO_WON,
  tax: NO_WON,
  needed: NO_WON,
  refusal: { code: 'priceUnknown' },
})
