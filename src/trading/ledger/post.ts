import { type CommissionSchedule, commission, saleLevies } from '../../model/charges.ts'
import type { ConditionId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import {
  floorPart,
  type Money,
  minus,
  minusShares,
  NO_SHARES,
  NO_WON,
  notional,
  type Price,
  plus,
  plusShares,
  type Quantity,
} from '../../model/money.ts'
import type { ExitKind, Fill, Order } from '../../model/order.ts'
import type { Position, RoundTrip } from '../../model/position.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import { balanced, boughtEntries, type Posting, soldEntries } from './entries.ts'

/** A position and what was already sold of it since it was opened. Plain data. */
export interface Holding {
  readonly position: Position
  readonly trip: Trip
}

/** A round trip under way: sums over the partial sales so far. */
export interface Trip {
  readonly entry: string
  readonly quantity: Quantity
  readonly buyValue: Money
  readonly sellValue: Money
  readonly buyFees: Money
  readonly sellFees: Money
  readonly tax: Money
}

/** What a fill did to the books. */
export interface Posted {
  readonly posting: Posting
  /** `undefined`: nothing is held any more. */
  readonly holding: Holding | undefined
  /** Net of all fees and tax; 0 for a buy. */
  readonly realizedPnl: Money
  /** Net result of the trip so far, given by a sale. */
  readonly tripPnl?: Money
  readonly roundTrip?: RoundTrip
}

export const newTrip = (entry: string): Trip => ({
  entry,
  quantity: NO_SHARES,
  buyValue: NO_WON,
  sellValue: NO_WON,
  buyFees: NO_WON,
  sellFees: NO_WON,
  tax: NO_WON,
})

const tripPnl = (trip: Trip): Money =>
  [trip.buyValue, trip.buyFees, trip.sellFees, trip.tax].reduce(minus, trip.sellValue)

/** The part of a cumulative charge that this fill owes: the order's charge after it less the charge before. */
const owed = (charge: (value: Money) => Money, before: Money, added: Money): Money =>
  minus(charge(plus(before, added)), charge(before))

/**
 * Posts a buy. `order` is the order before this fill. Commission counts over the order's filled value, so the fill owes
 * the difference (Kiwoom cuts it below 10 won per order, not per fill).
 */
export function postBuy(
  fill: Fill,
  order: Order,
  schedule: CommissionSchedule,
  before: Holding | undefined,
): Posted {
  const value = notional(fill.price, fill.quantity)
  const fee = owed((filled) => commission(schedule, filled), order.filledValue, value)
  return {
    posting: balanced({
      kind: 'fill',
      at: fill.at,
      orderId: fill.orderId,
      memo: order.reason,
      entries: boughtEntries(fill.instrument, value, fee),
    }),
    holding: {
      position: before
        ? enlarged(before.position, fill.quantity, value, fee)
        : opened(fill, order, value, fee),
      trip: before?.trip ?? newTrip(order.reason),
    },
    realizedPnl: NO_WON,
  }
}

function opened(fill: Fill, order: Order, cost: Money, fees: Money): Position {
  const condition: ConditionId | undefined =
    order.purpose.to === 'enter' ? order.purpose.condition : undefined
  return {
    instrument: fill.instrument,
    quantity: fill.quantity,
    cost,
    fees,
    openedAt: fill.at,
    ...(condition === undefined ? {} : { condition }),
  }
}

const enlarged = (position: Position, shares: Quantity, cost: Money, fees: Money): Position => ({
  ...position,
  quantity: plusShares(position.quantity, shares),
  cost: plus(position.cost, cost),
  fees: plus(position.fees, fees),
})

/**
 * Posts a sale. Cost and buy fees leave in proportion to the shares, cut towards zero (moving average); the last share
 * takes what is left. Errors: more shares than are held break an invariant.
 */
export function postSale(
  fill: Fill,
  order: Order,
  terms: { readonly schedule: CommissionSchedule; readonly day: TradingDay; readonly listing: Instrument },
  before: Holding,
): Posted {
  const { position } = before
  invariant(
    fill.quantity <= position.quantity,
    `a sale of ${fill.quantity} ${fill.instrument} exceeds the ${position.quantity} held`,
  )
  const sale = {
    value: notional(fill.price, fill.quantity),
    cost: floorPart(position.cost, fill.quantity, position.quantity),
    buyFees: floorPart(position.fees, fill.quantity, position.quantity),
    fee: NO_WON,
    tax: NO_WON,
  }
  sale.fee = owed((filled) => commission(terms.schedule, filled), order.filledValue, sale.value)
  const earlier = { value: order.filledValue, shares: order.filled }
  const after = { value: plus(earlier.value, sale.value), shares: plusShares(earlier.shares, fill.quantity) }
  const levies = (soFar: typeof after) => saleLevies(terms.listing, terms.day, soFar, terms.schedule)
  sale.tax = minus(levies(after), levies(earlier))

  const trip = sold(before.trip, fill.quantity, sale)
  const quantity = minusShares(position.quantity, fill.quantity)
  const left = {
    ...position,
    quantity,
    cost: minus(position.cost, sale.cost),
    fees: minus(position.fees, sale.buyFees),
  }
  return {
    posting: balanced({
      kind: 'fill',
      at: fill.at,
      orderId: fill.orderId,
      memo: order.reason,
      entries: soldEntries(fill.instrument, sale),
    }),
    holding: quantity === 0 ? undefined : { position: left, trip },
    realizedPnl: [sale.cost, sale.buyFees, sale.fee, sale.tax].reduce(minus, sale.value),
    tripPnl: tripPnl(trip),
    ...(quantity === 0
      ? { roundTrip: closed(trip, position, fill.at, exitKindOf(order), order.reason) }
      : {}),
  }
}

/**
 * Posts a delisting: all shares leave for what was paid for each, their whole cost with them. Without commission and tax: assumed,
 * no order was made.
 */
export function postDelisting(before: Holding, paid: Price, at: EpochMs, reason: string): Posted {
  const { position } = before
  const { instrument, quantity, cost, fees: buyFees } = position
  const sale = { value: notional(paid, quantity), cost, buyFees, fee: NO_WON, tax: NO_WON }
  const trip = sold(before.trip, quantity, sale)
  return {
    posting: balanced({ kind: 'delisting', at, memo: reason, entries: soldEntries(instrument, sale) }),
    holding: undefined,
    realizedPnl: [cost, buyFees].reduce(minus, sale.value),
    tripPnl: tripPnl(trip),
    roundTrip: closed(trip, position, at, 'delisting', reason),
  }
}

const sold = (
  trip: Trip,
  shares: Quantity,
  sale: { value: Money; cost: Money; buyFees: Money; fee: Money; tax: Money },
): Trip => ({
  entry: trip.entry,
  quantity: plusShares(trip.quantity, shares),
  buyValue: plus(trip.buyValue, sale.cost),
  sellValue: plus(trip.sellValue, sale.value),
  buyFees: plus(trip.buyFees, sale.buyFees),
  sellFees: plus(trip.sellFees, sale.fee),
  tax: plus(trip.tax, sale.tax),
})

const exitKindOf = (order: Order): ExitKind => (order.purpose.to === 'exit' ? order.purpose.kind : 'manual')

/** An entry with its exit: everything sold between opening a position and holding nothing again. */
export const closed = (
  trip: Trip,
  position: Position,
  closedAt: EpochMs,
  exit: ExitKind,
  exitReason: string,
): RoundTrip => ({
  instrument: position.instrument,
  quantity: trip.quantity,
  buyValue: trip.buyValue,
  sellValue: trip.sellValue,
  buyFees: trip.buyFees,
  sellFees: trip.sellFees,
  tax: trip.tax,
  realizedPnl: tripPnl(trip),
  openedAt: position.openedAt,
  closedAt,
  entry: trip.entry,
  exit,
  exitReason,
})
