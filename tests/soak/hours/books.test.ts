import { describe, expect, it } from 'vitest'
import { type AccountTruth, type Books, differences, overNight } from './books.ts'

const truth: AccountTruth = {
  balance: { d1: 49_000_000, d2: 48_000_000, d2Buy: 1_500_000, d2Sell: 500_000 },
  totals: { commission: 230, tax: 90 },
  holdings: [{ instrument: '005930', quantity: 14, cost: 1_000_000, fees: 150 }],
  fills: [{}, {}, {}],
}
const books: Books = {
  cash: 48_000_000,
  commission: 230,
  tax: 90,
  corrections: 0,
  fills: 3,
  shares: { '005930': 14 },
  open: 0,
  feed: 'live',
  urgent: 0,
}

describe('books beside the account', () => {
  it('are right when every number is, and when one fill tells what two were', () => {
    expect(differences(books, truth)).toEqual([])
    expect(differences({ ...books, fills: 2 }, truth)).toEqual([])
  })

  it.each<readonly [string, Partial<Books>]>([
    ['cash', { cash: 48_000_001 }],
    ['commission', { commission: 229 }],
    ['tax', { tax: 91 }],
    ['fills', { fills: 4 }],
    ['corrections', { corrections: 5 }],
    ['shares of 005930', { shares: { '005930': 13 } }],
    ['shares of 000660', { shares: { '005930': 14, '000660': 1 } }],
  ])('name a difference in %s', (what, change) => {
    expect(differences({ ...books, ...change }, truth)).toEqual([expect.stringContaining(what)])
  })

  it('go over the night with what settles', () =>
    expect(overNight(truth)).toEqual({
      cash: 49_000_000,
      unsettled: { buy: 1_500_000, sell: 500_000 },
      holdings: truth.holdings,
    }))
})
