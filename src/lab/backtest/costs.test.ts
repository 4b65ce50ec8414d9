import { describe, expect, it } from 'vitest'
import { previousTradingDay } from '../../model/calendar.ts'
import type { InstrumentClass, Market } from '../../model/instrument.ts'
import { krw } from '../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { type BarRow, barTable } from './bar-table.ts'
import { runBacktest } from './run.ts'
import { planned, planOf, SAMSUNG } from './testing/play.ts'

const MINUTE_MS = 60_000
const VOLUME = 10_000

/** A bar in which nothing moves, so many minutes after ten. */
const still = (day: string, minute: number, price: number, volume = VOLUME): BarRow => {
  const openAt = kstInstant(tradingDay(day), timeOfDay('10:00')) + minute * MINUTE_MS
  return {
    index: 0,
    openAt,
    closeAt: openAt + MINUTE_MS,
    open: price,
    high: price,
    low: price,
    close: price,
    volume,
  }
}

/**
 * 1,500 shares, of which no bar gives more than a tenth of its volume: bought 1,000 at 12,350 and 500 at 12,400, sold 900 at
 * 12,600 and 600 at 12,550.
 */
function roundTripOn(day: string, market: Market, kind: InstrumentClass) {
  const instrument = { ...SAMSUNG, market, class: kind }
  const rows = [
    still(previousTradingDay(tradingDay(day)), 0, 12_350),
    still(day, 0, 12_350),
    still(day, 1, 12_350),
    still(day, 2, 12_400),
    still(day, 3, 12_400),
    still(day, 4, 12_600, 9_000),
    still(day, 5, 12_550),
  ]
  const strategy = planned([undefined, 'long', undefined, undefined, 'flat'])
  const plan = planOf(strategy, rows)
  const [rule] = plan.settings.strategies ?? []
  if (!rule) throw new Error('the settings have a rule')
  const waits = { afterMs: 3_600_000, then: 'cancel', times: 0, finally: 'cancel' } as const
  return runBacktest({
    ...plan,
    bars: barTable(rows),
    interval: '1m',
    instruments: [instrument],
    settings: {
      ...plan.settings,
      // 1,500 × 12,350 = 18,525,000 with 2,770 of commission; one share more would not fit.
      strategies: [{ ...rule, amount: { kind: 'krw', krw: krw(18_530_000) } }],
      unfilled: { buy: waits, sell: waits },
    },
    cash: krw(100_000_000),
  })
}

/**
 * Bought for 18,550,000: 0.015 % = 2,782.5, cut below 10 won: 2,780. Sold for 18,870,000: 2,830.5, cut: 2,830. The gain before
 * costs is 320,000, so what stays is 314,390 less the tax: so many hundredths of a percent of 18,870,000.
 * Source: rule book §2.1, §2.3.
 */
describe('a round trip in four fills costs to the won', () => {
  it.each([
    // 15 + 15: 28,305 and 28,305.
    ['2019-05-29', 'KOSPI', 'stock', 56_610],
    // 10 + 15: 18,870 and 28,305.
    ['2019-05-30', 'KOSPI', 'stock', 47_175],
    ['2020-12-28', 'KOSPI', 'stock', 47_175],
    // 8 + 15: 15,096 and 28,305.
    ['2020-12-29', 'KOSPI', 'stock', 43_401],
    ['2022-12-27', 'KOSPI', 'stock', 43_401],
    // 5 + 15: 9,435 and 28,305.
    ['2022-12-28', 'KOSPI', 'stock', 37_740],
    // 3 + 15: 5,661 and 28,305. Since 2023-01-25 the grid is 10 won here, and 12,350 still lies on it.
    ['2023-12-27', 'KOSPI', 'stock', 33_966],
    ['2024-12-26', 'KOSPI', 'stock', 33_966],
    // 0 + 15.
    ['2024-12-27', 'KOSPI', 'stock', 28_305],
    ['2025-12-26', 'KOSPI', 'stock', 28_305],
    // 5 + 15 again.
    ['2025-12-29', 'KOSPI', 'stock', 37_740],
    // 30, 25, 23, 20, 18, 15 and 20 on KOSDAQ.
    ['2019-05-29', 'KOSDAQ', 'stock', 56_610],
    ['2019-05-30', 'KOSDAQ', 'stock', 47_175],
    ['2020-12-29', 'KOSDAQ', 'stock', 43_401],
    ['2022-12-28', 'KOSDAQ', 'stock', 37_740],
    ['2023-12-27', 'KOSDAQ', 'stock', 33_966],
    ['2024-12-27', 'KOSDAQ', 'stock', 28_305],
    ['2025-12-29', 'KOSDAQ', 'stock', 37_740],
    // A fund pays none, on the grid of five won and on that of 2023-12-11.
    ['2023-12-08', 'KOSPI', 'etf', 0],
    ['2023-12-11', 'KOSPI', 'etf', 0],
  ] as const)('on %s, %s %s: tax %i', (day, market, kind, tax) => {
    const result = roundTripOn(day, market, kind)
    expect(result.orders.map(({ fills }) => fills.map(({ price, quantity }) => [quantity, price]))).toEqual([
      [
        [1_000, 12_350],
        [500, 12_400],
      ],
      [
        [900, 12_600],
        [600, 12_550],
      ],
    ])
    expect(result.costs).toEqual({ commission: 2_780 + 2_830, tax })
    expect(result.roundTrips).toMatchObject([
      {
        buyValue: 18_550_000,
        sellValue: 18_870_000,
        buyFees: 2_780,
        sellFees: 2_830,
        tax,
        realizedPnl: 314_390 - tax,
      },
    ])
    expect(result.endedWith).toBe(100_000_000 + 314_390 - tax)
  })
})
