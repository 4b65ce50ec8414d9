import { describe, expect, it } from 'vitest'
import { type TradingDay, tradingDay } from '../../model/time.ts'
import { InvariantError } from '../../std/invariant.ts'
import { monthlyTable, weekdayTable } from './calendar-tables.ts'
import { BACON, gapOf, given } from './testing/series.ts'

const days = (...texts: string[]): TradingDay[] => texts.map(tradingDay)

describe('tables by the calendar', () => {
  // The 24 months of Bacon, one return each: the totals of 2000 and 2001 compound to the whole (numpy:
  // 0.2181).
  it('compounds months to years', () => {
    const months = Array.from({ length: 24 }, (_, i) =>
      tradingDay(`${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-28`),
    )
    const [first, second, ...rest] = given(monthlyTable(months, BACON))
    expect(rest).toEqual([])
    expect([first?.year, second?.year]).toEqual([2000, 2001])
    expect(first?.months.map((each) => Math.round((each as number) * 1_000))).toEqual([
      3, 26, 11, -10, 15, 25, 16, 67, -14, 40, -5, 81,
    ])
    expect((1 + (first?.total as number)) * (1 + (second?.total as number)) - 1).toBeCloseTo(
      0.218105767220917,
      12,
    )
  })

  // (1.01 × 1.02) − 1 = 3.02 % in January, −1 % in March, and nothing known of the other months.
  it('leaves months without data empty', () => {
    const table = given(
      monthlyTable(days('2026-01-05', '2026-01-30', '2026-03-02', '2027-01-04'), [0.01, 0.02, -0.01, 0.05]),
    )
    expect(table.map(({ year, total }) => [year, total])).toEqual([
      [2026, expect.closeTo(1.0302 * 0.99 - 1, 12)],
      [2027, expect.closeTo(0.05, 12)],
    ])
    expect(table[0]?.months).toEqual([
      expect.closeTo(0.0302, 12),
      undefined,
      expect.closeTo(-0.01, 12),
      ...new Array<undefined>(9).fill(undefined),
    ])
  })

  // 2026-11-02 is a Monday.
  it('gathers weekdays', () => {
    const week = days('2026-11-02', '2026-11-03', '2026-11-06', '2026-11-09', '2026-11-16')
    expect(weekdayTable(week, [0.01, 0.02, 0, -0.03, 0.05])).toEqual([
      { weekday: 1, count: 3, up: 2, down: 1, mean: expect.closeTo(0.01, 12) },
      { weekday: 2, count: 1, up: 1, down: 0, mean: 0.02 },
      { weekday: 5, count: 1, up: 0, down: 0, mean: 0 },
    ])
    expect(weekdayTable([], [])).toEqual([])
  })

  it('has no table of debt, and none that leaves the numbers', () => {
    expect(gapOf(monthlyTable(days('2026-11-02'), [-1.5]))).toBe('wipedOut')
    expect(gapOf(monthlyTable(days('2026-11-02', '2026-11-03'), [1e300, 1e300]))).toBe('outOfRange')
  })

  it.each([
    ['a return without a day', ['2026-11-02'], [0.1, 0.1]],
    ['days that go back', ['2026-11-03', '2026-11-02'], [0.1, 0.1]],
    ['a return that is no number', ['2026-11-02'], [Number.NaN]],
  ])('refuses %s', (_, texts, returns) => {
    expect(() => monthlyTable(days(...texts), returns)).toThrow(InvariantError)
    expect(() => weekdayTable(days(...texts), returns)).toThrow(InvariantError)
  })
})
