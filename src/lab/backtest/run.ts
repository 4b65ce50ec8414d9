import type { Instrument } from '../../model/instrument.ts'
import { krw, type Money, NO_WON, notional, plus, price, sum } from '../../model/money.ts'
import type { Opinion } from '../../model/signal.ts'
import { DAY_MS, kstDay, kstInstant, type TradingDay, timeOfDay, tradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { StrategyBar } from '../../trading/strategies/strategy.ts'
import type { BarTable } from './bar-table.ts'
import { createHistory, type History } from './history.ts'
import type { BacktestPlan, Participant } from './plan.ts'
import type { BacktestResult, LeftOver } from './result.ts'

const MIDNIGHT = timeOfDay('00:00')
const OPEN = timeOfDay('09:00')
const CLOSE = timeOfDay('15:30')

/** All bars that open together, and when the engine lives through them. */
interface Moment {
  readonly number: number
  /** Rows from (inside) and to (outside). */
  readonly from: number
  readonly to: number
  readonly day: TradingDay
  readonly openAt: EpochMs
  readonly closeAt: EpochMs
}

/**
 * Plays bars through the trading engine. At each moment the opinions that the last closed bars have caused become orders,
 * which meet the first price of the next bar; then prices walk, stops and targets fire, and strategies see the bars that
 * have closed. Nothing sees a bar before it has closed.
 *
 * A bar walks from its first price down to its low, up to its high and to its last price: of a stop and a target that both
 * lie inside, the stop fires (the worse one for a holder). `onMoment` is told how far it is; it may throw to end the run.
 */
export function runBacktest(
  plan: BacktestPlan,
  onMoment: (done: number, of: number) => void = () => undefined,
): BacktestResult {
  const { bars, instruments } = plan
  const count = bars.openAt.length
  const history = createHistory(plan)
  const lastClose = new Float64Array(instruments.length)
  const inboxes = plan.participants.map((participant) => createInbox(participant, instruments))
  const equity = {
    at: new Float64Array(count),
    value: new Float64Array(count),
    exposure: new Float64Array(count),
  }
  const momentAt = createMoments(plan)
  let day: TradingDay | undefined
  for (let number = 0; number < count; number++) {
    onMoment(number, count)
    const moment = momentAt(number)
    if (moment.day !== day) {
      if (day !== undefined) history.closeDay(kstInstant(day, CLOSE))
      for (const [index, close] of lastClose.entries()) if (close > 0) history.base(index, close)
      history.openDay(moment.day, moment.openAt)
      day = moment.day
    }
    trade(history, bars, inboxes, moment)
    for (let row = moment.from; row < moment.to; row++)
      lastClose[bars.index[row] as number] = bars.close[row] as number
    for (const inbox of inboxes) inbox.look(bars, moment)
    mark(equity, number, bars.closeAt[number] as number, history, lastClose)
  }
  if (day !== undefined) history.closeDay(kstInstant(day, CLOSE))
  return resultOf(plan, history, equity, lastClose)
}

/** Which rows and which times belong to a moment. The same object comes back each time: the days of millions of bars cost much. */
function createMoments({ bars, interval }: BacktestPlan): (number: number) => Moment {
  const isDaily = interval === '1d'
  const moment = { number: 0, from: 0, to: 0, day: tradingDay('1970-01-01'), openAt: 0, closeAt: 0 }
  let dayEnds = Number.NEGATIVE_INFINITY
  return (number) => {
    const [openAt, closeAt] = [bars.openAt[number] as number, bars.closeAt[number] as number]
    if (openAt >= dayEnds) {
      moment.day = kstDay(openAt)
      dayEnds = kstInstant(moment.day, MIDNIGHT) + DAY_MS
    }
    moment.number = number
    moment.from = bars.starts[number] as number
    moment.to = bars.starts[number + 1] as number
    moment.openAt = isDaily ? kstInstant(moment.day, OPEN) : openAt
    moment.closeAt = isDaily ? kstInstant(moment.day, CLOSE) - 1 : closeAt - 1
    return moment
  }
}

/** The orders of this moment, then its prices. */
function trade(history: History, bars: BarTable, inboxes: readonly Inbox[], moment: Moment): void {
  const { from, to, openAt, closeAt } = moment
  const walking: number[] = []
  for (let row = from; row < to; row++) {
    const index = bars.index[row] as number
    if (!history.concerns(index) && !inboxes.some((inbox) => inbox.holds(index))) continue
    walking.push(row)
    history.beginBar(index, bars.volume[row] as number)
  }
  for (const inbox of inboxes)
    for (const row of walking) inbox.deliver(history, bars.index[row] as number, openAt)
  for (const row of walking) {
    const [open, high] = [bars.open[row] as number, bars.high[row] as number]
    const [low, close] = [bars.low[row] as number, bars.close[row] as number]
    history.walk(bars.index[row] as number, { open, high, low, close }, openAt, closeAt)
  }
  if (history.waits) history.timer(closeAt)
}

/** The opinions of one strategy between the bar that caused them and the next bar of their instrument. */
interface Inbox {
  holds(index: number): boolean
  deliver(history: History, index: number, now: EpochMs): void
  /** Shows it the bars that have closed. */
  look(bars: BarTable, moment: Moment): void
}

function createInbox({ name, run }: Participant, instruments: readonly Instrument[]): Inbox {
  const waiting: (Opinion | undefined)[] = instruments.map(() => undefined)
  const seen = new Uint32Array(instruments.length)
  const bar: { -readonly [K in keyof StrategyBar]: StrategyBar[K] } = {
    openAt: 0,
    closeAt: 0,
    open: 0,
    high: 0,
    low: 0,
    close: 0,
    volume: 0,
  }

  /** The newest opinion counts. One from before the end of the warm-up does not. */
  const hear = (index: number, opinion: Opinion) => {
    if ((seen[index] as number) > run.needs.warmUpBars) waiting[index] = opinion
  }

  return {
    holds: (index) => waiting[index] !== undefined,
    deliver: (history, index, now) => {
      const opinion = waiting[index]
      if (!opinion) return
      waiting[index] = undefined
      const { id: instrument } = instruments[index] as Instrument
      history.signal({ ...opinion, strategy: name, instrument }, now)
    },
    look: (bars, { number, from, to }) => {
      bar.openAt = bars.openAt[number] as number
      bar.closeAt = bars.closeAt[number] as number
      for (let row = from; row < to; row++) {
        const index = bars.index[row] as number
        bar.open = bars.open[row] as number
        bar.high = bars.high[row] as number
        bar.low = bars.low[row] as number
        bar.close = bars.close[row] as number
        bar.volume = bars.volume[row] as number
        seen[index] = (seen[index] as number) + 1
        const opinion = run.onBar(index, bar)
        if (opinion) hear(index, opinion)
      }
      for (const { index, ...opinion } of run.onMoment(bar.closeAt)) hear(index, opinion)
    },
  }
}

type EquityColumns = BacktestResult['equity']

function mark(
  equity: EquityColumns,
  number: number,
  at: EpochMs,
  history: History,
  lastClose: Float64Array,
): void {
  const shares = sum(leftOvers(history, lastClose).map(({ value }) => value))
  const whole = plus(history.books.cash, shares)
  equity.at[number] = at
  equity.value[number] = whole
  equity.exposure[number] = whole > 0 ? shares / whole : 0
}

/** What is held, at its last price. */
function leftOvers(history: History, lastClose: Float64Array): readonly LeftOver[] {
  const held = history.books.positions
  if (held.size === 0) return []
  return [...held.values()].map(({ instrument, quantity, cost }) => {
    const last = lastClose[history.indexOf(instrument)] as number
    return { instrument, quantity, cost, value: last > 0 ? notional(price(last), quantity) : cost }
  })
}

function resultOf(
  plan: BacktestPlan,
  history: History,
  equity: EquityColumns,
  lastClose: Float64Array,
): BacktestResult {
  const leftOver = leftOvers(history, lastClose)
  const value = leftOver.reduce<Money>((all, each) => plus(all, each.value), NO_WON)
  return {
    version: 1,
    interval: plan.interval,
    assumptions: plan.assumptions,
    beganWith: plan.cash,
    endedWith: plus(krw(history.cash), value),
    equity,
    orders: history.orders.records(),
    roundTrips: history.roundTrips,
    leftOver,
    refusals: history.refusals,
    costs: history.costs,
    decisionHash: history.decisionHash,
  }
}
