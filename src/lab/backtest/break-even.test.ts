import { describe, expect, it } from 'vitest'
import { price } from '../../model/money.ts'
import { tradingDay } from '../../model/time.ts'
import { breakEven } from './break-even.ts'

describe('the move that pays for a round trip', () => {
  it.each([
    // 0.015 % twice, 0.20 %, and one step of 100 in 70,000 on each side.
    ['2026-11-20', 'KOSPI', 'stock', 70_000, 1, 0.0003 + 0.002 + 200 / 70_000],
    ['2026-11-20', 'KOSDAQ', 'stock', 70_000, 0, 0.0003 + 0.002],
    // Nothing but 0.15 % for agriculture in 2025.
    ['2025-06-02', 'KOSPI', 'stock', 70_000, 0, 0.0003 + 0.0015],
    ['2019-05-29', 'KOSDAQ', 'stock', 70_000, 0, 0.0003 + 0.003],
    // A cheap share moves by 1 in 500: each step is 0.2 %.
    ['2026-11-20', 'KOSPI', 'stock', 500, 1, 0.0003 + 0.002 + 2 / 500],
    ['2026-11-20', 'KOSPI', 'etf', 10_000, 1, 0.0003 + 10 / 10_000],
  ] as const)('on %s, %s %s at %i with %i ticks: %f', (day, market, kind, at, ticks, total) => {
    const found = breakEven({ market, class: kind }, tradingDay(day), price(at), ticks)
    expect(found.total).toBeCloseTo(total, 10)
    expect(found.commission + found.tax + found.slippage).toBeCloseTo(found.total, 12)
  })
})
