import { type CommissionSchedule, commission } from '../../model/charges.ts'
import {
  type Money,
  NO_SHARES,
  notional,
  type Price,
  plus,
  type Quantity,
  quantity,
  sharesFor,
} from '../../model/money.ts'

/**
 * How many shares `amount` buys at `each`, commission included: the most whose cost stays within the amount. 0 when
 * not even one does, or when no price is known.
 *
 * In: won. The commission is that of one order filled at `each`; fills at a better price cost less.
 */
export function sizeBuy(wish: {
  readonly amount: Money
  readonly each: Price
  readonly schedule: CommissionSchedule
}): Quantity {
  const { amount, each, schedule } = wish
  if (each === 0 || amount <= 0) return NO_SHARES
  const fits = (shares: number): boolean => {
    const value = notional(each, quantity(shares))
    return plus(value, commission(schedule, value)) <= amount
  }
  // Cost grows with every share, so the most that fits is found by halving; without fees is the upper end.
  let fitting = 0
  let tooMany = sharesFor(amount, each) + 1
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2)
    if (fits(middle)) fitting = middle
    else tooMany = middle
  }
  return quantity(fitting)
}
