import { NO_SHARES, price, type Quantity } from '../../model/money.ts'
import type { Account } from '../account.ts'
import type { AccountRefusal } from '../account-records.ts'
import type { Exchange, ExchangeEvent, ExchangeOrder, ExchangeRefusal, NewOrder } from '../types.ts'

/** What became of a request: the broker's own number, or who said no. */
export type Answer =
  | { readonly ok: true; readonly number: number }
  | { readonly ok: false; readonly refusal: AccountRefusal | ExchangeRefusal }

/** The smallest broker: its own numbers, and the exchange's events of an entry applied after the entry itself. */
export interface SmallBroker {
  /** Every event of the exchange; those of the account's own orders wait until the next `settle`. */
  hear(event: ExchangeEvent): void
  settle(): void
  place(order: Omit<NewOrder, 'owner'>): Answer
  /** So many of the open shares move to the new price; 0 = all that is open. */
  amend(number: number, limit: number, shares?: Quantity): Answer
  /** 0 = all that is open. */
  cancel(number: number, shares?: Quantity): Answer
  /** The exchange's view of one of our orders. */
  exchangeOrder(number: number): ExchangeOrder | undefined
}

export function createSmallBroker(exchange: Exchange, account: Account): SmallBroker {
  const heard: ExchangeEvent[] = []
  const ours = new Map<number, number>()
  const theirs = new Map<number, number>()
  let count = 0

  const settle = () => {
    for (const event of heard.splice(0)) {
      if (event.kind !== 'fill' && event.kind !== 'closed') continue
      const number = ours.get(event.number)
      if (number === undefined) continue
      if (event.kind === 'fill')
        account.fill({ number, price: event.price, quantity: event.quantity, at: event.at })
      else if (event.why !== 'replaced' && event.why !== 'cancelled')
        account.close(number, event.quantity, event.why, event.at)
    }
  }
  const join = (number: number, exchangeNumber: number): Answer => {
    ours.set(exchangeNumber, number)
    theirs.set(number, exchangeNumber)
    settle()
    return { ok: true, number }
  }
  const no = (refusal: AccountRefusal | ExchangeRefusal): Answer => ({ ok: false, refusal })

  return {
    settle,
    hear(event) {
      if ('owner' in event && event.owner === account.owner) heard.push(event)
    },
    place(order) {
      const state = exchange.state(order.instrument)
      const number = ++count
      const last = price(state?.last || state?.listing.today.basePrice || 0)
      const booked = account.place({ ...order, band: state?.band, last, number, at: exchange.now })
      if (!booked.ok) return no(booked.error)
      const entered = exchange.submit({ ...order, owner: account.owner })
      if (entered.ok) return join(number, entered.number)
      account.refuse(number, entered.refusal.code, exchange.now)
      settle()
      return no(entered.refusal)
    },
    amend(number, limit, shares = NO_SHARES) {
      const wish = { number, limit: price(limit), quantity: shares }
      const allowed = account.checkAmend(wish)
      if (!allowed.ok) return no(allowed.error)
      const amended = exchange.amend(theirs.get(number) ?? 0, { limit: wish.limit, quantity: shares })
      if (!amended.ok) return no(amended.refusal)
      account.amend({ ...wish, newNumber: ++count, at: exchange.now })
      return join(count, amended.number)
    },
    cancel(number, shares = NO_SHARES) {
      const cancelled = exchange.cancel(theirs.get(number) ?? 0, shares)
      if (!cancelled.ok) return no(cancelled.refusal)
      account.cancel({ number, newNumber: ++count, quantity: cancelled.quantity, at: exchange.now })
      settle()
      return { ok: true, number: count }
    },
    exchangeOrder: (number) => exchange.order(theirs.get(number) ?? 0),
  }
}
