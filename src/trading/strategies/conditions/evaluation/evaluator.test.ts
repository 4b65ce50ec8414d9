import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { price, quantity } from '../../../../model/money.ts'
import { tradingDay } from '../../../../model/time.ts'
import { InvariantError } from '../../../../std/invariant.ts'
import { print } from '../language/print.ts'
import { type ConditionNode, partsOf, type TreeNode } from '../language/tree.ts'
import { feeds } from '../testing/market.ts'
import { NAIVE_INDICATORS, naiveValue, type Told } from '../testing/naive.ts'
import { barTo, clock, conditionOf, MINUTE } from '../testing/tell.ts'
import { conditions } from '../testing/trees.ts'
import { compile } from './compile.ts'
import { createEvaluator, type Evaluator, frameOf } from './evaluator.ts'
import type { Explained } from './explain.ts'
import type { DayFacts } from './feeds.ts'

const INTERVALS = [MINUTE, 5 * MINUTE]

const tell = (evaluator: Evaluator, told: Told): boolean | undefined => {
  switch (told.kind) {
    case 'bar':
      return void evaluator.bar(told.intervalMs, told.bar)
    case 'trade':
      return void evaluator.trade(told.trade)
    case 'quote':
      return void evaluator.quote(told.quote)
    case 'facts':
      return void evaluator.facts(told.facts)
    case 'ask':
      return evaluator.evaluate()
  }
}

const garden = { intervalsMs: INTERVALS, indicators: [...NAIVE_INDICATORS], longest: 4, depth: 3 }

const hasForming = (node: TreeNode): boolean => node.kind === 'forming' || partsOf(node).some(hasForming)

/** Nothing is known of what is forming before the first trade. */
const truthBy = (history: readonly Told[], condition: ConditionNode): boolean | undefined => {
  if (hasForming(condition) && !history.some(({ kind }) => kind === 'trade')) return undefined
  const truth = naiveValue(history, condition)
  return Number.isNaN(truth) ? undefined : truth === 1
}
const text = (condition: ConditionNode) => print(condition, 'en')

/** Every number and every truth that an explanation tells, with the ones that the whole history gives. */
function* told(
  explained: Explained,
  condition: ConditionNode,
  history: readonly Told[],
): Iterable<[string, unknown, unknown]> {
  yield [explained.en, explained.met, truthBy(history, condition)]
  const isCondition = (node: TreeNode): node is ConditionNode =>
    explained.parts.some(({ en }) => en === print(node, 'en'))
  const parts = partsOf(condition)
  const values = parts.filter((part) => !isCondition(part))
  for (const [i, { en, type, value }] of explained.values.entries()) {
    const node = values[i] as TreeNode
    if (type === 'text') continue
    const wanted = naiveValue(history, node)
    yield [en, value, Number.isNaN(wanted) ? undefined : wanted]
  }
  for (const [i, part] of explained.parts.entries())
    yield* told(part, parts.filter(isCondition)[i] as ConditionNode, history)
}

describe('an evaluator', () => {
  it('tells every number and answer as if the whole history were reckoned anew each time', () => {
    fc.assert(
      fc.property(conditions(garden), feeds, (condition, feed) => {
        const evaluator = createEvaluator(condition, INTERVALS)
        for (const [i, each] of feed.entries()) {
          const answer = tell(evaluator, each)
          if (each.kind !== 'ask') continue
          const history = feed.slice(0, i + 1)
          const explained = evaluator.explain()
          expect(explained.met).toBe(answer)
          expect([text(condition), evaluator.missing().length > 0]).toEqual([
            text(condition),
            answer === undefined,
          ])
          for (const [part, got, wanted] of told(explained, condition, history))
            expect([part, got]).toEqual([part, wanted])
        }
      }),
      { numRuns: 250 },
    )
  })

  it('goes on from a snapshot as if it had never stopped', () => {
    fc.assert(
      fc.property(conditions(garden), feeds, fc.nat(), (condition, feed, cut) => {
        const whole = createEvaluator(condition, INTERVALS)
        let resumed = createEvaluator(condition, INTERVALS)
        for (const [i, each] of feed.entries()) {
          if (i === cut % feed.length) {
            const saved = JSON.parse(JSON.stringify(resumed.snapshot())) as ReturnType<Evaluator['snapshot']>
            resumed = createEvaluator(condition, INTERVALS)
            resumed.restore(saved)
          }
          expect(tell(resumed, each)).toBe(tell(whole, each))
        }
        expect(resumed.explain()).toEqual(whole.explain())
      }),
      { numRuns: 200 },
    )
  })

  it('answers the same whether it was asked on the way or not', () => {
    fc.assert(
      fc.property(conditions(garden), feeds, (condition, feed) => {
        const asked = createEvaluator(condition, INTERVALS)
        const silent = createEvaluator(condition, INTERVALS)
        for (const each of feed) {
          tell(asked, each)
          if (each.kind !== 'ask') tell(silent, each)
        }
        expect(silent.evaluate()).toBe(asked.evaluate())
      }),
      { numRuns: 200 },
    )
  })
})

