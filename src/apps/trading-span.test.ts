import { expect, it } from 'vitest'
import { kstInstant, timeOfDay, tradingDay } from '../model/time.ts'
import { tradingSpan } from './trading-span.ts'

const at = (day: string, time: string) => kstInstant(tradingDay(day), timeOfDay(time))

it.each([
  ['KRX', 'regular', '08:00', '15:40'],
  ['NXT', 'regular', '08:00', '15:40'],
  ['KRX', 'extended', '08:00', '20:10'],
  ['NXT', 'extended', '07:30', '20:10'],
  ['SOR', 'extended', '07:30', '20:10'],
] as const)('with orders to %s in %s hours it lasts from %s to %s', (route, hours, from, to) => {
  const day = '2026-11-20'
  expect(tradingSpan(at(day, '03:00'), { route, hours, extendedEntries: false })).toEqual({
    day,
    startAt: at(day, from),
    endAt: at(day, to),
  })
})

it.each([
  ['before the market', ['2026-11-20', '03:00'], '2026-11-20', '08:00', '15:40'],
  ['during the day', ['2026-11-20', '11:00'], '2026-11-20', '08:00', '15:40'],
  ['after the close, on a Friday', ['2026-11-20', '15:40'], '2026-11-23', '08:00', '15:40'],
  ['on a Sunday', ['2026-11-22', '12:00'], '2026-11-23', '08:00', '15:40'],
  ['on the eve of Chuseok', ['2026-09-23', '16:00'], '2026-09-28', '08:00', '15:40'],
  // 수능: everything one hour later.
  ['on the day of the college entrance exam', ['2026-11-19', '08:10'], '2026-11-19', '09:00', '16:40'],
])('%s it gives the day and the hours a trader should be up', (_, [day, time], on, from, to) => {
  expect(tradingSpan(at(day as string, time as string))).toEqual({
    day: on,
    startAt: at(on, from),
    endAt: at(on, to),
  })
})
