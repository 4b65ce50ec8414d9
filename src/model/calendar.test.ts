import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../std/invariant.ts'
import {
  closureOf,
  createCalendar,
  hoursOf,
  isDerivativeExpiry,
  isTradingDay,
  nextTradingDay,
  previousTradingDay,
  settlementDay,
} from './calendar.ts'
import { KRX_CLOSURES, KRX_CSAT_DAYS } from './krx-closures.ts'
import { addDays, type TradingDay, tradingDay, weekday } from './time.ts'

const daysOf = (year: number): TradingDay[] => {
  const days: TradingDay[] = []
  for (let day = tradingDay(`${year}-01-01`); day <= `${year}-12-31`; day = addDays(day, 1)) days.push(day)
  return days
}

// Check sums: KRX trading days per year, rule book §4.1.
const TRADING_DAYS = [
  [2015, 248],
  [2016, 246],
  [2017, 243],
  [2018, 244],
  [2019, 246],
  [2020, 248],
  [2021, 248],
  [2022, 246],
  [2023, 245],
  [2024, 244],
  [2025, 242],
  [2026, 244],
  [2027, 245],
] as const

// First trading days and the exam days with their late hours, rule book §4.2.
const YEAR_OPENINGS = [
  '2015-01-02',
  '2016-01-04',
  '2017-01-02',
  '2018-01-02',
  '2019-01-02',
  '2020-01-02',
  '2021-01-04',
  '2022-01-03',
  '2023-01-02',
  '2024-01-02',
  '2025-01-02',
  '2026-01-02',
  '2027-01-04',
]

describe('the KRX calendar', () => {
  it.each(TRADING_DAYS)('has in %i as many trading days as the exchange: %i', (year, count) => {
    expect(daysOf(year).filter(isTradingDay)).toHaveLength(count)
  })

  it.each([
    ['2026-07-17', 'Constitution Day'],
    ['2026-12-31', 'Year-end closing'],
    ['2026-01-01', 'New Year'],
    ['2027-05-03', 'Labor Day'],
    ['2027-07-19', 'Constitution Day'],
    ['2025-06-03', 'Election Day'],
    ['2025-01-27', 'Temporary holiday'],
    ['2024-10-01', 'Temporary holiday'],
    ['2023-12-29', 'Year-end closing'],
    ['2026-11-21', 'Weekend'],
  ])('is closed on %s: %s', (day, reason) => {
    expect(isTradingDay(tradingDay(day))).toBe(false)
    expect(closureOf(tradingDay(day))?.en).toBe(reason)
  })

  it.each(['2026-01-02', '2026-12-30', '2026-11-19', '2026-11-20', '2025-12-30', '2027-05-04', '2021-05-06'])(
    'trades on %s',
    (day) => {
      expect(isTradingDay(tradingDay(day))).toBe(true)
      expect(closureOf(tradingDay(day))).toBeUndefined()
    },
  )

  it('writes each closure once, on a weekday, in order', () => {
    for (const [year, lines] of Object.entries(KRX_CLOSURES)) {
      const days =
        lines
          .join(' ')
          .match(/\d\d-\d\d/g)
          ?.map((monthDay) => `${year}-${monthDay}`) ?? []
      expect(days.length).toBeGreaterThan(10)
      expect(days).toEqual([...new Set(days)].sort())
      expect(days.filter((day) => [0, 6].includes(weekday(tradingDay(day))))).toEqual([])
    }
  })

  it('closes the last weekday of every year', () => {
    for (const [year] of TRADING_DAYS) {
      const last = daysOf(year).findLast((day) => ![0, 6].includes(weekday(day)))
      expect(closureOf(last as TradingDay)?.ko).toBe('연말 휴장일')
    }
  })
})

