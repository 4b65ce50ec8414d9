import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import { krw, type Price, price, quantity } from '../../model/money.ts'
import type { ExitKind } from '../../model/order.ts'
import type { Position } from '../../model/position.ts'
import type { ExitSettings } from '../../model/settings.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import type { ExitQuestion, Tracked } from './exit.ts'
import { atrStopOf, boundsOf, exitFor, stopPriceOf, track } from './exits.ts'

const DAY = tradingDay('2026-11-20')
const ID = instrumentId('005930')
const OPENED = kstInstant(DAY, timeOfDay('09:10'))

const VIEW: InstrumentView = {
  listing: { id: ID, name: '삼성전자', market: 'KOSPI', class: 'stock', viGroup: 'narrow' },
  day: DAY,
  basePrice: price(10_000),
  band: { upper: price(13_000), lower: price(7_000) },
  designations: [],
  halted: false,
  marginRate: { numerator: 1, denominator: 1 },
  last: price(10_000),
  bid: price(0),
  ask: price(0),
  pricedAt: OPENED,
  inVi: false,
  board: 'KRX',
  boards: {},
}

const holding = (shares: number, cost: number): Position => ({
  instrument: ID,
  quantity: quantity(shares),
  cost: krw(cost),
  fees: krw(0),
  openedAt: OPENED,
})

const NONE: ExitSettings = { trailing: [], order: { kind: 'market' }, protectiveOrder: { kind: 'market' } }

interface Case {
  readonly last: number
  readonly high?: number
  readonly atr?: number
  readonly now?: number
  readonly position?: Position
  readonly tracked?: Tracked
}

const question = (settings: Partial<ExitSettings>, of: Case): ExitQuestion => ({
  position: of.position ?? holding(10, 100_000),
  tracked: of.tracked ?? { high: price(of.high ?? Math.max(10_000, of.last)), highAt: OPENED },
  view: { ...VIEW, last: price(of.last) },
  atr: of.atr,
  now: of.now ?? OPENED,
  settings: { ...NONE, ...settings },
})

const STAGES = [
  { activateRatio: 0.02, giveBackRatio: 0.015 },
  { activateRatio: 0.05, giveBackRatio: 0.01 },
  { activateRatio: 0.1, giveBackRatio: 0.005 },
]
const ATR = { period: 14, multiple: 2 }

