import { isLiquidation } from '../../model/corporate-action.ts'
import { homeOf, homeOfMarket, localDay } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { EpochMs } from '../../std/clock.ts'
import { firstFrom } from '../../std/sorted.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import type { BarTable } from './bar-table.ts'
import type { BacktestPlan } from './plan.ts'

/** Something that cannot have happened. A result with one of these is no result. */
export type Absurdity =
  /** A cash account gained or lost more in one day than the price limits allow on what it held. Korea alone has such limits. */
  | { readonly code: 'impossibleDay'; readonly at: EpochMs; readonly ratio: number; readonly bound: number }
  /** Held over prices that jump further than a day may move: an event that the data do not know. */
  | {
      readonly code: 'heldOverJump'
      readonly at: EpochMs
      readonly instrument: InstrumentId
      readonly from: number
      readonly to: number
    }
  /** More shares were ours than traded in the bar. */
  | {
      readonly code: 'moreThanTheMarket'
      readonly at: EpochMs
      readonly instrument: InstrumentId
      readonly ours: number
      readonly traded: number
    }
  | { readonly code: 'cashBelowZero'; readonly at: EpochMs; readonly cash: number }

/** ±30 % a day since 2015-06-15, twice that for a leveraged fund; rule book §1.3. */
const DAY_LIMIT = 0.3
/**
 * Where no limit bounds a day, an opening that is a whole fraction or multiple of the close before and stays there looks like a
 * split. One of three for two would look like a fall of a third, which happens: `garam data check` shows those.
 */
const SPLITS: readonly number[] = [2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50, 100]
const OPEN_SLACK = 0.03
const CLOSE_SLACK = 0.1
/** First days, and prices rounded to the grid, move a little further than the limit says. */
const ROUNDING = 0.02
const MOST_SHOWN = 20

/** What the laws are held against. */
export type Grounds = Pick<BacktestPlan, 'bars' | 'instruments' | 'cash' | 'delistings'>

/**
 * What in a result cannot be, by laws that hold for any strategy: the price limits of the exchange, the volume of a bar and
 * the cash of an account without credit. Each is looked for from the bars and the fills alone, not from the engine's word. What
 * is held into a recorded delisting has no price limit in its last seven days, nor on the day itself.
 */
export function absurdities(plan: Grounds, result: BacktestResult): readonly Absurdity[] {
  return [
    ...impossibleDays(plan, result),
    ...heldOverJumps(plan, result),
    ...moreThanTheMarket(plan, result),
    ...cashBelowZero(result),
  ].slice(0, MOST_SHOWN)
}

const limitOf = ({ leverage = 1 }: Instrument): number => DAY_LIMIT * Math.max(1, Math.abs(leverage))

function impossibleDays(plan: Grounds, result: BacktestResult): Absurdity[] {
  const { instruments, cash } = plan
  const { equity } = result
  if (homeOf(instruments) === 'US') return []
  const atMost = Math.max(0, ...instruments.map(limitOf)) + ROUNDING
  // A share bought at one limit and valued at the other goes the whole way in a day.
  const [most, least] = [(1 + atMost) / (1 - atMost) - 1, (1 - atMost) / (1 + atMost) - 1]
  const found: Absurdity[] = []
  let [before, day, last] = [Number(cash), '', Number(cash)]
  for (let i = 0; i < equity.at.length; i++) {
    const at = equity.at[i] as number
    const today = localDay('KRX', at)
    if (today !== day) [day, before] = [today, last]
    last = equity.value[i] as number
    const ratio = before > 0 ? last / before - 1 : 0
    if ((ratio > most || ratio < least) && !isUnbound(plan, result, at)) {
      found.push({ code: 'impossibleDay', at, ratio, bound: ratio > 0 ? most : least })
      before = last
    }
  }
  return found
}

/** Is anything held that trades without a limit on its way out, or was anything paid out? Asked of the few days that look odd. */
function isUnbound({ delistings = [] }: Grounds, result: BacktestResult, at: EpochMs): boolean {
  const day = localDay('KRX', at)
  const held = heldSpans(result)
  return (
    result.roundTrips.some(
      ({ exit, closedAt }) => exit === 'delisting' && localDay('KRX', closedAt) === day,
    ) ||
    delistings.some(
      (each) =>
        isLiquidation(each, day) &&
        held.get(each.instrument)?.some(({ from, to }) => from <= at && day <= lastDayOf(to)),
    )
  )
}

const lastDayOf = (to: EpochMs): string => (Number.isFinite(to) ? localDay('KRX', to) : '9999')

interface Held {
  readonly from: EpochMs
  readonly to: EpochMs
}

