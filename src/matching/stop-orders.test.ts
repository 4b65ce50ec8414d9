import { describe, expect, it } from 'vitest'
import { OPENED, openExchange, STOCK, shares, won } from './testing/test-exchange.ts'

/** Last price 10,000. */
function traded() {
  const m = openExchange(OPENED)
  m.sell(1, 10_000)
  m.buy(1, 10_000)
  return m
}
const trade = (m: ReturnType<typeof openExchange>, at: number) => {
  m.sell(1, at)
  m.buy(1, at)
}

describe('a stop-limit order (스톱지정가, rule book §1.10)', () => {
  it.each([
    ['buy', 10_100, 10_150, 10_090, 10_100],
    ['sell', 9_900, 9_850, 9_910, 9_900],
  ] as const)(
    'to %s waits unseen for its stop and then rests at its limit',
    (side, stop, limit, before, touch) => {
      const m = traded()
      const order = (side === 'buy' ? m.buy : m.sell)(10, limit, { type: 'stopLimit', stop })
      expect([m.book('buy'), m.book('sell')]).toEqual([[], []])
      expect(m.exchange.order(order)).toMatchObject({ type: 'stopLimit', stop, limit, open: 10 })
      trade(m, before)
      expect(m.told('triggered')).toEqual([])
      trade(m, touch)
      expect(m.told('triggered')).toMatchObject([{ number: order }])
      expect(m.exchange.order(order)).toMatchObject({ type: 'limit', limit, open: 10 })
      expect(m.exchange.order(order)).not.toHaveProperty('stop')
      expect(m.book(side)).toEqual([[limit, 10]])
    },
  )

  it('trades at once when its limit reaches the other side, and may touch the next one', () => {
    const m = traded()
    const first = m.buy(5, 10_200, { type: 'stopLimit', stop: 10_100 })
    const second = m.buy(5, 10_300, { type: 'stopLimit', stop: 10_200 })
    m.sell(5, 10_200)
    m.sell(5, 10_300)
    trade(m, 10_100)
    expect([first, second].map(m.filled)).toEqual([5, 5])
    expect(m.prints().slice(-2)).toEqual([
      [10_200, 5],
      [10_300, 5],
    ])
  })

  it('is touched by a price on the way, although the sweep goes on', () => {
    const m = traded()
    const stop = m.sell(5, 9_900, { type: 'stopLimit', stop: 9_950 })
    m.buy(1, 9_950)
    m.buy(1, 9_940)
    m.sell(2, 'market')
    expect(m.told('triggered')).toMatchObject([{ number: stop }])
    expect(m.book('sell')).toEqual([[9_900, 5]])
  })

  it('enters at once when its stop is touched already', () => {
    const m = traded()
    const order = m.buy(5, 10_000, { type: 'stopLimit', stop: 9_990 })
    expect(m.told('triggered')).toMatchObject([{ number: order }])
    expect(m.book('buy')).toEqual([[10_000, 5]])
  })

  it('is younger than what stood there before it was touched', () => {
    const m = traded()
    const stop = m.buy(5, 10_050, { type: 'stopLimit', stop: 10_100 })
    const limit = m.buy(5, 10_050)
    trade(m, 10_100)
    const later = m.buy(5, 10_050)
    m.sell(7, 10_050)
    expect([limit, stop, later].map(m.filled)).toEqual([5, 2, 0])
    m.sell(4, 10_050)
    expect([limit, stop, later].map(m.filled)).toEqual([5, 5, 1])
  })

  it.each([
    ['without a stop', {}, { code: 'priceMissing' }],
    ['with a stop off the grid', { stop: 10_005 }, { code: 'priceOffTick', price: 10_005, tick: 10 }],
    ['with a stop outside the band', { stop: 13_010 }, { code: 'priceOutsideBand', price: 13_010 }],
  ])('is refused %s', (_, stop, refusal) => {
    const m = traded()
    expect(m.refusal('buy', 1, 10_100, { type: 'stopLimit', ...stop })).toMatchObject(refusal)
  })

  it('waits through a VI whose price touches it, and ends untouched at 15:20 (assumed)', () => {
    const m = traded()
    const touched = m.buy(5, 10_700, { type: 'stopLimit', stop: 10_600 })
    const untouched = m.buy(5, 10_900, { type: 'stopLimit', stop: 10_900 })
    trade(m, 10_600)
    expect(m.exchange.state(STOCK)?.inVi).toBe(true)
    expect(m.told('triggered')).toEqual([])
    m.to('09:04')
    expect(m.told('triggered')).toMatchObject([{ number: touched }])
    expect(m.book('buy')).toEqual([[10_700, 5]])
    m.to('15:20')
    expect(m.closed(untouched)).toEqual([['expired', 5]])
    expect(m.closed(touched)).toEqual([])
  })

  it('takes a new limit and a part of its shares to a new number while it waits', () => {
    const m = traded()
    const order = m.buy(10, 10_150, { type: 'stopLimit', stop: 10_100 })
    m.exchange.amend(order, { limit: won(10_120), quantity: shares(4) })
    expect(m.exchange.order(4)).toMatchObject({ stop: 10_100, limit: 10_120, open: 4 })
    expect(m.book('buy')).toEqual([])
    trade(m, 10_100)
    expect(m.book('buy')).toEqual([
      [10_150, 6],
      [10_120, 4],
    ])
  })

  it('that meets an order of its owner when touched is the one that is cancelled', () => {
    const m = traded()
    const stop = m.buy(5, 10_200, { type: 'stopLimit', stop: 10_100, owner: 'me' })
    const resting = m.sell(5, 10_200, { owner: 'me' })
    trade(m, 10_100)
    expect(m.closed(stop)).toEqual([['selfTrade', 5]])
    expect(m.exchange.order(resting)?.open).toBe(5)
  })
})