describe('the exit of a position bought at 10,000', () => {
  const stop = { stopLossRatio: 0.03 }
  const profit = { takeProfitRatio: 0.05 }
  const trailing = { trailing: STAGES }
  const rows: readonly (readonly [string, Partial<ExitSettings>, Case, ExitKind | undefined])[] = [
    ['nothing is set', {}, { last: 7_000, now: OPENED + 1e9 }, undefined],
    ['one won above the stop', stop, { last: 9_701 }, undefined],
    ['exactly at the stop', stop, { last: 9_700 }, 'stopLoss'],
    ['below the stop', stop, { last: 9_695 }, 'stopLoss'],
    ['one won below take-profit', profit, { last: 10_499 }, undefined],
    ['exactly at take-profit', profit, { last: 10_500 }, 'takeProfit'],
    // Stage 1 counts from a high of 10,200, stops at floor(10,200 × 0.985) = 10,047.
    ['a high below every stage', trailing, { last: 9_000, high: 10_199 }, undefined],
    ['one won above stage 1', trailing, { last: 10_048, high: 10_200 }, undefined],
    ['exactly at stage 1', trailing, { last: 10_047, high: 10_200 }, 'trailing'],
    // Stage 2 from 10,500: 10,500 × 0.99 = 10,395.
    ['one won above stage 2', trailing, { last: 10_396, high: 10_500 }, undefined],
    ['exactly at stage 2', trailing, { last: 10_395, high: 10_500 }, 'trailing'],
    // Stage 3 from 11,000: 11,000 × 0.995 = 10,945.
    ['one won above stage 3', trailing, { last: 10_946, high: 11_000 }, undefined],
    ['exactly at stage 3', trailing, { last: 10_945, high: 11_000 }, 'trailing'],
    ['an ATR that is not warm', { atr: ATR }, { last: 7_000 }, undefined],
    // 10,000 − 2 × 120.25 = 9,759.5; a whole price is at or below it from 9,759 on.
    ['one won above the ATR stop', { atr: ATR }, { last: 9_760, atr: 120.25 }, undefined],
    ['at the ATR stop', { atr: ATR }, { last: 9_759, atr: 120.25 }, 'atr'],
    ['an ATR stop below nothing', { atr: { period: 14, multiple: 100 } }, { last: 1, atr: 120 }, undefined],
    ['just before its time', { maxHoldMs: 600_000 }, { last: 10_000, now: OPENED + 599_999 }, undefined],
    ['at its time', { maxHoldMs: 600_000 }, { last: 10_000, now: OPENED + 600_000 }, 'time'],
    [
      'before the end of day',
      { endOfDay: timeOfDay('09:20') },
      { last: 10_000, now: OPENED + 599_999 },
      undefined,
    ],
    [
      'at the end of day',
      { endOfDay: timeOfDay('09:20') },
      { last: 10_000, now: OPENED + 600_000 },
      'endOfDay',
    ],
    [
      'no price, price rules',
      { ...stop, ...profit, ...trailing, atr: ATR },
      { last: 0, atr: 1, high: 12_000 },
      undefined,
    ],
    ['no price, its time', { ...stop, maxHoldMs: 1 }, { last: 0, now: OPENED + 1 }, 'time'],
  ]

  it.each(rows)('with %s', (_, settings, of, kind) => {
    expect(exitFor(question(settings, of))?.kind).toBe(kind)
  })

  it('names the protective reason first when several apply, and does not hold out for a profit at the end of the day', () => {
    const all: Partial<ExitSettings> = {
      stopLossRatio: 0.03,
      atr: ATR,
      trailing: STAGES,
      takeProfitRatio: -0.5,
      maxHoldMs: 0,
      endOfDay: timeOfDay('09:00'),
    }
    const { stopLossRatio: _s, ...noStop } = all
    const { atr: _a, ...noAtr } = noStop
    const { endOfDay: _e, ...noEnd } = { ...noAtr, trailing: [] }
    const { takeProfitRatio: _p, ...noProfit } = noEnd
    const of = { last: 9_700, high: 10_200, atr: 100 }
    expect(
      [all, noStop, noAtr, { ...noAtr, trailing: [] }, noEnd, noProfit].map(
        (settings) => exitFor(question(settings, of))?.kind,
      ),
    ).toEqual(['stopLoss', 'atr', 'trailing', 'endOfDay', 'takeProfit', 'time'])
  })

  // 3 shares for 30,001 won: average 10,000.33…, stop 9,700.32…, profit 10,500.35 exactly.
  it('compares with the exact average, not with a rounded one', () => {
    const position = holding(3, 30_001)
    const fires = (settings: Partial<ExitSettings>, last: number) =>
      exitFor(question(settings, { last, position }))?.kind
    expect([9_701, 9_700].map((last) => fires({ stopLossRatio: 0.03 }, last))).toEqual([
      undefined,
      'stopLoss',
    ])
    expect([10_500, 10_501].map((last) => fires({ takeProfitRatio: 0.05 }, last))).toEqual([
      undefined,
      'takeProfit',
    ])
  })

  // In binary floating point 10,000 × (1 + 0.0011) is 10,011.000000000002, which 10,011 would miss.
  it('fires exactly at every whole-won threshold', () => {
    for (let step = 1; step <= 500; step++) {
      const ratio = step / 10_000
      expect(exitFor(question({ stopLossRatio: ratio }, { last: 10_000 - step }))?.kind).toBe('stopLoss')
      expect(exitFor(question({ stopLossRatio: ratio }, { last: 10_001 - step }))).toBeUndefined()
      expect(exitFor(question({ takeProfitRatio: ratio }, { last: 10_000 + step }))?.kind).toBe('takeProfit')
      expect(exitFor(question({ takeProfitRatio: ratio }, { last: 9_999 + step }))).toBeUndefined()
    }
  })
})