/** An evaluator that was fed one bar a minute from 09:01 on, each at one price. */
const fed = (text: string, prices: readonly number[], intervals = [MINUTE, 5 * MINUTE]) => {
  const evaluator = createEvaluator(conditionOf(text), intervals)
  const answers = prices.map((each, i) => {
    evaluator.bar(MINUTE, barTo(`09:${String(i + 1).padStart(2, '0')}`, each))
    return evaluator.evaluate()
  })
  return { evaluator, answers }
}

const facts = (over: Partial<DayFacts> = {}): DayFacts => ({
  day: tradingDay('2026-11-20'),
  listing: { market: 'KOSPI', class: 'stock', listedShares: quantity(1_000) },
  basePrice: 10_000,
  band: { upper: price(13_000), lower: price(7_000) },
  designations: ['caution'],
  halted: false,
  inVi: false,
  ...over,
})

const [T, F, U] = [true, false, undefined]

describe('words of the past', () => {
  it.each<readonly [string, readonly number[], readonly (boolean | undefined)[]]>([
    ['close crosses above 10', [9, 10, 11, 12, 10, 11], [U, F, T, F, F, T]],
    ['close crosses below 10', [11, 10, 9, 8, 10, 9], [U, F, T, F, F, T]],
    ['close > 10 for 3 bars', [11, 11, 9, 11, 11, 11, 11], [U, U, F, F, F, T, T]],
    ['close > 10 within last 3 bars', [9, 9, 9, 11, 9, 9, 9], [U, U, F, T, T, T, F]],
    ['close > 10 within last 3 bars', [9, 11], [U, T]],
    ['rising(close, 2)', [1, 2, 3, 3, 4, 5], [U, U, T, F, F, T]],
    ['falling(close, 2)', [9, 8, 7, 7], [U, U, T, F]],
    ['close > ago(close, 2)', [5, 6, 7, 5], [U, U, T, F]],
    ['change(1m) >= 10%', [10_000, 11_000, 12_099], [U, T, F]],
    ['change(1m, 2) >= 13%', [10_000, 1, 11_300], [U, U, T]],
    ['average(close, 3) == 2', [1, 2, 3, 4], [U, U, T, F]],
    ['max(close, 2) > ago(max(close, 2), 1)', [1, 2, 3, 3, 2], [U, U, T, F, F]],
    ['open / (close - 10) > 5', [11, 10, 13], [T, U, F]],
    ['not (close > 10)', [11, 10], [F, T]],
    ['close > 10 and ago(close, 1) > 10', [9, 11, 12], [F, F, T]],
    ['close > 10 or ago(close, 1) > 10', [11, 11, 9], [T, T, T]],
    ['time >= 09:02', [1, 1, 1], [F, T, T]],
    ['time between 09:02 and 09:02', [1, 1, 1], [F, T, F]],
    ['time between 22:00 and 09:02', [1, 1, 1], [T, T, F]],
  ])('%s over %j', (text, prices, expected) => {
    expect(fed(text, prices).answers).toEqual(expected)
  })

  it.each([
    ['volume >= 115% of ago(volume, 1)', 1_000, 1_150],
    ['volume >= 0.7% of ago(volume, 1)', 1_000, 7],
    ['volume >= ago(volume, 1) * 110%', 70, 77],
  ])('%s: exactly at the threshold is enough', (text, before, now) => {
    const evaluator = createEvaluator(conditionOf(text), [MINUTE])
    evaluator.bar(MINUTE, barTo('09:01', 1, { volume: before }))
    evaluator.bar(MINUTE, barTo('09:02', 1, { volume: now }))
    expect(evaluator.evaluate()).toBe(true)
  })
})

