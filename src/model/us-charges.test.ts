import { describe, expect, it } from 'vitest'
import { commission, commissionSchedule, holdFor, saleLevies, transactionTax } from './charges.ts'
import { type Money, price, quantity } from './money.ts'
import { tradingDay } from './time.ts'
import { activityFee, secFee } from './us-charges.ts'

/** Dollars as they are written, in the unit of money. */
const usd = (dollars: number): Money => Math.round(dollars * 10_000) as Money

/** Rule book §3.5; each change on both its sides. The cents are worked by hand. */
describe('the fee of Section 31', () => {
  it.each([
    // $12,345.67 at 22.10: 0.27284 → 28 cents; at 5.10: 0.06296 → 7.
    ['2021-02-24', 12_345.67, 0.28],
    ['2021-02-25', 12_345.67, 0.07],
    ['2022-05-13', 12_345.67, 0.07],
    // At 22.90: 0.28272 → 29.
    ['2022-05-14', 12_345.67, 0.29],
    ['2023-02-26', 12_345.67, 0.29],
    // At 8.00: 0.09877 → 10.
    ['2023-02-27', 12_345.67, 0.1],
    ['2024-05-21', 12_345.67, 0.1],
    // At 27.80: 0.34321 → 35.
    ['2024-05-22', 12_345.67, 0.35],
    ['2025-05-13', 12_345.67, 0.35],
    ['2025-05-14', 12_345.67, 0],
    ['2026-04-03', 12_345.67, 0],
    // At 20.60: 0.25432 → 26.
    ['2026-04-04', 12_345.67, 0.26],
    // Earlier: 18.40, 21.80, 23.10, 13.00, 20.70 of a million dollars.
    ['2015-02-14', 1_000_000, 18.4],
    ['2016-02-16', 1_000_000, 21.8],
    ['2017-07-04', 1_000_000, 23.1],
    ['2018-05-21', 1_000_000, 23.1],
    ['2018-05-22', 1_000_000, 13],
    ['2019-04-16', 1_000_000, 20.7],
    ['2020-02-17', 1_000_000, 20.7],
    ['2020-02-18', 1_000_000, 22.1],
    // A hair above a whole cent is the next one; exactly a cent is that cent: 0.01 / 20.60 of a million is 485.4369.
    ['2026-11-20', 485.43, 0.01],
    ['2026-11-20', 485.44, 0.02],
    ['2024-06-03', 1_000_000, 27.8],
    ['2024-06-03', 1_000_000.01, 27.81],
  ])('on %s, of %d dollars: %d', (day, sold, fee) => {
    expect(secFee(tradingDay(day), usd(sold))).toBe(usd(fee))
  })
})

describe('the trading activity fee', () => {
  it.each([
    // 1,000 shares: 0.166 → 17 cents; 0.195 → 20; 0.232 → 24; 0.24 → 24.
    ['2023-12-29', 1_000, 0.15],
    ['2024-01-02', 1_000, 0.17],
    ['2025-12-31', 1_000, 0.17],
    ['2026-01-02', 1_000, 0.2],
    ['2026-09-30', 1_000, 0.2],
    ['2026-10-01', 1_000, 0],
    ['2026-12-31', 1_000, 0],
    ['2027-01-04', 1_000, 0.24],
    ['2028-01-03', 1_000, 0.24],
    // The cap: 50,000 × 0.000166 = 8.30 exactly, and no more for more.
    ['2025-06-02', 50_000, 8.3],
    ['2025-06-02', 60_000, 8.3],
    ['2026-03-02', 1_000_000, 9.79],
  ])('on %s, of %i shares: %d', (day, shares, fee) => {
    expect(activityFee(tradingDay(day), quantity(shares))).toBe(usd(fee))
  })
})

describe('a US share at KIS', () => {
  const day = tradingDay('2026-11-20')
  const schedule = commissionSchedule({ broker: 'kis', environment: 'simulated', venue: 'US', day })
  const apple = { market: 'NASDAQ', class: 'stock' } as const

  it('costs a quarter percent a side, cut to the cent', () => {
    // $7,123.40 × 0.25 % = 17.8085.
    expect(commission(schedule, usd(7_123.4))).toBe(usd(17.8))
    expect(commission(schedule, usd(3.99))).toBe(0)
  })

  it('bears the fee of Section 31 when sold and no Korean tax; the activity fee only where it is handed on', () => {
    const sold = { value: usd(7_123.4), shares: quantity(30) }
    // 7,123.40 × 20.60 / million = 0.1467.
    expect(saleLevies(apple, day, sold, schedule)).toBe(usd(0.15))
    expect(transactionTax(apple, day, sold.value).total).toBe(0)
    const january = tradingDay('2026-01-05')
    // The fee of Section 31 was nothing then; 30 × 0.000195 = 0.00585, a cent.
    expect(saleLevies(apple, january, sold, { passesActivityFee: true })).toBe(usd(0.01))
    expect(saleLevies(apple, january, sold, schedule)).toBe(0)
  })

  it('is held for with a tenth more than its last price when bought at market', () => {
    const request = { quantity: quantity(10), last: price(1_000_000), market: 'NASDAQ', schedule } as const
    // 10 × 110 = 1,100 and 2.75 of commission.
    expect(holdFor({ ...request, type: 'market' })).toBe(usd(1_102.75))
    expect(holdFor({ ...request, type: 'limit', limit: price(1_000_000) })).toBe(usd(1_002.5))
  })
})
