import { isTradingDay } from '../../../model/calendar.ts'
import { conditionId, instrumentId } from '../../../model/ids.ts'
import type { Instrument } from '../../../model/instrument.ts'
import type { Interval } from '../../../model/interval.ts'
import { krw } from '../../../model/money.ts'
import { addDays, kstInstant, type TradingDay, timeOfDay, tradingDay } from '../../../model/time.ts'
import { createRandom } from '../../../std/random.ts'
import { STRATEGIES } from '../../../trading/strategies/registry.ts'
import type { Strategy, StrategyRun } from '../../../trading/strategies/strategy.ts'
import { type BarRow, type BarTable, barTable } from '../bar-table.ts'
import type { BacktestPlan } from '../plan.ts'
import { planOf, settings } from './play.ts'

/** The market of the pinned tests, small and made up, the same for ever: four names that wander on the grid of ten won. */
export const NAMES: readonly Instrument[] = ['000010', '000020', '000030', '000040'].map((code, i) => ({
  id: instrumentId(code),
  name: code,
  market: i % 2 === 0 ? 'KOSPI' : 'KOSDAQ',
  class: 'stock',
  viGroup: 'wide',
}))

function tradingDays(count: number): readonly TradingDay[] {
  const found: TradingDay[] = []
  for (let day = tradingDay('2024-01-03'); found.length < count; day = addDays(day, 1))
    if (isTradingDay(day)) found.push(day)
  return found
}

function wander(
  index: number,
  bars: readonly (readonly [openAt: number, closeAt: number])[],
  step: number,
): readonly BarRow[] {
  const random = createRandom(index + 1)
  let last = 10_000
  return bars.map(([openAt, closeAt]) => {
    const move = (size: number) => 10 * Math.round((random.next() - 0.49) * size)
    const open = Math.max(6_000, Math.min(19_000, last + move(step / 3)))
    const close = Math.max(6_000, Math.min(19_000, open + move(step)))
    const [high, low] = [Math.max(open, close) + 30, Math.min(open, close) - 30]
    last = close
    const volume = Math.floor((50_000 + random.next() * 100_000) * (random.next() < 0.15 ? 5 : 1))
    return { index, openAt, closeAt, open, high, low, close, volume }
  })
}

const at = (day: TradingDay, time: string) => kstInstant(day, timeOfDay(time))
const DAILY = tradingDays(500).map((day) => [at(day, '09:00'), at(day, '15:30')] as const)
const FIVE_MINUTES = tradingDays(15).flatMap((day) =>
  Array.from(
    { length: 76 },
    (_, i) => [at(day, '09:00') + i * 300_000, at(day, '09:05') + i * 300_000] as const,
  ),
)

const rowsOf = (interval: Interval): readonly BarRow[] =>
  NAMES.flatMap((_, index) =>
    interval === '1d' ? wander(index, DAILY, 80) : wander(index, FIVE_MINUTES, 20),
  )

/** 500 days, or 15 days of five minutes. */
export const pinnedBars = (interval: Interval): BarTable => barTable(rowsOf(interval))

/** A strategy of ours at its defaults on that market, on the bars that it needs or on days. */
export function pinnedPlan(id: string, bars?: BarTable): BacktestPlan {
  const strategy = strategyOf(id)
  const run = started(strategy)
  const interval = run.needs.interval ?? '1d'
  const plan = planOf(strategy, rowsOf(interval).slice(0, 1))
  const base = settings({ stopLossRatio: 0.1 })
  const [rule] = base.strategies ?? []
  if (!rule) throw new Error('the settings have a rule')
  return {
    ...plan,
    bars: bars ?? pinnedBars(interval),
    interval,
    instruments: NAMES,
    participants: [{ name: strategy.id, run }],
    settings: { ...base, strategies: [{ ...rule, condition: conditionId(strategy.id) }] },
    cash: krw(20_000_000),
  }
}

function strategyOf(id: string): Strategy {
  const strategy = STRATEGIES.find((each) => each.id === id)
  if (!strategy) throw new Error(`no strategy ${id}`)
  return strategy
}

function started(strategy: Strategy): StrategyRun {
  const run = strategy.start({}, NAMES)
  if (!run.ok) throw new Error(run.error.map(({ en }) => en).join())
  return run.value
}
