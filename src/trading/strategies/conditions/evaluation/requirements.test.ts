import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantity } from '../../../../model/money.ts'
import { tradingDay } from '../../../../model/time.ts'
import type { ConditionNode } from '../language/tree.ts'
import { NAIVE_INDICATORS } from '../testing/naive.ts'
import { clock, conditionOf, MINUTE } from '../testing/tell.ts'
import { conditions } from '../testing/trees.ts'
import { createEvaluator } from './evaluator.ts'
import { requirements } from './requirements.ts'

const DAY = 1_440 * MINUTE

const needed = (text: string) =>
  Object.fromEntries(
    requirements(conditionOf(text)).intervals.map(({ intervalMs, bars }) => [intervalMs, bars]),
  )

/** Everything but bars is told, then so many minutes with their bars of one and five, all of different prices. */
function fed(condition: ConditionNode, minutes: number) {
  const evaluator = createEvaluator(condition, [MINUTE, 5 * MINUTE])
  const begin = clock('09:00')
  const bar = (openAt: number, length: number, at: number) =>
    evaluator.bar(length, {
      ...{ openAt, closeAt: openAt + length, open: at, high: at + 2, low: at - 1, close: at + 1 },
      ...{ volume: 1_000 + at, value: 1_000 * at },
    })
  evaluator.facts({
    day: tradingDay('2026-11-20'),
    listing: { market: 'KOSPI', class: 'stock', listedShares: quantity(1_000) },
    ...{ basePrice: 1_000, designations: [], halted: false, inVi: false },
  })
  evaluator.trade({ at: begin - 1_000, price: 1_000, quantity: 1 })
  evaluator.quote({ at: begin - 1_000, bid: 1, bidQuantity: 1, ask: 2, askQuantity: 1 })
  for (let m = 0; m < minutes; m++) {
    bar(begin + m * MINUTE, MINUTE, 1_000 + 7 * m)
    if (m % 5 === 4) bar(begin + (m - 4) * MINUTE, 5 * MINUTE, 2_000 + 13 * m)
  }
  return evaluator
}

describe('requirements', () => {
  it.each<readonly [string, Readonly<Record<number, number>>]>([
    [
      'change(5m) >= 5% and volume(1m) >= 200% of average(volume(1m), 20) and close > ema(20)',
      { [MINUTE]: 20, [5 * MINUTE]: 2 },
    ],
    ['close > 5', { [MINUTE]: 1 }],
    ['close > ema(20)', { [MINUTE]: 20 }],
    ['close > ema(20, 5m)', { [MINUTE]: 1, [5 * MINUTE]: 20 }],
    ['rsi(14) < 30 for 3 bars', { [MINUTE]: 17 }],
    ['macd(12, 26, 9).histogram crosses above 0', { [MINUTE]: 35 }],
    ['ema(rsi(14), 9) > 50', { [MINUTE]: 23 }],
    ['rising(average(close, 5), 2)', { [MINUTE]: 7 }],
    ['close(1m) > ema(20, 5m) for 6 bars', { [MINUTE]: 6, [5 * MINUTE]: 21 }],
    ['change(1d, 5) > 3%', { [DAY]: 6 }],
    ['last > 5', {}],
    ['last crosses above 5', { [MINUTE]: 2 }],
    ['time > 09:00', {}],
  ])('of “%s” are so many bars', (text, bars) => {
    expect(needed(text)).toEqual(bars)
  })

  it.each([
    ...['close > ema(20)', 'rsi(14) > 30 for 3 bars', 'macd(12, 26, 9).histogram crosses above 0'],
    ...[
      'ema(rsi(14), 9) > 50',
      'rising(average(close, 5), 2)',
      'close > ago(close, 3)',
      'change(1m, 4) > 1%',
    ],
    ...[
      'stoch(5, 3, 3).k crosses below 80',
      'high >= max(high, 20)',
      'adx(14) > 20',
      'close > keltner(20, 10, 2).upper',
    ],
  ])('of “%s” are met by that many bars and not by one less', (text) => {
    const condition = conditionOf(text)
    const bars = needed(text)[MINUTE] ?? 0
    expect(bars).toBeGreaterThan(1)
    expect(
      fed(condition, bars - 1)
        .missing()
        .map(({ code }) => code),
    ).toContain('bars')
    expect(fed(condition, bars).missing()).toEqual([])
  })

  it('are enough for every part of whatever condition', () => {
    const garden = {
      intervalsMs: [MINUTE, 5 * MINUTE],
      indicators: [...NAIVE_INDICATORS],
      ...{ longest: 5, depth: 3 },
    }
    fc.assert(
      fc.property(conditions(garden), (condition) => {
        const minutes = requirements(condition).intervals.map(
          ({ intervalMs, bars }) => (intervalMs / MINUTE) * bars,
        )
        const evaluator = fed(condition, Math.max(0, ...minutes))
        expect(evaluator.missing().filter(({ code }) => code === 'bars')).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('name the longer run-up of averages that never forget', () => {
    expect(requirements(conditionOf('close > ema(20) and close > sma(30)')).intervals).toEqual([
      { intervalMs: MINUTE, bars: 30, settledBars: 100 },
    ])
  })

  it.each([
    ['last > 5', { trades: true }],
    ['forming close > 5', { trades: true }],
    ['spread < 5', { quotes: true }],
    ['market == KOSPI', { facts: true }],
    ['change > 5%', { facts: true }],
    ['designated(warning)', { facts: true }],
    ['change(5m) > 5%', {}],
    ['gap > 5%', { facts: true, wholeDay: true }],
    ['highOf(day) > 5', { wholeDay: true }],
    ['close > vwap', { wholeDay: true }],
    ['value > 5억원', { tradedValue: true, currency: 'KRW' }],
    ['close > $5', { currency: 'USD' }],
    ['close > high(1d)', { dailyHistory: true }],
  ])('of “%s” name the data %j', (text, wanted) => {
    const { intervals: _, ...kinds } = requirements(conditionOf(text))
    const none = {
      trades: false,
      quotes: false,
      facts: false,
      dailyHistory: false,
      wholeDay: false,
      tradedValue: false,
    }
    expect(kinds).toEqual({ ...none, ...wanted })
  })
})
