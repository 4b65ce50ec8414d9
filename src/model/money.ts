import type { Brand } from '../std/brand.ts'
import { broken, invariant } from '../std/invariant.ts'

/**
 * Exact numbers: branded safe integers. KRW counts won, USD counts 1/10,000 dollar, a quantity counts whole shares.
 * Only this file multiplies and divides them; every rounding has a name. An engine keeps one account in one currency: there
 * `Money` is an amount in its smallest unit, whichever that is.
 */
export type Currency = 'KRW' | 'USD'
export type Price = Brand<number, 'Price'>
export type Quantity = Brand<number, 'Quantity'>
export type Money<C extends Currency = 'KRW'> = Brand<number, `Money:${C}`>

/** How many units of `Price` and `Money` make one of the currency: a won is one, a dollar 10,000. */
export const unitsOf = (currency: Currency): number => (currency === 'USD' ? 10_000 : 1)

/** A rate as an exact fraction: 0.015 % is `{ numerator: 15, denominator: 100_000 }`. */
export interface Rate {
  readonly numerator: number
  readonly denominator: number
}

const exact = (value: number, what: string): number => {
  if (!Number.isSafeInteger(value)) broken(`${what} leaves the safe integers: ${value}`)
  return value === 0 ? 0 : value // no -0: it prints and compares badly
}

export const price = (value: number): Price => {
  if (value < 0) broken(`a price is not negative: ${value}`)
  return exact(value, 'price') as Price
}

export const quantity = (value: number): Quantity => {
  if (value < 0) broken(`a quantity is not negative: ${value}`)
  return exact(value, 'quantity') as Quantity
}

export const krw = (value: number): Money<'KRW'> => exact(value, 'won') as Money<'KRW'>

export const NO_SHARES = quantity(0)
export const NO_WON = krw(0)

/** Price times shares, in the price's own unit. */
export const notional = (each: Price, shares: Quantity): Money => krw(each * shares)

export const plus = <C extends Currency>(a: Money<C>, b: Money<C>): Money<C> =>
  exact(a + b, 'sum') as Money<C>
export const minus = <C extends Currency>(a: Money<C>, b: Money<C>): Money<C> =>
  exact(a - b, 'difference') as Money<C>
export const negate = <C extends Currency>(a: Money<C>): Money<C> => exact(-a, 'negation') as Money<C>
export const sum = <C extends Currency>(values: Iterable<Money<C>>): Money<C> => {
  let total = 0 as Money<C>
  for (const value of values) total = plus(total, value)
  return total
}

export const plusShares = (a: Quantity, b: Quantity): Quantity => quantity(a + b)
/** Breaks an invariant when more is taken than there is. */
export const minusShares = (a: Quantity, b: Quantity): Quantity => quantity(a - b)
export const fewerShares = (a: Quantity, b: Quantity): Quantity => (a <= b ? a : b)

/** `amount × rate`, cut down to a multiple of `unit`. For amounts that are not negative. Used for fees and taxes. */
export function floorShare<C extends Currency>(amount: Money<C>, rate: Rate, unit = 1): Money<C> {
  if (amount < 0) broken(`a fee is taken from an amount that is not negative: ${amount}`)
  const units = floorQuotient(amount, rate.numerator, rate.denominator, unit)
  return exact(units * unit, 'share of an amount') as Money<C>
}

/** `amount × rate`, rounded up to a multiple of `unit`: for holds, which must never be too small. */
export function ceilShare<C extends Currency>(amount: Money<C>, rate: Rate, unit = 1): Money<C> {
  if (amount < 0) broken(`a hold is taken from an amount that is not negative: ${amount}`)
  const units = -floorQuotient(-amount, rate.numerator, rate.denominator, unit)
  return exact(units * unit, 'share of an amount') as Money<C>
}

/** `amount × part / whole`, cut towards zero: the cost that leaves with `part` of `whole` shares. */
export function floorPart<C extends Currency>(amount: Money<C>, part: number, whole: number): Money<C> {
  if (!(whole > 0 && part >= 0 && part <= whole)) broken(`a part lies inside its whole: ${part} of ${whole}`)
  const size = floorQuotient(Math.abs(amount), part, whole, 1)
  return exact(amount < 0 ? -size : size, 'part of an amount') as Money<C>
}

/**
 * `amount × numerator / (denominator × unit)`, cut down. Plain numbers are exact while both products are safe integers: a
 * remainder is, and so is the division of what is left. Beyond that the same with big integers, twenty times slower.
 */
function floorQuotient(amount: number, numerator: number, denominator: number, unit: number): number {
  const product = amount * numerator
  const scale = denominator * unit
  if (Number.isSafeInteger(product) && Number.isSafeInteger(scale)) {
    const rest = product % scale
    return (product - (rest < 0 ? rest + scale : rest)) / scale
  }
  const [wide, by] = [BigInt(amount) * BigInt(numerator), BigInt(denominator) * BigInt(unit)]
  return Number(wide >= 0n ? wide / by : -((by - 1n - wide) / by))
}

/** How many shares fit into `amount` at `each`, cut down. */
export function sharesFor(amount: Money, each: Price): Quantity {
  invariant(each > 0, 'shares are counted at a price above 0')
  return quantity(amount <= 0 ? 0 : Math.floor(amount / each))
}

/** Bridge to the approximate world: the average of a cost, for comparison with ratios and for display. */
export const perShare = (cost: Money, shares: Quantity): number => (shares === 0 ? 0 : cost / shares)
