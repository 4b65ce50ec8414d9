import { describe, expect, it } from 'vitest'
import { OPENED, openExchange, STOCK, shares, won } from './testing/test-exchange.ts'

describe('an amend', () => {
  it('moves the open part to a new number', () => {
    const m = openExchange(OPENED)
    const old = m.buy(30, 10_000)
    m.sell(10, 10_000)
    const amended = m.exchange.amend(old, { limit: won(9_990), quantity: shares(0) })
    expect(amended).toEqual({ ok: true, number: 3, quantity: 20 })
    expect(m.closed(old)).toEqual([['replaced', 20]])
    expect(m.exchange.order(3)).toMatchObject({ owner: 'owner-1', limit: 9_990, open: 20, replaces: old })
    expect(m.exchange.order(old)).toMatchObject({ open: 0 })
    expect(m.book('buy')).toEqual([[9_990, 20]])
  })

  it.each([
    ['the same price and quantity keeps its place', { limit: won(10_000), quantity: shares(0) }, true],
    ['a larger quantity goes to the end', { quantity: shares(11) }, false],
  ])('%s', (_, change, keeps) => {
    const m = openExchange(OPENED)
    const first = m.buy(10, 10_000)
    const second = m.buy(10, 10_000)
    m.exchange.amend(first, change)
    m.sell(1, 10_000)
    expect(m.filled(keeps ? 3 : second)).toBe(1)
  })

  it('keeps a place it has taken over once more', () => {
    const m = openExchange(OPENED)
    const first = m.buy(10, 10_000)
    const second = m.buy(10, 10_000)
    m.exchange.amend(first, { quantity: shares(0) })
    m.exchange.amend(3, { quantity: shares(0) })
    m.sell(11, 10_000)
    expect([4, second].map(m.filled)).toEqual([10, 1])
  })

  // Kiwoom REST guide, kt10002: 정정수량 is how much of what is open gets the new price; the rest keeps the old number.
  it('of a part leaves the rest under the old number, in its place', () => {
    const m = openExchange(OPENED)
    const first = m.buy(30, 10_000)
    const second = m.buy(10, 10_000)
    expect(m.exchange.amend(first, { limit: won(9_990), quantity: shares(20) })).toEqual({
      ok: true,
      number: 3,
      quantity: 20,
    })
    expect(m.closed(first)).toEqual([['replaced', 20]])
    expect(m.exchange.order(first)).toMatchObject({ open: 10, limit: 10_000 })
    expect(m.exchange.order(3)).toMatchObject({ open: 20, limit: 9_990, replaces: first })
    expect(m.book('buy')).toEqual([
      [10_000, 20],
      [9_990, 20],
    ])
    m.sell(11, 10_000)
    expect([first, second, 3].map(m.filled)).toEqual([10, 1, 0])
  })

  it('of a part at the same price splits the order without losing a place', () => {
    const m = openExchange(OPENED)
    const first = m.buy(10, 10_000)
    const second = m.buy(10, 10_000)
    m.exchange.amend(first, { quantity: shares(4) })
    m.sell(11, 10_000)
    expect([first, 3, second].map(m.filled)).toEqual([6, 4, 1])
  })

  it('that meets an order of its owner is cancelled, and what did not move stays', () => {
    const m = openExchange(OPENED)
    const resting = m.sell(10, 10_010, { owner: 'me' })
    const bid = m.buy(10, 10_000, { owner: 'me' })
    m.exchange.amend(bid, { limit: won(10_010), quantity: shares(4) })
    expect(m.fills()).toEqual([])
    expect(m.closed(3)).toEqual([['selfTrade', 4]])
    expect([resting, bid].map((number) => m.exchange.order(number)?.open)).toEqual([10, 6])
  })

  it('goes to the end of the queue when the price moves away and back', () => {
    const m = openExchange(OPENED)
    m.buy(10, 10_000)
    const second = m.buy(10, 10_000)
    m.exchange.amend(1, { limit: won(9_990), quantity: shares(0) })
    m.exchange.amend(3, { limit: won(10_000), quantity: shares(0) })
    m.sell(1, 10_000)
    expect(m.filled(second)).toBe(1)
  })

  it('trades at once when its new price meets the other side', () => {
    const m = openExchange(OPENED)
    m.sell(10, 10_010)
    const buyer = m.buy(10, 10_000)
    m.exchange.amend(buyer, { limit: won(10_010), quantity: shares(0) })
    expect(m.prints()).toEqual([[10_010, 10]])
    expect(m.filled(3)).toBe(10)
  })

  it.each([
    ['off the grid', won(10_005), { code: 'priceOffTick', price: 10_005, tick: 10 }],
    [
      'outside the band',
      won(13_010),
      { code: 'priceOutsideBand', price: 13_010, band: { upper: 13_000, lower: 7_000 } },
    ],
  ])('is refused at a price %s and leaves the order alone', (_, limit, refusal) => {
    const m = openExchange(OPENED)
    const order = m.buy(10, 10_000)
    expect(m.exchange.amend(order, { limit, quantity: shares(0) })).toEqual({ ok: false, refusal })
    expect(m.exchange.order(order)?.open).toBe(10)
  })

  it('gives a market order no price', () => {
    const m = openExchange(OPENED)
    const order = m.buy(10, 'market')
    const result = m.exchange.amend(order, { limit: won(10_000), quantity: shares(0) })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'typeNotAllowed', type: 'market' } })
  })

  it('finds nothing in an order that has ended or never was', () => {
    const m = openExchange(OPENED)
    const order = m.buy(10, 10_000)
    m.sell(10, 10_000)
    for (const number of [order, 99])
      expect(m.exchange.amend(number, { quantity: shares(1) })).toEqual({
        ok: false,
        refusal: { code: 'nothingOpen' },
      })
  })
})

