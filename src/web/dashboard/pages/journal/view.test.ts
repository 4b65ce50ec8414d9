import { describe, expect, it } from 'vitest'
import type { VerificationMessage } from '../../../contract/records.ts'
import {
  checkedRatio,
  drawing,
  KIND_ORDER,
  KINDS,
  megabytes,
  played,
  verdictOf,
  wholeSecond,
  whoOf,
} from './view.ts'

const check = (change: Partial<VerificationMessage>): VerificationMessage => ({
  day: '2026-11-20',
  state: 'never',
  doneBytes: 0,
  bytes: 1_000,
  records: 0,
  ...change,
})

describe('the verdict on a day', () => {
  it.each([
    [check({}), '', '아직'],
    [check({ state: 'running', records: 12_345 }), '', '12,345'],
    [check({ state: 'good', records: 7 }), 'good', '7건 모두 온전'],
    [check({ state: 'good', records: 7, isOlder: true }), 'warn', '더 생김'],
    [
      check({ state: 'broken', broken: { seq: 88, ko: '해시가 맞지 않음', en: 'its hash does not match' } }),
      'bad',
      '88번 기록이 손상됨: 해시가 맞지 않음',
    ],
    [check({ state: 'failed' }), 'warn', '검사하지 못함'],
  ] as const)('%#: has its tone and names the record', (message, tone, text) => {
    const verdict = verdictOf(message)
    expect(verdict.tone).toBe(tone)
    expect(verdict.ko).toContain(text)
    expect(verdict.en).not.toBe('')
  })

  it('tells how far it is', () => {
    expect(checkedRatio(check({ doneBytes: 250 }))).toBe(0.25)
    expect(checkedRatio(check({ bytes: 0 }))).toBe(0)
    expect(megabytes(48_236_133)).toBe('48.2 MB')
  })
})

describe('the trail', () => {
  it('has a word for every kind, each once', () => {
    expect([...KIND_ORDER].sort()).toEqual(Object.keys(KINDS).sort())
  })

  it('calls a person by name and the others by what they are', () => {
    expect([whoOf({ who: 'broker' }).ko, whoOf({ who: '김가람' }).ko]).toEqual(['증권사', '김가람'])
  })
})

describe('a replay', () => {
  it('moves on at its speed and stops at the end', () => {
    expect(played(1_000, 250, 60, 100_000)).toEqual({ at: 16_000, ended: false })
    expect(played(99_000, 250, 60, 100_000)).toEqual({ at: 100_000, ended: true })
    expect(wholeSecond(1_999)).toBe(1_000)
  })

  it('draws equity over the time of the slider, with the start inside', () => {
    const points = [100, 110, 95].map((equity, index) => ({
      at: index * 10,
      equity,
      realizedPnl: 0,
      unrealizedPnl: 0,
    }))
    const shape = drawing(points, 100, 0, 40)
    expect(shape).toMatchObject({ low: 95, high: 110 })
    expect(shape?.line).toMatch(/^M0 .*L250 .*L500 /)
    expect(shape?.zero).toBeGreaterThan(0)
    expect(shape?.zero).toBeLessThan(1)
    expect(drawing([], 100, 0, 40)).toBeUndefined()
    expect(drawing(points, 100, 5, 5)).toBeUndefined()
  })
})