describe('the reason of an exit', () => {
  const rows: readonly (readonly [string, Partial<ExitSettings>, Case])[] = [
    ['손절: 평균 10,000원 대비 -3.05% (기준 -3.00%)', { stopLossRatio: 0.03 }, { last: 9_695 }],
    ['익절: 평균 10,000원 대비 +5.10% (기준 +5.00%)', { takeProfitRatio: 0.05 }, { last: 10_510 }],
    [
      '추적 손절 2단계: 고점 10,600원 대비 -1.04% (기준 +5.00% 이후 -1.00%)',
      { trailing: STAGES },
      { last: 10_490, high: 10_600 },
    ],
    [
      'ATR 손절: 현재가 9,700원 ≤ 9,760원 (평균 10,000원, ATR(14) 120원 × 2)',
      { atr: ATR },
      { last: 9_700, atr: 120 },
    ],
    ['보유 시간: 30분 5초 (기준 30분)', { maxHoldMs: 1_800_000 }, { last: 10_000, now: OPENED + 1_805_000 }],
    [
      '장 마감 청산: 09:20:03 (기준 09:20)',
      { endOfDay: timeOfDay('09:20') },
      { last: 10_000, now: OPENED + 603_000 },
    ],
  ]

  it.each(rows)('%s', (sentence, settings, of) => {
    expect(exitFor(question(settings, of))?.reason).toBe(sentence)
  })
})

describe('what is remembered of a position', () => {
  it('is the highest price and when it was', () => {
    const first = track(undefined, price(10_000), OPENED)
    expect(first).toEqual({ high: 10_000, highAt: OPENED })
    const raised = track(first, price(10_100), OPENED + 1)
    expect(raised).toEqual({ high: 10_100, highAt: OPENED + 1 })
    expect(track(raised, price(10_100), OPENED + 2)).toBe(raised)
    expect(track(raised, price(9_000), OPENED + 2)).toBe(raised)
    expect(track(raised, price(0), OPENED + 2)).toBe(raised)
  })

  it('is the highest ATR stop of the present setting', () => {
    const stopAt = (tracked: Tracked, atr: number | undefined, multiple = 2) =>
      atrStopOf(question({ atr: { period: 14, multiple } }, { last: 10_000, atr: atr as number, tracked }))
    const start = track(undefined, price(10_000), OPENED)
    expect(stopAt(start, undefined)).toBeUndefined()
    const calm = track(start, price(10_000), OPENED, stopAt(start, 100))
    expect(calm.atrStop?.price).toBe(9_800)
    const wild = track(calm, price(10_000), OPENED, stopAt(calm, 300))
    expect(wild).toBe(calm)
    expect(stopAt(wild, undefined)?.price).toBe(9_800)
    const calmer = track(wild, price(10_000), OPENED, stopAt(wild, 50))
    expect(calmer.atrStop?.price).toBe(9_900)
    const looser = track(calmer, price(10_000), OPENED, stopAt(calmer, 100, 4))
    expect(looser.atrStop).toEqual({ price: 9_600, period: 14, multiple: 4 })
  })
})

describe('the stop price for display', () => {
  const rows: readonly (readonly [string, Partial<ExitSettings>, Case, number])[] = [
    ['nothing set', { takeProfitRatio: 0.1 }, { last: 10_000 }, 0],
    ['a stop-loss', { stopLossRatio: 0.03 }, { last: 10_000 }, 9_700],
    ['the nearest of several', { stopLossRatio: 0.03, atr: ATR }, { last: 10_000, atr: 100 }, 9_800],
    ['a trailing stage', { stopLossRatio: 0.03, trailing: STAGES }, { last: 10_500, high: 10_500 }, 10_395],
  ]

  it.each(rows)('is that of %s', (_, settings, of, expected) => {
    expect(stopPriceOf(question(settings, of))).toBe(expected)
  })
})

const settingsArbitrary: fc.Arbitrary<ExitSettings> = fc
  .record({
    stopLossRatio: fc.option(fc.integer({ min: 1, max: 3_000 })),
    takeProfitRatio: fc.option(fc.integer({ min: 1, max: 3_000 })),
    atr: fc.option(fc.integer({ min: 1, max: 8 })),
    stages: fc.array(fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 800 })), {
      maxLength: 4,
    }),
  })
  .map(({ stopLossRatio, takeProfitRatio, atr, stages }) => {
    const activations = stages.map(([activate]) => activate / 10_000).sort((a, b) => a - b)
    const giveBacks = stages.map(([, giveBack]) => giveBack / 10_000).sort((a, b) => b - a)
    return {
      ...NONE,
      ...(stopLossRatio === null ? {} : { stopLossRatio: stopLossRatio / 10_000 }),
      ...(takeProfitRatio === null ? {} : { takeProfitRatio: takeProfitRatio / 10_000 }),
      ...(atr === null ? {} : { atr: { period: 14, multiple: atr } }),
      trailing: activations.map((activateRatio, index) => ({
        activateRatio,
        giveBackRatio: giveBacks[index] as number,
      })),
    }
  })

