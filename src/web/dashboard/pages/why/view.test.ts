import { describe, expect, it } from 'vitest'
import type { RefusalMessage } from '../../../contract/live.ts'
import { settingAddress } from './rules.ts'
import {
  byName,
  countsByRule,
  decidedBy,
  filtered,
  filterOf,
  mergedRefusals,
  searchOf,
  sourcesOf,
  sourceWords,
} from './view.ts'

const refusal = (at: number, change: Partial<RefusalMessage> = {}): RefusalMessage => ({
  at,
  instrument: '005930',
  name: '삼성전자',
  side: 'buy',
  source: '1 거래량급증',
  code: 'positionCountExceedsMax',
  numbers: { held: 5, max: 5 },
  ko: '',
  en: '',
  ...change,
})
const naver = { instrument: '035420', name: 'NAVER' }
const none = { symbol: '', rule: '', source: '', side: '' }

const rows = mergedRefusals([], {
  a: refusal(1),
  b: refusal(2, { ...naver, code: 'priceStale' }),
  c: refusal(3, { ...naver, source: '9 급락이탈', side: 'sell' }),
})

describe('refusals', () => {
  it('known from the record and from the live line stand once, newest first', () => {
    const merged = mergedRefusals([refusal(1), refusal(2)], { x: refusal(2), y: refusal(3) })
    expect(merged.map(({ at }) => at)).toEqual([3, 2, 1])
  })

  it.each([
    ['a part of the name', { symbol: '삼성' }, [1]],
    ['the code', { symbol: '0354' }, [3, 2]],
    ['small letters', { symbol: ' naver ' }, [3, 2]],
    ['the rule', { rule: 'priceStale' }, [2]],
    ['the source', { source: '9 급락이탈' }, [3]],
    ['the side', { side: 'buy' }, [2, 1]],
    ['nothing', {}, [3, 2, 1]],
    ['all at once', { symbol: 'NAVER', rule: 'positionCountExceedsMax', side: 'sell' }, [3]],
  ])('are found by %s', (_, filter, expected) => {
    expect(filtered(rows, { ...none, ...filter }).map(({ at }) => at)).toEqual(expected)
  })

  it('of one condition stand under its name, however the engine spelled it', () => {
    const condition = { use: 'buy', entered: 0, ordered: 0, lastAt: 0 } as const
    const conditions = {
      'buy:5': { ...condition, id: '5', name: '체결강도' },
      'buy:교차': { ...condition, id: '교차', name: '교차' },
    }
    const sources = ['5', '5 체결강도', '교차 교차', '20 day break', 'manual kim']
    const named = byName(
      sources.map((source, at) => ({ ...refusal(at), key: source, source })),
      conditions,
    )
    expect(named.map(({ source }) => source)).toEqual([
      '체결강도',
      '체결강도',
      '교차',
      '20 day break',
      'manual kim',
    ])
  })

  it.each([
    ['limits.max_positions', '/settings?key=limits.max_positions'],
    ['buy', '/strategies'],
  ])('by %s lead to where it is changed', (key, address) => {
    expect(settingAddress(key)).toBe(address)
  })

  it('are counted by rule, the most frequent first', () => {
    expect(countsByRule(rows)).toEqual([
      { code: 'positionCountExceedsMax', count: 2, instruments: 2, share: 1, lastAt: 3 },
      { code: 'priceStale', count: 1, instruments: 1, share: 0.5, lastAt: 2 },
    ])
    expect(countsByRule([])).toEqual([])
  })

  it.each([
    ['manual demo', '수동 · demo'],
    ['amend 지우', '정정 · 지우'],
    ['stopLoss', '손절'],
    ['unfilled', '미체결 처리'],
    ['1 거래량급증', '1 거래량급증'],
    ['manual', '수동'],
  ])('call the source %s %s', (source, ko) => {
    expect(sourceWords(source).ko).toBe(ko)
  })

  it('name their sources once', () => {
    expect(sourcesOf(rows)).toEqual(['1 거래량급증', '9 급락이탈'])
  })
})

describe('a filter', () => {
  it('goes into the address and comes back out of it', () => {
    const filter = { symbol: '삼성 전자', rule: 'inVi', source: '1 거래량 & 급증', side: 'buy' }
    expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter)
  })

  it('that asks for everything leaves the address plain', () => {
    expect(searchOf(none)).toBe('')
    expect(filterOf(new URLSearchParams(''))).toEqual(none)
  })
})

describe('the numbers that decided', () => {
  it('stand with what was measured before what it was held against', () => {
    const told = decidedBy({ code: 'priceStale', numbers: { maxMs: 10_000, ageMs: 14_200 } }, 'ko')
    expect(told.map(({ role, text }) => [role, text])).toEqual([
      ['measured', '14.2초'],
      ['threshold', '10.0초'],
    ])
  })

  it.each([
    [
      'money limits as won',
      { code: 'dayLossExceedsMax', numbers: { loss: 512_000, max: 500_000 } },
      ['512,000원', '500,000원'],
    ],
    ['counts as counts', { code: 'dayOrdersExceedMax', numbers: { orders: 300, max: 300 } }, ['300', '300']],
    ['a time of day as Korean time', { code: 'outsideHours', numbers: { now: 30_600_000 } }, ['08:30:00']],
    ['an instant as Korean time', { code: 'rebuyToday', numbers: { soldAt: 0 } }, ['09:00:00']],
    ['long waits in minutes', { code: 'rebuyTooSoon', numbers: { waitMs: 125_000 } }, ['2분 05초']],
  ])('are written: %s', (_, row, expected) => {
    expect(decidedBy(row, 'ko').map(({ text }) => text)).toEqual(expected)
  })

  it('leave out words that the sentence says in the language of the reader', () => {
    expect(decidedBy({ code: 'instrumentDesignated', numbers: { designations: 'warning' } }, 'ko')).toEqual(
      [],
    )
  })
})
