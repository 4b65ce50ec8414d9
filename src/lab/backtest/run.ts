import { type HomeVenue, homeOf, localDay, localInstant } from '../../model/home-venue.ts'
import type { Instrument } from '../../model/instrument.ts'
import { krw, type Money, NO_WON, notional, plus, price } from '../../model/money.ts'
import type { Opinion } from '../../model/signal.ts'
import { DAY_MS, type TradingDay, timeOfDay, tradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import { firstFrom } from '../../std/sorted.ts'
import type { BacktestResult, LeftOver, StrategyFault } from '../analytics/backtest-result.ts'
import type { BarTable } from './bar-table.ts'
import { createHistory, type Held, type History } from './history.ts'
import { createInbox, type Inbox } from './inbox.ts'
import type { BacktestPlan } from './plan.ts'

const MIDNIGHT = timeOfDay('00:00')
/** When day orders end; a shorter session ends earlier, and nothing happens in between. */
const CLOSES = { KRX: timeOfDay('15:30'), US: timeOfDay('16:00') } as const

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
 * lie inside, the stop fires (the worse one for a holder). A strategy that throws or says nonsense ends the run, which keeps
 * what it has and says why. What is held of a listing that has ended is paid out on the first moment behind it, before anything else;
 * nobody is asked. `onMoment` is told how far it is; it may throw to end the run.
 */
export function runBacktest(
  plan: BacktestPlan,
  onMoment: (done: number, of: number) => void = () => undefined,
): BacktestResult {
  const { bars, instruments } = plan
  const count = bars.openAt.length
  const first = plan.tradeFrom === undefined ? 0 : firstFrom(bars.openAt, plan.tradeFrom)
  const history = createHistory(plan)
  const lastClose = new Float64Array(instruments.length)
  const inboxes = plan.participants.map((participant) => createInbox(participant, instruments))
  const equity = {
    at: new Float64Array(count - first),
    value: new Float64Array(count - first),
    exposure: new Float64Array(count - first),
  }
  const home = homeOf(instruments)
  const momentAt = createMoments(plan, home)
  const goneBy = createGone(plan)
  const endOf = (day: TradingDay) => localInstant(home, day, CLOSES[home])
  let day: TradingDay | undefined
  let stopped: StrategyFault | undefined
  let done = 0
  for (let number = 0; number < count; number++) {
    onMoment(number, count)
    const moment = momentAt(number)
    if (number >= first && moment.day !== day) {
      if (day !== undefined) history.closeDay(endOf(day))
      for (let index = 0; index < lastClose.length; index++)
        if ((lastClose[index] as number) > 0) history.base(index, lastClose[index] as number)
      history.openDay(moment.day, moment.openAt)
      for (const index of goneBy(moment.day)) for (const inbox of inboxes) inbox.forget(index)
      day = moment.day
    }
    if (number >= first) {
      const walking = walkingRows(history, bars, inboxes, moment.from, moment.to)
      if (walking.length > 0) walk(history, plan, inboxes, walking, moment)
      if (history.waits()) history.timer(moment.closeAt)
    }
    for (let row = moment.from; row < moment.to; row++)
      lastClose[bars.index[row] as number] = bars.close[row] as number
    if (number >= first) {
      mark(equity, number - first, bars.closeAt[number] as number, history, lastClose)
      done = number - first + 1
    }
    for (const inbox of inboxes) stopped ??= inbox.look(bars, number, moment.from, moment.to)
    if (stopped) break
  }
  if (day !== undefined) history.closeDay(endOf(day))
  const upTo = (column: Float64Array) => column.subarray(0, done)
  const curve = { at: upTo(equity.at), value: upTo(equity.value), exposure: upTo(equity.exposure) }
  const leftOver = leftOvers(history, plan, lastClose, first + done)
  return { ...resultOf(plan, history, curve, leftOver), ...(stopped && { stopped }) }
}

/** The instruments whose listings have ended by a day, each told once. Has to be asked in order of time. */
function createGone({ delistings = [], instruments }: BacktestPlan): (day: TradingDay) => readonly number[] {
  const indexes = new Map(instruments.map(({ id }, index) => [id, index]))
  const ends = delistings
    .flatMap(({ instrument, from }) => {
      const index = indexes.get(instrument)
      return index === undefined ? [] : [{ index, from }]
    })
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  let next = 0
  return (day) => {
    const begin = next
    while (next < ends.length && (ends[next]?.from ?? day) <= day) next++
    return ends.slice(begin, next).map(({ index }) => index)
  }
}

/** Which rows and which times belong to a moment. The same object comes back each time: the days of millions of bars cost much. */
function createMoments({ bars }: BacktestPlan, home: HomeVenue): (number: number) => Moment {
  const moment = { number: 0, from: 0, to: 0, day: tradingDay('1970-01-01'), openAt: 0, closeAt: 0 }
  let dayEnds = Number.NEGATIVE_INFINITY
  return (number) => {
    const openAt = bars.openAt[number] as number
    if (openAt >= dayEnds) {
      moment.day = localDay(home, openAt)
      dayEnds = localInstant(home, moment.day, MIDNIGHT) + DAY_MS
    }
    moment.number = number
    moment.from = bars.starts[number] as number
    moment.to = bars.starts[number + 1] as number
    moment.openAt = openAt
    moment.closeAt = (bars.closeAt[number] as number) - 1
    return moment
  }
}

function isAwaited(inboxes: readonly Inbox[], index: number): boolean {
  for (const inbox of inboxes) if (inbox.holds(index)) return true
  return false
}

const NO_ROWS: readonly number[] = []

/** The rows of a moment in which something of ours can happen; of nearly every moment there is none. */
function walkingRows(
  history: History,
  bars: BarTable,
  inboxes: readonly Inbox[],
  from: number,
  to: number,
): readonly number[] {
  let walking: number[] | undefined
  for (let row = from; row < to; row++) {
    const index = bars.index[row] as number
    if (!isAwaited(inboxes, index) && !history.concerns(index, bars, row)) continue
    walking ??= []
    walking.push(row)
    history.beginBar(index, bars.volume[row] as number)
  }
  return walking ?? NO_ROWS
}

/** The orders of this moment, then its prices. */
function walk(
  history: History,
  { bars, instruments }: BacktestPlan,
  inboxes: readonly Inbox[],
  walking: readonly number[],
  { openAt, closeAt }: Moment,
): void {
  const deliver = (want: Opinion['want'], row: number) => {
    const index = bars.index[row] as number
    const { id: instrument } = instruments[index] as Instrument
    const taken = inboxes.map((inbox) => [inbox.strategy, inbox.take(index, want)] as const)
    for (const [strategy, opinion] of taken)
      if (opinion) history.signal({ strategy, instrument, ...opinion }, openAt)
    return taken.some(([, opinion]) => opinion !== undefined)
  }
  // What is sold at the opening pays for what is bought there, as a person would do it.
  for (const row of walking)
    if (deliver('flat', row)) history.begin(bars.index[row] as number, bars.open[row] as number, openAt)
  for (const row of walking) deliver('long', row)
  for (const row of walking) {
    const [open, high] = [bars.open[row] as number, bars.high[row] as number]
    const [low, close] = [bars.low[row] as number, bars.close[row] as number]
    history.walk(bars.index[row] as number, { open, high, low, close }, openAt, closeAt)
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
  let shares = 0
  const { cash, held } = history.account()
  for (let i = 0; i < held.length; i++) {
    const { index, quantity, cost } = held[i] as Held
    const last = lastClose[index] as number
    shares += last > 0 ? last * quantity : cost
  }
  const whole = cash + shares
  equity.at[number] = at
  equity.value[number] = whole
  equity.exposure[number] = whole > 0 ? shares / whole : 0
}

/** What is held, at its last price among the moments up to `end` (outside). */
function leftOvers(
  history: History,
  { bars, instruments }: BacktestPlan,
  lastClose: Float64Array,
  end: number,
): readonly LeftOver[] {
  const home = homeOf(instruments)
  const rows = bars.starts[end] as number
  const dayOf = (row: number) => localDay(home, bars.openAt[firstFrom(bars.starts, row + 1) - 1] as number)
  return history.account().held.map(({ index, instrument, quantity, openedAt, cost }) => {
    const last = lastClose[index] as number
    const value = last > 0 ? notional(price(last), quantity) : cost
    const row = bars.index.lastIndexOf(index, rows - 1)
    const isOld = row >= 0 && dayOf(row) < dayOf(rows - 1)
    return { instrument, quantity, openedAt, cost, value, ...(isOld && { pricedOn: dayOf(row) }) }
  })
}

function resultOf(
  plan: BacktestPlan,
  history: History,
  equity: EquityColumns,
  leftOver: readonly LeftOver[],
): BacktestResult {
  const { cash, ...past } = history.past()
  const value = leftOver.reduce<Money>((all, each) => plus(all, each.value), NO_WON)
  return {
    version: 1,
    venue: homeOf(plan.instruments),
    interval: plan.interval,
    assumptions: plan.assumptions,
    beganWith: plan.cash,
    endedWith: plus(krw(cash), value),
    equity,
    leftOver,
    ...past,
  }
}
