import { describe, expect, it } from 'vitest'
import { createRandom } from '../std/random.ts'
import { createExchange } from './exchange.ts'
import { at, DAY, listing, OPENED, openExchange, STOCK, shares } from './testing/test-exchange.ts'

const state = (m: ReturnType<typeof openExchange>) => m.exchange.state(STOCK)

describe('the day of the market', () => {
  it('goes through the sessions of its date, each call ending within half a minute of its time', () => {
    const m = openExchange('07:00')
    m.to('23:00')
    const phases = m.told('phase')
    expect(phases.map(({ phase }) => phase)).toEqual([
      'openingCall',
      'continuous',
      'closingCall',
      'postCloseEntry',
      'postClose',
      'afterMarket',
      'closed',
    ])
    const [opening, continuous, closing, entry] = phases.map((event) => event.at)
    expect([opening, closing]).toEqual([at('08:30'), at('15:20')])
    for (const [end, nominal] of [
      [continuous, at('09:00')],
      [entry, at('15:30')],
    ] as const)
      expect((end ?? 0) - nominal).toSatisfy((late: number) => late >= 0 && late <= 30_000)
  })

  it('draws each random end anew from its seed', () => {
    const endOf = (seed: number) => {
      const m = openExchange('08:59', [{}], seed)
      m.to('09:01')
      return m.told('phase')[0]?.at
    }
    const ends = Array.from({ length: 50 }, (_, seed) => endOf(seed))
    expect(new Set(ends).size).toBeGreaterThan(40)
    expect(endOf(7)).toBe(endOf(7))
  })

  it('does nothing of what lay before its beginning', () => {
    const m = openExchange('15:25')
    expect(m.exchange.phase).toBe('closingCall')
    m.to('15:31')
    expect(m.told('phase').map(({ phase }) => phase)).toEqual(['postCloseEntry'])
  })

  it('never turns time back', () => {
    const m = openExchange('10:00')
    m.to('09:00')
    expect(m.exchange.now).toBe(at('10:00'))
  })

  it('names the next thing that falls due', () => {
    const m = openExchange('10:00')
    expect(m.exchange.nextDue()).toBe(at('15:20'))
    m.to('21:00')
    expect(m.exchange.nextDue()).toBeUndefined()
  })

  it('is not entered from inside its own events', () => {
    const exchange = createExchange({
      venue: 'KRX',
      day: DAY,
      listings: [listing()],
      random: createRandom(1),
      startAt: at('08:29'),
      onEvent: () => exchange.cancel(1, shares(0)),
    })
    expect(() => exchange.advanceTo(at('08:31'))).toThrow('inside its own events')
  })
})