describe('bars of several intervals', () => {
  const text = 'close(1m) crosses above close(5m)'
  const one = (minute: string, at: number) => ['1', MINUTE, barTo(minute, at)] as const
  const five = (minute: string, at: number) => ['5', 5 * MINUTE, barTo(minute, at, { minutes: 5 })] as const

  it('that close together count together, in whatever order they come', () => {
    for (const last of [
      [one('09:10', 12), five('09:10', 11)],
      [five('09:10', 11), one('09:10', 12)],
    ]) {
      const evaluator = createEvaluator(conditionOf(text), INTERVALS)
      for (const [, interval, bar] of [one('09:05', 10), five('09:05', 10), one('09:09', 11)])
        evaluator.bar(interval, bar)
      expect(evaluator.evaluate()).toBe(true)
      // At 09:09 it had crossed the bar of 09:05; of the sample at 09:10 the one before stood above already.
      for (const [, interval, bar] of last) evaluator.bar(interval, bar)
      expect(evaluator.evaluate()).toBe(false)
    }
  })

  it('are sampled at the closings of the shortest, unless it says otherwise', () => {
    const evaluator = createEvaluator(conditionOf('close(1m) > 10 for 2 bars of 5m'), INTERVALS)
    evaluator.bar(MINUTE, barTo('09:05', 11))
    evaluator.bar(5 * MINUTE, barTo('09:05', 11, { minutes: 5 }))
    evaluator.bar(MINUTE, barTo('09:06', 9))
    evaluator.bar(MINUTE, barTo('09:10', 11))
    expect(evaluator.evaluate()).toBe(undefined)
    evaluator.bar(5 * MINUTE, barTo('09:15', 9, { minutes: 5 }))
    expect(evaluator.evaluate()).toBe(true)
  })

  it.each<readonly [string, (evaluator: Evaluator) => void]>([
    ['one that closed before what was reckoned', (e) => e.bar(MINUTE, barTo('09:02', 1))],
    ['the same one again', (e) => e.bar(MINUTE, barTo('09:05', 1))],
    [
      'one that closes with an answer that was given',
      (e) => e.bar(5 * MINUTE, barTo('09:05', 1, { minutes: 5 })),
    ],
    ['one with a price that is no number', (e) => e.bar(MINUTE, barTo('09:06', Number.NaN))],
  ])('refuse %s', (_, disturb) => {
    const evaluator = createEvaluator(conditionOf('close(5m) > 1 and close > 1'), INTERVALS)
    evaluator.bar(MINUTE, barTo('09:05', 1))
    evaluator.evaluate()
    expect(() => disturb(evaluator)).toThrow(InvariantError)
  })

  it('must be fed as the condition names them', () => {
    expect(() => createEvaluator(conditionOf('close(10s) > 1'), INTERVALS)).toThrow('10000 ms')
    const evaluator = createEvaluator(conditionOf('close > 1'), [5 * MINUTE], {
      defaultIntervalMs: 5 * MINUTE,
    })
    evaluator.bar(5 * MINUTE, barTo('09:05', 2, { minutes: 5 }))
    expect(evaluator.evaluate()).toBe(true)
  })
})

