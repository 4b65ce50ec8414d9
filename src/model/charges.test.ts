import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../std/invariant.ts'
import { previousTradingDay, settlementDay } from './calendar.ts'
import { commission, commissionSchedule, type HoldRequest, holdFor, transactionTax } from './charges.ts'
import type { InstrumentClass, Market } from './instrument.ts'
import { krw, notional, price, quantity } from './money.ts'
import type { OrderType } from './order.ts'
import { tradingDay } from './time.ts'

const NOW = tradingDay('2026-11-20')
const terms = (environment: 'simulated' | 'paper' | 'live') =>
  commissionSchedule({ broker: 'kiwoom', environment, venue: 'KRX', day: NOW })
const values = fc.integer({ min: 0, max: 1_000_000_000_000 })

describe('the commission', () => {
  it.each([
    // The Kiwoom guide's own balance example charges 100 won on 700,000 and on 715,000.
    ['live', 700_000, 100],
    ['live', 715_000, 100],
    ['live', 1_234_567, 180],
    ['live', 66_666, 0],
    ['live', 66_667, 10],
    ['live', 0, 0],
    ['simulated', 1_234_567, 180],
    ['paper', 1_234_567, 4_320],
    ['paper', 71_500, 250],
  ] as const)('%s on %i won is %i', (environment, value, charged) => {
    expect(commission(terms(environment), krw(value))).toBe(charged)
  })

  it('is exact where binary fractions are not', () => {
    // 0.015 % of 200,000,000,000 is 30,000,000 to the won.
    expect(commission(terms('live'), krw(200_000_000_000))).toBe(30_000_000)
  })

  it('is counted per order: fills of one order owe less rounding than fills by themselves', () => {
    expect(commission(terms('live'), krw(180_000))).toBe(20)
    expect(3 * commission(terms('live'), krw(60_000))).toBe(0)
  })

  it('is the same on NXT as on KRX', () => {
    expect(commissionSchedule({ broker: 'kiwoom', environment: 'live', venue: 'NXT', day: NOW })).toEqual(
      terms('live'),
    )
  })

  it('is not guessed for a day without terms', () => {
    const ask = () =>
      commissionSchedule({
        broker: 'kiwoom',
        environment: 'live',
        venue: 'KRX',
        day: tradingDay('1998-01-05'),
      })
    expect(ask).toThrow(InvariantError)
  })
})

