import { krw, type Money, minus, NO_WON, plus } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import type { AccountBalance } from './account-records.ts'

/** Yesterday's trades, which settle tomorrow (d+1), commission and tax included. */
export interface Unsettled {
  readonly buy: Money
  readonly sell: Money
}

/** Cash by the day it settles, and what open buys hold of it. */
export interface AccountCash {
  /** What a new buy may hold at most, `released` more than now. */
  available(released: Money): Money
  changeHold(from: Money, to: Money): void
  /** A trade of today: a cost of a buy, or proceeds of a sale, with costs and taxes. */
  settle(side: Side, amount: Money): void
  balance(): AccountBalance
}

export function createAccountCash(entr: Money, unsettled: Unsettled): AccountCash {
  const d1 = minus(plus(entr, unsettled.sell), unsettled.buy)
  let d2Buy = NO_WON
  let d2Sell = NO_WON
  let held = NO_WON
  const d2 = () => minus(plus(d1, d2Sell), d2Buy)
  const atLeastNothing = (amount: number) => krw(Math.max(0, amount))
  return {
    available: (released) => atLeastNothing(plus(minus(d2(), held), released)),
    changeHold(from, to) {
      held = plus(held, minus(to, from))
    },
    settle(side, amount) {
      if (side === 'buy') d2Buy = plus(d2Buy, amount)
      else d2Sell = plus(d2Sell, amount)
    },
    balance: () => ({
      entr,
      d1Buy: unsettled.buy,
      d1Sell: unsettled.sell,
      d1,
      d2Buy,
      d2Sell,
      d2: d2(),
      held,
      buyingPower: atLeastNothing(minus(d2(), held)),
      withdrawable: atLeastNothing(Math.min(entr, d1, minus(d2(), held))),
    }),
  }
}
