import { describe, expect, it } from 'vitest'
import type { OrderMessage } from '../../../contract/live.ts'
import { afterTicks, centreAfter, ladderRows, NO_TICKS, nearestTick, stepPrice } from './ladder-view.ts'
import type { QuoteTick, TradeTick } from './view.ts'

const TICKS = [
  { from: 0, tick: 1 },
  { from: 2_000, tick: 5 },
  { from: 5_000, tick: 10 },
  { from: 20_000, tick: 50 },
  { from: 50_000, tick: 100 },
]
const QUOTE: QuoteTick = {
  kind: 'quote',
  at: 0,
  bid: 71_400,
  bidQuantity: 1_200,
  ask: 71_500,
  askQuantity: 900,
  expectedPrice: 0,
  expectedQuantity: 0,
}
const ORDER: OrderMessage = {
  id: 'a',
  instrument: '005930',
  name: '삼성전자',
  side: 'buy',
  type: 'limit',
  venue: 'KRX',
  status: 'working',
  limit: 71_300,
  quantity: 9,
  filled: 3,
  reason: '',
  createdAt: 0,
  updatedAt: 0,
}
const trade = (price: number): TradeTick => ({ kind: 'trade', at: 0, price, quantity: 1, dayVolume: 1 })

describe('a step of the price', () => {
  it.each([
    [1_999, 1, 2_000],
    [2_000, -1, 1_999],
    [1_998, 3, 2_005],
    [50_100, -3, 49_900],
    [71_450, 1, 71_500],
    [71_450, -1, 71_400],
    [1, -5, 1],
  ])('from %d by %d is %d', (from, steps, to) => {
    expect(stepPrice(TICKS, from, steps)).toBe(to)
  })
  it('goes to the nearest price of the grid', () => {
    expect([71_449, 71_451, 3].map((at) => nearestTick(TICKS, at))).toEqual([71_400, 71_500, 3])
  })
})

describe('the ladder', () => {
  const input = {
    ticks: TICKS,
    centre: 71_400,
    rowsEachSide: 2,
    last: 71_400,
    quote: QUOTE,
    book: undefined,
    orders: [ORDER, { ...ORDER, id: 'b', side: 'sell' as const, limit: 71_600, filled: 0 }],
    band: undefined,
  }
  it('shows what is known of each price, dearest first, and nothing that is not', () => {
    const rows = ladderRows(input)
    expect(rows.map(({ price, side, quantity }) => [price, side, quantity])).toEqual([
      [71_600, 'ask', undefined],
      [71_500, 'ask', 900],
      [71_400, 'bid', 1_200],
      [71_300, 'bid', undefined],
      [71_200, 'bid', undefined],
    ])
    expect(rows.filter(({ isLast }) => isLast).map(({ price }) => price)).toEqual([71_400])
  })
  it('shows the steps behind the best ones where the whole book is told', () => {
    const asks = [
      { price: 71_500, quantity: 910 },
      { price: 71_600, quantity: 4_000 },
    ]
    const bids = [{ price: 71_300, quantity: 77 }]
    const rows = ladderRows({ ...input, book: { kind: 'book', at: 1, asks, bids } })
    expect(rows.map(({ quantity }) => quantity)).toEqual([4_000, 910, 1_200, 77, undefined])
  })
  it('has our own orders at their prices', () => {
    const rows = ladderRows(input)
    expect(rows.map(({ buying, selling }) => [buying, selling])).toEqual([
      [0, 9],
      [0, 0],
      [0, 0],
      [6, 0],
      [0, 0],
    ])
  })
  it('ends at the limits of the day', () => {
    const rows = ladderRows({ ...input, band: { lower: 71_300, upper: 71_500 } })
    expect(rows.map(({ price, atLimit }) => [price, atLimit])).toEqual([
      [71_500, 'upper'],
      [71_400, undefined],
      [71_300, 'lower'],
    ])
  })
  it('marks the expected price of an auction', () => {
    const rows = ladderRows({ ...input, quote: { ...QUOTE, expectedPrice: 71_500 } })
    expect(rows.find(({ isExpected }) => isExpected)?.price).toBe(71_500)
  })
  it('has no rows before a price is known', () => {
    expect(ladderRows({ ...input, centre: 0 })).toEqual([])
  })
})

describe('the middle of the ladder', () => {
  it.each([
    ['begins at the last price', 0, 71_400, false, 71_400],
    ['stays while the price is near', 71_400, 71_800, false, 71_400],
    ['follows a price that leaves', 71_400, 71_900, false, 71_900],
    ['stays under a pointer', 71_400, 75_000, true, 71_400],
    ['stays without a price', 71_400, 0, false, 71_400],
  ])('%s', (_what, centre, last, isHeld, expected) => {
    expect(centreAfter(centre, last, TICKS, 8, isHeld)).toBe(expected)
  })
})

describe('the tape', () => {
  it('has the newest print first, numbered, and forgets the oldest', () => {
    let ticker = afterTicks(NO_TICKS, [trade(1), QUOTE, trade(2)])
    expect(ticker.prints.map(({ price, id }) => [price, id])).toEqual([
      [2, 2],
      [1, 1],
    ])
    expect(ticker.quote).toBe(QUOTE)
    for (let i = 0; i < 100; i++) ticker = afterTicks(ticker, [trade(i)])
    expect(ticker.prints).toHaveLength(60)
    expect(ticker.last?.price).toBe(99)
  })
})
