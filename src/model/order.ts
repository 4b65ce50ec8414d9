import type { Brand } from '../std/brand.ts'
import type { EpochMs } from '../std/clock.ts'
import type { ConditionId, InstrumentId, OrderId, VenueOrderId } from './ids.ts'
import type { Route, Venue } from './instrument.ts'
import type { Money, Price, Quantity } from './money.ts'
import type { OrderStatus } from './order-table.ts'
import type { VenueError } from './venue-error.ts'

export type Side = 'buy' | 'sell'

/**
 * limit 지정가 · market 시장가 · conditional 조건부지정가 · best 최유리 · priority 최우선 · mid 중간가 ·
 * stopLimit 스톱지정가 · preClose 장전 시간외 종가 · postClose 장후 시간외 종가
 */
export const EVERY_ORDER_TYPE = [
  'limit',
  'market',
  'conditional',
  'best',
  'priority',
  'mid',
  'stopLimit',
  'preClose',
  'postClose',
] as const
export type OrderType = (typeof EVERY_ORDER_TYPE)[number]

/** gtp: until the end of the NXT pre-market, 08:50. Source: NXT order types since 2026-09-14; rule book §1.4. */
export const EVERY_TIME_IN_FORCE = ['day', 'ioc', 'fok', 'gtp'] as const
export type TimeInForce = (typeof EVERY_TIME_IN_FORCE)[number]

/** Why we leave: each round trip keeps one. `condition` is a sell condition, `signal` a strategy; `atr` a volatility stop. */
export type ExitKind =
  | 'condition'
  | 'signal'
  | 'stopLoss'
  | 'takeProfit'
  | 'trailing'
  | 'atr'
  | 'time'
  | 'endOfDay'
  | 'manual'
  | 'flatten'
  /** No order: the shares left with their listing. */
  | 'delisting'

export type Purpose =
  | { readonly to: 'enter'; readonly condition?: ConditionId }
  | { readonly to: 'exit'; readonly kind: ExitKind }

/** A wish: what portfolio or the operator would like to do. Nobody may send it. */
export interface OrderIntent {
  readonly instrument: InstrumentId
  readonly venue: Route
  readonly side: Side
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  /** Absent for types without a price (market, best, priority, mid). */
  readonly limit?: Price
  /** Of a stop-limit: the last price at which the venue enters the limit order. */
  readonly stop?: Price
  readonly quantity: Quantity
  readonly purpose: Purpose
  /** One sentence for people, Korean: it follows the order into log, screen and report. */
  readonly reason: string
  /** Set when this order amends another: the open part of that one continues under this. */
  readonly replaces?: OrderId
  /**
   * Set on a new order that carries on the rest of a cancelled one (unfilled → market): what was bought by that one
   * does not count as a holding that forbids it. The venue hears nothing of the link.
   */
  readonly continues?: OrderId
  /** A market order was wished and the venue takes none: it is chased until it is filled. */
  readonly insteadOfMarket?: boolean
}

/** An intent that risk has allowed. Only `review()` makes one. */
export type ApprovedOrder = Brand<OrderIntent & { readonly id: OrderId }, 'ApprovedOrder'>

/** An order as execution knows it. Edited by nobody but `trading/execution`. */
export interface Order extends OrderIntent {
  readonly id: OrderId
  readonly status: OrderStatus
  readonly venueOrderId?: VenueOrderId
  readonly filled: Quantity
  /** Sum of fill prices × quantities: fees and taxes are counted from it per order. */
  readonly filledValue: Money
  /** When it was created, and when something last happened to it. */
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
  /** When the venue last said, asked, what became of it: its fills until then are known. */
  readonly confirmedAt?: EpochMs
  /** The order that continues this one after an amend. */
  readonly replacedBy?: OrderId
  /** What was last heard of it while it was in doubt, in the venue's or the adapter's words. */
  readonly doubt?: VenueError
}

export const openQuantity = (order: Order): Quantity => (order.quantity - order.filled) as Quantity

/** A piece of one of our orders that traded. `cumulative` is the order's filled quantity after it: the key against doubles. */
export interface Fill {
  readonly orderId: OrderId
  readonly instrument: InstrumentId
  readonly venue: Venue
  readonly side: Side
  readonly price: Price
  readonly quantity: Quantity
  readonly cumulative: Quantity
  readonly at: EpochMs
}
