import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionId, instrumentId } from '../../../../model/ids.ts'
import { InvariantError } from '../../../../std/invariant.ts'
import { feeds } from '../testing/market.ts'
import type { Told } from '../testing/naive.ts'
import { barTo, clock, conditionOf, MINUTE } from '../testing/tell.ts'
import { createEvaluator } from './evaluator.ts'
import { createScreener, type Screener } from './screener.ts'

const search = (id: string, text: string) => ({ id: conditionId(id), condition: conditionOf(text) })
const [SAMSUNG, HYNIX] = [instrumentId('005930'), instrumentId('000660')]
const INTERVALS = [MINUTE, 5 * MINUTE]

const texts = (screener: Screener, at: string) =>
  screener
    .sweep(clock(at))
    .map(
      ({ instrument, condition, change, initial }) =>
        `${condition} ${instrument} ${change}${initial ? ' initial' : ''}`,
    )

describe('a screener', () => {
  it('tells who enters and who leaves, once', () => {
    const screener = createScreener([search('0', 'close > 10'), search('1', 'close < 5')], {
      intervalsMs: INTERVALS,
    })
    screener.bar(SAMSUNG, MINUTE, barTo('09:01', 11))
    screener.bar(HYNIX, MINUTE, barTo('09:01', 4))
    expect(texts(screener, '09:01')).toEqual(['0 005930 enter initial', '1 000660 enter initial'])
    expect(texts(screener, '09:01')).toEqual([])
    screener.bar(HYNIX, MINUTE, barTo('09:02', 20))
    screener.bar(SAMSUNG, MINUTE, barTo('09:02', 12))
    expect(texts(screener, '09:02')).toEqual(['0 000660 enter', '1 000660 leave'])
    expect(screener.members(conditionId('0'))).toEqual([SAMSUNG, HYNIX])
    expect(screener.members(conditionId('1'))).toEqual([])
  })

  it('speaks as a condition search of the broker does', () => {
    const screener = createScreener([search('7', 'close > 10')], { intervalsMs: INTERVALS })
    screener.bar(SAMSUNG, MINUTE, barTo('09:01', 9))
    screener.sweep(clock('09:01'))
    screener.bar(SAMSUNG, MINUTE, barTo('09:02', 11))
    expect(screener.sweep(clock('09:02'))).toEqual([
      {
        ...{ kind: 'screen', condition: '7', instrument: '005930', change: 'enter', initial: false },
        ...{ at: clock('09:02'), receivedAt: clock('09:02') },
      },
    ])
  })

  it('lets an answer that becomes unknown change nothing', () => {
    const screener = createScreener([search('0', 'open / (close - 1) > 1')], { intervalsMs: INTERVALS })
    const bars = [barTo('09:01', 5), barTo('09:02', 1), barTo('09:03', 5)]
    const changes = bars.map((bar) => {
      screener.bar(SAMSUNG, MINUTE, bar)
      return screener.sweep(bar.closeAt).length
    })
    expect(changes).toEqual([1, 0, 0])
    expect(screener.missing(conditionId('0'), SAMSUNG)).toEqual([])
    expect(screener.explain(conditionId('0'), SAMSUNG)?.met).toBe(true)
    expect(screener.explain(conditionId('0'), HYNIX)).toBe(undefined)
  })

  it('forgets an instrument without a word', () => {
    const screener = createScreener([search('0', 'close > 10')], { intervalsMs: INTERVALS })
    screener.bar(SAMSUNG, MINUTE, barTo('09:01', 11))
    screener.forget(SAMSUNG)
    screener.forget(HYNIX)
    expect([screener.sweep(0), screener.members(conditionId('0'))]).toEqual([[], []])
  })

  it('lets time pass for everyone it knows', () => {
    const screener = createScreener([search('0', 'close > 10 and time >= 15:00')], { intervalsMs: INTERVALS })
    screener.bar(SAMSUNG, MINUTE, barTo('14:59', 11))
    expect(texts(screener, '14:59')).toEqual([])
    screener.now(clock('15:00'))
    expect(texts(screener, '15:00')).toEqual(['0 005930 enter'])
  })

  it('refuses two searches of one name, and a name that it does not know', () => {
    const two = [search('0', 'close > 10'), search('0', 'close > 11')]
    expect(() => createScreener(two, { intervalsMs: INTERVALS })).toThrow(InvariantError)
    expect(() => createScreener([], { intervalsMs: INTERVALS }).members(conditionId('9'))).toThrow(
      InvariantError,
    )
  })

  const TEXTS = [
    'close > average(close, 3)',
    'forming close crosses above average(close, 3) or spread > 1',
    'change(5m) > 1% and volume > average(volume, 2)',
  ]

  const tell = (screener: Screener, id: typeof SAMSUNG, told: Told) => {
    if (told.kind === 'bar') screener.bar(id, told.intervalMs, told.bar)
    else if (told.kind === 'trade') screener.trade(id, told.trade)
    else if (told.kind === 'quote') screener.quote(id, told.quote)
    else if (told.kind === 'facts') screener.facts(id, told.facts)
  }

  it('agrees with one evaluator per instrument and search, over a snapshot too', () => {
    fc.assert(
      fc.property(fc.array(feeds, { minLength: 1, maxLength: 3 }), fc.nat(), (all, cut) => {
        const searches = TEXTS.map((text, i) => search(String(i), text))
        let screener = createScreener(searches, { intervalsMs: INTERVALS })
        const ids = all.map((_, i) => instrumentId(`00000${i}`))
        const inside = new Set<string>()
        const longest = Math.max(...all.map((feed) => feed.length))
        for (let i = 0; i < longest; i++) {
          for (const [n, feed] of all.entries()) {
            const told = feed[i]
            if (told) tell(screener, ids[n] as typeof SAMSUNG, told)
          }
          if (i === cut % longest) {
            const saved = JSON.parse(JSON.stringify(screener.snapshot())) as ReturnType<Screener['snapshot']>
            screener = createScreener(searches, { intervalsMs: INTERVALS })
            screener.restore(saved)
          }
          // What closes together is told before anyone asks.
          const isAmidBars = all.some((feed) => feed[i]?.kind === 'bar' && feed[i + 1]?.kind === 'bar')
          if (isAmidBars && i < longest - 1) continue
          for (const { condition, instrument, change } of screener.sweep(i)) {
            const key = `${condition} ${instrument}`
            expect(inside.has(key)).toBe(change === 'leave')
            if (change === 'enter') inside.add(key)
            else inside.delete(key)
          }
        }
        for (const [n, feed] of all.entries())
          for (const { id, condition } of searches) {
            const evaluator = createEvaluator(condition, INTERVALS)
            for (const told of feed)
              if (told.kind === 'bar') evaluator.bar(told.intervalMs, told.bar)
              else if (told.kind === 'trade') evaluator.trade(told.trade)
              else if (told.kind === 'quote') evaluator.quote(told.quote)
              else if (told.kind === 'facts') evaluator.facts(told.facts)
            const answer = evaluator.evaluate()
            if (answer !== undefined) expect(inside.has(`${id} ${ids[n]}`)).toBe(answer)
          }
      }),
      { numRuns: 100 },
    )
  })
})
