import { describe, expect, it } from 'vitest'
import { addDays, type TradingDay, timeOfDay, tradingDay } from '../../../model/time.ts'
import { daySpan, opensOn } from './market-days.ts'
import { isZone, localInstant, localText } from './zone.ts'

const utc = (at: number) => new Date(at).toISOString().slice(0, 16)

describe('the regular session', () => {
  // KRX: rule book §1.1, §4.2. US: §3.1, §4.4; New York is 4 hours behind UTC in summer and 5 in winter.
  it.each([
    ['KRX', '2024-01-04', '2024-01-04T00:00', '2024-01-04T06:30'],
    ['KRX', '2015-06-15', '2015-06-15T00:00', '2015-06-15T06:00'],
    ['KRX', '2026-11-19', '2026-11-19T01:00', '2026-11-19T07:30'],
    ['KRX', '2001-06-15', '2001-06-15T00:00', '2001-06-15T06:00'],
    ['KRX', '2024-01-06', '2024-01-06T00:00', '2024-01-06T06:30'],
    ['US', '2024-07-01', '2024-07-01T13:30', '2024-07-01T20:00'],
    ['US', '2024-07-03', '2024-07-03T13:30', '2024-07-03T17:00'],
    ['US', '2024-12-02', '2024-12-02T14:30', '2024-12-02T21:00'],
    ['FX', '2024-01-04', '2024-01-03T15:00', '2024-01-04T15:00'],
  ] as const)('of %s on %s', (market, day, open, close) => {
    const { openAt, closeAt } = daySpan(market, tradingDay(day))
    expect([utc(openAt), utc(closeAt)]).toEqual([open, close])
  })
})

describe('trading days', () => {
  it.each([
    ['KRX', '2024-10-01', 'closed'],
    ['KRX', '2024-10-02', 'open'],
    ['KRX', '2024-10-05', 'closed'],
    ['KRX', '1998-12-05', 'unknown'],
    ['KRX', '2010-10-04', 'unknown'],
    ['US', '2025-01-09', 'closed'],
    ['US', '2025-01-10', 'open'],
    ['US', '2010-01-04', 'unknown'],
    ['US', '2010-01-03', 'closed'],
    ['FX', '2024-01-06', 'closed'],
  ] as const)('of %s: %s is %s', (market, day, state) => {
    expect(opensOn(market, tradingDay(day))).toBe(state)
  })

  // Rule book §4.4, trading days per year.
  it.each([
    [2015, 252],
    [2018, 251],
    [2020, 253],
    [2023, 250],
    [2024, 252],
    [2025, 250],
    [2026, 251],
    [2027, 251],
  ])('of the US in %i number %i', (year, count) => {
    let open = 0
    for (let day = tradingDay(`${year}-01-01`); day <= `${year}-12-31`; day = addDays(day, 1) as TradingDay)
      if (opensOn('US', day) === 'open') open++
    expect(open).toBe(count)
  })
})

describe('zones', () => {
  it('turn local times into instants and back, on both sides of summer time', () => {
    for (const day of ['2024-03-09', '2024-03-11', '2024-11-02', '2024-11-04'].map(tradingDay)) {
      const at = localInstant('America/New_York', day, timeOfDay('09:30'))
      expect(localText('America/New_York', at)).toBe(`${day} 09:30:00`)
    }
    expect(utc(localInstant('Asia/Seoul', tradingDay('2024-01-04'), timeOfDay('00:00')))).toBe(
      '2024-01-03T15:00',
    )
  })

  it.each([
    ['Asia/Seoul', true],
    ['UTC', true],
    ['KST', false],
    ['Seoul', false],
  ])('%s', (zone, known) => {
    expect(isZone(zone)).toBe(known)
  })
})
