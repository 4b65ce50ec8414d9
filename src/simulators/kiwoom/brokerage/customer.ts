import type { Account } from '../../../matching/account.ts'
import type { AccountFill, AccountOrder } from '../../../matching/account-records.ts'
import type { InstrumentId } from '../../../model/ids.ts'
import type { KoreanRoute, KoreanVenue } from '../../../model/instrument.ts'
import type { Tape } from '../market/tape.ts'
import type { OrderKind } from './order-kinds.ts'

/** 통신구분 of order lists: this interface, or the customer's own hand in the HTS (the second word is assumed). */
export type Channel = 'REST API' | '영웅문4'

/** What the wire says of an order beyond the account's own record. */
export interface Ticket {
  /** Of KRX, whatever the venue. */
  readonly tape: Tape
  readonly kind: OrderKind
  /** What the order asked for. */
  readonly route: KoreanRoute
  /** Where it went. */
  readonly venue: KoreanVenue
  /** Trigger of a stop-limit order. */
  readonly stop?: number
  readonly channel: Channel
  /** Its number at that venue; 0 for a cancel and for an order the exchange refused. */
  readonly exchangeNumber: number
}

/** The holder of one account and one app key. */
export interface Customer {
  readonly appKey: string
  /** Account number, ten digits. */
  readonly number: string
  /** kt00004 shows it. */
  readonly holder: string
  readonly account: Account
  readonly tickets: Map<number, Ticket>
  nextNumber(): number
}

export interface BrokerOrder {
  readonly order: AccountOrder
  readonly ticket: Ticket
}

/** The day's order list, oldest first. */
export const brokerOrders = ({ account, tickets }: Customer): readonly BrokerOrder[] =>
  account.orders().flatMap((order) => {
    const ticket = tickets.get(order.number)
    return ticket ? [{ order, ticket }] : []
  })

/** Won per share of what filled, cut to the won. */
export const averageFill = ({ filled, filledValue }: AccountOrder): number =>
  filled === 0 ? 0 : Math.trunc(filledValue / filled)

/** `접수` until something filled, `체결` after. */
export const orderState = (order: AccountOrder): string =>
  order.state === 'refused' ? '거부' : order.filled > 0 ? '체결' : '접수'

/** 주문구분 with its colour sign: `+매수`, `-매도`, `매수정정`, `매도취소` … */
export function orderAction({ action, side }: AccountOrder): string {
  const word = side === 'buy' ? '매수' : '매도'
  if (action === 'amend') return `${word}정정`
  if (action === 'cancel') return `${word}취소`
  return side === 'buy' ? `+${word}` : `-${word}`
}

export interface Sales {
  readonly quantity: number
  readonly sold: number
  readonly cost: number
  /** Of the sales alone. */
  readonly commission: number
  readonly tax: number
  readonly profit: number
}

const NO_SALES: Sales = { quantity: 0, sold: 0, cost: 0, commission: 0, tax: 0, profit: 0 }

/** The day's sales together, or those of one instrument. */
export const salesOf = (account: Account, instrument?: InstrumentId): Sales =>
  account
    .fills()
    .filter((fill) => fill.side === 'sell' && (instrument === undefined || fill.instrument === instrument))
    .reduce(addSale, NO_SALES)

const addSale = (sum: Sales, fill: AccountFill): Sales => ({
  quantity: sum.quantity + fill.quantity,
  sold: sum.sold + fill.value,
  cost: sum.cost + fill.cost,
  commission: sum.commission + fill.commission,
  tax: sum.tax + fill.tax,
  profit: sum.profit + fill.realizedPnl,
})
