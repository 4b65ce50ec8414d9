import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import { addDays, kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { bollingerBreakout } from './bollinger-breakout.ts'
import { crossSectionalMomentum } from './cross-sectional-momentum.ts'
import { dualMomentum } from './dual-momentum.ts'
import { macdTrend } from './macd-trend.ts'
import { openingRange } from './opening-range.ts'
import { pairs } from './pairs.ts'
import { STRATEGIES } from './registry.ts'
import { rsiReversion } from './rsi-reversion.ts'
import type { Strategy, StrategyBar } from './strategy.ts'
import { volatilityBreakout } from './volatility-breakout.ts'
import { vwapReversion } from './vwap-reversion.ts'

const listing = (code: string): Instrument => ({
  id: instrumentId(code),
  name: code,
  market: 'KOSPI',
  class: 'stock',
  viGroup: 'wide',
})
const MONDAY = tradingDay('2026-11-16')

const dailyBar = (day: number, close: number, volume = 100): StrategyBar => {
  const openAt = kstInstant(addDays(MONDAY, day), timeOfDay('09:00'))
  return { openAt, closeAt: openAt + 23_400_000, open: close, high: close, low: close, close, volume }
}

/** Five-minute bars from nine on. */
const intraday = (day: number, place: number, close: number, range = 0): StrategyBar => {
  const openAt = kstInstant(addDays(MONDAY, day), timeOfDay('09:00')) + place * 300_000
  return {
    openAt,
    closeAt: openAt + 300_000,
    open: close,
    high: close + range,
    low: close - range,
    close,
    volume: 100,
  }
}

const started = (strategy: Strategy, given: Record<string, unknown>, names = 1) => {
  const run = strategy.start(
    given,
    Array.from({ length: names }, (_, i) => listing(String(i))),
  )
  if (!run.ok) throw new Error(run.error.map(({ en }) => en).join())
  return run.value
}

/** What it says of one instrument, bar by bar: L, F or nothing. */
const said = (strategy: Strategy, given: Record<string, unknown>, bars: readonly StrategyBar[]): string => {
  const run = started(strategy, given)
  return bars.map((bar) => run.onBar(0, bar)?.want[0]?.toUpperCase() ?? '.').join('')
}

describe('the strategies that come along', () => {
  it('have names of their own, defaults that their schemas allow and words in both languages', () => {
    expect(new Set(STRATEGIES.map(({ id }) => id)).size).toBe(STRATEGIES.length)
    for (const strategy of STRATEGIES) {
      expect(started(strategy, {}, 3).needs.warmUpBars).toBeGreaterThanOrEqual(0)
      expect([strategy.title.ko, strategy.title.en].every((title) => title.length > 2)).toBe(true)
    }
  })

  it('MACD trend follows the sign of the histogram', () => {
    const closes = [...Array<number>(12).fill(100), 103, 106, 109, 104, 98, 92]
    expect(
      said(
        macdTrend,
        { fast: 3, slow: 6, signal: 3 },
        closes.map((close, i) => dailyBar(i, close)),
      ),
    ).toMatch(/^\.{12}L\.*F\.*$/)
  })

  // Falling closes give 0, then each rise of 5 lifts the RSI of 2 to 50, 75, 87.5 (Wilder, by hand).
  it('RSI reversion buys the turn out of the oversold and leaves in the middle', () => {
    const closes = [100, 95, 90, 85, 90, 95, 100]
    expect(
      said(
        rsiReversion,
        { period: 2, oversold: 30, exit: 60 },
        closes.map((close, i) => dailyBar(i, close)),
      ),
    ).toBe('....LF.')
  })

  it('Bollinger breakout wants the volume as well, and leaves below the middle', () => {
    const calm = [100, 101, 100, 101, 100]
    const bars = (volume: number) =>
      [...calm, 110, 99].map((close, i) => dailyBar(i, close, close === 110 ? volume : 100))
    const given = { period: 5, deviations: 1.5, volumeTimes: 2 }
    expect(said(bollingerBreakout, given, bars(200))).toBe('.....LF')
    expect(said(bollingerBreakout, given, bars(199))).toBe('.......')
  })

  it('VWAP reversion buys below the VWAP of the day and leaves at it or before the close', () => {
    const given = { entryRatio: 0.02, untilMinute: 580 }
    expect(
      said(
        vwapReversion,
        given,
        [100, 100, 90, 97, 100].map((close, i) => intraday(0, i, close)),
      ),
    ).toBe('..LF.')
    expect(
      said(
        vwapReversion,
        given,
        [100, 100, 90, 90, 80, 80, 70, 70].map((close, i) => intraday(0, i, close)),
      ),
    ).toBe('..L....F')
  })

  it('opening range buys the first close above it, once a day', () => {
    const closes = [100, 101, 100, 102, 99, 103, 100]
    const bars = [0, 1].flatMap((day) => closes.map((close, i) => intraday(day, i, close)))
    expect(said(openingRange, { minutes: 15 }, bars)).toBe('...LF.....LF..')
  })

  it('volatility breakout needs yesterday, and leaves with the next day', () => {
    const first = [intraday(0, 0, 100, 10), intraday(0, 1, 100)]
    const second = [100, 109, 110, 120].map((close, i) => intraday(1, i, close))
    // Yesterday's range is 20, half of it 10: from 110 on.
    expect(said(volatilityBreakout, { k: 0.5 }, [...first, ...second, intraday(2, 0, 100)])).toBe('....L.F')
  })

  it('cross-sectional momentum holds the strongest in equal parts and swaps what falls out', () => {
    const run = started(crossSectionalMomentum, { lookback: 5, skip: 0, hold: 2, every: 1 }, 3)
    const growth = [1.03, 1.02, 1.01]
    const told: string[] = []
    for (let day = 0; day < 14; day++) {
      for (const [index, each] of growth.entries())
        run.onBar(index, dailyBar(day, 100 * (day < 7 ? each : 2 - each) ** day))
      for (const { index, want, weightRatio } of run.onMoment(day))
        told.push(`${day}:${index}${want[0]}${weightRatio ?? ''}`)
    }
    expect(told.slice(0, 2)).toEqual(['5:0l0.5', '5:1l0.5'])
    expect(told.slice(2).map((line) => line.slice(-3))).toContain('0.5')
    expect(told.some((line) => line.includes(':0f'))).toBe(true)
  })

  it('dual momentum holds the strongest, and nothing while all fall', () => {
    const run = started(dualMomentum, { lookback: 5, every: 1, weightRatio: 0.5 }, 2)
    const told: string[] = []
    for (let day = 0; day < 20; day++) {
      const fall = day < 10 ? 1 : 0.8 ** (day - 9)
      run.onBar(0, dailyBar(day, 100 * 1.01 ** day * fall))
      run.onBar(1, dailyBar(day, 100 * 1.02 ** day * fall))
      for (const { index, want } of run.onMoment(day)) told.push(`${day}:${index}${want[0]}`)
    }
    expect(told).toEqual(['5:1l', '10:1f'])
  })

  it('dual momentum leaves what no longer trades, however strong it was', () => {
    const run = started(dualMomentum, { lookback: 5, every: 2, weightRatio: 0.5 }, 2)
    const told: string[] = []
    for (let day = 0; day < 14; day++) {
      run.onBar(0, dailyBar(day, 100 * 1.01 ** day))
      if (day < 9) run.onBar(1, dailyBar(day, 100 * 1.02 ** day))
      for (const { index, want } of run.onMoment(day)) told.push(`${day}:${index}${want[0]}`)
    }
    expect(told).toEqual(['6:1l', '10:1f', '10:0l'])
  })

  it('pairs buys the leg that has become cheap and leaves at the mean', () => {
    const run = started(pairs, { period: 5, entry: 1.5, weightRatio: 0.3 }, 2)
    const told: string[] = []
    for (const [day, first] of [100, 101, 100, 101, 100, 90, 95, 110].entries()) {
      run.onBar(0, dailyBar(day, first))
      run.onBar(1, dailyBar(day, 100))
      for (const { index, want } of run.onMoment(day)) told.push(`${day}:${index}${want[0]}`)
    }
    expect(told).toEqual(['5:0l', '7:0f'])
  })
})
