import { describe, expect, it } from 'vitest'
import { OPENED, openExchange, STOCK, shares } from './testing/test-exchange.ts'

describe('continuous trading', () => {
  it('executes at the price of the resting order, best price first, then the earlier one', () => {
    const m = openExchange(OPENED)
    const late = m.sell(10, 10_020)
    const first = m.sell(10, 10_010)
    const second = m.sell(10, 10_010)
    const buyer = m.buy(25, 10_020)
    expect(m.fills()).toEqual([
      [first, 10_010, 10],
      [buyer, 10_010, 10],
      [second, 10_010, 10],
      [buyer, 10_010, 10],
      [late, 10_020, 5],
      [buyer, 10_020, 5],
    ])
    expect(m.prints()).toEqual([
      [10_010, 10],
      [10_010, 10],
      [10_020, 5],
    ])
    expect(m.told('print').map(({ aggressor }) => aggressor)).toEqual(['buy', 'buy', 'buy'])
    expect(m.book('sell')).toEqual([[10_020, 5]])
  })

  it('leaves the unfilled rest of a limit order in the book', () => {
    const m = openExchange(OPENED)
    m.sell(10, 10_000)
    const buyer = m.buy(30, 10_050)
    expect(m.filled(buyer)).toBe(10)
    expect(m.book('buy')).toEqual([[10_050, 20]])
    expect(m.exchange.order(buyer)).toMatchObject({ quantity: 30, open: 20, limit: 10_050 })
  })

  it('tells bids and asks as they are after a print', () => {
    const m = openExchange(OPENED)
    m.sell(10, 10_000)
    m.sell(10, 10_010)
    m.buy(10, 10_000)
    expect(m.book('sell')).toEqual([[10_010, 10]])
    expect(m.exchange.state(STOCK)).toMatchObject({
      last: 10_000,
      open: 10_000,
      high: 10_000,
      low: 10_000,
      close: 0,
      volume: 10,
      value: 100_000,
      buyVolume: 10,
      sellVolume: 0,
    })
  })

  describe('a market order', () => {
    it('sweeps the other side', () => {
      const m = openExchange(OPENED)
      m.sell(10, 10_010)
      m.sell(10, 10_300)
      const buyer = m.buy(20, 'market')
      expect(m.filled(buyer)).toBe(20)
      expect(m.prints()).toEqual([
        [10_010, 10],
        [10_300, 10],
      ])
    })

    it('rests at its deemed price, which an incoming order meets', () => {
      const m = openExchange(OPENED)
      m.buy(10, 10_000)
      const buyer = m.buy(5, 'market')
      expect(m.book('buy')).toEqual([
        [10_010, 5],
        [10_000, 10],
      ])
      m.sell(3, 9_900)
      expect(m.fills()[0]).toEqual([buyer, 10_010, 3])
      m.sell(4, 'market')
      expect(m.filled(buyer)).toBe(5)
      expect(m.prints()).toEqual([
        [10_010, 3],
        [10_010, 2],
        [10_000, 2],
      ])
    })

    it('moves its deemed price with the best order of its side', () => {
      const m = openExchange(OPENED)
      m.buy(10, 10_000)
      m.buy(5, 'market')
      const better = m.buy(1, 10_100)
      expect(m.book('buy', 1)).toEqual([[10_110, 5]])
      m.exchange.cancel(better, shares(0))
      expect(m.book('buy', 1)).toEqual([[10_010, 5]])
    })

    it('takes an order of the other side once the book carries its deemed price there', () => {
      const m = openExchange(OPENED)
      m.buy(10, 10_000)
      const resting = m.buy(5, 'market')
      m.sell(8, 10_050)
      expect(m.prints()).toEqual([])
      m.buy(1, 10_040)
      expect(m.fills().filter(([number]) => number === resting)).toEqual([[resting, 10_050, 5]])
      expect(m.book('sell')).toEqual([[10_050, 3]])
    })

    it('alone in the book trades at the last price, or at a dearer incoming sell', () => {
      const m = openExchange(OPENED)
      m.buy(5, 'market')
      m.sell(2, 9_800)
      m.sell(3, 10_100)
      expect(m.prints()).toEqual([
        [10_000, 2],
        [10_100, 3],
      ])
    })

    it('waits its turn among limit orders at the locked upper limit', () => {
      const m = openExchange(OPENED, [{ designations: ['firstDay'] }])
      const first = m.buy(10, 40_000)
      const second = m.buy(10, 'market')
      const third = m.buy(10, 40_000)
      expect(m.book('buy')).toEqual([[40_000, 30]])
      m.sell(25, 40_000)
      expect([first, second, third].map(m.filled)).toEqual([10, 10, 5])
      expect(m.prints().every(([price]) => price === 40_000)).toBe(true)
    })
  })

  describe('best and priority orders', () => {
    it('best takes the best price of the other side and rests there', () => {
      const m = openExchange(OPENED)
      m.sell(10, 10_010)
      m.sell(10, 10_020)
      const buyer = m.buy(15, 'best')
      expect(m.filled(buyer)).toBe(10)
      expect(m.book('buy')).toEqual([[10_010, 5]])
    })

    it('priority joins the best price of its own side', () => {
      const m = openExchange(OPENED)
      m.buy(10, 10_000)
      m.buy(5, 'priority')
      expect(m.book('buy')).toEqual([[10_000, 15]])
    })

    it('are refused without that price', () => {
      const m = openExchange(OPENED)
      expect(m.refusal('buy', 1, 'best')).toEqual({ code: 'noOppositeQuote' })
      expect(m.refusal('buy', 1, 'priority')).toEqual({ code: 'noSameSideQuote' })
    })
  })

  describe('IOC and FOK', () => {
    it('IOC fills what is there and cancels the rest', () => {
      const m = openExchange(OPENED)
      m.sell(10, 10_000)
      const buyer = m.buy(15, 10_000, { timeInForce: 'ioc' })
      expect(m.filled(buyer)).toBe(10)
      expect(m.closed(buyer)).toEqual([['unfilledRemainder', 5]])
      expect(m.book('buy')).toEqual([])
    })

    it('FOK fills whole, across levels', () => {
      const m = openExchange(OPENED)
      m.sell(10, 10_000)
      m.sell(10, 10_010)
      expect(m.filled(m.buy(15, 10_010, { timeInForce: 'fok' }))).toBe(15)
    })

    it.each([
      ['limit', 10_010],
      ['market', 'market'],
      ['best', 'best'],
    ] as const)('FOK %s leaves no trace in the book when it does not fit', (_, limit) => {
      const m = openExchange(OPENED)
      m.sell(10, 10_000)
      const buyer = m.buy(11, limit, { timeInForce: 'fok' })
      expect(m.fills()).toEqual([])
      expect(m.closed(buyer)).toEqual([['unfilledRemainder', 11]])
      expect(m.book('sell')).toEqual([[10_000, 10]])
    })

    it('FOK counts nothing that lies behind an order of its owner', () => {
      const m = openExchange(OPENED)
      m.sell(10, 10_000, { owner: 'me' })
      m.sell(10, 10_000)
      const buyer = m.buy(10, 10_000, { owner: 'me', timeInForce: 'fok' })
      expect(m.closed(buyer)).toEqual([['unfilledRemainder', 10]])
    })
  })

  it('cancels the newer order when an owner meets himself, after what came before', () => {
    const m = openExchange(OPENED)
    const other = m.sell(4, 10_000)
    const mine = m.sell(10, 10_000, { owner: 'me' })
    m.sell(10, 10_000)
    const buyer = m.buy(20, 10_000, { owner: 'me' })
    expect(m.fills().map(([number]) => number)).toEqual([other, buyer])
    expect(m.closed(buyer)).toEqual([['selfTrade', 16]])
    expect(m.exchange.order(mine)?.open).toBe(10)
  })
})
