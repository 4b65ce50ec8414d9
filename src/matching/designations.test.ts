import { describe, expect, it } from 'vitest'
import type { OrderType } from '../model/order.ts'
import { at, type ListingWish, OPENED, openExchange, STOCK } from './testing/test-exchange.ts'

/** Rule book §1.13, with §1.3 for the after-market and §1.7 for VI: what an order meets in an instrument so marked. */
interface Row {
  readonly wish: ListingWish
  /** Matched as it comes, or every so many minutes. */
  readonly every?: 10 | 30
  /** Are orders other than limit and market taken between the calls? */
  readonly plainOnly?: boolean
  readonly noVi?: boolean
  readonly noBand?: boolean
  readonly noAfterMarket?: boolean
}

const ROWS: readonly (readonly [name: string, Row])[] = [
  ['no mark', { wish: {} }],
  ['투자주의', { wish: { designations: ['caution'] } }],
  ['투자주의환기', { wish: { designations: ['disclosureCaution'] } }],
  ['투자경고', { wish: { designations: ['warning'] }, noAfterMarket: true }],
  ['투자위험', { wish: { designations: ['danger'] }, noAfterMarket: true }],
  [
    '투자위험 in single prices',
    {
      wish: { designations: ['danger'], singlePriceMinutes: 30 },
      every: 30,
      noVi: true,
      noAfterMarket: true,
    },
  ],
  ['관리종목', { wish: { designations: ['administrative'] }, noAfterMarket: true }],
  [
    '관리종목 in single prices',
    {
      wish: { designations: ['administrative'], singlePriceMinutes: 30 },
      every: 30,
      noVi: true,
      noAfterMarket: true,
    },
  ],
  ['초저유동성', { wish: { singlePriceMinutes: 10 }, every: 10, noVi: true, noAfterMarket: true }],
  [
    '단기과열',
    { wish: { designations: ['overheated'] }, every: 30, plainOnly: true, noVi: true, noAfterMarket: true },
  ],
  [
    '정리매매',
    { wish: { designations: ['liquidation'] }, every: 30, noVi: true, noBand: true, noAfterMarket: true },
  ],
]

/** Somebody sells and somebody buys one share at 20 % above the base price. */
function jump(m: ReturnType<typeof openExchange>) {
  m.sell(1, 12_000)
  m.buy(1, 12_000)
}

describe.each(ROWS)('an instrument marked %s', (_, row) => {
  it(`is matched ${row.every ? `every ${row.every} minutes` : 'as orders come'}`, () => {
    const m = openExchange('09:00:40', [row.wish])
    m.sell(1, 10_000)
    m.buy(1, 10_000)
    const printed = () => m.told('print').map((print) => print.at)
    if (row.every === undefined) return expect(printed()).toEqual([at('09:00:40')])
    m.to('15:31')
    const late = (printed()[0] ?? 0) - at('09:00') - row.every * 60_000
    expect(late).toSatisfy((ms: number) => ms >= 0 && ms <= 30_000)
  })

  it(`${row.noVi ? 'knows no' : 'is stopped by a'} volatility interruption`, () => {
    const m = openExchange(OPENED, [row.wish])
    jump(m)
    m.to('09:31')
    expect(m.told('vi').length > 0).toBe(!row.noVi)
  })

  it(`${row.noBand ? 'knows no' : 'has its'} price limits`, () => {
    const m = openExchange(OPENED, [row.wish])
    expect(m.refusal('buy', 1, 30_000)?.code).toBe(row.noBand ? undefined : 'priceOutsideBand')
    expect(m.exchange.state(STOCK)?.band === undefined).toBe(row.noBand ?? false)
  })

  it(`takes ${row.plainOnly ? 'limit and market orders alone' : 'conditional orders too'}`, () => {
    const m = openExchange(OPENED, [row.wish])
    const code = (type: OrderType) => m.refusal('buy', 1, 10_000, { type })?.code
    expect([code('limit'), m.refusal('buy', 1, 'market')?.code]).toEqual([undefined, undefined])
    expect(code('conditional')).toBe(row.plainOnly ? 'typeNotAllowed' : undefined)
  })

  it(`is ${row.noAfterMarket ? 'kept out of' : 'traded in'} the after-market`, () => {
    const m = openExchange('16:10', [row.wish])
    expect(m.refusal('buy', 1, 10_000)?.code).toBe(row.noAfterMarket ? 'marketClosed' : undefined)
  })
})

describe('단기과열', () => {
  it('is matched from 09:00 to 15:30 in fourteen rounds', () => {
    const m = openExchange('08:50', [{ designations: ['overheated'] }])
    for (let minute = 0; minute < 420; minute += 30) {
      m.exchange.advanceTo(at('08:55') + minute * 60_000)
      m.sell(1, 10_000)
      m.buy(1, 10_000)
    }
    m.to('15:31')
    const times = m.told('print').map((print) => Math.floor((print.at - at('09:00')) / 60_000))
    // 15:00 is a round of its own, 15:30 is the closing call.
    expect(times).toEqual(Array.from({ length: 14 }, (_, round) => round * 30))
  })
})
