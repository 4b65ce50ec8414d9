import { holdFor } from '../model/charges.ts'
import type { InstrumentId } from '../model/ids.ts'
import { type Money, NO_SHARES, NO_WON, type Price, price, type Quantity, quantity } from '../model/money.ts'
import type { OrderType, Side } from '../model/order.ts'
import type { EpochMs } from '../std/clock.ts'
import type { AccountOrder, AccountOrderRequest, AccountOrderState } from './account-records.ts'

/** The broker's own, changing record of an order. */
export interface BookedOrder {
  readonly number: number
  readonly action: AccountOrder['action']
  readonly original: number
  readonly base: number
  readonly request: AccountOrderRequest
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  /** The dearest a share of a buy can get; 0 for a sell. */
  readonly worst: Price
  readonly quantity: Quantity
  readonly enteredAt: EpochMs
  filled: Quantity
  open: Quantity
  gone: Quantity
  state: AccountOrderState
  filledValue: Money
  commission: Money
  tax: Money
  hold: Money
  confirmed: Quantity
  updatedAt: EpochMs
  note: string
}

export function bookOrder(
  request: AccountOrderRequest,
  entry: Pick<AccountOrder, 'number' | 'action' | 'original' | 'base'> & { readonly at: EpochMs },
): BookedOrder {
  const { number, action, original, base, at } = entry
  return {
    number,
    action,
    original,
    base,
    request,
    instrument: request.instrument,
    side: request.side,
    type: request.type,
    worst: request.side === 'buy' ? worstPriceOf(request) : price(0),
    quantity: request.quantity,
    enteredAt: at,
    filled: NO_SHARES,
    open: request.quantity,
    gone: NO_SHARES,
    state: 'open',
    filledValue: NO_WON,
    commission: NO_WON,
    tax: NO_WON,
    hold: NO_WON,
    confirmed: NO_SHARES,
    updatedAt: at,
    note: '',
  }
}

/** What one share would hold if trading were free. */
const worstPriceOf = (request: AccountOrderRequest): Price =>
  price(
    holdFor({
      ...request,
      quantity: quantity(1),
      schedule: { rate: { numerator: 0, denominator: 1 }, unit: 1 },
    }),
  )

export function viewOrder(order: BookedOrder): AccountOrder {
  const { request, worst: _worst, note, ...rest } = order
  return {
    ...rest,
    ...(request.limit === undefined ? {} : { limit: request.limit }),
    ...(note === '' ? {} : { note }),
  }
}
