import { describe, expect, it } from 'vitest'
import { isTradingDay } from '../../model/calendar.ts'
import { addDays, type TradingDay, tradingDay } from '../../model/time.ts'
import { type WalkPlan, walkWindows } from './validation-windows.ts'

function daysBetween(from: string, to: string): readonly TradingDay[] {
  const found: TradingDay[] = []
  for (let day = tradingDay(from); day <= to; day = addDays(day, 1)) if (isTradingDay(day)) found.push(day)
  return found
}

const DAYS = daysBetween('2020-01-02', '2023-12-28')
const PLAN: WalkPlan = {
  train: { unit: 'months', count: 24 },
  test: { unit: 'months', count: 6 },
  gapDays: 0,
  anchored: false,
}
const written = (plan: Partial<WalkPlan>, days = DAYS) =>
  walkWindows(days, { ...PLAN, ...plan }).map(
    ({ train, test }) => `${train.from} ${train.to} | ${test.from} ${test.to}`,
  )

describe('the windows of a walk-forward', () => {
  it('move along by one test, by the calendar', () => {
    expect(written({})).toEqual([
      '2020-01-02 2021-12-30 | 2022-01-03 2022-07-01',
      '2020-07-02 2022-07-01 | 2022-07-04 2022-12-29',
      '2021-01-04 2022-12-29 | 2023-01-02 2023-06-30',
      '2021-07-02 2023-06-30 | 2023-07-03 2023-12-28',
    ])
  })

  it('begin on the first day when they are anchored', () => {
    const starts = walkWindows(DAYS, { ...PLAN, anchored: true }).map(({ train }) => train.from)
    expect(new Set(starts)).toEqual(new Set(['2020-01-02']))
  })

  it('leave a gap before each test', () => {
    const [first] = walkWindows(DAYS, { ...PLAN, gapDays: 5 })
    const between = DAYS.filter((day) => day > (first?.train.to ?? '') && day < (first?.test.from ?? ''))
    expect(between).toHaveLength(5)
  })

  it('count trading days where that is asked for; a last test needs twenty', () => {
    const days = DAYS.slice(0, 100)
    const at = (day: TradingDay) => days.indexOf(day)
    const places = (count: number) =>
      walkWindows(DAYS.slice(0, count), {
        train: { unit: 'days', count: 40 },
        test: { unit: 'days', count: 30 },
        gapDays: 2,
        anchored: false,
      }).map(({ train, test }) => [at(train.from), at(train.to), at(test.from), at(test.to)])
    expect(places(100)).toEqual([
      [0, 37, 40, 69],
      [30, 67, 70, 99],
    ])
    expect(places(89)).toEqual([[0, 37, 40, 69]])
    expect(places(90)).toEqual([
      [0, 37, 40, 69],
      [30, 67, 70, 89],
    ])
    expect(places(45)).toEqual([])
  })
})
