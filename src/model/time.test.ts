import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../std/invariant.ts'
import {
  addDays,
  DAY_MS,
  kstClock,
  kstDay,
  kstInstant,
  kstTimeOfDay,
  timeOfDay,
  tradingDay,
  weekday,
} from './time.ts'

describe('days', () => {
  it.each(['2026-11-20', '2024-02-29', '2015-01-01'])('reads %s', (text) => {
    expect(tradingDay(text)).toBe(text)
  })

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-1-2',
    '20261120',
    '',
    'today',
    '2026-11-20T00:00',
  ])('refuses %j', (text) => {
    expect(() => tradingDay(text)).toThrow(InvariantError)
  })

  it('counts across months, leap days and years', () => {
    expect(addDays(tradingDay('2024-02-28'), 1)).toBe('2024-02-29')
    expect(addDays(tradingDay('2023-02-28'), 1)).toBe('2023-03-01')
    expect(addDays(tradingDay('2027-01-01'), -1)).toBe('2026-12-31')
  })

  it('knows the day of the week', () => {
    expect(weekday(tradingDay('2026-11-20'))).toBe(5)
    expect(weekday(tradingDay('2026-11-22'))).toBe(0)
  })
})

describe('times of day', () => {
  it.each([
    ['00:00', 0],
    ['09:00', 32_400_000],
    ['09:00:30', 32_430_000],
    ['15:20:05', 55_205_000],
    ['24:00', DAY_MS],
  ])('reads %s', (text, ms) => {
    expect(timeOfDay(text)).toBe(ms)
  })

  it.each(['9:00', '09:60', '25:00', '09:00:60', '0900', '', '09:00:30.5'])('refuses %j', (text) => {
    expect(() => timeOfDay(text)).toThrow(InvariantError)
  })
})

describe('Korean time', () => {
  it('is nine hours ahead of UTC, so its date begins in the UTC afternoon', () => {
    expect(kstInstant(tradingDay('2026-11-20'), timeOfDay('09:00'))).toBe(Date.UTC(2026, 10, 20, 0, 0))
    expect(kstDay(Date.UTC(2026, 10, 19, 14, 59, 59, 999))).toBe('2026-11-19')
    expect(kstDay(Date.UTC(2026, 10, 19, 15, 0))).toBe('2026-11-20')
    expect(kstClock(Date.UTC(2026, 10, 20, 6, 20, 5))).toBe('15:20:05')
  })

  it('splits an instant into day and time and puts it together again', () => {
    const instants = fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2040, 0, 1) })
    fc.assert(
      fc.property(instants, (at) => {
        const time = kstTimeOfDay(at)
        expect(time >= 0 && time < DAY_MS).toBe(true)
        expect(kstInstant(kstDay(at), time)).toBe(at)
      }),
    )
  })
})
