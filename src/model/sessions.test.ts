import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar, isTradingDay } from './calendar.ts'
import type { KoreanVenue } from './instrument.ts'
import { closePriceSessionsOf, phaseAt, type SessionWindow, sessionsOf } from './sessions.ts'
import { addDays, kstClock, kstDay, kstInstant, timeOfDay, tradingDay } from './time.ts'

const written = (windows: readonly SessionWindow[]) =>
  windows.map(({ phase, from, to }) => `${kstClock(from)}-${kstClock(to)} ${phase}`)

const main = (venue: KoreanVenue, day: string) => written(sessionsOf(venue, tradingDay(day)))
const closePrice = (venue: KoreanVenue, day: string) => written(closePriceSessionsOf(venue, tradingDay(day)))
const at = (day: string, time: string) => kstInstant(tradingDay(day), timeOfDay(time))

const TO_1600 = [
  '08:30:00-09:00:00 openingCall',
  '09:00:00-15:20:00 continuous',
  '15:20:00-15:30:00 closingCall',
  '15:30:00-15:40:00 postCloseEntry',
  '15:40:00-16:00:00 postClose',
]

describe('KRX sessions', () => {
  it('have the after-market from 2026-09-14 on, the off-hours single price until the trading day before', () => {
    expect(main('KRX', '2026-09-11')).toEqual([...TO_1600, '16:00:00-18:00:00 offHoursSingle'])
    expect(main('KRX', '2026-09-14')).toEqual([...TO_1600, '16:00:00-20:00:00 afterMarket'])
    expect(main('KRX', '2026-11-20')).toEqual([...TO_1600, '16:00:00-20:00:00 afterMarket'])
  })

  it('take opening orders from 08:30 since 2019-04-29, from 08:00 before', () => {
    expect(main('KRX', '2019-04-26')[0]).toBe('08:00:00-09:00:00 openingCall')
    expect(closePrice('KRX', '2019-04-26')[0]).toBe('07:30:00-08:30:00 preClose')
    expect(main('KRX', '2019-04-29')[0]).toBe('08:30:00-09:00:00 openingCall')
    expect(closePrice('KRX', '2019-04-29')[0]).toBe('08:30:00-08:40:00 preClose')
  })

  it('close at 15:30 since 2016-08-01, at 15:00 before', () => {
    expect(main('KRX', '2016-07-29')).toEqual([
      '08:00:00-09:00:00 openingCall',
      '09:00:00-14:50:00 continuous',
      '14:50:00-15:00:00 closingCall',
      '15:00:00-15:10:00 postCloseEntry',
      '15:10:00-15:30:00 postClose',
      '15:30:00-18:00:00 offHoursSingle',
    ])
    expect(main('KRX', '2016-08-01').slice(1, 3)).toEqual(TO_1600.slice(1, 3))
  })

  it('open at 10:00 and close as always on the first trading day of a year', () => {
    expect(main('KRX', '2026-01-02')).toEqual([
      '08:30:00-10:00:00 openingCall',
      '10:00:00-15:20:00 continuous',
      ...TO_1600.slice(2),
      '16:00:00-18:00:00 offHoursSingle',
    ])
    expect(main('KRX', '2016-01-04').slice(0, 3)).toEqual([
      '08:00:00-10:00:00 openingCall',
      '10:00:00-14:50:00 continuous',
      '14:50:00-15:00:00 closingCall',
    ])
  })

  it('run an hour later on the day of the exam, 10:00 to 16:30 on 2026-11-19', () => {
    expect(main('KRX', '2026-11-19')).toEqual([
      '09:30:00-10:00:00 openingCall',
      '10:00:00-16:20:00 continuous',
      '16:20:00-16:30:00 closingCall',
      '16:30:00-16:40:00 postCloseEntry',
      '16:40:00-17:00:00 postClose',
      '17:00:00-20:00:00 afterMarket',
    ])
    expect(closePrice('KRX', '2026-11-19')[0]).toBe('09:30:00-09:40:00 preClose')
    expect(main('KRX', '2025-11-13').at(-1)).toBe('17:00:00-18:00:00 offHoursSingle')
    expect(main('KRX', '2015-11-12').slice(1, 3)).toEqual([
      '10:00:00-15:50:00 continuous',
      '15:50:00-16:00:00 closingCall',
    ])
  })

  it('take orders at the closing price beside the main board', () => {
    expect(closePrice('KRX', '2026-11-20')).toEqual([
      '08:30:00-08:40:00 preClose',
      '15:30:00-15:40:00 postCloseEntry',
      '15:40:00-16:00:00 postClose',
    ])
  })
})