describe('the opening call', () => {
  it('collects orders, tells what they would give, and executes at one price', () => {
    const m = openExchange('08:40')
    const early = m.buy(60, 10_050)
    m.to('08:41')
    expect(m.told('expected')).toEqual([])
    const seller = m.sell(100, 10_000)
    m.to('08:42')
    const late = m.buy(60, 10_050)
    m.to('08:43')
    expect(m.told('expected').map(({ price, quantity }) => [price, quantity])).toEqual([
      [10_000, 60], // 40 too many to sell: the lowest price
      [10_050, 100], // 20 too many to buy: the highest
    ])
    m.to(OPENED)
    expect(m.prints()).toEqual([[10_050, 100]])
    expect([early, late, seller].map(m.filled)).toEqual([60, 40, 100])
    expect(m.told('print')[0]).not.toHaveProperty('aggressor')
    expect(m.book('buy')).toEqual([[10_050, 20]])
    expect(state(m)).toMatchObject({
      open: 10_050,
      last: 10_050,
      buyVolume: 0,
      sellVolume: 0,
      expected: undefined,
    })
  })

  it('tells an expectation only when it changes, and takes it back', () => {
    const m = openExchange('08:45')
    m.sell(10, 10_000)
    const buyer = m.buy(10, 10_000)
    m.to('08:46')
    m.buy(10, 9_000)
    m.to('08:47')
    m.exchange.cancel(buyer, shares(0))
    m.to('08:48')
    expect(m.told('expected').map(({ price, quantity }) => [price, quantity])).toEqual([
      [10_000, 10],
      [0, 0],
    ])
  })

  it('keeps its expectations to itself until 08:40', () => {
    const m = openExchange('08:30')
    m.sell(10, 10_000)
    m.buy(10, 10_000)
    m.to('08:39')
    expect(m.told('expected')).toEqual([])
    expect(state(m)?.expected).toEqual({ price: 10_000, quantity: 10 })
    m.to('08:41')
    m.to('08:42')
    expect(m.told('expected')).toHaveLength(1)
  })

  it.each([
    ['at the base price when both sides are equal', 30, 30, [10_000, 30]],
    ['a tick higher when more is bought', 31, 30, [10_010, 30]],
    ['a tick lower when more is sold', 30, 31, [9_990, 30]],
  ])('matches market orders among themselves %s', (_, bought, sold, print) => {
    const m = openExchange('08:45')
    m.buy(bought, 'market')
    m.sell(sold, 'market')
    m.to(OPENED)
    expect(m.prints()).toEqual([print])
  })

  it('shares out an opening at the upper limit by size (KRX English site GLB0602010202T2)', () => {
    // The published numbers at 20,150 moved to a band of today: base 15,500, tick 10 below 20,000 and 50 from there on.
    const m = openExchange('08:45', [{ basePrice: 15_500 }])
    const limit = state(m)?.band?.upper ?? 0
    expect(limit).toBe(20_150)
    const buys = [1_000, 200, 10_000, 5_000].map((quantity) => m.buy(quantity, limit))
    m.buy(1_200, 20_100)
    for (const [quantity, price] of [
      [6_100, 20_150],
      [3_200, 20_100],
      [2_300, 20_050],
      [800, 20_000],
      [700, 19_950],
    ] as const)
      m.sell(quantity, price)
    m.to(OPENED)
    expect(state(m)?.inVi).toBe(true) // 30 % is beyond the static VI: the opening price comes two minutes later
    m.to('09:03')
    expect(m.prints()).toEqual([[20_150, 13_100]])
    expect(buys.map(m.filled)).toEqual([550, 150, 9_850, 2_550])
  })

  it('gives time priority at the limit to the side that is not short of anything', () => {
    const m = openExchange('08:45', [{ designations: ['firstDay'] }])
    const first = m.sell(50, 40_000)
    const second = m.sell(500, 40_000)
    m.buy(100, 40_000)
    m.to(OPENED)
    expect([first, second].map(m.filled)).toEqual([50, 50])
  })

  it('cancels the newest order of an owner who could only trade with himself', () => {
    const m = openExchange('08:45')
    const sold = m.sell(10, 10_000, { owner: 'me' })
    const bought = m.buy(10, 10_000, { owner: 'me' })
    m.to(OPENED)
    expect(m.fills()).toEqual([])
    expect(m.closed(bought)).toEqual([['selfTrade', 10]])
    expect(m.exchange.order(sold)?.open).toBe(10)
  })

  it('lets an owner stand on both sides when others are there to trade with', () => {
    const m = openExchange('08:45')
    const orders = [
      m.sell(10, 10_000, { owner: 'me' }),
      m.buy(10, 10_000, { owner: 'me' }),
      m.sell(10, 10_000),
      m.buy(10, 10_000),
    ]
    m.to(OPENED)
    expect(orders.map(m.filled)).toEqual([10, 10, 10, 10])
  })
})