const positionArbitrary = fc
  .tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 500, max: 500_000 }), fc.nat(4_999))
  .map(([shares, each, odd]) => holding(shares, shares * each + (odd % shares)))

const walk = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 60 })

/** Prices in steps of 1/10,000 from the average. */
const pricesOf = (position: Position, steps: readonly number[]): Price[] => {
  let at = position.cost / position.quantity
  return steps.map((step) => {
    at = Math.max(1, at * (1 + step / 10_000))
    return price(Math.round(at))
  })
}

describe('a trailing stop', () => {
  it('never fires above its give-back line, fires below it, and never falls', () => {
    fc.assert(
      fc.property(settingsArbitrary, positionArbitrary, walk, ({ trailing }, position, steps) => {
        let tracked: Tracked | undefined
        let before = 0
        for (const last of pricesOf(position, steps)) {
          tracked = track(tracked, last, OPENED)
          const asked = question({ trailing }, { last, position, tracked })
          const { high } = tracked
          const gain = (high * position.quantity) / position.cost - 1
          const reached = trailing.filter((stage) => gain >= stage.activateRatio - 1e-9)
          const tightest = Math.min(...reached.map((stage) => stage.giveBackRatio))
          const exit = exitFor(asked)
          if (exit) expect(last).toBeLessThanOrEqual(tracked.high * (1 - tightest) + 1e-6)
          const surely = trailing.filter((stage) => gain > stage.activateRatio + 1e-9)
          if (surely.some((stage) => last < high * (1 - stage.giveBackRatio) - 1e-6))
            expect(exit?.kind).toBe('trailing')
          const stop = stopPriceOf(asked)
          expect(stop).toBeGreaterThanOrEqual(before)
          before = stop
        }
      }),
      { numRuns: 300 },
    )
  })

  it('does not fall when a later stage was set looser by mistake', () => {
    const trailing = [
      { activateRatio: 0.02, giveBackRatio: 0.01 },
      { activateRatio: 0.03, giveBackRatio: 0.05 },
    ]
    const stop = (high: number) => stopPriceOf(question({ trailing }, { last: high, high }))
    expect([10_200, 10_300].map(stop)).toEqual([10_098, 10_197])
  })
})

describe('the bounds of a position', () => {
  it('hold no price at which an exit fires or a new high is made', () => {
    fc.assert(
      fc.property(
        settingsArbitrary,
        positionArbitrary,
        walk,
        fc.option(fc.integer({ min: 1, max: 5_000 })),
        (settings, position, steps, atr) => {
          let bounds = { below: Number.POSITIVE_INFINITY, above: 0 }
          let tracked: Tracked | undefined
          for (const last of pricesOf(position, steps)) {
            const of = { last, position, ...(atr === null ? {} : { atr }) }
            const inside = last > bounds.below && last < bounds.above
            if (inside) {
              expect(exitFor(question(settings, { ...of, tracked: tracked as Tracked }))).toBeUndefined()
              expect(track(tracked, last, OPENED)).toBe(tracked)
              continue
            }
            tracked = track(tracked, last, OPENED)
            bounds = boundsOf(question(settings, { ...of, tracked }))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('are the nearest levels on both sides', () => {
    const both = { stopLossRatio: 0.03, takeProfitRatio: 0.05 }
    expect(boundsOf(question(both, { last: 10_000, high: 10_100 }))).toEqual({ below: 9_700, above: 10_101 })
    expect(boundsOf(question(both, { last: 10_000, high: 10_600 }))).toEqual({ below: 9_700, above: 10_500 })
    expect(boundsOf(question({}, { last: 10_000, high: 10_100 }))).toEqual({ below: 0, above: 10_101 })
  })
})
