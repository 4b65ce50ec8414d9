import { describe, expect, it } from 'vitest'
import type { BarAssumptions } from '../../matching/bars/bar-venue.ts'
import { conditionId, instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import { krw } from '../../model/money.ts'
import type { ExitSettings, TradingSettings } from '../../model/settings.ts'
import type { Opinion } from '../../model/signal.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { defineStrategy } from '../../trading/strategies/strategy.ts'
import { type BarRow, barTable } from './bar-table.ts'
import { runBacktest } from './run.ts'

const SAMSUNG: Instrument = {
  id: instrumentId('005930'),
  name: '삼성전자',
  market: 'KOSPI',
  class: 'stock',
  viGroup: 'narrow',
}
const PLAIN: BarAssumptions = { slippage: { kind: 'none' }, participationRatio: 0.1, limitFill: 'through' }
const ALL_DAY = { from: timeOfDay('09:00'), to: timeOfDay('15:20') }

const settings = (exits: Partial<ExitSettings> = {}): TradingSettings => ({
  buys: [],
  sells: [],
  strategies: [
    {
      condition: conditionId('planned'),
      name: '계획',
      enabled: true,
      window: ALL_DAY,
      amount: { kind: 'krw', krw: krw(1_000_000) },
      order: { kind: 'market' },
      exitOrder: { kind: 'market' },
      priority: 0,
      cooldownMs: 0,
      cancelOnLeave: false,
    },
  ],
  exits: { trailing: [], order: { kind: 'market' }, protectiveOrder: { kind: 'market' }, ...exits },
  unfilled: {
    buy: { afterMs: 60_000, then: 'cancel', times: 0, finally: 'cancel' },
    sell: { afterMs: 60_000, then: 'market', times: 0, finally: 'market' },
  },
  limits: {
    maxPositions: 50,
    maxOrdersPerDay: 500,
    maxBuyAmountPerDay: krw(1_000_000_000),
    maxAmountPerInstrument: krw(100_000_000),
    maxOrdersPerSecond: 100,
    rebuy: { notToday: false, notAfterLoss: false },
    forbid: { designated: true, upperLimit: false, inVi: true },
    maxQuoteAgeMs: 10_000,
  },
  hours: ALL_DAY,
  excluded: [],
})

/** Says what is planned after each bar. */
const planned = (wants: readonly (Opinion['want'] | undefined)[]) =>
  defineStrategy({
    id: 'planned',
    title: { ko: '계획', en: 'planned' },
    parameters: {},
    needs: () => ({ warmUpBars: 0 }),
    each: () => {
      let bar = 0
      return {
        onBar: () => {
          const want = wants[bar++]
          return want && { want, reason: { ko: '계획대로', en: 'as planned' } }
        },
      }
    },
  })

/** Monday 2026-11-16 and on; prices as [open, high, low, close]. */
const daily = (...bars: readonly (readonly [number, number, number, number])[]): readonly BarRow[] =>
  bars.map(([open, high, low, close], i) => {
    const day = tradingDay(`2026-11-${16 + i}`)
    const [openAt, closeAt] = [kstInstant(day, timeOfDay('09:00')), kstInstant(day, timeOfDay('15:30'))]
    return { index: 0, openAt, closeAt, open, high, low, close, volume: 100_000 }
  })

const play = (
  rows: readonly BarRow[],
  wants: readonly (Opinion['want'] | undefined)[],
  more: { readonly exits?: Partial<ExitSettings>; readonly assumptions?: Partial<BarAssumptions> } = {},
) => {
  const started = planned(wants).start({}, [SAMSUNG])
  if (!started.ok) throw new Error('not started')
  return runBacktest({
    bars: barTable(rows),
    interval: '1d',
    instruments: [SAMSUNG],
    participants: [{ name: 'planned', run: started.value }],
    settings: settings(more.exits),
    cash: krw(10_000_000),
    assumptions: { ...PLAIN, ...more.assumptions },
  })
}

describe('a backtest over daily bars', () => {
  it('trades at the first price after the bar that caused it, and counts every won', () => {
    const result = play(
      daily(
        [70_000, 70_500, 69_500, 70_000],
        [70_200, 71_000, 70_000, 70_800],
        [71_500, 72_000, 71_000, 71_800],
      ),
      ['long', 'flat'],
    )
    // 1,000,000 won at the last close of 70,000 buy 14 shares; they cost the next open, 70,200.
    // Bought 982,800: 0.015 % = 147.42, cut below 10 won: 140. Sold 14 × 71,500 = 1,001,000: 150.15, cut: 150.
    // Tax of 2026 on KOSPI: 0.05 % = 500.5, cut: 500, and 0.15 % = 1,501.5, cut: 1,501.
    expect(result.orders.map(({ order, fills }) => [order.side, fills])).toMatchObject([
      ['buy', [{ price: 70_200, quantity: 14 }]],
      ['sell', [{ price: 71_500, quantity: 14 }]],
    ])
    expect(result.costs).toEqual({ commission: 290, tax: 2_001 })
    expect(result.endedWith).toBe(10_000_000 + 1_001_000 - 982_800 - 290 - 2_001)
    expect(result.roundTrips).toMatchObject([
      { exit: 'signal', realizedPnl: 1_001_000 - 982_800 - 290 - 2_001 },
    ])
    expect([...result.equity.value]).toEqual([10_000_000, 10_000_000 + 14 * 600 - 140, result.endedWith])
  })

  it('sells at the stop when the price walks through it, at the first price when it opens below', () => {
    const through = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_500, 66_000, 69_000],
      ),
      ['long'],
      { exits: { stopLossRatio: 0.03 } },
    )
    expect(through.roundTrips).toMatchObject([{ exit: 'stopLoss', sellValue: 14 * 67_900 }])
    const gap = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [65_000, 70_500, 64_000, 69_000],
      ),
      ['long'],
      { exits: { stopLossRatio: 0.03 } },
    )
    expect(gap.roundTrips).toMatchObject([{ exit: 'stopLoss', sellValue: 14 * 65_000 }])
  })

  it('lets the stop fire when stop and target both lie in one bar', () => {
    const both = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 75_000, 66_000, 74_000],
      ),
      ['long'],
      { exits: { stopLossRatio: 0.03, takeProfitRatio: 0.03 } },
    )
    expect(both.roundTrips).toMatchObject([{ exit: 'stopLoss' }])
  })

  it('sells at the target, and a trailing stop on the way down from the high', () => {
    const target = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 75_000, 69_900, 74_000],
      ),
      ['long'],
      { exits: { takeProfitRatio: 0.03 } },
    )
    expect(target.roundTrips).toMatchObject([{ exit: 'takeProfit', sellValue: 14 * 72_100 }])
    const trailing = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 75_000, 70_000, 72_000],
      ),
      ['long'],
      { exits: { trailing: [{ activateRatio: 0.05, giveBackRatio: 0.02 }] } },
    )
    // 2 % below the high of 75,000 is 73,500.
    expect(trailing.roundTrips).toMatchObject([{ exit: 'trailing', sellValue: 14 * 73_500 }])
  })

  it('buys nothing at a locked upper limit, and no more than its share of the volume', () => {
    const locked = play(daily([70_000, 70_000, 70_000, 70_000], [91_000, 91_000, 91_000, 91_000]), ['long'])
    expect(locked.orders).toMatchObject([{ fills: [], end: 'expired' }])
    const thin = play(
      daily([70_000, 70_000, 70_000, 70_000], [70_000, 70_000, 70_000, 70_000]).map((row) => ({
        ...row,
        volume: 50,
      })),
      ['long'],
    )
    expect(thin.orders).toMatchObject([{ fills: [{ quantity: 5 }] }])
  })

  it('slips against whoever takes', () => {
    const result = play(
      daily(
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
        [70_000, 70_000, 70_000, 70_000],
      ),
      ['long', 'flat'],
      { assumptions: { slippage: { kind: 'ticks', ticks: 2 } } },
    )
    expect(result.orders.map(({ fills }) => fills[0]?.price)).toEqual([70_200, 69_800])
  })

  it('tells what is still held at the end, and gives the same result to the bit', () => {
    const rows = daily(
      [70_000, 70_000, 70_000, 70_000],
      [70_000, 70_000, 70_000, 70_000],
      [70_000, 73_000, 70_000, 72_000],
    )
    const [one, two] = [play(rows, ['long']), play(rows, ['long'])]
    expect(one.leftOver).toEqual([{ instrument: '005930', quantity: 14, cost: 980_000, value: 1_008_000 }])
    expect(one).toEqual(two)
    expect(play(rows, [undefined, 'long']).decisionHash).not.toBe(one.decisionHash)
  })

  it('gives the same past whatever the future brings', () => {
    const rows = daily(
      [70_000, 70_000, 70_000, 70_000],
      [70_000, 71_000, 69_000, 70_000],
      [70_000, 73_000, 70_000, 72_000],
    )
    const whole = play(rows, ['long', undefined, 'flat'])
    const cut = play(rows.slice(0, 2), ['long', undefined, 'flat'])
    expect([...whole.equity.value].slice(0, 2)).toEqual([...cut.equity.value])
  })
})
