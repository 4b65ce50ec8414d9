import type { BarAssumptions } from '../../../matching/bars/bar-venue.ts'
import { instrumentId } from '../../../model/ids.ts'
import type { Instrument } from '../../../model/instrument.ts'
import { type Money, price } from '../../../model/money.ts'
import { newYorkInstant } from '../../../model/new-york.ts'
import type { ExitSettings } from '../../../model/settings.ts'
import type { Opinion } from '../../../model/signal.ts'
import { type TradingDay, timeOfDay, tradingDay } from '../../../model/time.ts'
import { nextUsTradingDay } from '../../../model/us-sessions.ts'
import { type BarRow, barTable } from '../bar-table.ts'
import type { BacktestPlan } from '../plan.ts'
import { planned, planOf, settings } from './play.ts'

export const APPLE: Instrument = {
  id: instrumentId('US:AAPL'),
  name: 'Apple',
  market: 'NASDAQ',
  class: 'stock',
  viGroup: 'wide',
}

/** Dollars as they are written, in the unit of money and prices. */
export const usd = (dollars: number): Money => Math.round(dollars * 10_000) as Money

const WINDOW = { from: timeOfDay('09:30'), to: timeOfDay('16:00') }

/** Daily bars from a day on, prices in dollars as [open, high, low, close]. */
export function usDaily(
  from: string,
  bars: readonly (readonly [number, number, number, number])[],
  index = 0,
): readonly BarRow[] {
  let day: TradingDay = tradingDay(from)
  return bars.map(([open, high, low, close], i) => {
    if (i > 0) day = nextUsTradingDay(day)
    const [openAt, closeAt] = [WINDOW.from, WINDOW.to].map((time) => newYorkInstant(day, time))
    const prices = { open: usd(open), high: usd(high), low: usd(low), close: usd(close) }
    return { index, openAt: openAt as number, closeAt: closeAt as number, ...prices, volume: 100_000 }
  })
}

/** A plan in dollars that says what is planned after each bar, the same of every instrument. */
export function usPlan(
  rows: readonly BarRow[],
  wants: readonly (Opinion['want'] | undefined)[],
  more: {
    readonly amount?: Money
    readonly cash?: Money
    readonly instruments?: readonly Instrument[]
    readonly exits?: Partial<ExitSettings>
    readonly assumptions?: Partial<BarAssumptions>
  } = {},
): BacktestPlan {
  const { instruments = [APPLE] } = more
  const started = planned(wants).start({}, instruments)
  if (!started.ok) throw new Error('not started')
  const base = settings(more.exits)
  const [rule] = base.strategies ?? []
  if (!rule) throw new Error('the settings have a rule')
  const amount = more.amount
    ? ({ kind: 'krw', krw: more.amount } as const)
    : ({ kind: 'equityRatio', ratio: 0.9 / instruments.length } as const)
  return {
    ...planOf(planned(wants), rows.slice(0, 1), more.assumptions ? { assumptions: more.assumptions } : {}),
    bars: barTable(rows),
    instruments,
    participants: [{ name: 'planned', run: started.value }],
    settings: {
      ...base,
      strategies: [{ ...rule, window: WINDOW, amount }],
      limits: { ...base.limits, maxBuyAmountPerDay: usd(1e9), maxAmountPerInstrument: usd(1e9) },
      hours: WINDOW,
      orders: { route: 'US', hours: 'regular', extendedEntries: false },
    },
    cash: more.cash ?? usd(10_000),
  }
}

/** A dollar price of the model. */
export const dollars = (value: number) => price(usd(value))