describe('NXT sessions', () => {
  it('begin with the venue on 2025-03-04', () => {
    expect(main('NXT', '2025-02-28')).toEqual([])
    expect(main('NXT', '2025-03-04')).toEqual([
      '08:00:00-08:50:00 preMarket',
      '09:00:30-15:20:00 continuous',
      '15:30:00-15:40:00 afterMarketEntry',
      '15:40:00-20:00:00 afterMarket',
    ])
    expect(closePrice('NXT', '2026-11-20')).toEqual(['15:30:00-16:00:00 postClose'])
  })

  it('have no pre-market on late days', () => {
    expect(main('NXT', '2026-01-02').slice(0, 1)).toEqual(['10:00:30-15:20:00 continuous'])
    expect(main('NXT', '2026-11-19')).toEqual([
      '10:00:30-16:20:00 continuous',
      '16:30:00-16:40:00 afterMarketEntry',
      '16:40:00-20:00:00 afterMarket',
    ])
  })
})

describe('sessions of any day', () => {
  const days = fc.integer({ min: 0, max: 4_747 }).map((n) => addDays(tradingDay('2015-01-01'), n))
  const venues = fc.constantFrom<KoreanVenue>('KRX', 'NXT')

  it('are in order, never overlap, lie in their day, and exist on trading days only', () => {
    fc.assert(
      fc.property(venues, days, (venue, day) => {
        const windows = sessionsOf(venue, day)
        for (const [index, { from, to }] of windows.entries()) {
          expect(from).toBeLessThan(to)
          expect(from).toBeGreaterThanOrEqual(windows[index - 1]?.to ?? 0)
          expect([kstDay(from), kstDay(to)]).toEqual([day, day])
        }
        if (venue === 'KRX') expect(windows.length > 0).toBe(isTradingDay(day))
        if (!isTradingDay(day)) expect(windows).toEqual([])
      }),
    )
  })

  it('say the phase of every instant', () => {
    fc.assert(
      fc.property(venues, days, fc.integer({ min: 0, max: 86_399_999 }), (venue, day, time) => {
        const instant = kstInstant(day, timeOfDay('00:00')) + time
        const inside = sessionsOf(venue, day).filter(({ from, to }) => from <= instant && instant < to)
        expect(phaseAt(venue, instant)).toBe(inside[0]?.phase ?? 'closed')
      }),
    )
  })
})

describe('the phase', () => {
  it.each([
    ['KRX', '2026-11-20', '08:29:59', 'closed'],
    ['KRX', '2026-11-20', '08:30', 'openingCall'],
    ['KRX', '2026-11-20', '09:00', 'continuous'],
    ['KRX', '2026-11-20', '15:19:59', 'continuous'],
    ['KRX', '2026-11-20', '15:20', 'closingCall'],
    ['KRX', '2026-11-20', '15:30', 'postCloseEntry'],
    ['KRX', '2026-11-20', '16:00', 'afterMarket'],
    ['KRX', '2026-11-20', '20:00', 'closed'],
    ['KRX', '2026-11-19', '09:00', 'closed'],
    ['KRX', '2026-11-19', '15:30', 'continuous'],
    ['KRX', '2026-07-17', '10:00', 'closed'],
    ['KRX', '2026-11-21', '10:00', 'closed'],
    ['NXT', '2026-11-20', '08:00', 'preMarket'],
    ['NXT', '2026-11-20', '08:55', 'closed'],
    ['NXT', '2026-11-20', '09:00', 'closed'],
    ['NXT', '2026-11-20', '09:00:30', 'continuous'],
    ['NXT', '2026-11-20', '15:25', 'closed'],
  ] as const)('of %s on %s at %s is %s', (venue, day, time, phase) => {
    expect(phaseAt(venue, at(day, time))).toBe(phase)
  })

  it('follows a patched calendar', () => {
    const calendar = createCalendar({ closed: ['2026-12-28'], csat: ['2026-12-29'] })
    expect(phaseAt('KRX', at('2026-12-28', '10:00'), calendar)).toBe('closed')
    expect(phaseAt('KRX', at('2026-12-29', '09:45'), calendar)).toBe('openingCall')
    expect(phaseAt('KRX', at('2026-12-28', '10:00'))).toBe('continuous')
  })
})
