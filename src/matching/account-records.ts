import type { InstrumentId } from '../model/ids.ts'
import type { PriceBand } from '../model/instrument.ts'
import type { Money, Price, Quantity } from '../model/money.ts'
import type { OrderType, Side } from '../model/order.ts'
import type { EpochMs } from '../std/clock.ts'

/** Why the broker does not take an order; the numbers that decided are with it. */
export type AccountRefusal =
  | { readonly code: 'instrumentUnknown' }
  | { readonly code: 'quantityZero' }
  /** 주문가능금액 부족 */
  | { readonly code: 'cashShort'; readonly needed: Money; readonly available: Money }
  /** 매도가능수량 부족 */
  | { readonly code: 'sharesShort'; readonly wanted: Quantity; readonly sellable: Quantity }
  /** An amend or cancel of an order that is not open, or of more than is open. */
  | { readonly code: 'nothingOpen'; readonly wanted: Quantity; readonly open: Quantity }

/** What the broker needs to know of a new order. `band` and `last` bound the cash of a buy without a limit. */
export interface AccountOrderRequest {
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  readonly limit?: Price
  readonly quantity: Quantity
  readonly band: PriceBand | undefined
  readonly last: Price
}

export type AccountOrderState = 'open' | 'filled' | 'closed' | 'refused'

/**
 * One line of the day's order list. An amend is an order of its own (it takes over what was open), a cancel too (it never
 * trades). Quantities: `quantity` = `filled` + `open` + `gone`.
 */
export interface AccountOrder {
  /** The broker's number, 1, 2, 3 … of the day. */
  readonly number: number
  readonly action: 'new' | 'amend' | 'cancel'
  /** 원주문번호: what an amend or cancel acts on; 0 for a new order. */
  readonly original: number
  /** 모주문번호: the first order of the chain; its own number for a new order. */
  readonly base: number
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  readonly limit?: Price
  readonly quantity: Quantity
  readonly filled: Quantity
  readonly open: Quantity
  /** Cancelled, moved to an amending order, expired or refused. */
  readonly gone: Quantity
  readonly state: AccountOrderState
  /** Price × shares of all fills. */
  readonly filledValue: Money
  /** Of this order number so far. */
  readonly commission: Money
  readonly tax: Money
  /** Cash held for the open part of a buy. */
  readonly hold: Money
  /** 확인수량 of an amend or cancel. */
  readonly confirmed: Quantity
  readonly enteredAt: EpochMs
  readonly updatedAt: EpochMs
  /** Why it was refused, or how its open part ended. */
  readonly note?: string
}

/** One fill with what it did to the account. The four amounts of a fill conserve: see `createAccount`. */
export interface AccountFill {
  /** 체결번호 */
  readonly number: number
  readonly order: number
  readonly instrument: InstrumentId
  readonly side: Side
  readonly price: Price
  readonly quantity: Quantity
  /** The order's filled quantity after it. */
  readonly cumulative: Quantity
  readonly value: Money
  /** What this fill adds to the order's commission and tax: the order's total is cut, not each fill. */
  readonly commission: Money
  readonly tax: Money
  /** Cash after settlement changes by so much. */
  readonly cashChange: Money
  /** Cost (매입금액) that came in with a buy, or left with a sale. */
  readonly cost: Money
  /** Buy commission that left with a sale; 0 for a buy. */
  readonly buyFees: Money
  /** value − cost − commission − tax of a sale (Kiwoom's 당일매도손익: the buy commission is not in it); 0 for a buy. */
  readonly realizedPnl: Money
  readonly at: EpochMs
}

export interface AccountHolding {
  readonly instrument: InstrumentId
  readonly quantity: Quantity
  /** Not bound in open sell orders (매매가능수량). */
  readonly sellable: Quantity
  /** Purchase prices × shares of what is still held, without fees (매입금액). */
  readonly cost: Money
  /** Buy commission of what is still held (매입수수료). */
  readonly fees: Money
  readonly boughtToday: Quantity
  readonly soldToday: Quantity
  /** Held before today's first order. */
  readonly heldBefore: Quantity
}

/** 예수금상세현황. `d1` is tomorrow (yesterday's trades settle), `d2` the day after (today's trades settle). */
export interface AccountBalance {
  /** 예수금: settled cash. Today's trades do not move it. */
  readonly entr: Money
  readonly d1Buy: Money
  readonly d1Sell: Money
  readonly d1: Money
  readonly d2Buy: Money
  readonly d2Sell: Money
  /** D+2 추정예수금: cash once everything traded so far has settled. */
  readonly d2: Money
  /** Held by open buys. */
  readonly held: Money
  /** 주문가능금액 at 100 % margin: d2 − held, at least 0. */
  readonly buyingPower: Money
  /** 출금가능금액: what is settled and neither spent nor held. */
  readonly withdrawable: Money
}

export interface AccountTotals {
  readonly bought: Money
  readonly sold: Money
  readonly commission: Money
  readonly tax: Money
  readonly realizedPnl: Money
}
