import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { conditionId, type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { Description, ScreenHit } from '../../model/market-event.ts'
import { price } from '../../model/money.ts'
import { type AnalyzerEvent, createAnalyzer } from './analyzer.ts'

const A = instrumentId('005930')
const B = instrumentId('000660')

const stamp = (at: number) => ({ at, receivedAt: at })
const hit = (at: number, more: Partial<ScreenHit> = {}): ScreenHit => ({
  ...stamp(at),
  kind: 'screen',
  condition: conditionId('1'),
  instrument: A,
  change: 'enter',
  initial: false,
  ...more,
})
const described = (at: number, instrument: InstrumentId = A): Description => ({
  ...stamp(at),
  kind: 'description',
  instrument,
  listing: { id: instrument, name: '종목', market: 'KOSPI', class: 'stock', viGroup: 'wide' },
  basePrice: price(1_000),
  last: price(1_000),
  designations: [],
  halted: false,
  marginRate: { numerator: 1, denominator: 1 },
})
const timer = (at: number): AnalyzerEvent => ({ ...stamp(at), kind: 'timer' })
const held = (at: number, ...instruments: InstrumentId[]): AnalyzerEvent => ({
  ...stamp(at),
  kind: 'held',
  instruments,
})

/** What came of the events, in words. */
function told(...events: readonly AnalyzerEvent[]): string[] {
  const analyzer = createAnalyzer()
  return events.flatMap((event) =>
    analyzer.on(event).map((effect) => {
      if (effect.do === 'describe') return `describe ${effect.instrument}`
      const { event: sent } = effect
      return sent.kind === 'screen' ? `${sent.change} ${sent.instrument}` : `description ${sent.instrument}`
    }),
  )
}

describe('the analyzer', () => {
  const cases: readonly [name: string, events: readonly AnalyzerEvent[], told: readonly string[]][] = [
    [
      'asks for the information of what enters and sends the hit behind it',
      [hit(1), described(2)],
      [`describe ${A}`, `description ${A}`, `enter ${A}`],
    ],
    [
      'keeps the hits of one instrument in order while they wait',
      [hit(1), hit(2, { change: 'leave' }), hit(3, { condition: conditionId('2') }), described(4)],
      [`describe ${A}`, `description ${A}`, `enter ${A}`, `leave ${A}`, `enter ${A}`],
    ],
    [
      'asks once for what was described just now',
      [hit(1), described(2), hit(2_000)],
      [`describe ${A}`, `description ${A}`, `enter ${A}`, `enter ${A}`],
    ],
    [
      'asks again when the information has aged',
      [hit(1), described(2), hit(3_002)],
      [`describe ${A}`, `description ${A}`, `enter ${A}`, `describe ${A}`],
    ],
    ['holds up nothing that leaves', [hit(1, { change: 'leave' })], [`leave ${A}`]],
    ['holds up nothing that was there before', [hit(1, { initial: true })], [`enter ${A}`]],
    ['holds up nothing of a held instrument, which may be an exit', [held(1, A), hit(2)], [`enter ${A}`]],
    ['lets go what becomes held', [hit(1), held(2, A)], [`describe ${A}`, `enter ${A}`]],
    [
      'sends the hit alone when there is no information',
      [hit(1), { ...stamp(2), kind: 'descriptionFailed', instrument: A, code: 'x', text: 'y' }],
      [`describe ${A}`, `enter ${A}`],
    ],
    ['waits three seconds for information', [hit(1), timer(3_000)], [`describe ${A}`]],
    ['and no longer', [hit(1), timer(3_001)], [`describe ${A}`, `enter ${A}`]],
    [
      'does not mix instruments up',
      [hit(1), hit(2, { instrument: B }), described(3, B)],
      [`describe ${A}`, `describe ${B}`, `description ${B}`, `enter ${B}`],
    ],
  ]
  it.each(cases)('%s', (_, events, expected) => {
    expect(told(...events)).toEqual(expected)
  })

  const anyEvent = fc.oneof(
    fc.record({
      n: fc.constant('hit'),
      name: fc.constantFrom(A, B),
      change: fc.constantFrom('enter', 'leave'),
      initial: fc.boolean(),
    }),
    fc.record({ n: fc.constant('described'), name: fc.constantFrom(A, B) }),
    fc.record({ n: fc.constant('held'), name: fc.constantFrom(A, B) }),
    fc.record({ n: fc.constant('timer'), after: fc.integer({ min: 1, max: 5_000 }) }),
  )
  test.prop([fc.array(anyEvent, { maxLength: 60 })])(
    'forwards every hit once, in the order of its instrument',
    (script) => {
      let now = 0
      const events = script.map((step): AnalyzerEvent => {
        now += 'after' in step ? step.after : 1
        if ('change' in step)
          return hit(now, {
            instrument: step.name,
            change: step.change === 'enter' ? 'enter' : 'leave',
            initial: step.initial,
          })
        if (!('name' in step)) return timer(now)
        return step.n === 'held' ? held(now, step.name) : described(now, step.name)
      })
      const analyzer = createAnalyzer()
      const out = [...events, timer(now + 10_000)].flatMap((event) => analyzer.on(event))
      for (const name of [A, B]) {
        const ofName = (list: readonly AnalyzerEvent[]) =>
          list.filter((event) => event.kind === 'screen' && event.instrument === name)
        const sent = out.flatMap((effect) => (effect.do === 'forward' ? [effect.event] : []))
        expect(ofName(sent)).toEqual(ofName(events))
      }
    },
  )
})
