import { describe, expect, it } from 'vitest'
import type { VocabularyEntry } from '../../../contract/conditions.ts'
import { completed, completionsOf, spansOf, withSuggestion, wordAt } from './editor-view.ts'

const entry = (
  ko: string,
  en: string,
  insertKo = ko,
  insertEn = en,
  also: string[] = [],
): VocabularyEntry => ({
  ...{ kind: 'field', ko, en, also },
  help: { ko: '', en: '' },
  insert: { ko: insertKo, en: insertEn },
})
const CLOSE = entry('종가', 'close')
const EMA = entry('지수이동평균', 'ema', '지수이동평균(20)', 'ema(20)')
const SMA = entry('이동평균', 'sma', '이동평균(20)', 'sma(20)', ['ma'])
const WORDS = [CLOSE, EMA, SMA]

describe('colours behind the text', () => {
  const TEXT = 'close > clsoe'
  const CHECKED = {
    tokens: [
      { from: 0, to: 5, role: 'field' },
      { from: 6, to: 7, role: 'symbol' },
      { from: 8, to: 13, role: 'unknown' },
    ],
    problems: [{ from: 8, to: 13, ko: '', en: '', code: 'unknownWord' }],
  } as const
  const checked = { tokens: [...CHECKED.tokens], problems: [...CHECKED.problems] }

  it('cover every letter in its order, with mistakes marked', () => {
    const spans = spansOf(TEXT, checked, TEXT)
    expect(spans.map(({ text }) => text).join('')).toBe(TEXT)
    expect(spans.map(({ role }) => role)).toEqual(['field', 'plain', 'symbol', 'plain', 'unknown'])
    expect(spans.filter(({ isWrong }) => isWrong).map(({ text }) => text)).toEqual(['clsoe'])
  })

  it('of an older answer stay as far as the text is still the same, and its mistakes do not', () => {
    const spans = spansOf('close < x', checked, TEXT)
    expect(spans.map(({ text, role }) => `${role} ${text}`)).toEqual(['field close', 'plain  < x'])
    expect(spans.some(({ isWrong }) => isWrong)).toBe(false)
  })

  it('are none before the first answer and for nothing', () => {
    expect(spansOf('close', undefined, '')).toEqual([
      { from: 0, text: 'close', role: 'plain', isWrong: false },
    ])
    expect(spansOf('', undefined, '')).toEqual([])
  })
})

describe('completing', () => {
  it('looks at the letters before the caret', () => {
    expect([wordAt('종가 > 지수', 7), wordAt('종가 > ', 5), wordAt('ema(20', 6)]).toEqual(['지수', '', ''])
  })

  it('offers words that begin so before words that hold it, in either language', () => {
    expect(completionsOf(WORDS, '이동')).toEqual([SMA, EMA])
    expect(completionsOf(WORDS, 'EM')).toEqual([EMA])
    expect(completionsOf(WORDS, 'ma')).toEqual([SMA, EMA])
    expect(completionsOf(WORDS, '')).toEqual([])
  })

  it('leaves a word alone that is whole already', () => {
    expect(completionsOf(WORDS, 'close')).toEqual([])
  })

  it('puts the word in, in the script that was begun, and the caret into its brackets', () => {
    expect(completed('종가 > 지수', 7, EMA)).toEqual({ text: '종가 > 지수이동평균(20)', caret: 12 })
    expect(completed('em and x', 2, EMA)).toEqual({ text: 'ema(20) and x', caret: 4 })
    expect(completed('clo', 3, CLOSE)).toEqual({ text: 'close', caret: 5 })
  })
})

it('mends a mistake in its place', () => {
  const problem = { from: 8, to: 13, ko: '', en: '', code: 'unknownWord', suggestion: 'close' }
  expect(withSuggestion('open > clsoe', { ...problem, from: 7, to: 12 })).toBe('open > close')
})
