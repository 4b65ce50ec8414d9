import type { InstrumentId, OrderId, VenueOrderId } from '../model/ids.ts'
import type { Route } from '../model/instrument.ts'
import type { Money, Price, Quantity } from '../model/money.ts'
import type { OrderType, Side, TimeInForce } from '../model/order.ts'
import type { AccountReport, OrderReport } from '../model/order-report.ts'
import type { VenueError } from '../model/venue-error.ts'
import type { EpochMs } from '../std/clock.ts'
import type { Result } from '../std/result.ts'

export type Environment = 'simulated' | 'paper' | 'live'

/** What goes to a venue: an approved order in plain words. */
export interface VenueOrder {
  readonly orderId: OrderId
  readonly instrument: InstrumentId
  readonly venue: Route
  readonly side: Side
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly limit?: Price
  /** Of a stop-limit: the last price at which the venue enters it. */
  readonly stop?: Price
  readonly quantity: Quantity
  /** When it was journalled: the start of the time window in which a lost one is looked for. */
  readonly createdAt: EpochMs
}

export interface AmendRequest extends VenueOrder {
  /** The order whose open part is to continue under `orderId`. */
  readonly replaces: OrderId
  readonly replacesVenueOrderId: VenueOrderId
}

export interface CancelRequest {
  readonly orderId: OrderId
  readonly venueOrderId: VenueOrderId
  readonly instrument: InstrumentId
  readonly venue: Route
}

/** An order the trader knows from its journal; told to the client after a restart, so that pushes find their order. */
export interface KnownOrder extends VenueOrder {
  readonly venueOrderId: VenueOrderId
  readonly filled: Quantity
  /** A cancel of it was asked for and never answered: `ask` then also says whether that arrived. */
  readonly cancelling?: boolean
}

/** What the broker says was done today: for the proof line and the nightly check. */
export interface DayTotals {
  readonly commission: Money
  readonly tax: Money
}

/**
 * Orders at one party. Nothing here is awaited for its meaning: every outcome is an `OrderReport` through `sink`.
 * A call never sends twice: a lost reply becomes `lost`, and `ask` settles it.
 */
export interface ExecutionClient {
  readonly environment: Environment
  start(sink: (report: OrderReport | AccountReport) => void): Promise<Result<void, VenueError>>
  stop(): Promise<void>
  adopt(orders: readonly KnownOrder[]): void
  place(order: VenueOrder): void
  amend(order: AmendRequest): void
  cancel(order: CancelRequest): void
  /**
   * What became of this order? Settled from the venue's order list, by number when known, else by fingerprint
   * (instrument, side, quantity, price, type, time, not one of our known numbers). Answers with `accepted`, `fill`,
   * `closed`, `rejected` or, after a second look, `absent`.
   */
  ask(
    order: VenueOrder & {
      readonly venueOrderId?: VenueOrderId
      readonly replaces?: OrderId
      readonly filled: Quantity
    },
  ): void
  /** Asks for cash and holdings; the answer is an `account` report. A failed query answers nothing: unknown is not empty. */
  askAccount(): void
  dayTotals(): Promise<Result<DayTotals, VenueError>>
}
