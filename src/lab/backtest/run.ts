import { homeOf, localDay, localInstant } from '../../model/home-venue.ts'
import type { Instrument } from '../../model/instrument.ts'
import { krw, type Money, NO_WON, notional, plus, price } from '../../model/money.ts'
import type { Opinion } from '../../model/signal.ts'
import { DAY_MS, type TradingDay, timeOfDay } from '../../model/time.ts'
import { firstFrom } from '../../std/sorted.ts'
import type { BacktestResult, LeftOver, StrategyFault } from '../analytics/backtest-result.ts'
import type { BarTable } from './bar-table.ts'
import { createCurve } from './curve.ts'
import { createHistory, type History, type Past } from './history.ts'
import { createInbox, type Inbox, type OnMoment } from './inbox.ts'
import type { BacktestPlan } from './plan.ts'
import type { Standing } from './standing.ts'

const MIDNIGHT = timeOfDay('00:00')
/** When day orders end; a shorter session ends earlier, and nothing happens in between. */
const CLOSES = { KRX: timeOfDay('15:30'), US: timeOfDay('16:00') } as const

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
export function runBacktest(plan: BacktestPlan, onMoment?: OnMoment): BacktestResult {
  const { bars, instruments } = plan
  const count = bars.openAt.length
  const first = plan.tradeFrom === undefined ? 0 : firstFrom(bars.openAt, plan.tradeFrom)
  const history = createHistory(plan)
  const inboxes = plan.participants.map((participant) => createInbox(participant, instruments))
  const curve = createCurve(bars, first, instruments.length)
  const home = homeOf(instruments)
  const goneBy = createGone(plan)
  let standing = history.look()
  let stopped: StrategyFault | undefined

  /** Strategies see the moments from `begin` on, up to the first one that leaves an opinion. Gives the moment behind it. */
  const lookOn = (begin: number, end: number): number => {
    const [one, ...others] = inboxes
    // Several go in step.
    const behind = others.length === 0 ? end : begin + 1
    const next = one ? one.look(bars, begin, behind, onMoment) : end
    for (const other of others) other.look(bars, begin, behind)
    stopped = inboxes.find(({ fault }) => fault)?.fault
    return next
  }

  /** A moment in which something of ours can happen, and the inboxes whose opinions have their turn in it. */
  const live = (number: number, due: readonly Inbox[]) => {
    walk(history, plan, due, standing, number)
    standing = history.look()
    if (standing.waits) {
      history.timer((bars.closeAt[number] as number) - 1)
      standing = history.look()
    }
    curve.mark(standing, number, number + 1)
  }

  /**
   * Moments behind which no opinion was left, but for the last one, whose opinions are for the moment after it. In nearly all of
   * them nothing of ours can happen.
   */
  const liveOn = (begin: number, end: number) => {
    let number = begin
    while (number < end) {
      const loud = standing.waits ? number : firstLoud(standing, bars, number, end)
      pass(history, standing, bars, number, loud)
      curve.mark(standing, number, loud)
      if (loud < end) live(loud, NOBODY)
      number = loud + 1
    }
  }

  const playDay = (day: TradingDay, begin: number, end: number): number => {
    for (let index = 0; index < instruments.length; index++)
      if ((curve.lastClose[index] as number) > 0) history.base(index, curve.lastClose[index] as number)
    history.openDay(day, bars.openAt[begin] as number)
    for (const index of goneBy(day)) for (const inbox of inboxes) inbox.forget(index)
    standing = history.look()
    let number = begin
    while (number < end && !stopped) {
      const isNext = isAwaited(inboxes)
      if (isNext) live(number, inboxes)
      // A strategy knows nothing but bars: it may look ahead of the engine as long as it wants nothing of it.
      const next = lookOn(number, end)
      liveOn(isNext ? number + 1 : number, next)
      number = next
    }
    history.closeDay(localInstant(home, day, CLOSES[home]))
    return number
  }

  let number = 0
  while (number < first && !stopped) {
    const next = lookOn(number, first)
    curve.mark(standing, number, next)
    number = next
  }
  while (number < count && !stopped) {
    const day = localDay(home, bars.openAt[number] as number)
    number = playDay(day, number, firstFrom(bars.openAt, localInstant(home, day, MIDNIGHT) + DAY_MS))
  }
  const past = history.past()
  const end = Math.max(first, number)
  const leftOver = leftOvers(past, plan, curve.lastClose, end)
  return { ...resultOf(plan, past, curve.until(end), leftOver), ...(stopped && { stopped }) }
}