describe('a cancel', () => {
  // Rule book §1.9: the deemed price is re-evaluated until the order is filled.
  it('that takes the last bid away lets a resting market buy reach the offer it was just below', () => {
    const m = openExchange(OPENED)
    const bid = m.buy(1, 9_900)
    const buyer = m.buy(5, 'market')
    const seller = m.sell(5, 10_000)
    expect(m.book('buy', 1)).toEqual([[9_910, 5]])
    expect(m.filled(buyer)).toBe(0)
    m.exchange.cancel(bid, shares(0))
    expect([buyer, seller].map(m.filled)).toEqual([5, 5])
    expect(m.prints()).toEqual([[10_000, 5]])
  })

  it('takes back a part and keeps the place', () => {
    const m = openExchange(OPENED)
    const first = m.buy(10, 10_000)
    m.buy(10, 10_000)
    expect(m.exchange.cancel(first, shares(4))).toEqual({ ok: true, quantity: 4 })
    m.sell(6, 10_000)
    expect(m.filled(first)).toBe(6)
    expect(m.closed(first)).toEqual([['cancelled', 4]])
    expect(m.book('buy')).toEqual([[10_000, 10]])
  })

  it.each([
    ['all of it', 0],
    ['what is open, when more is asked', 50],
  ])('takes back %s', (_, asked) => {
    const m = openExchange(OPENED)
    const order = m.buy(10, 10_000)
    expect(m.exchange.cancel(order, shares(asked))).toEqual({ ok: true, quantity: 10 })
    expect(m.book('buy')).toEqual([])
    expect(m.exchange.cancel(order, shares(0))).toEqual({ ok: false, refusal: { code: 'nothingOpen' } })
  })

  it('is taken while the instrument is halted, and nothing else is', () => {
    const m = openExchange(OPENED)
    const order = m.buy(10, 10_000)
    m.exchange.halt(STOCK, true)
    expect(m.refusal('buy', 1, 10_000)).toEqual({ code: 'instrumentHalted' })
    expect(m.exchange.amend(order, { limit: won(9_990), quantity: shares(0) })).toEqual({
      ok: false,
      refusal: { code: 'instrumentHalted' },
    })
    expect(m.exchange.cancel(order, shares(0))).toEqual({ ok: true, quantity: 10 })
  })
})
