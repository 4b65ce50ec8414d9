import { describe, expect, it } from 'vitest'
import { barTable } from '../../lab/backtest/bar-table.ts'
import { createInbox } from '../../lab/backtest/inbox.ts'
import type { Bar } from '../../model/bar.ts'
import { nextTradingDay, previousTradingDay } from '../../model/calendar.ts'
import { instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import { price, quantity } from '../../model/money.ts'
import { kstInstant, type TradingDay, timeOfDay, tradingDay } from '../../model/time.ts'
import { crossSectionalMomentum } from '../../trading/strategies/cross-sectional-momentum.ts'
import { inWholeRounds } from './whole-rounds.ts'

const PAGE = 100
const EVERY = 20
const MORNINGS = 60

const bar = (day: TradingDay, close: number): Bar => {
  const each = price(close)
  const span = { openAt: kstInstant(day, timeOfDay('09:00')), closeAt: kstInstant(day, timeOfDay('15:30')) }
  return { ...span, open: each, high: each, low: each, close: each, volume: quantity(1) }
}

/** The chart of a morning: the newest hundred days before it. Two shares take turns in being the stronger. */
function chart(today: TradingDay): readonly (readonly Bar[])[] {
  const days = Array.from({ length: PAGE }, (_, i) => previousTradingDay(today, PAGE - i))
  const wave = (day: TradingDay, shift: number) =>
    Math.round(10_000 + 3_000 * Math.sin(kstInstant(day, timeOfDay('09:00')) / 86_400_000 / 9 + shift))
  return [0, Math.PI].map((shift) => days.map((day) => bar(day, wave(day, shift))))
}

const instruments = ['005930', '000660'].map(
  (code): Instrument => ({
    id: instrumentId(code),
    name: code,
    market: 'KOSPI',
    class: 'stock',
    viGroup: 'wide',
  }),
)

/** Does a strategy that changes every twenty days say anything after the last of these bars? */
function speaks(past: readonly (readonly Bar[])[]): boolean {
  const run = crossSectionalMomentum.start({ lookback: 5, skip: 0, hold: 1, every: EVERY }, instruments)
  if (!run.ok) throw new Error('it did not start')
  const inbox = createInbox({ name: 'momentum', run: run.value }, instruments)
  const bars = barTable(past.flatMap((each, index) => each.map((one) => ({ index, ...one }))))
  const last = bars.openAt.length - 1
  for (let moment = 0; moment <= last; moment++) {
    for (const index of [0, 1]) for (const want of ['flat', 'long'] as const) inbox.take(index, want)
    inbox.look(bars, moment, moment + 1)
  }
  return [0, 1].some((index) => inbox.holds(index))
}

const mornings = Array.from({ length: MORNINGS }, (_, i) => nextTradingDay(tradingDay('2026-08-03'), i + 1))

describe('the past in whole rounds', () => {
  it('lets a strategy that acts every twenty days act every twenty days, although the chart slides', () => {
    const spoken = mornings.map((today) => speaks(inWholeRounds(chart(today), EVERY)))
    const at = spoken.flatMap((said, morning) => (said ? [morning] : []))
    expect(at).toHaveLength(MORNINGS / EVERY)
    expect(at.map((morning) => morning % EVERY)).toEqual(at.map(() => (at[0] as number) % EVERY))
  })

  it('is the whole chart for a strategy without rounds, and nothing for no bars', () => {
    const past = chart(tradingDay('2026-11-20'))
    expect(inWholeRounds(past)).toBe(past)
    expect(inWholeRounds([[], []], EVERY)).toEqual([[], []])
  })
})