const NOBODY: readonly Inbox[] = []

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

/** Does an opinion wait for the next bar of its instrument? */
function isAwaited(inboxes: readonly Inbox[]): boolean {
  for (let i = 0; i < inboxes.length; i++) if ((inboxes[i] as Inbox).waiting > 0) return true
  return false
}

/** The first moment in which anything of ours can happen; `end`: there is none before it. */
function firstLoud(standing: Standing, bars: BarTable, begin: number, end: number): number {
  if (standing.held.length === 0) return end
  const to = bars.starts[end] as number
  for (let row = bars.starts[begin] as number; row < to; row++)
    if (isLoud(standing, bars, row)) return firstFrom(bars.starts, row + 1) - 1
  return end
}

const isLoud = ({ above, below }: Standing, { index, low, high }: BarTable, row: number): boolean =>
  (low[row] as number) <= (above[index[row] as number] as number) ||
  (high[row] as number) >= (below[index[row] as number] as number)

/** What is held has prices that nobody has to act on. */
function pass(
  history: History,
  { held, isHeld }: Standing,
  bars: BarTable,
  begin: number,
  end: number,
): void {
  if (held.length === 0) return
  const { starts, index, close } = bars
  const to = starts[end] as number
  for (let row = starts[begin] as number; row < to; row++)
    if (isHeld[index[row] as number] === 1) history.pass(index[row] as number, close[row] as number)
}

/** The rows of a moment in which something of ours can happen. */
function loudRows(
  history: History,
  bars: BarTable,
  inboxes: readonly Inbox[],
  standing: Standing,
  number: number,
): readonly number[] {
  const loud: number[] = []
  const to = bars.starts[number + 1] as number
  for (let row = bars.starts[number] as number; row < to; row++) {
    const index = bars.index[row] as number
    if (isLoud(standing, bars, row) || inboxes.some((inbox) => inbox.holds(index))) {
      loud.push(row)
      history.beginBar(index, bars.volume[row] as number)
    } else if (standing.isHeld[index] === 1) history.pass(index, bars.close[row] as number)
  }
  return loud
}

/** The orders of this moment, then its prices. */
function walk(
  history: History,
  { bars, instruments }: BacktestPlan,
  inboxes: readonly Inbox[],
  standing: Standing,
  number: number,
): void {
  const [openAt, closeAt] = [bars.openAt[number] as number, (bars.closeAt[number] as number) - 1]
  const deliver = (want: Opinion['want'], row: number) => {
    const index = bars.index[row] as number
    const { id: instrument } = instruments[index] as Instrument
    const taken = inboxes.map((inbox) => [inbox.strategy, inbox.take(index, want)] as const)
    for (const [strategy, opinion] of taken)
      if (opinion) history.signal({ strategy, instrument, ...opinion }, openAt)
    return taken.some(([, opinion]) => opinion !== undefined)
  }
  const walking = loudRows(history, bars, inboxes, standing, number)
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

/** What is held, at its last price among the moments up to `end` (outside). */
function leftOvers(
  { held }: Past,
  { bars, instruments }: BacktestPlan,
  lastClose: Float64Array,
  end: number,
): readonly LeftOver[] {
  const home = homeOf(instruments)
  const rows = bars.starts[end] as number
  const dayOf = (row: number) => localDay(home, bars.openAt[firstFrom(bars.starts, row + 1) - 1] as number)
  return held.map(({ instrument, quantity, openedAt, cost }) => {
    const index = instruments.findIndex(({ id }) => id === instrument)
    const last = lastClose[index] as number
    const value = last > 0 ? notional(price(last), quantity) : cost
    const row = bars.index.lastIndexOf(index, rows - 1)
    const isOld = row >= 0 && dayOf(row) < dayOf(rows - 1)
    return { instrument, quantity, openedAt, cost, value, ...(isOld && { pricedOn: dayOf(row) }) }
  })
}

function resultOf(
  plan: BacktestPlan,
  { cash, held: _, ...past }: Past,
  equity: BacktestResult['equity'],
  leftOver: readonly LeftOver[],
): BacktestResult {
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
