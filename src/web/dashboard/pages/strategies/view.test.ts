import { describe, expect, it } from 'vitest'
import { isOutside, parameterRange, shownParameter, writtenParameter } from './parameters.ts'
import { countsOf, playKind, ranking, ruleSummary, seenText, symbolsUsed } from './view.ts'

const SETTINGS = {
  buy: [
    { condition: '급등', enabled: true, priority: 5 },
    { condition: '신고가', enabled: false, priority: 99 },
  ],
  strategies: [
    { name: '교차', enabled: true, priority: 7, symbols: ['005930', '000660'] },
    { name: '눌림목', enabled: true, priority: 5, symbols: ['005930'] },
    { name: '쉬는 것', enabled: false, priority: 1, symbols: ['035420'] },
  ],
}

describe('rules', () => {
  it('that buy go by priority, among equals by their place in the file; what is paused does not stand in line', () => {
    expect(ranking(SETTINGS).map(({ name }) => name)).toEqual(['교차', '급등', '눌림목'])
  })

  it('of strategies take a realtime place for each name once, and none while paused', () => {
    expect(symbolsUsed(SETTINGS)).toBe(2)
  })

  it('are known to the trader by name or by the number of the broker, and by what they are used for', () => {
    const counts = (use: 'buy' | 'sell', id: string, name: string) => ({
      use,
      id,
      name,
      entered: 1,
      ordered: 0,
      lastAt: 0,
    })
    const conditions = {
      a: counts('sell', '1', '급등'),
      b: counts('buy', '1', '급등'),
      c: counts('buy', '7', '번호로'),
    }
    expect(countsOf(conditions, 'buy', { condition: '급등' })).toBe(conditions.b)
    expect(countsOf(conditions, 'sell', { condition: '급등' })).toBe(conditions.a)
    expect(countsOf(conditions, 'buy', { condition: '7' })).toBe(conditions.c)
    expect(countsOf(undefined, 'buy', { condition: '7' })).toBeUndefined()
  })

  it('are told in a line: when, how much, how', () => {
    const window = { from: '09:03', to: '11:00' }
    expect(ruleSummary('buy', { window, amount_krw: 1_000_000, order: 'last+1' })).toEqual({
      ko: '09:03–11:00 · 1,000,000원 · 현재가 +1틱',
      en: '09:03–11:00 · 1,000,000 won · last +1 ticks',
    })
    expect(ruleSummary('strategies', { window, interval: '5m', amount_pct: 5, order: 'market' }).ko).toBe(
      '5분봉 · 09:03–11:00 · 5% · 시장가',
    )
  })

  it.each([
    [{ use: 'ema-cross' }, 'known'],
    [{ use: './my.ts' }, 'file'],
    [{ entry: 'close > open' }, 'written'],
  ])('%j is %s', (rule, kind) => {
    expect(playKind(rule)).toBe(kind)
  })
})

describe('a parameter', () => {
  const label = { ko: '', en: '' }
  const ratio = { kind: 'ratio', from: 0.01, to: 0.3, default: 0.05, label } as const
  const whole = { kind: 'whole', from: 2, to: 200, default: 12, label } as const

  it('that is a ratio is shown and written as percent', () => {
    expect([
      shownParameter(ratio, 0.07),
      shownParameter(ratio, '7%'),
      shownParameter(ratio, undefined),
    ]).toEqual(['7', '7', '5'])
    expect([writtenParameter(ratio, '7.5'), writtenParameter(ratio, '7%')]).toEqual(['7.5%', '7%'])
    expect(parameterRange(ratio)).toBe('1–30%')
  })

  it('says when it lies outside of its range', () => {
    expect([1, 2, 2.5, 201, 'x', undefined].map((value) => isOutside(whole, value))).toEqual([
      true,
      false,
      true,
      true,
      true,
      false,
    ])
    expect([isOutside(ratio, '31%'), isOutside(ratio, '30%'), isOutside(ratio, 0.3)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('that is cleared has its default again', () => {
    expect(writtenParameter(whole, ' ')).toBeUndefined()
    expect(writtenParameter(whole, '20')).toBe(20)
  })
})

it.each([
  ['ratio', 0.0512, '5.12%'],
  ['price', 71_500, '71,500'],
  ['price', 69_611.956, '69,611.96'],
  ['volume', 23_000, '23,000'],
  ['number', 48.7512, '48.75'],
  ['time', 34_200_000, '09:30:00'],
  ['text', 'KOSPI', 'KOSPI'],
] as const)('a %s of %j is written %s', (type, value, text) => {
  expect(seenText(type, value)).toBe(text)
})
