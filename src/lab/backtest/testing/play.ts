import type { BarAssumptions } from '../../../matching/bars/bar-venue.ts'
import { conditionId, instrumentId } from '../../../model/ids.ts'
import type { Instrument } from '../../../model/instrument.ts'
import { krw } from '../../../model/money.ts'
import type { ExitSettings, TradingSettings } from '../../../model/settings.ts'
import type { Opinion } from '../../../model/signal.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import { defineStrategy, type Strategy } from '../../../trading/strategies/strategy.ts'
import { type BarRow, barTable } from '../bar-table.ts'
import type { BacktestPlan } from '../plan.ts'
import { runBacktest } from '../run.ts'

export const SAMSUNG: Instrument = {
  id: instrumentId('005930'),
  name: '삼성전자',
  market: 'KOSPI',
  class: 'stock',
  viGroup: 'narrow',
}
const PLAIN: BarAssumptions = { slippage: { kind: 'none' }, participationRatio: 0.1, limitFill: 'through' }
const ALL_DAY = { from: timeOfDay('09:00'), to: timeOfDay('15:20') }

export const settings = (exits: Partial<ExitSettings> = {}): TradingSettings => ({
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
export const planned = (wants: readonly (Opinion['want'] | undefined)[]) =>
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
export const daily = (...bars: readonly (readonly [number, number, number, number])[]): readonly BarRow[] =>
  bars.map(([open, high, low, close], i) => {
    const day = tradingDay(`2026-11-${16 + i}`)
    const [openAt, closeAt] = [kstInstant(day, timeOfDay('09:00')), kstInstant(day, timeOfDay('15:30'))]
    return { index: 0, openAt, closeAt, open, high, low, close, volume: 100_000 }
  })

/** A plan of one strategy on one stock, which the settings know as `planned`. */
export function planOf(
  strategy: Strategy,
  rows: readonly BarRow[],
  more: { readonly exits?: Partial<ExitSettings>; readonly assumptions?: Partial<BarAssumptions> } = {},
): BacktestPlan {
  const started = strategy.start({}, [SAMSUNG])
  if (!started.ok) throw new Error('not started')
  return {
    bars: barTable(rows),
    interval: '1d',
    instruments: [SAMSUNG],
    participants: [{ name: 'planned', run: started.value }],
    settings: settings(more.exits),
    cash: krw(10_000_000),
    assumptions: { ...PLAIN, ...more.assumptions },
  }
}

export const play = (
  rows: readonly BarRow[],
  wants: readonly (Opinion['want'] | undefined)[],
  more: { readonly exits?: Partial<ExitSettings>; readonly assumptions?: Partial<BarAssumptions> } = {},
) => {
  return runBacktest(planOf(planned(wants), rows, more))
}