describe('the closing call', () => {
  it('sets the official close, ends what is open, and lets nothing into the after-market', () => {
    const m = openExchange('15:19')
    m.sell(10, 10_000)
    m.buy(10, 10_000)
    const left = m.buy(10, 9_000)
    m.to('15:21')
    m.sell(5, 10_100)
    m.buy(5, 10_100)
    m.to('15:31')
    expect(state(m)).toMatchObject({ close: 10_100, last: 10_100 })
    expect(m.closed(left)).toEqual([['expired', 10]])
    m.to('16:01')
    m.sell(5, 10_300)
    m.buy(5, 10_300)
    expect(state(m)).toMatchObject({ close: 10_100, last: 10_300 })
    const overnight = m.buy(5, 10_000)
    m.to('20:01')
    expect(m.closed(overnight)).toEqual([['expired', 5]])
  })

  // Rule book §1.9: simultaneous orders are the exception of a first price alone.
  it.each(['close', 'VI'])('shares out a %s at the upper limit by time', (which) => {
    const m = openExchange(OPENED, [{ basePrice: 15_500 }])
    const limit = 20_150
    const until = which === 'close' ? limit : 18_500
    for (let at = 15_500; at < until; at = Math.min(until, at + 500)) {
      m.sell(1, at)
      m.buy(1, at)
      // Steps below 6 % and 10 %, with an auction between them, until the last one stops the name.
      m.exchange.advanceTo(m.exchange.now + 160_000)
    }
    m.to(which === 'close' ? '15:25' : '12:00')
    const buys = [10, 500, 5_000].map((quantity) => m.buy(quantity, limit))
    m.sell(300, limit)
    expect(state(m)?.inVi).toBe(which === 'VI')
    m.to(which === 'close' ? '15:31' : '12:03')
    expect(buys.map(m.filled)).toEqual([10, 290, 0])
  })

  it('takes the base price for a close when nothing traded all day', () => {
    const m = openExchange('15:25')
    m.to('15:31')
    expect(state(m)).toMatchObject({ close: 10_000, last: 0 })
  })

  it('turns conditional orders into market orders', () => {
    const m = openExchange('15:00')
    const conditional = m.buy(10, 9_000, { type: 'conditional' })
    expect(m.book('buy')).toEqual([[9_000, 10]])
    m.to('15:20')
    expect(m.exchange.order(conditional)).toMatchObject({ type: 'market', open: 10 })
    expect(m.exchange.order(conditional)).not.toHaveProperty('limit')
    m.sell(10, 10_000)
    m.to('15:31')
    expect(m.filled(conditional)).toBe(10)
  })
})

describe('the boards of fixed closing prices', () => {
  it('trades at the previous close before the opening, and moves no price', () => {
    const m = openExchange('08:35')
    const first = m.buy(5, 'preClose')
    const second = m.buy(5, 'preClose')
    m.sell(7, 'preClose')
    expect([first, second].map(m.filled)).toEqual([5, 2])
    expect(m.told('print').map(({ price, board }) => [price, board])).toEqual([
      [10_000, 'closePrice'],
      [10_000, 'closePrice'],
    ])
    expect(state(m)).toMatchObject({ volume: 7, value: 70_000, last: 0, open: 0 })
    expect(m.book('buy')).toEqual([])
    m.to('08:40')
    expect(m.closed(second)).toEqual([['expired', 3]])
  })

  it('collects from 15:30 and trades from 15:40 at the day’s close', () => {
    const m = openExchange('15:19')
    m.sell(10, 10_100)
    m.buy(10, 10_100)
    m.to('15:35')
    const buyer = m.buy(5, 'postClose')
    const seller = m.sell(3, 'postClose')
    expect(m.filled(buyer)).toBe(0)
    m.to('15:40')
    expect(m.fills().slice(-2)).toEqual([
      [buyer, 10_100, 3],
      [seller, 10_100, 3],
    ])
    m.to('16:00')
    expect(m.closed(buyer)).toEqual([['expired', 2]])
  })

  it('cancels the newer of two orders of one owner that meet, and amends nothing', () => {
    const m = openExchange('08:35')
    const buyer = m.buy(5, 'preClose', { owner: 'me' })
    const seller = m.sell(5, 'preClose', { owner: 'me' })
    expect(m.closed(seller)).toEqual([['selfTrade', 5]])
    expect(m.exchange.amend(buyer, { quantity: shares(3) })).toMatchObject({
      ok: false,
      refusal: { code: 'typeNotAllowed', type: 'preClose' },
    })
    expect(m.exchange.cancel(buyer, shares(2))).toEqual({ ok: true, quantity: 2 })
  })
})

