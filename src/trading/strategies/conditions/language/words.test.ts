import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../../model/time.ts'
import { distance } from '../../../../std/nearest.ts'
import { intervalText, plain, scaled, short } from './decimal.ts'
import { quoted, withParticle } from './particle.ts'
import { piecesOf } from './vocabulary.ts'
import * as words from './words.ts'

describe('numbers', () => {
  it('are written so that they read as the same', () => {
    const numbers = fc.oneof(
      fc.double({ min: 0, max: 1e15, noNaN: true }),
      fc.nat(),
      fc.tuple(fc.nat(99_999), fc.nat(12)).map(([digits, places]) => scaled(String(digits), -places)),
    )
    fc.assert(
      fc.property(numbers, (value) => {
        expect(Number(plain(value))).toBe(value)
        expect(scaled(plain(value, 2), -2)).toBe(value)
        for (const [language, scales] of [
          ['ko', { 만: 4, 억: 8, 조: 12 }],
          ['en', { k: 3, M: 6, B: 9 }],
        ] as const) {
          const text = short(value, language)
          const scale = Object.entries(scales).find(([name]) => text.endsWith(name))
          expect(scale ? scaled(text.slice(0, -1), scale[1]) : Number(text)).toBe(value)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    [150_000_000, '1.5억', '150M'],
    [50_000, '5만', '50k'],
    [71_500, '7.15만', '71.5k'],
    [71_550, '71550', '71.55k'],
    [999, '999', '999'],
    [2e12, '2조', '2000B'],
  ])('%d is short for %s and %s', (value, ko, en) => {
    expect([short(value, 'ko'), short(value, 'en')]).toEqual([ko, en])
  })

  it.each([
    [10_000, '10초', '10s'],
    [60_000, '1분', '1m'],
    [5_400_000, '90분', '90m'],
    [3_600_000, '1시간', '1h'],
    [DAY_MS, '1일', '1d'],
  ])('%d ms is %s and %s', (ms, ko, en) => {
    expect([intervalText(ms, 'ko'), intervalText(ms, 'en')]).toEqual([ko, en])
  })
})

describe('words', () => {
  it.each([
    ['close', 'clsoe', 1],
    ['close', 'close', 0],
    ['close', 'cloe', 1],
    ['현재가', '현재까', 1],
    ['거래량', '거레량', 1],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %d steps apart', (one, other, steps) => {
    expect(distance(one, other, 9)).toBe(steps)
    expect(distance(other, one, 9)).toBe(steps)
    expect(distance(one, other, steps)).toBe(steps)
  })

  it.each([
    ['종가', '종가가'],
    ['거래량', '거래량이'],
    ['지수이동평균(20)', '지수이동평균(20)이'],
    ['RSI(14)', 'RSI(14)가'],
    ['macd.신호선', 'macd.신호선이'],
    ['(종가 + 시가)', '(종가 + 시가)가'],
    ['5%', '5%가'],
  ])('%s takes its particle', (text, spoken) => {
    expect(withParticle(text, '이', '가')).toBe(spoken)
  })

  it('of Latin letters keep both forms of a particle', () => {
    expect([quoted('종가', '은', '는'), quoted('거래량', '은', '는'), quoted('close', '은', '는')]).toEqual([
      '“종가”는',
      '“거래량”은',
      '“close”은(는)',
    ])
  })

  it('have a spelling of their own in both languages', () => {
    const tables: Readonly<Record<string, unknown>> = words
    const spellings = Object.entries(tables).flatMap(([name, table]) =>
      name === 'PARTICLES' || name === 'DAILY_BAR_WORDS'
        ? []
        : Object.entries(table as Record<string, words.Spelling>),
    )
    const seen = new Map<string, string>()
    for (const [id, { en, ko }] of spellings)
      for (const text of [...en, ...ko]) {
        expect(seen.get(text.toLowerCase()), `${text} is ${id}`).toBeUndefined()
        seen.set(text.toLowerCase(), id)
        // A particle behind it is told apart from it.
        expect(piecesOf(text)?.length, text).toBe(1)
        for (const particle of Object.keys(words.PARTICLES))
          if (/[가-힣]$/.test(text) && !seen.has(text + particle))
            expect(piecesOf(text + particle)?.[0]?.length, text + particle).toBeGreaterThan(0)
      }
    expect(seen.size).toBeGreaterThan(120)
  })
})
