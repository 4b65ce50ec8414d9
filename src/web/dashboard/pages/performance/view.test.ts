import { describe, expect, it } from 'vitest'
import type { DayResultMessage } from '../../../contract/performance.ts'
import { calendarMonth, monthBeside, overlaid, spanFrom } from './view.ts'

const result = (day: string, pnl: number): DayResultMessage => ({
  day,
  pnl,
  realizedPnl: pnl,
  unrealizedPnl: 0,
  commission: 0,
  tax: 0,
  equity: 1,
  startEquity: 1,
  trips: 1,
  wins: 1,
  orders: 1,
  fills: 1,
  alerts: 0,
  corrections: 0,
  open: false,
})

describe('the calendar of results', () => {
  it('lays a month out in weeks from Monday on, and sums them', () => {
    const month = calendarMonth('2026-11', [
      result('2026-10-30', 999),
      result('2026-11-02', 100),
      result('2026-11-03', -300),
      result('2026-11-30', 50),
    ])
    expect(month.weeks).toHaveLength(6)
    expect(month.weeks[0]?.days.map((each) => each?.date)).toEqual([...Array(6).fill(undefined), 1])
    expect(month.weeks[1]).toMatchObject({ pnl: -200 })
    expect(month.weeks[1]?.days[0]).toMatchObject({ day: '2026-11-02', result: { pnl: 100 } })
    expect(month.weeks[5]?.days.map((each) => each?.date)).toEqual([30, ...Array(6).fill(undefined)])
    expect(month).toMatchObject({ pnl: -150, daysUp: 2, daysDown: 1, largest: 300 })
  })

  it.each([
    ['2024-02', 29, 5],
    ['2026-02', 28, 5],
    ['2027-02', 28, 4],
  ])('knows the days of %s', (month, last, weeks) => {
    const { weeks: found } = calendarMonth(month, [])
    expect(found).toHaveLength(weeks)
    expect(Math.max(...found.flatMap(({ days }) => days.map((each) => each?.date ?? 0)))).toBe(last)
  })

  it('turns pages over the end of a year', () => {
    expect([monthBeside('2026-01', -1), monthBeside('2026-12', 1)]).toEqual(['2025-12', '2027-01'])
  })
})

describe('a span', () => {
  it('goes back from the newest day', () => {
    expect(spanFrom('month', '2026-11-20')).toBe('2026-10-21')
    expect(spanFrom('all', '2026-11-20')).toBeUndefined()
  })
})

describe('curves that are laid over another', () => {
  it('begin at nothing earned, and end where their days do', () => {
    const { days, lines } = overlaid([
      { days: ['2026-11-19', '2026-11-20'], growth: [1.5, 2] },
      { days: ['2026-11-18', '2026-11-19'], growth: [1, 0.5] },
    ])
    expect(days).toEqual(['2026-11-18', '2026-11-19', '2026-11-20'])
    expect(lines).toEqual([
      [undefined, 0.5, 1],
      [0, -0.5, undefined],
    ])
  })
})
