import { describe, expect, it } from 'vitest'
import { phaseAt, sessionsOf } from './sessions.ts'
import { kstInstant, timeOfDay, tradingDay } from './time.ts'
import { isUsTradingDay, nextUsTradingDay } from './us-sessions.ts'

const kst = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

// In Korean time, as markets.md has them: rule book §3.1, §4.3, §4.4.
describe('the regular session of the United States', () => {
  it.each([
    ['2026-07-02', '2026-07-02 22:30', '2026-07-03 05:00'],
    ['2026-11-20', '2026-11-20 23:30', '2026-11-21 06:00'],
    ['2026-11-27', '2026-11-27 23:30', '2026-11-28 03:00'],
    ['2025-07-03', '2025-07-03 22:30', '2025-07-04 02:00'],
    // The Mondays after the clocks went forward and back.
    ['2026-03-09', '2026-03-09 22:30', '2026-03-10 05:00'],
    ['2026-11-02', '2026-11-02 23:30', '2026-11-03 06:00'],
  ])('of %s runs from %s to %s', (day, from, to) => {
    expect(
      sessionsOf('US', tradingDay(day)).map((each) => [each.phase, kst(each.from), kst(each.to)]),
    ).toEqual([['continuous', from, to]])
  })

  it.each(['2026-07-03', '2025-01-09', '2026-11-26', '2026-11-21'])('is not held on %s', (day) => {
    expect(sessionsOf('US', tradingDay(day))).toEqual([])
  })

  it('belongs to the date in New York, although Korea is in the next day', () => {
    const at = (day: string, time: string) => kstInstant(tradingDay(day), timeOfDay(time))
    expect([
      phaseAt('US', at('2026-11-20', '23:29')),
      phaseAt('US', at('2026-11-20', '23:30')),
      phaseAt('US', at('2026-11-21', '05:59')),
      phaseAt('US', at('2026-11-21', '06:00')),
    ]).toEqual(['closed', 'continuous', 'continuous', 'closed'])
  })

  it('counts on over closed days, and knows no year beyond its table', () => {
    expect(nextUsTradingDay(tradingDay('2026-11-25'))).toBe('2026-11-27')
    expect(nextUsTradingDay(tradingDay('2026-07-02'))).toBe('2026-07-06')
    expect(() => isUsTradingDay(tradingDay('2014-12-31'))).toThrow(/2015/)
  })
})
