import { fewerShares, minusShares, NO_SHARES, plusShares, type Quantity, quantity } from '../model/money.ts'
import { type BookSide, inPriority, isBetter, type PricedOrder } from './book-side.ts'
import type { LiveOrder } from './order-queue.ts'
import type { BookLevel } from './types.ts'

/** What an order gets in an auction. */
export interface Share {
  readonly order: LiveOrder
  readonly quantity: Quantity
}

/** Which orders of a side trade in the auction `outcome`, by price, then time. */
export function shareInPriority(
  book: BookSide,
  deemed: PricedOrder['price'] | undefined,
  outcome: BookLevel,
): Share[] {
  const shares: Share[] = []
  let left = outcome.quantity
  for (const { order, price } of inPriority(book, deemed)) {
    if (left === 0 || isBetter(book.side, outcome.price, price)) break
    const taken = fewerShares(order.open, left)
    shares.push({ order, quantity: taken })
    left = minusShares(left, taken)
  }
  return shares
}

/**
 * The exception for a first price at the limit: orders at that price count as simultaneous (동시호가). Better-priced ones, if
 * any, fill first; the rest is handed out from the largest order to the smallest: 100 trading units each, then half of
 * each one's balance (half a share counts as one), then all of it.
 * Source: KRX English site, quantity allocation when the opening price is formed at a limit; rule book §1.9.
 */
export function shareSimultaneously(
  book: BookSide,
  deemed: PricedOrder['price'] | undefined,
  outcome: BookLevel,
): Share[] {
  const shares: Share[] = []
  const rivals: LiveOrder[] = []
  let left = outcome.quantity
  for (const { order, price } of inPriority(book, deemed)) {
    if (isBetter(book.side, outcome.price, price)) break
    if (price === outcome.price) rivals.push(order)
    else {
      shares.push({ order, quantity: order.open })
      left = minusShares(left, order.open)
    }
  }
  rivals.sort((a, b) => b.open - a.open || a.priority - b.priority)
  const given = handOut(
    rivals.map(({ open }) => open),
    left,
  )
  rivals.forEach((order, index) => {
    const taken = given[index] ?? NO_SHARES
    if (taken > 0) shares.push({ order, quantity: taken })
  })
  return shares
}

const FIRST_ROUND = quantity(100)

/** `wanted` from the largest to the smallest; gives each one's part of `total`. */
export function handOut(wanted: readonly Quantity[], total: Quantity): Quantity[] {
  const given = wanted.map(() => NO_SHARES)
  let left = total
  const round = (portion: (balance: Quantity) => Quantity) => {
    wanted.forEach((all, index) => {
      const balance = minusShares(all, given[index] ?? NO_SHARES)
      const part = fewerShares(fewerShares(portion(balance), balance), left)
      given[index] = plusShares(given[index] ?? NO_SHARES, part)
      left = minusShares(left, part)
    })
  }
  round(() => FIRST_ROUND)
  round((balance) => quantity(Math.ceil(balance / 2)))
  round((balance) => balance)
  return given
}
