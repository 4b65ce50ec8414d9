import { describe, expect, it } from 'vitest'
import { tradingDay } from '../../model/time.ts'
import type { TrialRecord } from '../../ports/trial-ledger.ts'
import { countTrials, trialsOf } from './validation-count.ts'
import { openingOf, sealedFrom, wasTried } from './validation-seal.ts'

const SET = 'bars/1d/KRX/none'
const day = (text: string) => tradingDay(text)
const trial = (more: Partial<TrialRecord> = {}, sharpe = 0.1): TrialRecord => ({
  what: 'trial',
  kind: 'backtest',
  at: 1,
  idea: { id: 'ema-cross', text: '' },
  window: { set: SET, symbols: 'a', names: 1, from: day('2020-01-02'), to: day('2020-12-30') },
  parameters: { fast: 5, slow: 20 },
  rules: 'r',
  result: 'h',
  sample: { sharpe, observations: 248, skewness: 0, kurtosis: 3 },
  ...more,
})
const window = (from: string, to: string, set = SET) => ({
  ...trial().window,
  ...{ set, from: day(from), to: day(to) },
})
const YEAR = { from: day('2020-01-02'), to: day('2020-12-30') }

describe('counting trials', () => {
  it.each([
    ['the same again', trial({ at: 2, kind: 'walkforward' }), 1],
    ['the same values in another order', trial({ parameters: { slow: 20, fast: 5 } }), 1],
    ['other values', trial({ parameters: { fast: 6, slow: 20 }, result: 'i' }), 2],
    ['other values with the same decisions', trial({ parameters: { fast: 6, slow: 20 } }), 2],
    ['other decisions on the same values', trial({ result: 'i' }), 2],
    ['a failure', trial({ result: '', failed: { ko: '', en: 'stopped' } }), 2],
    ['other days that overlap', trial({ window: window('2020-12-30', '2022-01-03') }), 2],
    [
      'another set of the same days',
      trial({ window: window('2020-01-02', '2020-12-30', 'bars/5m/KRX/none') }),
      2,
    ],
    ['days that do not overlap', trial({ window: window('2021-01-04', '2022-01-03') }), 1],
    ['another idea', trial({ idea: { id: 'pairs', text: '' } }), 1],
  ])('%s', (_, second, count) => {
    expect(trialsOf([trial(), second], 'ema-cross', YEAR)).toHaveLength(count)
  })

  it('takes the variance of luck where few are known, and their own where ten are', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => trial({ result: String(i) }, i % 2 ? 0.1 : 0.3))
    expect(countTrials(many(9), 101)).toEqual({ count: 9, variance: 0.01 })
    const { count, variance } = countTrials(many(10), 101)
    // Ten values, each 0.1 from the mean of 0.2: 10 · 0.01 / 9.
    expect([count, variance]).toEqual([10, expect.closeTo(0.1 / 9, 12)])
    expect(countTrials([], 101).count).toBe(1)
  })

  it('does not depend on the order in which the trials ended', () => {
    const ended = Array.from({ length: 96 }, (_, i) => trial({ result: String(i) }, Math.sin(i * 7) / 10))
    const { variance } = countTrials(ended, 101)
    expect(countTrials(ended.toReversed(), 101).variance).toBe(variance)
    expect(countTrials([...ended.slice(31), ...ended.slice(0, 31)], 101).variance).toBe(variance)
  })
})

describe('the seal', () => {
  const seal = (from: string, set = SET) => ({ what: 'seal', at: 1, set, from: day(from) }) as const
  const opening = (id: string) =>
    ({ what: 'opening', at: 1, id, set: SET, idea: { id: 'pairs', text: '' }, parameters: {} }) as const

  it('is the earliest of its set', () => {
    const records = [
      seal('2025-01-02'),
      seal('2024-07-01'),
      seal('2024-09-02'),
      seal('2020-01-02', 'bars/5m/KRX/none'),
    ]
    expect(sealedFrom(records, SET)).toBe('2024-07-01')
    expect(sealedFrom([], SET)).toBeUndefined()
  })

  it('is opened by the first who wrote it down', () => {
    expect(openingOf([opening('b'), opening('a')], 'pairs', SET)?.id).toBe('b')
    expect(openingOf([opening('b')], 'ema-cross', SET)).toBeUndefined()
  })

  it('opens for values and rules that were tried on the set', () => {
    const wanted = { idea: 'ema-cross', set: SET, parameters: { slow: 20, fast: 5 }, rules: 'r' }
    expect(wasTried([trial()], wanted)).toBe(true)
    expect(wasTried([trial()], { ...wanted, rules: 's' })).toBe(false)
    expect(wasTried([trial()], { ...wanted, parameters: { slow: 20, fast: 6 } })).toBe(false)
    expect(wasTried([trial()], { ...wanted, set: 'bars/5m/KRX/none' })).toBe(false)
  })
})
