import type { InstrumentId, OrderId, VenueOrderId } from './ids.ts'
import type { Venue } from './instrument.ts'
import type { Stamped } from './market-event.ts'
import type { Money, Price, Quantity } from './money.ts'
import type { Side } from './order.ts'
import type { Settlement } from './settlement.ts'
import type { VenueError } from './venue-error.ts'

/**
 * What the venue says of our orders. An adapter reports each fact once, in an order that makes sense (an acceptance
 * before its fills, even if the push overtook the reply), but a consumer still survives doubles.
 */
export type OrderReport = Stamped &
  (
    | {
        readonly kind: 'accepted'
        readonly orderId: OrderId
        readonly venueOrderId: VenueOrderId
        /** Given for an amend: the open quantity that moved to the new number. */
        readonly quantity?: Quantity
      }
    /** Refused for good by the broker or the exchange. */
    | { readonly kind: 'rejected'; readonly orderId: OrderId; readonly error: VenueError }
    /** Never reached the book; the caller may wish again. */
    | { readonly kind: 'throttled'; readonly orderId: OrderId; readonly error: VenueError }
    /** No usable answer to the request: the order may be live. */
    | { readonly kind: 'lost'; readonly orderId: OrderId; readonly error: VenueError }
    /** Asked and not in the venue's list, twice, long enough apart: it never arrived. */
    | { readonly kind: 'absent'; readonly orderId: OrderId }
    | {
        readonly kind: 'fill'
        readonly orderId: OrderId
        readonly venueOrderId: VenueOrderId
        readonly price: Price
        readonly quantity: Quantity
        /** The order's filled quantity after this fill: drop the report when we already have that many. */
        readonly cumulative: Quantity
        /** Where it traded; absent when the source does not say. */
        readonly venue?: Venue
      }
    /** What was open is no longer: by our cancel, by an amend (`replacedBy`), or by the venue at the day's end. */
    | {
        readonly kind: 'closed'
        readonly orderId: OrderId
        readonly why: 'cancelled' | 'replaced' | 'expired'
      }
    /** The cancel or amend of this (still living) order was refused: too late, or nothing open. */
    | { readonly kind: 'cancelRefused'; readonly orderId: OrderId; readonly error: VenueError }
    /** The cancel of this order got no usable answer; ask about the order. */
    | { readonly kind: 'cancelLost'; readonly orderId: OrderId; readonly error: VenueError }
    /** An order of the account that is not ours (HTS, phone). Its fills change our cash and holdings. */
    | {
        readonly kind: 'foreign'
        readonly venueOrderId: VenueOrderId
        readonly instrument: InstrumentId
        readonly side: Side
        readonly filled: Quantity
        readonly open: Quantity
      }
  )

/** The broker's word on the account. */
export interface AccountReport extends Stamped {
  readonly kind: 'account'
  /** Cash after everything traded so far has settled (d+2 추정예수금). */
  readonly cash: Money
  /** 주문가능금액 at a margin rate of 100 %. */
  readonly buyingPower: Money
  /** Its `d2` is `cash`. Absent: the broker did not say. */
  readonly settlement?: Settlement
  readonly holdings: readonly Holding[]
}

export interface Holding {
  readonly instrument: InstrumentId
  readonly name: string
  readonly quantity: Quantity
  /** Not bound in open sell orders. */
  readonly sellable: Quantity
  /** Sum of purchase prices × quantities, without fees (매입금액). */
  readonly cost: Money
}