describe('counting trading days', () => {
  it.each([
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-12-30', 1, '2027-01-04'],
    ['2026-09-23', 1, '2026-09-28'],
    ['2026-09-25', 2, '2026-09-29'],
    ['2025-10-02', 1, '2025-10-10'],
  ])('%s plus %i is %s', (day, count, expected) => {
    expect(nextTradingDay(tradingDay(day), count)).toBe(expected)
  })

  it.each([
    ['2026-11-23', 1, '2026-11-20'],
    ['2026-11-22', 1, '2026-11-20'],
    ['2027-01-04', 1, '2026-12-30'],
    ['2025-10-10', 2, '2025-10-01'],
  ])('%s minus %i is %s', (day, count, expected) => {
    expect(previousTradingDay(tradingDay(day), count)).toBe(expected)
  })

  it('goes there and back, and passes over no trading day', () => {
    const days = fc.integer({ min: 0, max: 4_700 }).map((n) => addDays(tradingDay('2015-01-20'), n))
    fc.assert(
      fc.property(
        days.filter((day) => day < '2027-11-01'),
        fc.integer({ min: 1, max: 10 }),
        (day, count) => {
          const next = nextTradingDay(day, count)
          expect(isTradingDay(next)).toBe(true)
          let passed = 0
          for (let at = addDays(day, 1); at <= next; at = addDays(at, 1)) if (isTradingDay(at)) passed++
          expect(passed).toBe(count)
          if (isTradingDay(day)) expect(previousTradingDay(next, count)).toBe(day)
        },
      ),
    )
  })

  it.each([
    ['a day before 2015', () => isTradingDay(tradingDay('2014-12-31'))],
    ['a day after 2027', () => hoursOf(tradingDay('2028-01-03'))],
    ['a count past 2027', () => nextTradingDay(tradingDay('2027-12-30'))],
    ['a count before 2015', () => previousTradingDay(tradingDay('2015-01-02'))],
    ['a count of 0', () => nextTradingDay(tradingDay('2026-11-20'), 0)],
    ['the settlement of a closed day', () => settlementDay(tradingDay('2026-07-17'))],
  ])('breaks an invariant on %s', (_, ask) => {
    expect(ask).toThrow(InvariantError)
  })

  it('says which years it knows', () => {
    expect(() => isTradingDay(tradingDay('2028-01-03'))).toThrow(
      'the KRX calendar knows 2015 to 2027, not 2028-01-03',
    )
  })
})

describe('settlement', () => {
  it.each([
    ['2026-11-20', '2026-11-24'],
    ['2025-12-26', '2025-12-30'],
    ['2025-12-29', '2026-01-02'],
    ['2025-12-30', '2026-01-05'],
    ['2024-12-27', '2025-01-02'],
    ['2026-09-23', '2026-09-29'],
  ])('of a trade on %s comes on %s', (traded, settled) => {
    expect(settlementDay(tradingDay(traded))).toBe(settled)
  })
})

describe('special hours', () => {
  it('opens every year late', () => {
    const late = TRADING_DAYS.flatMap(([year]) =>
      daysOf(year).filter((day) => hoursOf(day) === 'yearOpening'),
    )
    expect(late).toEqual(YEAR_OPENINGS)
  })

  it('keeps exam hours on the announced days, 2026-11-19 among them', () => {
    const late = TRADING_DAYS.flatMap(([year]) => daysOf(year).filter((day) => hoursOf(day) === 'csat'))
    expect(late).toEqual(KRX_CSAT_DAYS)
    expect(late).toContain('2026-11-19')
  })

  it('has none on a closed day', () => {
    expect(hoursOf(tradingDay('2026-01-01'))).toBe('normal')
  })
})

it('expires derivatives on the second Thursday, or before it when that is closed', () => {
  // KOSPI200 option expiries of 2026 and the moved one of May 2027, rule book §4.2.
  const expiries = daysOf(2026)
    .filter(isDerivativeExpiry)
    .map((day) => day.slice(5))
  expect(expiries.join(' ')).toBe('01-08 02-12 03-12 04-09 05-14 06-11 07-09 08-13 09-10 10-08 11-12 12-10')
  expect(isDerivativeExpiry(tradingDay('2027-05-12'))).toBe(true)
  expect(isDerivativeExpiry(tradingDay('2027-05-13'))).toBe(false)
})

describe('a patched calendar', () => {
  const patched = createCalendar({
    closed: ['2026-12-28', '2027-01-04'],
    open: ['2026-12-31'],
    csat: ['2027-11-17'],
    notCsat: ['2027-11-18'],
  })

  it('follows the announcement everywhere', () => {
    expect(patched.isTradingDay(tradingDay('2026-12-28'))).toBe(false)
    expect(patched.closureOf(tradingDay('2026-12-28'))?.en).toBe('Temporary holiday')
    expect(patched.settlementDay(tradingDay('2026-12-24'))).toBe('2026-12-30')
    expect(patched.nextTradingDay(tradingDay('2026-12-30'))).toBe('2026-12-31')
    expect(patched.hoursOf(tradingDay('2027-01-05'))).toBe('yearOpening')
    expect(patched.hoursOf(tradingDay('2027-11-17'))).toBe('csat')
    expect(patched.hoursOf(tradingDay('2027-11-18'))).toBe('normal')
  })

  it('leaves the built-in one alone', () => {
    expect(isTradingDay(tradingDay('2026-12-28'))).toBe(true)
    expect(hoursOf(tradingDay('2027-11-18'))).toBe('csat')
  })

  it.each([
    { closed: ['2026-11-21'] },
    { open: ['2026-11-22'] },
    { closed: ['2028-01-03'] },
    { csat: ['2026-13-01'] },
  ])('refuses %j', (patch) => {
    expect(() => createCalendar(patch)).toThrow(InvariantError)
  })
})
