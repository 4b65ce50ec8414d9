import { describe, expect, it } from 'vitest'
import { OPENED, openExchange, STOCK, shares, won } from './testing/test-exchange.ts'

/** 100 shares each way, 10,000 bid and 10,010 asked unless said. */
function quoted(bid = 10_000, ask = 10_010) {
  const m = openExchange(OPENED)
  m.buy(100, bid)
  m.sell(100, ask)
  return m
}

describe('a mid-price order (중간가, rule book §1.10)', () => {
  it('trades halfway between the quotes, half a tick from the grid, before the quotes do', () => {
    const m = quoted()
    const seller = m.sell(30, 'mid')
    const buyer = m.buy(50, 10_010)
    expect(m.prints()).toEqual([
      [10_005, 30],
      [10_010, 20],
    ])
    expect([seller, buyer].map(m.filled)).toEqual([30, 50])
  })

  it('meets another one, in order of time', () => {
    const m = quoted()
    const [first, second] = [m.buy(10, 'mid'), m.buy(10, 'mid')]
    m.sell(15, 'mid')
    expect([first, second].map(m.filled)).toEqual([10, 5])
    expect(m.prints()).toEqual([
      [10_005, 10],
      [10_005, 5],
    ])
  })

  it('is seen in no level and tells of no change of the book', () => {
    const m = quoted()
    const told = m.told('book').length
    const order = m.buy(10, 'mid')
    m.exchange.cancel(order, shares(4))
    expect(m.told('book')).toHaveLength(told + 1)
    expect([m.book('buy'), m.book('sell')]).toEqual([[[10_000, 100]], [[10_010, 100]]])
    expect(m.exchange.order(order)).toMatchObject({ type: 'mid', open: 6 })
  })

  it('moves with the quotes, and has no price while a side is empty', () => {
    const m = quoted()
    m.sell(10, 'mid')
    m.buy(1, 10_000)
    expect(m.prints()).toEqual([])
    m.exchange.cancel(2, shares(0))
    m.buy(1, 10_000)
    m.sell(1, 10_100)
    m.buy(1, 10_050)
    // Between 10,000 and 10,100 is 10,050.
    expect(m.prints()).toEqual([[10_050, 1]])
  })

  it('cuts half a won off (assumed)', () => {
    const m = openExchange(OPENED, [{ basePrice: 1_000 }])
    m.buy(1, 1_000)
    m.sell(1, 1_001)
    m.sell(5, 'mid')
    m.buy(5, 'mid')
    expect(m.prints()).toEqual([[1_000, 5]])
  })

  it('is refused where there is nothing to be halfway between', () => {
    const m = openExchange(OPENED)
    m.buy(1, 10_000)
    expect(m.refusal('buy', 1, 'mid')).toEqual({ code: 'noOppositeQuote' })
    expect(m.refusal('sell', 1, 'mid')).toEqual({ code: 'noSameSideQuote' })
  })

  it.each([
    ['ioc', 10],
    ['fok', 0],
  ] as const)('as %s keeps nothing resting', (timeInForce, filled) => {
    const m = quoted()
    m.sell(10, 'mid')
    const buyer = m.buy(15, 'mid', { timeInForce })
    expect(m.filled(buyer)).toBe(filled)
    expect(m.closed(buyer)).toEqual([['unfilledRemainder', 15 - filled]])
  })

  it('counts for a fill-or-kill order that reaches it', () => {
    const m = quoted()
    m.sell(10, 'mid')
    expect(m.filled(m.buy(11, 'mid', { timeInForce: 'fok' }))).toBe(0)
    expect(m.filled(m.buy(110, 10_010, { timeInForce: 'fok' }))).toBe(110)
  })

  it('never trades with its owner: the one that comes is cancelled', () => {
    const m = quoted()
    const resting = m.sell(10, 'mid', { owner: 'me' })
    const coming = m.buy(10, 'mid', { owner: 'me' })
    expect(m.closed(coming)).toEqual([['selfTrade', 10]])
    expect(m.exchange.order(resting)?.open).toBe(10)
  })

  it('takes no price in an amend, but moves a part to a new number', () => {
    const m = quoted()
    const order = m.buy(10, 'mid')
    expect(m.exchange.amend(order, { limit: won(10_000), quantity: shares(0) })).toMatchObject({
      refusal: { code: 'typeNotAllowed', type: 'mid' },
    })
    m.exchange.amend(order, { quantity: shares(4) })
    m.sell(10, 'mid')
    expect([order, 4].map(m.filled)).toEqual([6, 4])
  })

  it('waits through a VI, and meets after it what came from the other side when it began', () => {
    const m = quoted()
    m.sell(1, 10_000)
    for (const number of [1, 2]) m.exchange.cancel(number, shares(0))
    m.buy(1, 10_590)
    m.sell(100, 11_000)
    const seller = m.sell(5, 'mid')
    // 10,795 lies more than 6 % from 10,000.
    const buyer = m.buy(5, 'mid')
    expect(m.told('vi')).toMatchObject([{ price: 10_795, cause: 'dynamic' }])
    m.buy(1, 11_000)
    m.to('09:04')
    expect([seller, buyer].map(m.filled)).toEqual([5, 5])
    expect(m.prints().slice(-2)).toEqual([
      [11_000, 1],
      [10_795, 5],
    ])
  })

  it('ends at 15:20 (assumed)', () => {
    const m = quoted()
    const order = m.sell(5, 'mid')
    m.to('15:20')
    expect(m.closed(order)).toEqual([['expired', 5]])
  })

  it('leaves a last price between two prices of the grid, from which a market order still gets one of the grid', () => {
    const m = quoted()
    m.sell(1, 'mid')
    m.buy(1, 'mid')
    expect(m.exchange.state(STOCK)?.last).toBe(10_005)
    m.exchange.cancel(1, shares(0))
    m.exchange.cancel(2, shares(0))
    m.buy(5, 'market')
    expect(m.book('buy')).toEqual([[10_000, 5]])
  })
})
