import { describe, expect, it } from 'vitest'
import { newYorkClock, newYorkDay, newYorkInstant, newYorkTimeOfDay, summerTimeOf } from './new-york.ts'
import { addDays, timeOfDay, tradingDay } from './time.ts'

const utc = (at: number) => new Date(at).toISOString().slice(0, 16)

// Rule book §3.1.
describe('summer time in New York', () => {
  it.each([
    ['2015-03-08', '2015-11-01'],
    ['2016-03-13', '2016-11-06'],
    ['2017-03-12', '2017-11-05'],
    ['2018-03-11', '2018-11-04'],
    ['2019-03-10', '2019-11-03'],
    ['2020-03-08', '2020-11-01'],
    ['2021-03-14', '2021-11-07'],
    ['2022-03-13', '2022-11-06'],
    ['2023-03-12', '2023-11-05'],
    ['2024-03-10', '2024-11-03'],
    ['2025-03-09', '2025-11-02'],
    ['2026-03-08', '2026-11-01'],
    ['2027-03-14', '2027-11-07'],
    ['2028-03-12', '2028-11-05'],
  ])('begins on %s and ends on %s, at two in the morning', (from, to) => {
    const summer = summerTimeOf(Number(from.slice(0, 4)))
    expect([utc(summer.from), utc(summer.to)]).toEqual([`${from}T07:00`, `${to}T06:00`])
  })

  it('agrees with the zone data of the machine at every noon and every opening of twelve years', () => {
    const zone = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'America/New_York',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    for (let day = tradingDay('2015-01-01'); day < '2027-01-01'; day = addDays(day, 1))
      for (const time of ['09:30', '16:00']) {
        const at = newYorkInstant(day, timeOfDay(time))
        expect(zone.format(at)).toBe(`${day}, ${time}`)
        expect([newYorkDay(at), newYorkTimeOfDay(at), newYorkClock(at)]).toEqual([
          day,
          timeOfDay(time),
          `${time}:00`,
        ])
      }
  })
})
