import { describe, expect, it } from 'vitest'
import { tradingDay } from '../model/time.ts'
import { at, openExchange, STOCK, type TestExchange } from './testing/test-exchange.ts'

const LAST_DAY = tradingDay('2026-09-11')
const open = (startAt: string, day = LAST_DAY) => openExchange(startAt, [{}], 1, day)
const state = (m: TestExchange) => m.exchange.state(STOCK)

describe('the off-hours single price (시간외 단일가, rule book §1.2)', () => {
  it('executes every ten minutes from 16:10 to 18:00, each round within half a minute of its time', () => {
    const m = open('15:50')
    for (let minute = 0; minute < 120; minute += 10) {
      m.exchange.advanceTo(at('16:01', LAST_DAY) + minute * 60_000)
      m.sell(1, 10_000)
      m.buy(1, 10_000)
    }
    m.to('18:05')
    const late = m.told('print').map((print, round) => print.at - at('16:10', LAST_DAY) - round * 600_000)
    expect(late).toHaveLength(12)
    for (const each of late) expect(each).toSatisfy((ms: number) => ms >= 0 && ms <= 30_000)
    expect(m.told('phase').at(-1)?.phase).toBe('closed')
  })

  it('carries what is left into the next round, and ends it with the last', () => {
    const m = open('16:01')
    const buyer = m.buy(10, 10_050)
    m.sell(4, 10_050)
    m.to('16:11')
    expect(m.filled(buyer)).toBe(4)
    m.sell(1, 10_050)
    m.to('16:21')
    expect(m.filled(buyer)).toBe(5)
    m.to('18:01')
    expect(m.closed(buyer)).toEqual([['expired', 5]])
  })

  it('keeps within 10 % of the day’s close and inside the band of the day', () => {
    const m = open('15:10')
    m.sell(1, 10_500)
    m.buy(1, 10_500)
    m.to('15:25')
    m.sell(1, 10_500)
    m.buy(1, 10_500)
    m.to('16:01')
    expect(state(m)).toMatchObject({ close: 10_500, band: { upper: 11_550, lower: 9_450 } })
    expect(m.refusal('buy', 1, 11_560)).toMatchObject({ code: 'priceOutsideBand' })
    expect(m.refusal('buy', 1, 11_550)).toBeUndefined()
  })

  it('counts as volume and moves neither last, high, low nor the close', () => {
    const m = open('15:50')
    m.to('16:01')
    m.sell(3, 10_300)
    m.buy(3, 10_300)
    m.to('16:11')
    expect(m.told('print')).toMatchObject([{ price: 10_300, quantity: 3, board: 'offHoursSingle' }])
    expect(state(m)).toMatchObject({ volume: 3, value: 30_900, last: 0, high: 0, open: 0 })
  })

  // §1.7: dynamic 3 % and 6 % in the off-hours single price, measured from the price of the round before.
  it.each([
    ['narrow', 10_290, 10_300],
    ['wide', 10_590, 10_600],
  ] as const)('a VI puts a price of a %s name off by two minutes', (viGroup, near, far) => {
    const m = openExchange('15:50', [{ instrument: { viGroup } }], 1, LAST_DAY)
    m.to('16:01')
    m.sell(1, far)
    m.buy(1, far)
    m.to('16:11')
    expect(m.prints()).toEqual([])
    expect(m.told('vi')).toMatchObject([{ state: 'on', cause: 'dynamic', reference: 10_000 }])
    m.to('16:14')
    expect(m.prints()).toEqual([[far, 1]])
    const next = Math.floor((far * near) / 10_000 / 10) * 10 - 10
    m.sell(1, Math.min(next, 11_000))
    m.buy(1, Math.min(next, 11_000))
    m.to('16:21')
    expect(m.told('vi').filter(({ state: turn }) => turn === 'on')).toHaveLength(1)
  })

  it('a VI in the last round prolongs the day of that name', () => {
    const m = open('17:55')
    m.sell(1, 10_600)
    const buyer = m.buy(2, 10_600)
    m.to('18:01')
    expect(m.told('phase').at(-1)?.phase).toBe('closed')
    expect(m.closed(buyer)).toEqual([])
    m.to('18:04')
    expect(m.prints()).toEqual([[10_600, 1]])
    expect(m.closed(buyer)).toEqual([['expired', 1]])
  })

  it('takes limit orders alone, none of a halted name, and is gone since 2026-09-14', () => {
    const m = open('16:01')
    expect(m.refusal('buy', 1, 'market')).toMatchObject({ code: 'typeNotAllowed' })
    expect(m.refusal('buy', 1, 10_000, { timeInForce: 'ioc' })).toMatchObject({ code: 'typeNotAllowed' })
    m.exchange.halt(STOCK, true)
    expect(m.refusal('buy', 1, 10_000)).toEqual({ code: 'instrumentHalted' })
    const later = open('15:50', tradingDay('2026-09-14'))
    later.to('16:30')
    expect(later.exchange.phase).toBe('afterMarket')
  })
})