function heldOverJumps(plan: Grounds, result: BacktestResult): Absurdity[] {
  const { bars, instruments } = plan
  const home = homeOf(instruments)
  const held = heldSpans(result)
  const found: Absurdity[] = []
  const lastClose = new Float64Array(instruments.length)
  const days: string[] = instruments.map(() => '')
  for (let moment = 0; moment < bars.openAt.length; moment++) {
    const at = bars.openAt[moment] as number
    const day = localDay(home, at)
    for (let row = bars.starts[moment] as number; row < (bars.starts[moment + 1] as number); row++) {
      const index = bars.index[row] as number
      const [before, open] = [lastClose[index] as number, bars.open[row] as number]
      const close = bars.close[row] as number
      lastClose[index] = close
      const isNewDay = days[index] !== day
      days[index] = day
      if (!isNewDay || before === 0) continue
      const instrument = instruments[index] as Instrument
      if (!isJump(instrument, before, open, close) || isLeaving(plan, instrument, at)) continue
      if (held.get(instrument.id)?.some((span) => span.from < at && span.to >= at))
        found.push({ code: 'heldOverJump', at, instrument: instrument.id, from: before, to: open })
    }
  }
  return found
}

/** Does it trade in the last days before its delisting in Korea, which no limit bounds? */
const isLeaving = ({ delistings = [] }: Grounds, { id, market }: Instrument, at: EpochMs): boolean =>
  homeOfMarket(market) === 'KRX' &&
  delistings.some((each) => each.instrument === id && isLiquidation(each, localDay('KRX', at)))

function isJump(instrument: Instrument, before: number, open: number, close: number): boolean {
  if (homeOfMarket(instrument.market) === 'KRX')
    return Math.abs(open / before - 1) > limitOf(instrument) + ROUNDING
  const near = (ratio: number, by: number, slack: number) =>
    Math.abs(ratio / by - 1) < slack || Math.abs(ratio * by - 1) < slack
  return SPLITS.some((by) => near(open / before, by, OPEN_SLACK) && near(close / before, by, CLOSE_SLACK))
}

function heldSpans(result: BacktestResult): ReadonlyMap<InstrumentId, readonly Held[]> {
  const spans = new Map<InstrumentId, Held[]>()
  const add = (instrument: InstrumentId, span: Held) =>
    spans.set(instrument, [...(spans.get(instrument) ?? []), span])
  for (const { instrument, openedAt, closedAt } of result.roundTrips)
    add(instrument, { from: openedAt, to: closedAt })
  for (const { instrument, openedAt } of result.leftOver)
    add(instrument, { from: openedAt, to: Number.POSITIVE_INFINITY })
  return spans
}

function moreThanTheMarket(plan: Grounds, result: BacktestResult): Absurdity[] {
  const { bars, instruments } = plan
  const indexes = new Map(instruments.map(({ id }, index) => [id, index]))
  // The shares that were ours, by bar.
  const ours = new Map<number, number>()
  for (const { order, fills } of result.orders)
    for (const { at, quantity } of fills) {
      const row = rowAt(bars, indexes.get(order.instrument) ?? -1, at)
      ours.set(row, (ours.get(row) ?? 0) + quantity)
    }
  return [...ours].flatMap(([row, shares]): Absurdity[] => {
    const traded = row < 0 ? 0 : (bars.volume[row] as number)
    if (shares <= traded) return []
    const instrument = instruments[bars.index[Math.max(0, row)] as number] as Instrument
    const at = momentOf(bars, Math.max(0, row))
    return [{ code: 'moreThanTheMarket', at, instrument: instrument.id, ours: shares, traded }]
  })
}

const momentOf = ({ starts, openAt }: BarTable, row: number): EpochMs =>
  openAt[firstFrom(starts, row + 1) - 1] as number

/** The row of an instrument in whose time a fill lies; −1: there is none. */
function rowAt({ openAt, starts, index }: BarTable, instrument: number, at: EpochMs): number {
  const moment = firstFrom(openAt, at + 1) - 1
  if (moment < 0) return -1
  for (let row = starts[moment] as number; row < (starts[moment + 1] as number); row++)
    if (index[row] === instrument) return row
  return -1
}

function cashBelowZero({ equity }: BacktestResult): Absurdity[] {
  for (let i = 0; i < equity.at.length; i++) {
    const cash = (equity.value[i] as number) * (1 - (equity.exposure[i] as number))
    if (cash < -1) return [{ code: 'cashBelowZero', at: equity.at[i] as number, cash: Math.round(cash) }]
  }
  return []
}