describe('the transaction tax', () => {
  const tax = (market: Market, day: string, sold: number, kind: InstrumentClass = 'stock') => {
    const { securities, agricultural, total } = transactionTax(
      { market, class: kind },
      tradingDay(day),
      krw(sold),
    )
    expect(total).toBe(securities + agricultural)
    return [securities, agricultural]
  }

  // Rates in percent from the rule book §2.1, worked on 1,234,567 won by hand; both sides of each change.
  it.each([
    ['KOSPI', '2019-05-29', 1_851, 1_851],
    ['KOSPI', '2019-05-30', 1_234, 1_851],
    ['KOSPI', '2020-12-28', 1_234, 1_851],
    ['KOSPI', '2020-12-29', 987, 1_851],
    ['KOSPI', '2022-12-27', 987, 1_851],
    ['KOSPI', '2022-12-28', 617, 1_851],
    ['KOSPI', '2023-12-26', 617, 1_851],
    ['KOSPI', '2023-12-27', 370, 1_851],
    ['KOSPI', '2024-12-26', 370, 1_851],
    ['KOSPI', '2024-12-27', 0, 1_851],
    ['KOSPI', '2025-12-26', 0, 1_851],
    ['KOSPI', '2025-12-29', 617, 1_851],
    ['KOSPI', '2026-11-20', 617, 1_851],
    ['KOSDAQ', '2019-05-29', 3_703, 0],
    ['KOSDAQ', '2019-05-30', 3_086, 0],
    ['KOSDAQ', '2020-12-28', 3_086, 0],
    ['KOSDAQ', '2020-12-29', 2_839, 0],
    ['KOSDAQ', '2022-12-27', 2_839, 0],
    ['KOSDAQ', '2022-12-28', 2_469, 0],
    ['KOSDAQ', '2023-12-26', 2_469, 0],
    ['KOSDAQ', '2023-12-27', 2_222, 0],
    ['KOSDAQ', '2024-12-26', 2_222, 0],
    ['KOSDAQ', '2024-12-27', 1_851, 0],
    ['KOSDAQ', '2025-12-26', 1_851, 0],
    ['KOSDAQ', '2025-12-29', 2_469, 0],
    ['KONEX', '2019-05-29', 3_703, 0],
    ['KONEX', '2019-05-30', 1_234, 0],
    ['KONEX', '2025-12-26', 1_234, 0],
    ['KONEX', '2025-12-29', 1_234, 0],
  ] as const)('on %s for a sale on %s is %i + %i', (market, day, securities, agricultural) => {
    expect(tax(market, day, 1_234_567)).toEqual([securities, agricultural])
  })

  it('cuts its two components one by one: 357 + 1,072 on 715,000, where one rate would give 1,430', () => {
    expect(tax('KOSPI', '2026-07-10', 715_000)).toEqual([357, 1_072])
  })

  it.each(['etf', 'etn', 'elw'] as const)('spares an %s', (kind) => {
    expect(tax('KOSPI', '2026-11-20', 1_234_567, kind)).toEqual([0, 0])
  })

  // Legal first days by SETTLEMENT; the first trade date of each row must be the first that settles on or after it.
  it.each([
    ['2019-05-30', '2019-06-03'],
    ['2020-12-29', '2021-01-01'],
    ['2022-12-28', '2023-01-01'],
    ['2023-12-27', '2024-01-01'],
    ['2024-12-27', '2025-01-01'],
    ['2025-12-29', '2026-01-01'],
  ])('changes with the first trade that settles from the legal date on: %s for %s', (traded, legal) => {
    const first = tradingDay(traded)
    expect(settlementDay(first) >= legal).toBe(true)
    expect(settlementDay(previousTradingDay(first)) < legal).toBe(true)
    const rate = (day: string) =>
      transactionTax({ market: 'KOSDAQ', class: 'stock' }, tradingDay(day), krw(10_000))
    expect(rate(first).total).not.toBe(rate(previousTradingDay(first)).total)
  })

  it('never falls as an order fills further, and never exceeds the one-rate sum', () => {
    fc.assert(
      fc.property(values, values, (first, more) => {
        const at = (sold: number) => transactionTax({ market: 'KOSPI', class: 'stock' }, NOW, krw(sold)).total
        expect(at(first + more)).toBeGreaterThanOrEqual(at(first))
        expect(at(first) * 10_000).toBeLessThanOrEqual(first * 20)
        expect((at(first) + 2) * 10_000).toBeGreaterThan(first * 20)
      }),
    )
  })
})

describe('the cash held for a buy', () => {
  const schedule = terms('live')
  const band = { upper: price(92_900), lower: price(50_100) }
  const hold = (request: Partial<HoldRequest> & { type: OrderType }) =>
    holdFor({ quantity: quantity(10), band, last: price(71_500), schedule, ...request })

  it('is the limit times the shares plus the commission, rounded up', () => {
    // 714,000 × 0.015 % = 107.1, raised to 110.
    expect(hold({ type: 'limit', limit: price(71_400) })).toBe(714_110)
  })

  it.each(['market', 'best', 'priority', 'mid', 'preClose', 'postClose'] as const)(
    'is the upper limit for a %s order',
    (type) => {
      // 929,000 × 0.015 % = 139.35, raised to 140.
      expect(hold({ type })).toBe(929_140)
    },
  )

  it('is the upper limit for a conditional order, which ends as a market order', () => {
    expect(hold({ type: 'conditional', limit: price(71_400) })).toBe(929_140)
  })

  it('is twice the last price where nothing bounds a market order', () => {
    // 1,430,000 × 0.015 % = 214.5, raised to 220.
    expect(hold({ type: 'market', band: undefined })).toBe(1_430_220)
  })

  it.each([
    ['a limit order without limit', { type: 'limit' }],
    ['a limit order at 0', { type: 'limit', limit: price(0) }],
    ['a market order with no price known at all', { type: 'market', band: undefined, last: price(0) }],
  ] as const)('is not guessed for %s', (_, request) => {
    expect(() => hold(request)).toThrow(InvariantError)
  })

  it('is never less than what any fills of the order can cost', () => {
    const fills = fc.array(
      fc.record({ at: fc.integer({ min: 1, max: 92_900 }), shares: fc.integer({ min: 1, max: 900 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(fills, fc.constantFrom(terms('live'), terms('paper')), (all, paid) => {
        const shares = all.reduce((count, fill) => count + fill.shares, 0)
        const value = all.reduce((won, fill) => won + notional(price(fill.at), quantity(fill.shares)), 0)
        const held = hold({ type: 'market', quantity: quantity(shares), schedule: paid })
        expect(held).toBeGreaterThanOrEqual(value + commission(paid, krw(value)))
      }),
    )
  })
})
