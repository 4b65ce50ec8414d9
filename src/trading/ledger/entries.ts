import type { InstrumentId, OrderId } from '../../model/ids.ts'
import { type Money, minus, NO_WON, negate, plus, sum } from '../../model/money.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'

/**
 * Where money can be. Debit is positive, credit negative, so that every posting sums to zero.
 * cash: after settlement (d+2) · shares: at purchase price, fees apart · commission and tax: spent ·
 * gains: sale value less the cost that left, a profit is a credit (negative) · capital: what the day began with ·
 * corrections: what the broker knew and we did not.
 */
export type Account = 'cash' | 'shares' | 'commission' | 'tax' | 'gains' | 'capital' | 'corrections'

export interface Entry {
  readonly account: Account
  readonly amount: Money
  /** Whose shares; only for `shares`. */
  readonly instrument?: InstrumentId
}

/** One dated, balanced change of the books. */
export interface Posting {
  readonly kind: 'opening' | 'fill' | 'correction' | 'delisting'
  readonly at: EpochMs
  readonly orderId?: OrderId
  /** One sentence for people: why it was posted. */
  readonly memo: string
  readonly entries: readonly Entry[]
}

export type Balances = Readonly<Record<Account, Money>>

export const NO_BALANCES: Balances = {
  cash: NO_WON,
  shares: NO_WON,
  commission: NO_WON,
  tax: NO_WON,
  gains: NO_WON,
  capital: NO_WON,
  corrections: NO_WON,
}

/** Errors: entries that do not sum to zero break an invariant. */
export function balanced(posting: Posting): Posting {
  const difference = sum(posting.entries.map((entry) => entry.amount))
  invariant(difference === 0, `the entries of a posting sum to zero, not ${difference}: ${posting.memo}`)
  return posting
}

export function applied(balances: Balances, posting: Posting): Balances {
  const next = { ...balances }
  for (const { account, amount } of posting.entries) next[account] = plus(next[account], amount)
  return next
}

/** Bought `value` worth of shares and paid `fee` for it. */
export const boughtEntries = (instrument: InstrumentId, value: Money, fee: Money): Entry[] => [
  { account: 'shares', amount: value, instrument },
  { account: 'commission', amount: fee },
  { account: 'cash', amount: negate(plus(value, fee)) },
]

/** Sold shares that had cost `cost` for `value`, less `fee` and `tax`. */
export const soldEntries = (
  instrument: InstrumentId,
  { value, cost, fee, tax }: { value: Money; cost: Money; fee: Money; tax: Money },
): Entry[] => [
  { account: 'cash', amount: minus(minus(value, fee), tax) },
  { account: 'commission', amount: fee },
  { account: 'tax', amount: tax },
  { account: 'shares', amount: negate(cost), instrument },
  { account: 'gains', amount: minus(cost, value) },
]

/** Lets `other` carry whatever the given entries leave open. */
export const against = (other: 'capital' | 'corrections', entries: readonly Entry[]): Entry[] => [
  ...entries,
  { account: other, amount: negate(sum(entries.map((entry) => entry.amount))) },
]
