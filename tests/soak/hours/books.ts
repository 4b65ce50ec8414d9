/** What the trader believes. */
export interface Books {
  /** D+2 cash, won. */
  readonly cash: number
  readonly commission: number
  readonly tax: number
  /** Won taken over from the broker without a trade of ours. */
  readonly corrections: number
  readonly fills: number
  readonly shares: Readonly<Record<string, number>>
  readonly open: number
  readonly feed: string
  /** Urgent notices of the day so far. */
  readonly urgent: number
}

interface Holding {
  readonly instrument: string
  readonly quantity: number
  readonly cost: number
  readonly fees: number
}

/** What the control port says of the account: the truth, past the adapter. */
export interface AccountTruth {
  readonly balance: {
    readonly d1: number
    readonly d2: number
    readonly d2Buy: number
    readonly d2Sell: number
  }
  readonly totals: { readonly commission: number; readonly tax: number }
  readonly holdings: readonly Holding[]
  readonly fills: readonly unknown[]
}

/** Each difference by name; empty when the books are right to the won and to the share. */
export function differences(
  books: Books,
  { balance, totals, holdings, fills }: AccountTruth,
): readonly string[] {
  const told = (what: string, ours: number, theirs: number) =>
    ours === theirs ? [] : [`${what} ${ours} instead of ${theirs}`]
  const held = new Map(holdings.map(({ instrument, quantity }) => [instrument, quantity]))
  const names = new Set([...Object.keys(books.shares), ...held.keys()])
  return [
    ...told('cash', books.cash, balance.d2),
    ...told('commission', books.commission, totals.commission),
    ...told('tax', books.tax, totals.tax),
    // Fewer is no fault: of fills whose frames were lost the lists tell one sum, exact in shares and won.
    ...(books.fills > fills.length ? told('fills', books.fills, fills.length) : []),
    ...told('corrections', books.corrections, 0),
    ...[...names].flatMap((name) => told(`shares of ${name}`, books.shares[name] ?? 0, held.get(name) ?? 0)),
  ]
}

/** The account as it is tomorrow: yesterday's trades have settled, today's are yesterday's. */
export const overNight = ({ balance, holdings }: AccountTruth) => ({
  cash: balance.d1,
  unsettled: { buy: balance.d2Buy, sell: balance.d2Sell },
  holdings: holdings
    .filter(({ quantity }) => quantity > 0)
    .map(({ instrument, quantity, cost, fees }) => ({ instrument, quantity, cost, fees })),
})
