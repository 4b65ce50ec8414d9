import { describe, expect, it } from 'vitest'
import { price, quantity } from '../model/money.ts'
import { tradingDay } from '../model/time.ts'
import { STOCK } from './testing/test-exchange.ts'
import { openNationalMarket } from './testing/test-national-market.ts'

/** The rules of the first year and a half. */
const OLD = tradingDay('2026-09-11')
const NEW = tradingDay('2026-11-20')

describe('the hours of NXT', () => {
  // Rule book §1.4; the exam day and the first day of a year have no pre-market.
  it.each([
    [NEW, '07:59:59', 'marketClosed', 'marketClosed'],
    [NEW, '08:00', undefined, undefined],
    [NEW, '08:49:59', undefined, undefined],
    [NEW, '08:50', 'marketClosed', 'marketClosed'],
    [NEW, '09:00:29', 'marketClosed', 'marketClosed'],
    [NEW, '09:00:30', undefined, undefined],
    [NEW, '15:20', 'marketClosed', 'marketClosed'],
    [NEW, '15:30', undefined, 'typeNotAllowed'],
    [NEW, '15:40', undefined, undefined],
    [NEW, '19:59:59', undefined, undefined],
    [NEW, '20:00', 'marketClosed', 'marketClosed'],
    [tradingDay('2026-11-19'), '08:30', 'marketClosed', 'marketClosed'],
    [tradingDay('2026-11-19'), '10:00:30', undefined, undefined],
    [tradingDay('2026-11-19'), '16:19', undefined, undefined],
    [tradingDay('2026-11-19'), '16:30', undefined, 'typeNotAllowed'],
    [tradingDay('2026-11-19'), '16:40', undefined, undefined],
    [tradingDay('2026-01-02'), '08:30', 'marketClosed', 'marketClosed'],
    [tradingDay('2026-01-02'), '09:30', 'marketClosed', 'marketClosed'],
    [tradingDay('2026-01-02'), '10:00:30', undefined, undefined],
  ])('on %s at %s answer a limit order with %s and an IOC order with %s', (day, time, limit, ioc) => {
    const { nxt, to } = openNationalMarket('07:30', { day })
    to(time)
    expect(nxt.refusal('buy', 1, 10_000)).toBe(limit)
    expect(nxt.refusal('buy', 1, 10_000, { timeInForce: 'ioc' })).toBe(ioc)
  })

  it('begin without an auction: the second order of the day trades with the first, at its price', () => {
    const { nxt, to } = openNationalMarket('08:00')
    nxt.order('sell', 10, 10_050)
    to('08:00:05')
    nxt.order('buy', 4, 10_100)
    expect(nxt.prints()).toEqual([['08:00:05', 10_050, 4]])
  })

  it('carry an order from the pre-market to the end of the after-market', () => {
    const { nxt, to } = openNationalMarket('08:00')
    const number = nxt.order('buy', 10, 9_900)
    to('09:30')
    nxt.order('sell', 3, 9_900)
    to('16:00')
    nxt.order('sell', 2, 9_900)
    to('19:59:59')
    expect(nxt.open(number)).toBe(5)
    to('20:00')
    expect(nxt.told('closed')).toMatchObject([{ number, why: 'expired', quantity: 5 }])
    expect(nxt.prints().map(([clock]) => clock)).toEqual(['09:30:00', '16:00:00'])
  })

  it.each(['08:55', '15:25'])('have breaks in which an order is cancelled and not amended (%s)', (time) => {
    const { nxt, to } = openNationalMarket('08:00')
    const number = nxt.order('buy', 10, 9_900)
    to(time)
    expect(nxt.exchange.amend(number, { limit: price(9_950), quantity: quantity(0) })).toMatchObject({
      ok: false,
    })
    expect(nxt.cancel(number)).toBe(true)
  })

  it('let what was collected before the after-market meet pair by pair, at the price of the older order', () => {
    const { nxt, to } = openNationalMarket('15:00')
    nxt.order('sell', 5, 10_100)
    to('15:31')
    nxt.order('buy', 4, 10_200)
    nxt.order('buy', 4, 10_150)
    nxt.order('sell', 3, 10_000)
    to('15:39:59')
    expect(nxt.prints()).toEqual([])
    to('15:40')
    expect(nxt.prints()).toEqual([
      ['15:40:00', 10_200, 3],
      ['15:40:00', 10_100, 1],
      ['15:40:00', 10_100, 4],
    ])
  })
})

