import { describe, expect, it } from 'vitest'
import { instrumentId } from '../model/ids.ts'
import { type ListingWish, OPENED, openExchange } from './testing/test-exchange.ts'

describe('what the exchange refuses', () => {
  it.each([
    ['a price off the grid', 10_005, { code: 'priceOffTick', price: 10_005, tick: 10 }],
    [
      'a price above the band',
      13_010,
      { code: 'priceOutsideBand', price: 13_010, band: { upper: 13_000, lower: 7_000 } },
    ],
    [
      'a price below the band',
      6_990,
      { code: 'priceOutsideBand', price: 6_990, band: { upper: 13_000, lower: 7_000 } },
    ],
    ['a limit order without a price', 0, { code: 'priceMissing' }],
  ])('%s', (_, limit, refusal) => {
    expect(openExchange(OPENED).refusal('buy', 1, limit)).toEqual(refusal)
  })

  it('nothing at the ends of the band', () => {
    const m = openExchange(OPENED, [{ designations: ['firstDay'], basePrice: 10_000 }])
    expect(m.refusal('buy', 1, 6_000)).toBeUndefined()
    expect(m.refusal('sell', 1, 40_000)).toBeUndefined()
  })

  it('an order for nothing, and one for an instrument that is not listed', () => {
    const m = openExchange(OPENED)
    expect(m.refusal('buy', 0, 10_000)).toEqual({ code: 'quantityZero' })
    expect(m.refusal('buy', 1, 10_000, { instrument: instrumentId('999999') })).toEqual({
      code: 'unknownInstrument',
    })
  })

  it('gives a refused order no number', () => {
    const m = openExchange(OPENED)
    m.refusal('buy', 1, 10_005)
    expect(m.buy(1, 10_000)).toBe(1)
    expect(m.told('accepted')).toHaveLength(1)
  })

  it.each([
    ['07:59', 'limit', 'marketClosed'],
    ['08:30', 'limit', undefined],
    ['08:30', 'market', undefined],
    ['08:30', 'conditional', undefined],
    ['08:30', 'best', 'typeNotAllowed'],
    ['08:39', 'preClose', undefined],
    ['08:40', 'preClose', 'marketClosed'],
    ['08:50', 'mid', 'typeNotAllowed'],
    ['08:50', 'stopLimit', 'typeNotAllowed'],
    ['10:00', 'mid', 'noOppositeQuote'],
    ['10:00', 'stopLimit', 'priceMissing'],
    ['15:20', 'mid', 'typeNotAllowed'],
    ['15:20', 'stopLimit', 'typeNotAllowed'],
    ['16:10', 'mid', 'typeNotAllowed'],
    ['16:10', 'stopLimit', 'typeNotAllowed'],
    ['10:00', 'postClose', 'marketClosed'],
    ['15:20', 'market', undefined],
    ['15:20', 'conditional', 'typeNotAllowed'],
    ['15:20', 'priority', 'typeNotAllowed'],
    ['15:31', 'limit', 'marketClosed'],
    ['15:31', 'postClose', undefined],
    ['15:59', 'postClose', undefined],
    ['16:00', 'postClose', 'marketClosed'],
    ['16:00', 'limit', undefined],
    ['16:00', 'market', 'typeNotAllowed'],
    ['16:00', 'conditional', 'typeNotAllowed'],
    ['20:00', 'limit', 'marketClosed'],
  ] as const)('at %s a %s order: %s', (time, type, code) => {
    const m = openExchange('07:00')
    m.to(time)
    const takesPrice = type === 'limit' || type === 'conditional'
    expect(m.refusal('buy', 1, takesPrice ? 10_000 : type, { type })?.code).toBe(code)
  })

  it.each<[string, ListingWish, string | undefined]>([
    ['an ordinary stock', {}, undefined],
    ['an ETF', { instrument: { class: 'etf' } }, 'marketClosed'],
    ['an overheated stock', { designations: ['overheated'] }, 'marketClosed'],
    ['an administrative issue', { designations: ['administrative'] }, 'marketClosed'],
  ])('the after-market to %s: %s', (_, wish, code) => {
    const m = openExchange('16:30', [wish])
    expect(m.refusal('buy', 1, 10_000)?.code).toBe(code)
  })

  it('IOC and FOK in a call auction', () => {
    const m = openExchange('08:30')
    for (const timeInForce of ['ioc', 'fok'] as const)
      expect(m.refusal('buy', 1, 10_000, { timeInForce })).toMatchObject({
        code: 'typeNotAllowed',
        timeInForce,
      })
  })
})