describe('a trading halt', () => {
  it('keeps an instrument out of the auction until it resumes by a call of its own', () => {
    const m = openExchange('08:50')
    m.sell(10, 10_000)
    m.buy(10, 10_000)
    m.exchange.halt(STOCK, true)
    m.to('10:00')
    expect(m.prints()).toEqual([])
    m.exchange.halt(STOCK, false)
    const late = m.buy(5, 9_500)
    expect(m.exchange.order(late)?.open).toBe(5)
    m.to('10:09')
    expect(m.prints()).toEqual([])
    m.to('10:11')
    expect(m.prints()).toEqual([[10_000, 10]])
    m.sell(5, 9_500)
    expect(m.filled(late)).toBe(5)
  })

  it('holds from the start for an instrument that is halted that day', () => {
    const m = openExchange('10:00', [{ halted: true }])
    expect(m.refusal('buy', 1, 10_000)).toEqual({ code: 'instrumentHalted' })
  })

  it('that lasts to the end of the day leaves the close at the last price', () => {
    const m = openExchange('15:00')
    m.sell(10, 10_050)
    m.buy(20, 10_050)
    m.exchange.halt(STOCK, true)
    m.to('15:31')
    expect(state(m)).toMatchObject({ close: 10_050 })
    expect(m.closed(2)).toEqual([['expired', 10]])
  })
})

describe('an instrument traded in single prices (단기과열)', () => {
  it('matches every half hour only, from the opening to the close', () => {
    const m = openExchange('08:50', [{ designations: ['overheated'] }])
    const trade = (price: number) => {
      m.sell(1, price)
      m.buy(1, price)
    }
    trade(10_000)
    m.to('09:10')
    trade(11_500) // 15 % in one step: no VI stops it
    expect(m.prints()).toEqual([[10_000, 1]])
    m.to('09:29')
    expect(state(m)).toMatchObject({ expected: { price: 11_500, quantity: 1 }, inVi: false })
    m.to('09:31')
    expect(m.prints()).toHaveLength(2)
    m.to('15:05')
    trade(11_000)
    m.to('15:31')
    expect(m.prints()).toEqual([
      [10_000, 1],
      [11_500, 1],
      [11_000, 1],
    ])
    const instants = m.told('print').map((print) => print.at)
    for (const [index, nominal] of ['09:00', '09:30', '15:30'].entries())
      expect((instants[index] ?? 0) - at(nominal)).toSatisfy((late: number) => late >= 0 && late <= 30_000)
  })

  it('takes limit and market orders and nothing else', () => {
    const m = openExchange('10:00', [{ designations: ['overheated'] }])
    expect(m.refusal('buy', 1, 10_000, { type: 'conditional' })?.code).toBe('typeNotAllowed')
    expect(m.refusal('buy', 1, 10_000, { timeInForce: 'ioc' })?.code).toBe('typeNotAllowed')
    expect(m.refusal('buy', 1, 'market')).toBeUndefined()
  })

  it('has no band in liquidation', () => {
    const m = openExchange('10:00', [{ designations: ['liquidation'] }])
    expect(state(m)?.band).toBeUndefined()
    m.sell(5, 200)
    m.buy(5, 200)
    m.to('10:31')
    expect(m.prints()).toEqual([[200, 5]])
  })
})