describe('the orders of NXT', () => {
  it('know no market order, and sweep with one that may not rest', () => {
    const { nxt, to } = openNationalMarket('09:00')
    to('09:01')
    nxt.order('sell', 3, 10_000)
    nxt.order('sell', 3, 10_100)
    expect(nxt.refusal('buy', 10, 'market')).toBe('typeNotAllowed')
    const swept = nxt.order('buy', 10, 'market', { timeInForce: 'ioc' })
    expect(nxt.prints().map(([, at]) => at)).toEqual([10_000, 10_100])
    expect(nxt.told('closed')).toMatchObject([{ number: swept, why: 'unfilledRemainder', quantity: 4 }])
  })

  it('end with the pre-market when they say so (GTP), since 2026-09-14', () => {
    const { nxt, to } = openNationalMarket('08:00', { day: NEW })
    const gtp = nxt.order('buy', 10, 9_900, { timeInForce: 'gtp' })
    const day = nxt.order('buy', 10, 9_900)
    to('08:50')
    expect([nxt.open(gtp), nxt.open(day)]).toEqual([0, 10])
    expect(nxt.told('closed')).toMatchObject([{ number: gtp, why: 'expired', quantity: 10 }])
    to('09:10')
    expect(nxt.refusal('buy', 1, 9_900, { timeInForce: 'gtp' })).toBe('typeNotAllowed')
    const before = openNationalMarket('08:00', { day: OLD })
    expect(before.nxt.refusal('buy', 1, 9_900, { timeInForce: 'gtp' })).toBe('typeNotAllowed')
  })

  it('keep to the tick and the band of KRX', () => {
    const { nxt } = openNationalMarket('08:00')
    expect(nxt.refusal('buy', 1, 10_005)).toBe('priceOffTick')
    expect(nxt.refusal('buy', 1, 13_010)).toBe('priceOutsideBand')
    expect(nxt.refusal('buy', 1, 13_000)).toBeUndefined()
  })
})

describe('a VI of NXT', () => {
  const jump = (day: typeof NEW) => {
    const stand = openNationalMarket('09:00', { day })
    const { nxt, to } = stand
    to('09:10')
    nxt.order('sell', 5, 10_000)
    nxt.order('buy', 5, 10_000)
    nxt.order('sell', 5, 10_600)
    nxt.order('buy', 3, 10_700)
    return stand
  }

  it('only stops matching until 2026-09-11: two minutes later the orders meet where they were', () => {
    const { nxt, to } = jump(OLD)
    nxt.order('buy', 2, 10_650)
    expect(nxt.refusal('buy', 1, 'best')).toBe('typeNotAllowed')
    to('09:11:59')
    expect(nxt.prints()).toHaveLength(1)
    expect(nxt.told('expected')).toEqual([])
    to('09:12')
    expect(nxt.prints().slice(1)).toEqual([
      ['09:12:00', 10_600, 3],
      ['09:12:00', 10_600, 2],
    ])
    expect(nxt.told('vi').map(({ state, cause }) => [state, cause])).toEqual([
      ['on', 'dynamic'],
      ['off', 'dynamic'],
    ])
  })

  it('collects orders for one price since 2026-09-14', () => {
    const { nxt, to } = jump(NEW)
    nxt.order('buy', 2, 10_650)
    to('09:12:31')
    expect(
      nxt
        .prints()
        .slice(1)
        .map(([, at, shares]) => [at, shares]),
    ).toEqual([[10_600, 5]])
    expect(nxt.told('expected').length).toBeGreaterThan(0)
  })

  it.each([
    [OLD, undefined],
    [NEW, 'static'],
  ] as const)('on %s answers a slow climb of a tenth with %s', (day, cause) => {
    const { nxt, to } = openNationalMarket('09:00', { day })
    to('09:10')
    for (const at of [10_400, 10_800, 11_000]) {
      nxt.order('sell', 1, at)
      nxt.order('buy', 1, at)
    }
    expect(nxt.told('vi')[0]?.cause).toBe(cause)
  })
})

describe('the closing price at NXT', () => {
  it('is that of KRX, and nothing trades before KRX has it', () => {
    const { krx, nxt, to } = openNationalMarket('15:10')
    krx.order('sell', 5, 10_250)
    krx.order('buy', 5, 10_250)
    nxt.order('sell', 1, 10_300)
    nxt.order('buy', 1, 10_300)
    to('15:30')
    const seller = nxt.order('sell', 7, 'postClose')
    nxt.order('buy', 4, 'postClose')
    expect(nxt.prints()).toHaveLength(1)
    to('15:31')
    expect(nxt.told('print').slice(1)).toMatchObject([{ price: 10_250, quantity: 4, board: 'closePrice' }])
    expect(nxt.exchange.state(STOCK)).toMatchObject({ close: 10_250, last: 10_300 })
    to('16:00')
    expect(nxt.told('closed')).toMatchObject([{ number: seller, why: 'expired', quantity: 3 }])
    expect(nxt.refusal('buy', 1, 'postClose')).toBe('marketClosed')
  })
})
