import { type CommissionSchedule, commission, holdFor, transactionTax } from '../model/charges.ts'
import type { InstrumentId } from '../model/ids.ts'
import type { Instrument } from '../model/instrument.ts'
import {
  krw,
  type Money,
  minus,
  minusShares,
  NO_SHARES,
  NO_WON,
  negate,
  notional,
  type Price,
  plus,
  plusShares,
  type Quantity,
} from '../model/money.ts'
import type { TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'
import { invariant } from '../std/invariant.ts'
import { err, ok, type Result } from '../std/result.ts'
import { createAccountCash, type Unsettled } from './account-cash.ts'
import { createHoldings, type OpeningHolding } from './account-holdings.ts'
import { type BookedOrder, bookOrder, viewOrder } from './account-order.ts'
import type {
  AccountBalance,
  AccountFill,
  AccountHolding,
  AccountOrder,
  AccountOrderRequest,
  AccountRefusal,
  AccountTotals,
} from './account-records.ts'

export interface AccountSettings {
  readonly owner: string
  /** 예수금 when the day begins. */
  readonly cash: Money
  readonly day: TradingDay
  readonly schedule: CommissionSchedule
  readonly listing: (instrument: InstrumentId) => Instrument | undefined
  readonly holdings?: readonly OpeningHolding[]
  readonly unsettled?: Unsettled
  /** 체결번호 are unique over all accounts of a broker: hand in a shared counter. Default: 1, 2, 3 … of this account. */
  readonly nextFillNumber?: () => number
}

/** How the open part of an order ended without a fill. What an amend takes over is no such end. */
export type AccountClosing = 'cancelled' | 'unfilledRemainder' | 'selfTrade' | 'expired'

export interface AccountAmend {
  /** The order whose open part (or a part of it) is to continue. */
  readonly number: number
  readonly newNumber: number
  /** Absent: the price stays. */
  readonly limit?: Price
  /** How many shares move to the new number; 0 = all that is open. */
  readonly quantity: Quantity
  readonly at: EpochMs
}

/** A cash account as the broker keeps it for one day. Orders are named by the broker's own numbers. */
export interface Account {
  readonly owner: string
  readonly day: TradingDay
  /** Would the account take it? Gives the cash it would hold (0 for a sell). Changes nothing. */
  check(request: AccountOrderRequest): Result<Money, AccountRefusal>
  /** Checks, holds cash or binds shares, and enters the order under `number`. A refused one is not entered. */
  place(
    request: AccountOrderRequest & { readonly number: number; readonly at: EpochMs },
  ): Result<AccountOrder, AccountRefusal>
  /** Would an amend be taken? Gives the cash the new order would hold. */
  checkAmend(amend: Omit<AccountAmend, 'newNumber' | 'at'>): Result<Money, AccountRefusal>
  /** Moves open shares to a new number, with a hold of their own; what filled stays under the old number. */
  amend(amend: AccountAmend): Result<AccountOrder, AccountRefusal>
  /** Enters a cancel under `newNumber` and ends that much of `number` (0 = all that is open). */
  cancel(cancel: {
    readonly number: number
    readonly newNumber: number
    readonly quantity: Quantity
    readonly at: EpochMs
  }): Result<AccountOrder, AccountRefusal>
  /** The exchange refused an order that was already entered: nothing of it filled. Releases it. */
  refuse(number: number, note: string, at: EpochMs): AccountOrder
  fill(fill: {
    readonly number: number
    readonly price: Price
    readonly quantity: Quantity
    readonly at: EpochMs
  }): AccountFill
  /** The exchange ended `quantity` of what was open. */
  close(number: number, quantity: Quantity, why: AccountClosing, at: EpochMs): AccountOrder
  order(number: number): AccountOrder | undefined
  /** Orders, amends, cancels and refused ones of the day, oldest first. */
  orders(): readonly AccountOrder[]
  fills(): readonly AccountFill[]
  /** Of one order, oldest first. */
  fillsOf(number: number): readonly AccountFill[]
  holding(instrument: InstrumentId): AccountHolding | undefined
  /** What is held now, in the order in which it was first bought. */
  holdings(): readonly AccountHolding[]
  balance(): AccountBalance
  /** Of the day, or of one instrument. */
  totals(instrument?: InstrumentId): AccountTotals
}

/**
 * A broker's cash account for one day, kept without a look at anyone else's books.
 *
 * Cash: a buy costs value + commission, a sale brings value − commission − tax, both settle at d+2 and may be spent again at
 * once; `d2` is what there will be. Open buys hold their worst case at 100 % margin (limit, or the upper limit for an order
 * without one, plus commission), so `d2 − held` is never negative when the day opened with cash that was not.
 * Commission and tax are counted per ORDER number from its cumulative value and cut there; a fill owes the growth.
 * Cost is a moving average without fees: when `sold` of `held` shares leave, floor(cost × sold / held) leaves with them,
 * and the last share takes the rest. Buy commission follows the shares in the same way, in a column of its own.
 * Conservation: a buy has cashChange + cost + commission = 0; a sale has cashChange − cost + commission + tax =
 * value − cost.
 *
 * Errors: an unknown or reused number, or a fill or closing of more than is open, breaks an invariant.
 * Source: Kiwoom REST guide, kt00001 (entr, d1_entra, d2_entra), kt00018, ka10077 and the arithmetic of their examples;
 * rule book §1.11 (margin, settlement), §2.3 (cuts per order), §2.4 (moving average).
 */
export function createAccount(settings: AccountSettings): Account {
  const { owner, day, schedule, listing } = settings
  const cash = createAccountCash(settings.cash, settings.unsettled ?? { buy: NO_WON, sell: NO_WON })
  const holdings = createHoldings(settings.holdings ?? [])
  const orders = new Map<number, BookedOrder>()
  const fills: AccountFill[] = []
  let fillCount = 0
  const nextFillNumber = settings.nextFillNumber ?? (() => ++fillCount)

  const known = (number: number): BookedOrder => {
    const order = orders.get(number)
    invariant(order !== undefined, `order ${number} is not an order of ${owner}`)
    return order
  }

  const enter = (order: BookedOrder) => {
    invariant(!orders.has(order.number), `order number ${order.number} of ${owner} is used twice`)
    orders.set(order.number, order)
  }

  const setHold = (order: BookedOrder, hold: Money) => {
    cash.changeHold(order.hold, hold)
    order.hold = hold
  }

  /** Cash that `open` shares may still cost: their worst price, and the commission they can add to the order's own. */
  const holdOf = (order: BookedOrder, open: Quantity): Money => {
    if (order.side === 'sell' || open === 0) return NO_WON
    const rest = notional(order.worst, open)
    const most = commission(schedule, plus(order.filledValue, rest))
    return plus(rest, minus(most, order.commission))
  }

  const start = (order: BookedOrder, hold: Money) => {
    enter(order)
    setHold(order, hold)
    if (order.side === 'sell') holdings.bind(order.instrument, order.open)
  }

  /** Takes `shares` out of the open part without a fill. */
  const shrink = (order: BookedOrder, shares: Quantity, note: string, at: EpochMs) => {
    invariant(shares <= order.open, `order ${order.number}: ${shares} end but only ${order.open} are open`)
    order.open = minusShares(order.open, shares)
    order.gone = plusShares(order.gone, shares)
    order.updatedAt = at
    if (order.side === 'sell') holdings.unbind(order.instrument, shares)
    setHold(order, holdOf(order, order.open))
    if (order.open > 0) return
    order.state = order.gone > 0 ? 'closed' : 'filled'
    order.note = note
  }

  const check = (request: AccountOrderRequest, released = NO_WON): Result<Money, AccountRefusal> => {
    if (listing(request.instrument) === undefined) return err({ code: 'instrumentUnknown' })
    if (request.quantity <= 0) return err({ code: 'quantityZero' })
    if (request.side === 'sell') {
      const sellable = holdings.sellable(request.instrument)
      return request.quantity <= sellable
        ? ok(NO_WON)
        : err({ code: 'sharesShort', wanted: request.quantity, sellable })
    }
    const needed = holdFor({ ...request, schedule })
    const available = cash.available(released)
    return needed <= available ? ok(needed) : err({ code: 'cashShort', needed, available })
  }

  /** What an amend asks for: an order over `moved` shares, paid in part by what the old one no longer holds. */
  const amendedRequest = (
    order: BookedOrder,
    limit: Price | undefined,
    moved: Quantity,
  ): AccountOrderRequest => {
    const { limit: before, ...request } = order.request
    const now = limit ?? before
    return { ...request, quantity: moved, ...(now === undefined ? {} : { limit: now }) }
  }

  const openPart = (number: number, wanted: Quantity): Result<BookedOrder, AccountRefusal> => {
    const order = orders.get(number)
    const open = order?.open ?? NO_SHARES
    if (order === undefined || open === 0 || wanted > open) return err({ code: 'nothingOpen', wanted, open })
    return ok(order)
  }

  const checkAmend: Account['checkAmend'] = ({ number, limit, quantity: asked }) => {
    const found = openPart(number, asked)
    if (!found.ok) return found
    const order = found.value
    if (order.side === 'sell') return ok(NO_WON)
    const moved = asked || order.open
    const released = minus(order.hold, holdOf(order, minusShares(order.open, moved)))
    return check(amendedRequest(order, limit, moved), released)
  }

  const sell = (order: BookedOrder, shares: Quantity) => {
    const instrument = listing(order.instrument)
    invariant(instrument !== undefined, `${order.instrument} is held but not listed`)
    const tax = transactionTax(instrument, day, order.filledValue).total
    const growth = minus(tax, order.tax)
    order.tax = tax
    return { tax: growth, ...holdings.sell(order.instrument, shares) }
  }

  const fill: Account['fill'] = ({ number, price: each, quantity: shares, at }) => {
    const order = known(number)
    invariant(shares > 0 && shares <= order.open, `order ${number}: ${shares} fill, ${order.open} are open`)
    const value = notional(each, shares)
    order.open = minusShares(order.open, shares)
    order.filled = plusShares(order.filled, shares)
    order.filledValue = plus(order.filledValue, value)
    const owed = commission(schedule, order.filledValue)
    const fee = minus(owed, order.commission)
    order.commission = owed
    order.updatedAt = at
    if (order.open === 0) order.state = order.gone > 0 ? 'closed' : 'filled'

    const buys = order.side === 'buy'
    const left = buys ? { tax: NO_WON, cost: value, fees: NO_WON } : sell(order, shares)
    const cashChange = buys ? krw(-value - fee) : krw(value - fee - left.tax)
    if (buys) holdings.buy(order.instrument, shares, value, fee)
    cash.settle(order.side, buys ? negate(cashChange) : cashChange)
    setHold(order, holdOf(order, order.open))
    const record: AccountFill = {
      number: nextFillNumber(),
      order: number,
      instrument: order.instrument,
      side: order.side,
      price: each,
      quantity: shares,
      cumulative: order.filled,
      value,
      commission: fee,
      tax: left.tax,
      cashChange,
      cost: left.cost,
      buyFees: left.fees,
      realizedPnl: buys ? NO_WON : minus(cashChange, left.cost),
      at,
    }
    fills.push(record)
    return record
  }

  return {
    owner,
    day,
    check: (request) => check(request),
    place(request) {
      const hold = check(request)
      if (!hold.ok) return hold
      const order = bookOrder(request, {
        number: request.number,
        at: request.at,
        action: 'new',
        original: 0,
        base: request.number,
      })
      start(order, hold.value)
      return ok(viewOrder(order))
    },
    checkAmend,
    amend({ number, newNumber, limit, quantity: asked, at }) {
      const hold = checkAmend({ number, quantity: asked, ...(limit === undefined ? {} : { limit }) })
      if (!hold.ok) return hold
      const order = known(number)
      const moved = asked || order.open
      const next = bookOrder(amendedRequest(order, limit, moved), {
        number: newNumber,
        at,
        action: 'amend',
        original: number,
        base: order.base,
      })
      next.confirmed = moved
      shrink(order, moved, 'replaced', at)
      start(next, hold.value)
      return ok(viewOrder(next))
    },
    cancel({ number, newNumber, quantity: asked, at }) {
      const found = openPart(number, asked)
      if (!found.ok) return found
      const order = found.value
      const ended = asked || order.open
      const entry = bookOrder(
        { ...order.request, quantity: ended },
        { number: newNumber, at, action: 'cancel', original: number, base: order.base },
      )
      entry.open = NO_SHARES
      entry.gone = ended
      entry.confirmed = ended
      entry.state = 'closed'
      enter(entry)
      shrink(order, ended, 'cancelled', at)
      return ok(viewOrder(entry))
    },
    refuse(number, note, at) {
      const order = known(number)
      invariant(order.filled === 0, `order ${number} traded and cannot be refused`)
      shrink(order, order.open, note, at)
      order.state = 'refused'
      return viewOrder(order)
    },
    fill,
    close(number, shares, why, at) {
      const order = known(number)
      shrink(order, shares, why, at)
      return viewOrder(order)
    },
    order: (number) => {
      const order = orders.get(number)
      return order && viewOrder(order)
    },
    orders: () => [...orders.values()].map(viewOrder),
    fills: () => fills,
    fillsOf: (number) => fills.filter(({ order }) => order === number),
    holding: holdings.of,
    holdings: holdings.all,
    balance: cash.balance,
    totals: (instrument) =>
      totalsOf(instrument === undefined ? fills : fills.filter((each) => each.instrument === instrument)),
  }
}

function totalsOf(fills: readonly AccountFill[]): AccountTotals {
  let [bought, sold, paid, tax, realizedPnl] = [NO_WON, NO_WON, NO_WON, NO_WON, NO_WON]
  for (const each of fills) {
    if (each.side === 'buy') bought = plus(bought, each.value)
    else sold = plus(sold, each.value)
    paid = plus(paid, each.commission)
    tax = plus(tax, each.tax)
    realizedPnl = plus(realizedPnl, each.realizedPnl)
  }
  return { bought, sold, commission: paid, tax, realizedPnl }
}