describe('what is forming', () => {
  const trade = (time: string, at: number, shares = 10) => ({ at: clock(time), price: at, quantity: shares })

  it('changes with each trade, and what is closed does not', () => {
    const evaluator = createEvaluator(conditionOf('forming close > close'), [MINUTE])
    evaluator.bar(MINUTE, barTo('09:01', 4))
    expect(evaluator.evaluate()).toBe(undefined)
    evaluator.trade(trade('09:01:10', 5))
    expect(evaluator.evaluate()).toBe(true)
    evaluator.trade(trade('09:01:20', 4))
    expect(evaluator.evaluate()).toBe(false)
    // The bar closes: it is the last closed one, and nothing newer is forming.
    evaluator.bar(MINUTE, barTo('09:02', [5, 5, 4, 4]))
    expect(evaluator.evaluate()).toBe(false)
  })

  it('counts as the last bar of averages, crossings and stretches', () => {
    const evaluator = createEvaluator(
      conditionOf(
        'forming average(volume, 2) == 15 and forming close crosses above 10 and forming close > 4 for 2 bars',
      ),
      [MINUTE],
    )
    evaluator.bar(MINUTE, barTo('09:01', 9, { volume: 10 }))
    evaluator.trade(trade('09:01:10', 11, 15))
    expect(evaluator.evaluate()).toBe(false)
    evaluator.trade(trade('09:01:20', 11, 5))
    expect(evaluator.evaluate()).toBe(true)
    evaluator.trade(trade('09:01:30', 3, 0))
    expect(evaluator.evaluate()).toBe(false)
  })

  it('ignores trades of a bar that has closed', () => {
    const evaluator = createEvaluator(conditionOf('forming high > 10 or last > 10'), [MINUTE])
    evaluator.bar(MINUTE, barTo('09:01', 9))
    evaluator.trade(trade('09:00:59', 20))
    expect(evaluator.explain().parts.map(({ met }) => met)).toEqual([false, true])
  })

  it('keeps to quotes for words that are heard', () => {
    const evaluator = createEvaluator(conditionOf('spread <= 0.2% of bid and ask crosses above 10000'), [
      MINUTE,
    ])
    const quote = (time: string, bid: number, ask: number) =>
      evaluator.quote({ at: clock(time), bid, bidQuantity: 1, ask, askQuantity: 1 })
    quote('09:00:30', 9_990, 9_990)
    evaluator.bar(MINUTE, barTo('09:01', 9_990))
    quote('09:01:10', 9_990, 10_000)
    expect(evaluator.evaluate()).toBe(false)
    quote('09:01:20', 10_000, 10_010)
    expect(evaluator.evaluate()).toBe(true)
    quote('09:01:30', 10_000, 0)
    expect(evaluator.evaluate()).toBe(undefined)
    expect(evaluator.missing().map(({ code }) => code)).toEqual(['side', 'side'])
  })
})

describe('a day', () => {
  it('is known from its first bar on, or not at all', () => {
    const seen = createEvaluator(conditionOf('highOf(day) > 20'), [MINUTE])
    seen.bar(MINUTE, barTo('15:30', 30, { day: '2026-11-19' }))
    expect(seen.evaluate()).toBe(undefined)
    seen.bar(MINUTE, barTo('09:01', 10))
    expect(seen.evaluate()).toBe(false)
    seen.bar(MINUTE, barTo('09:02', 21))
    seen.bar(MINUTE, barTo('09:03', 10))
    expect(seen.evaluate()).toBe(true)

    const late = createEvaluator(conditionOf('highOf(day) > 20'), [MINUTE])
    late.bar(MINUTE, barTo('09:01', 30))
    expect([late.evaluate(), late.missing()[0]?.code]).toEqual([undefined, 'day'])

    const announced = createEvaluator(conditionOf('highOf(day) > 20'), [MINUTE])
    announced.facts(facts())
    announced.bar(MINUTE, barTo('09:01', 30))
    expect(announced.evaluate()).toBe(true)
  })

  it('takes its facts with it when it ends', () => {
    const evaluator = createEvaluator(
      conditionOf('change >= 10% and market == KOSPI and last < upperLimit and designated(caution)'),
      [MINUTE],
    )
    evaluator.facts(facts())
    evaluator.bar(MINUTE, barTo('09:01', 11_000))
    evaluator.trade({ at: clock('09:01:01'), price: 11_000, quantity: 1 })
    expect(evaluator.evaluate()).toBe(true)
    evaluator.trade({ at: clock('09:00', '2026-11-23'), price: 11_000, quantity: 1 })
    expect(evaluator.evaluate()).toBe(undefined)
    expect(evaluator.missing().map(({ code, part }) => [code, part.en])).toEqual([
      ['facts', 'change'],
      ['facts', 'upperLimit'],
      ['facts', 'designated(caution)'],
    ])
    evaluator.facts(facts({ day: tradingDay('2026-11-23'), basePrice: 11_000, designations: ['caution'] }))
    expect(evaluator.evaluate()).toBe(false)
  })

  it('knows time without trades', () => {
    const evaluator = createEvaluator(conditionOf('time >= 15:00'), [])
    evaluator.now(clock('14:59:59'))
    expect(evaluator.evaluate()).toBe(false)
    evaluator.now(clock('15:00'))
    expect(evaluator.evaluate()).toBe(true)
  })
})

