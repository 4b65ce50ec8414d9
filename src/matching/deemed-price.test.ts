import { describe, expect, it } from 'vitest'
import { price } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import { deemedInCall, deemedInContinuous } from './deemed-price.ts'
import { createGrid } from './grid.ts'
import { DAY, listing } from './testing/test-exchange.ts'

const BAND = { upper: price(13_000), lower: price(7_000) }

interface Book {
  readonly last?: number
  /** Best first. */
  readonly bids?: readonly number[]
  readonly asks?: readonly number[]
}

const view = ({ last = 10_000, bids = [], asks = [] }: Book) => ({
  grid: createGrid(listing().instrument, DAY),
  band: BAND,
  last: price(last),
  bestBid: price(bids[0] ?? 0),
  lowestBid: price(bids.at(-1) ?? 0),
  bestAsk: price(asks[0] ?? 0),
  highestAsk: price(asks.at(-1) ?? 0),
})

type Row = readonly [law: string, side: Side, book: Book, deemed: number]

describe('the deemed price of a market order in a call auction (rule book §1.9)', () => {
  it.each<Row>([
    [
      'a buy is one tick above the best bid',
      'buy',
      { last: 9_900, bids: [10_010, 9_000], asks: [10_000] },
      10_020,
    ],
    [
      'a buy is the highest ask when that is further up',
      'buy',
      { bids: [10_010], asks: [10_050, 10_300] },
      10_300,
    ],
    [
      'a buy is the last price when that is further up',
      'buy',
      { last: 10_500, bids: [10_010], asks: [10_050] },
      10_500,
    ],
    ['a buy without any bid looks at asks and last', 'buy', { asks: [9_900, 9_950] }, 10_000],
    ['a buy stays inside the band', 'buy', { bids: [13_000] }, 13_000],
    [
      'a sell is one tick below the best ask',
      'sell',
      { last: 10_500, bids: [10_000], asks: [9_990, 12_000] },
      9_980,
    ],
    [
      'a sell is the lowest bid when that is further down',
      'sell',
      { bids: [9_950, 9_700], asks: [9_990] },
      9_700,
    ],
    [
      'a sell is the last price when that is further down',
      'sell',
      { last: 9_500, bids: [9_950], asks: [9_990] },
      9_500,
    ],
    ['a sell without any ask looks at bids and last', 'sell', { bids: [10_100, 10_050] }, 10_000],
    ['a sell stays inside the band', 'sell', { asks: [7_000] }, 7_000],
  ])('%s', (_, side, book, deemed) => {
    expect(deemedInCall(side, view(book), { buy: 1, sell: 1 })).toBe(deemed)
  })

  it.each([
    ['the last price when both totals are equal', { buy: 30, sell: 30 }, 10_000, 10_000],
    ['a tick above it when buys are larger', { buy: 31, sell: 30 }, 10_000, 10_010],
    ['a tick below it when sells are larger', { buy: 30, sell: 31 }, 10_000, 9_990],
    ['the upper limit when there is no tick above', { buy: 31, sell: 30 }, 13_000, 13_000],
    ['the lower limit when there is no tick below', { buy: 30, sell: 31 }, 7_000, 7_000],
  ])('with nothing but market orders both sides count as %s', (_, totals, last, deemed) => {
    expect(deemedInCall('buy', view({ last }), totals)).toBe(deemed)
    expect(deemedInCall('sell', view({ last }), totals)).toBe(deemed)
  })
})

describe('the deemed price of a resting market order in continuous trading (rule book §1.9)', () => {
  it.each<Row>([
    [
      'a buy is one tick above the best bid, whatever the last price',
      'buy',
      { last: 10_500, bids: [10_000] },
      10_010,
    ],
    ['a buy without a bid is the last price', 'buy', { last: 10_500 }, 10_500],
    ['a buy without a bid is the highest ask when that is above', 'buy', { asks: [10_010, 10_200] }, 10_200],
    ['a buy at the locked upper limit stays there', 'buy', { bids: [13_000] }, 13_000],
    ['a sell is one tick below the best ask', 'sell', { last: 9_500, asks: [10_000] }, 9_990],
    ['a sell without an ask is the last price', 'sell', { last: 9_500 }, 9_500],
    ['a sell without an ask is the lowest bid when that is below', 'sell', { bids: [9_990, 9_800] }, 9_800],
    ['a sell at the locked lower limit stays there', 'sell', { asks: [7_000] }, 7_000],
  ])('%s', (_, side, book, deemed) => {
    expect(deemedInContinuous(side, view(book))).toBe(deemed)
  })
})
