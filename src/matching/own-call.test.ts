import { describe, expect, it } from 'vitest'
import { tradingDay } from '../model/time.ts'
import { at, OPENED, openExchange, STOCK, shares } from './testing/test-exchange.ts'

const state = (m: ReturnType<typeof openExchange>) => m.exchange.state(STOCK)
const vi = (m: ReturnType<typeof openExchange>) =>
  m.told('vi').map(({ state, cause, price, reference, count }) => [state, cause, price, reference, count])

/** Opened at 10,000 by the auction. */
function opened() {
  const m = openExchange('08:50')
  m.sell(1, 10_000)
  m.buy(1, 10_000)
  m.to(OPENED)
  return m
}

describe('a volatility interruption', () => {
  it('stops the order that would trade 6 % away and ends by an auction after two minutes and a random end', () => {
    const m = opened()
    m.sell(10, 10_590)
    const far = m.sell(10, 10_600)
    const buyer = m.buy(20, 'market')
    expect(m.filled(buyer)).toBe(10)
    expect(vi(m)).toEqual([['on', 'dynamic', 10_600, 10_000, 1]])
    expect(state(m)).toMatchObject({ inVi: true, viCount: 1, expected: { price: 10_600, quantity: 10 } })
    m.to('09:02')
    m.sell(10, 10_500)
    m.to('09:03:01')
    const [on, off] = m.told('vi').map((event) => event.at)
    expect((off ?? 0) - (on ?? 0)).toSatisfy((ms: number) => ms >= 120_000 && ms <= 150_000)
    // The market order counts as 10,600, so all from 10,500 to 10,590 match 10: the last price, 10,590, is among them.
    expect(m.prints().at(-1)).toEqual([10_590, 10])
    expect(m.filled(buyer)).toBe(20)
    expect(m.filled(far)).toBe(0)
    expect(state(m)).toMatchObject({ inVi: false, viCount: 1 })
  })

  it('measures one order against the price before it, however many levels it takes', () => {
    const m = opened()
    for (const price of [10_200, 10_400, 10_590]) m.sell(1, price)
    m.buy(3, 'market')
    expect(m.told('vi')).toEqual([])
    m.sell(1, 11_000)
    m.buy(1, 10_000)
    expect(state(m)?.last).toBe(10_590)
  })

  it('is static 10 % from the last auction price, and the auction moves that reference', () => {
    const m = opened()
    for (const price of [10_500, 10_990]) {
      m.sell(1, price)
      m.buy(1, price)
    }
    m.sell(1, 11_000)
    m.buy(1, 11_000)
    expect(vi(m)).toEqual([['on', 'static', 11_000, 10_000, 1]])
    m.to('09:03:30')
    expect(state(m)).toMatchObject({ last: 11_000, inVi: false })
    m.sell(1, 11_500)
    m.buy(1, 11_500)
    m.sell(1, 12_000)
    m.buy(1, 12_000)
    expect(m.told('vi')).toHaveLength(2)
    m.sell(1, 12_100)
    m.buy(1, 12_100)
    expect(vi(m).at(-1)).toEqual(['on', 'static', 12_100, 11_000, 2])
  })

  it('names both causes when both would stop the order', () => {
    const m = opened()
    m.sell(1, 11_000)
    m.buy(1, 11_000)
    expect(vi(m)).toEqual([['on', 'both', 11_000, 10_000, 1]])
  })

  it('puts off an opening 10 % from the base price', () => {
    const m = openExchange('08:50')
    m.sell(10, 11_000)
    m.buy(10, 11_000)
    m.to(OPENED)
    expect(m.prints()).toEqual([])
    expect(vi(m)).toEqual([['on', 'static', 11_000, 10_000, 1]])
    expect(m.exchange.phase).toBe('continuous')
    m.to('09:03:01')
    expect(state(m)).toMatchObject({ open: 11_000, volume: 10 })
  })

  it('puts off the opening price that is left when the self-trade rule has cancelled an order', () => {
    const m = openExchange('08:50')
    // At 10,000 the owner would meet himself; without his newer order the price is 11,000.
    m.buy(10, 11_000, { owner: 'me' })
    m.sell(10, 10_000, { owner: 'me' })
    m.sell(5, 11_000)
    m.to(OPENED)
    expect(m.prints()).toEqual([])
    expect(vi(m)).toEqual([['on', 'static', 11_000, 10_000, 1]])
  })

  it('prolongs the closing call that would end 4 % away, and with it the day of that instrument', () => {
    const m = openExchange('15:10')
    m.sell(1, 10_000)
    m.buy(1, 10_000)
    m.to('15:25')
    const resting = m.buy(1, 9_000)
    m.sell(10, 10_400)
    m.buy(10, 10_400)
    m.to('15:30:30')
    expect(m.exchange.phase).toBe('postCloseEntry')
    expect(vi(m)).toEqual([['on', 'dynamic', 10_400, 10_000, 1]])
    expect(state(m)?.close).toBe(0)
    const late = m.sell(5, 10_300)
    m.to('15:33:01')
    expect(state(m)).toMatchObject({ close: 10_400, inVi: false })
    expect(m.closed(resting)).toEqual([['expired', 1]])
    expect(m.filled(late)).toBe(5)
    expect(m.refusal('buy', 1, 10_000)).toEqual({ code: 'marketClosed', phase: 'postCloseEntry' })
  })

  // Rule book §1.7: underlying issues on derivative expiry day.
  it.each([
    ['2026-11-12', 10_100, 1],
    ['2026-11-12', 10_090, 0],
    ['2026-11-13', 10_100, 0],
    ['2026-11-13', 10_200, 1],
  ])('on %s puts off a close of a KOSPI200 name at %i: %i', (day, price, count) => {
    const m = openExchange('15:25', [{ instrument: { viGroup: 'narrow' } }], 1, tradingDay(day))
    m.sell(1, price)
    m.buy(1, price)
    m.to('15:31')
    expect(state(m)?.viCount).toBe(count)
  })

  it('flows into the closing call when it still runs at 15:20', () => {
    const m = openExchange('15:10')
    m.to('15:19')
    m.sell(1, 10_600)
    m.buy(1, 10_600)
    m.to('15:20')
    expect(m.told('vi').map(({ state, at: instant }) => [state, instant])).toEqual([
      ['on', at('15:19')],
      ['off', at('15:20')],
    ])
    m.to('15:25')
    expect(m.prints()).toEqual([])
    m.to('15:33:01')
    expect(m.prints()).toEqual([[10_600, 1]])
  })

  it.each([
    ['a liquidation', 'liquidation'],
    ['a first day', 'firstDay'],
  ] as const)('does not stop %s', (_, designation) => {
    const m = openExchange('10:00', [{ designations: [designation] }])
    m.sell(1, 12_000)
    m.buy(1, 12_000)
    m.to('10:31')
    expect(m.told('vi')).toEqual([])
    expect(m.prints()).toEqual([[12_000, 1]])
  })

  it('cancels an IOC order that caused it, and a FOK order whole', () => {
    for (const [timeInForce, filled] of [
      ['ioc', 5],
      ['fok', 0],
    ] as const) {
      const m = opened()
      m.sell(5, 10_000)
      m.sell(5, 10_700)
      const buyer = m.buy(10, 10_700, { timeInForce })
      expect([m.filled(buyer), state(m)?.inVi]).toEqual([filled, true])
      expect(m.closed(buyer)).toEqual([['unfilledRemainder', 10 - filled]])
    }
  })

  it('is not caused by a FOK order that could not have traded anyway', () => {
    const m = opened()
    m.sell(5, 10_700)
    m.buy(10, 10_700, { timeInForce: 'fok' })
    expect(state(m)?.inVi).toBe(false)
  })

  it('ends without a price when nothing matches any more', () => {
    const m = opened()
    m.sell(5, 10_700)
    const buyer = m.buy(5, 10_700)
    m.exchange.cancel(buyer, shares(0))
    m.to('09:03:30')
    expect(m.told('vi').map(({ state }) => state)).toEqual(['on', 'off'])
    expect(m.prints()).toHaveLength(1)
    expect(m.book('sell')).toEqual([[10_700, 5]])
  })

  it('takes no best, IOC or FOK orders while it runs', () => {
    const m = opened()
    m.sell(5, 10_700)
    m.buy(5, 10_700)
    expect(m.refusal('buy', 1, 'best')?.code).toBe('typeNotAllowed')
    expect(m.refusal('buy', 1, 10_000, { timeInForce: 'ioc' })?.code).toBe('typeNotAllowed')
    expect(m.refusal('buy', 1, 'market')).toBeUndefined()
  })

  it('guards the after-market at the dynamic rate only', () => {
    const m = openExchange('16:10')
    m.sell(1, 10_500)
    m.buy(1, 10_500)
    m.sell(1, 11_000)
    m.buy(1, 11_000)
    expect(m.told('vi')).toEqual([])
    m.sell(1, 11_660)
    m.buy(1, 11_660)
    expect(vi(m)).toEqual([['on', 'dynamic', 11_660, 11_000, 1]])
  })
})