describe('an explanation', () => {
  it('tells every leaf with its numbers and what it is measured in', () => {
    const text = 'change(5m) >= 5% and (close > 10000 or not time < 09:10)'
    const evaluator = createEvaluator(conditionOf(text), INTERVALS)
    for (const [minute, at] of [
      ['09:05', 10_000],
      ['09:10', 10_400],
    ] as const) {
      evaluator.bar(MINUTE, barTo(minute, at))
      evaluator.bar(5 * MINUTE, barTo(minute, at, { minutes: 5 }))
    }
    const leaves = ({ en, met, values, parts }: Explained): unknown[] => [
      [en, met, ...values.map(({ type, value }) => [type, value])],
      ...parts.flatMap(leaves),
    ]
    expect(leaves(evaluator.explain()).slice(1)).toEqual([
      ['change(5m) >= 5%', false, ['ratio', 0.04], ['ratio', 0.05]],
      ['close > 10000 or not (time < 09:10)', true],
      ['close > 10000', true, ['price', 10_400], ['price', 10_000]],
      ['not (time < 09:10)', true],
      ['time < 09:10', false, ['time', 33_000_000], ['time', 33_000_000]],
    ])
    const second = evaluator.explain().parts[1]?.parts[0]?.at
    expect(text.slice(second?.from, second?.to)).toBe('close > 10000')
  })

  it('names what is not warm, the innermost part of it', () => {
    const { evaluator } = fed('close > ema(average(close, 3), 4) and volume > 5', [1, 2, 3, 4])
    expect(evaluator.missing()).toEqual([
      {
        code: 'bars',
        part: { ko: '지수이동평균(평균(종가, 3), 4)', en: 'ema(average(close, 3), 4)' },
        ko: '1분봉 6개 가운데 4개',
        en: '4 of 6 bars of 1m',
        have: 4,
        need: 6,
        intervalMs: MINUTE,
      },
    ])
    expect(fed('close > ema(average(close, 3), 4)', [1, 2, 3, 4, 5, 6]).evaluator.missing()).toEqual([])
  })

  it.each([
    ['last > 1', 'trades', 'last'],
    ['bid > 1', 'quotes', 'bid'],
    ['gap > 1%', 'facts', 'gap'],
    ['halted', 'facts', 'halted'],
    ['value > 1', 'value', 'value'],
    ['close / (close - 1) > 1', 'undefined', 'close / (close - 1)'],
    ['forming close > 0', 'trades', 'forming close'],
  ])('of “%s” says that %s are missing', (text, code, part) => {
    const { evaluator } = fed(text, [1])
    expect(evaluator.evaluate()).toBe(undefined)
    expect(evaluator.missing().map((each) => [each.code, each.part.en])).toEqual([[code, part]])
  })

  it('estimates a traded value only when it is told to', () => {
    const evaluator = createEvaluator(conditionOf('value == 1000'), [MINUTE], { estimateValue: true })
    evaluator.bar(MINUTE, barTo('09:01', 10, { volume: 100 }))
    expect(evaluator.evaluate()).toBe(true)
  })
})

describe('what is shared', () => {
  it('is reckoned once', () => {
    const text =
      'close > ema(20) and ema(close(1m), 20) > ema(20) and bbands(20, 2).upper > bbands(20).lower and 지수이동평균(20, 1분) > 0'
    const program = compile([conditionOf(text), conditionOf('ema(20) > 5')], frameOf([MINUTE], {}))
    expect(program.newMemory().indicators.length).toBe(2)
  })

  it('is not shared with what is forming', () => {
    const program = compile([conditionOf('ema(20) > 1 and forming ema(20) > 1')], frameOf([MINUTE], {}))
    expect(program.newMemory().indicators.length).toBe(2)
  })
})
