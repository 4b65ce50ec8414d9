import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isTradingDay } from '../../model/calendar.ts'
import { conditionId, instrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Interval } from '../../model/interval.ts'
import { krw } from '../../model/money.ts'
import { addDays, kstInstant, type TradingDay, timeOfDay, tradingDay } from '../../model/time.ts'
import { createRandom } from '../../std/random.ts'
import { STRATEGIES } from '../../trading/strategies/registry.ts'
import type { Strategy } from '../../trading/strategies/strategy.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import { type BarRow, barTable } from './bar-table.ts'
import { runBacktest } from './run.ts'
import { planOf, settings } from './testing/play.ts'

/** Small and made up, the same for ever: four names that wander on the grid of ten won. */
const NAMES: readonly Instrument[] = ['000010', '000020', '000030', '000040'].map((code, i) => ({
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

function play(strategy: Strategy, interval: Interval) {
  const rows = NAMES.flatMap((_, index) =>
    interval === '1d' ? wander(index, DAILY, 80) : wander(index, FIVE_MINUTES, 20),
  )
  const started = strategy.start({}, NAMES)
  if (!started.ok) throw new Error(started.error.map(({ en }) => en).join())
  const plan = planOf(strategy, rows.slice(0, 1))
  const base = settings({ stopLossRatio: 0.1 })
  const [rule] = base.strategies ?? []
  if (!rule) throw new Error('the settings have a rule')
  return runBacktest({
    ...plan,
    bars: barTable(rows),
    interval,
    instruments: NAMES,
    participants: [{ name: strategy.id, run: started.value }],
    settings: { ...base, strategies: [{ ...rule, condition: conditionId(strategy.id) }] },
    cash: krw(20_000_000),
  })
}

/** Every order with its terms, fills and end. */
const orderHash = (orders: BacktestResult['orders']): string => {
  const terms = orders.map(({ order: { instrument, side, type, quantity, limit }, fills, end }) => [
    [instrument, side, type, quantity, limit ?? 0, end],
    fills.map(({ at, price, quantity: shares }) => [at, price, shares]),
  ])
  return createHash('sha256').update(JSON.stringify(terms)).digest('hex').slice(0, 16)
}

/** A hash of the orders, how many they are, round trips and won at the end. A change here is a change of what people's strategies do. */
const PINNED = [
  ['ema-cross', '0b89478571879e5a', 58, 28, 19831296],
  ['macd-trend', '19a8e7051e2529d6', 106, 52, 20263218],
  ['rsi-reversion', 'f5337e5a4acfb154', 14, 7, 20390538],
  ['bollinger-breakout', '8f5aace2922e42cd', 16, 8, 20054328],
  ['vwap-reversion', 'd68d18d33efc2d81', 72, 36, 20200974],
  ['opening-range', 'd8f3ed84e0455f41', 88, 44, 20567347],
  ['volatility-breakout', 'e56023e24aeec468', 56, 27, 20382368],
  ['dual-momentum', '527ddc0e63a50a0f', 17, 8, 15798046],
  ['cross-sectional-momentum', '6935038ced94438e', 5, 1, 20984482],
  ['pairs', 'c410bd272cd1f91f', 8, 4, 18300362],
] as const

describe('every strategy that comes along', () => {
  it.each(PINNED)('%s keeps its orders and its result', (id, hash, orders, trips, endedWith) => {
    const strategy = STRATEGIES.find((each) => each.id === id)
    if (!strategy) throw new Error(`no strategy ${id}`)
    const started = strategy.start({}, NAMES)
    const result = play(strategy, started.ok && started.value.needs.interval === '5m' ? '5m' : '1d')
    expect([
      orderHash(result.orders),
      result.orders.length,
      result.roundTrips.length,
      result.endedWith,
    ]).toEqual([hash, orders, trips, endedWith])
  })

  it('is among the pinned', () => {
    expect(PINNED.map(([id]) => id)).toEqual(STRATEGIES.map(({ id }) => id))
  })
})
