import { beforeEach, describe, expect, it } from 'vitest'
import { instrumentId, orderId } from '../../model/ids.ts'
import { price, quantity } from '../../model/money.ts'
import type { OrderReport } from '../../model/order-report.ts'
import { createTickVenue, type TickOrder, type TickVenue } from './tick-venue.ts'

const NAME = instrumentId('005930')

let venue: TickVenue
let said: OrderReport[]
beforeEach(() => {
  said = []
  venue = createTickVenue((report) => said.push(report))
})

const stamps = (at: number) => ({ at, receivedAt: at })
const quote = (bid: number, bidSize: number, ask: number, askSize: number, at = 0) =>
  venue.onQuote({
    kind: 'quote',
    instrument: NAME,
    venue: 'KRX',
    bid: price(bid),
    bidQuantity: quantity(bidSize),
    ask: price(ask),
    askQuantity: quantity(askSize),
    expectedPrice: price(0),
    expectedQuantity: quantity(0),
    ...stamps(at),
  })
/** A print that leaves the best prices as they are. */
const print = (at: number, shares: number, best: readonly [number, number], when = 0) =>
  venue.onTrade({
    kind: 'trade',
    instrument: NAME,
    venue: 'KRX',
    price: price(at),
    quantity: quantity(shares),
    bid: price(best[0]),
    ask: price(best[1]),
    dayVolume: quantity(0),
    ...stamps(when),
  })
const place = (id: string, side: 'buy' | 'sell', shares: number, terms: Partial<TickOrder> = {}) =>
  venue.place(
    {
      orderId: orderId(id),
      instrument: NAME,
      side,
      type: terms.limit === undefined ? 'market' : 'limit',
      quantity: quantity(shares),
      ...terms,
    },
    0,
  )
const fills = () =>
  said.flatMap((report) => (report.kind === 'fill' ? [[report.price, report.quantity] as const] : []))
const limit = (value: number) => ({ limit: price(value) })

describe('a venue of recorded prints and quotes', () => {
  it('lets a taker take what is shown, and the rest from the quotes that follow', () => {
    quote(10_000, 50, 10_010, 30)
    place('a', 'buy', 100)
    expect(fills()).toEqual([[10_010, 30]])
    quote(10_000, 50, 10_020, 500)
    expect(fills()).toEqual([
      [10_010, 30],
      [10_020, 70],
    ])
  })

  it('keeps a limit order behind those who were there: prints use them up first', () => {
    quote(10_000, 50, 10_010, 30)
    place('a', 'buy', 20, limit(10_000))
    print(10_000, 45, [10_000, 10_010])
    expect(fills()).toEqual([])
    print(10_000, 12, [10_000, 10_010])
    expect(fills()).toEqual([[10_000, 7]])
    print(10_000, 100, [10_000, 10_010])
    expect(fills()).toEqual([
      [10_000, 7],
      [10_000, 13],
    ])
  })

  it('moves a queue up when those before it leave, and never back', () => {
    quote(10_000, 50, 10_010, 30)
    place('a', 'buy', 20, limit(10_000))
    quote(10_000, 10, 10_010, 30)
    quote(10_000, 90, 10_010, 30)
    print(10_000, 11, [10_000, 10_010])
    expect(fills()).toEqual([[10_000, 1]])
  })

  it('fills at the limit, and no more than traded, when the tape goes through it', () => {
    quote(10_000, 50, 10_010, 30)
    place('a', 'buy', 20, limit(9_990))
    print(9_980, 15, [9_970, 9_980])
    expect(fills()).toEqual([[9_990, 15]])
  })

  it('fills an order that the other side comes to', () => {
    quote(10_000, 50, 10_010, 30)
    place('a', 'sell', 20, limit(10_020))
    quote(10_020, 8, 10_030, 30)
    expect(fills()).toEqual([[10_020, 8]])
  })

  it('waits in an auction and trades at its price', () => {
    quote(10_000, 50, 10_010, 30)
    venue.collect(NAME, true)
    place('a', 'buy', 20, limit(10_050))
    place('b', 'buy', 20, limit(10_000))
    place('c', 'sell', 5)
    expect(fills()).toEqual([])
    print(10_030, 400, [10_020, 10_030])
    expect(fills()).toEqual([
      [10_030, 20],
      [10_030, 5],
    ])
  })

  it('wakes a stop order with the first print at its price', () => {
    quote(10_000, 50, 10_010, 30)
    place('a', 'sell', 20, { type: 'stopLimit', stop: price(9_950), ...limit(9_900) })
    print(9_960, 5, [9_950, 9_960])
    expect(fills()).toEqual([])
    print(9_940, 3, [9_930, 9_940])
    quote(9_930, 60, 9_940, 10)
    expect(fills()).toEqual([
      [9_900, 3],
      [9_930, 17],
    ])
  })

  it('moves what is open to an amended order, and refuses what is over', () => {
    quote(10_000, 50, 10_010, 30)
    place('a', 'buy', 20, limit(10_000))
    print(10_000, 55, [10_000, 10_010])
    const amended = { instrument: NAME, side: 'buy', type: 'limit', quantity: quantity(15) } as const
    venue.amend({ ...amended, orderId: orderId('b'), replaces: orderId('a'), ...limit(10_010) }, 0)
    expect(said.map(({ kind }) => kind)).toEqual(['accepted', 'fill', 'closed', 'accepted', 'fill'])
    expect(fills().at(-1)).toEqual([10_010, 15])
    venue.amend({ ...amended, orderId: orderId('c'), replaces: orderId('a'), ...limit(10_010) }, 0)
    venue.cancel(orderId('b'), 0)
    expect(said.slice(-2).map(({ kind }) => kind)).toEqual(['rejected', 'cancelRefused'])
  })
})
