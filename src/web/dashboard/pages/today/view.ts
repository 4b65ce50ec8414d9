import type {
  ConditionMessage,
  HappeningMessage,
  LiveState,
  OrderMessage,
  PositionMessage,
  TripMessage,
} from '../../../contract/live.ts'
import type { MarketClock } from '../../state/use-market-clock.ts'

type Desk = LiveState['desk']

export interface DayResult {
  /** Realised and unrealised since the last close of the day before, won. */
  readonly pnl: number
  /** Of what is realised and unrealised against cost, the part that earlier days brought. */
  readonly before: number
  /** Of the equity the day began with. */
  readonly ratio: number
  /** Commission and tax; they are inside `pnl` already. */
  readonly costs: number
  readonly invested: number
}

export function dayResult(desk: Desk): DayResult {
  const pnl = desk.equity - desk.startEquity
  return {
    pnl,
    before: desk.realizedPnl + desk.unrealizedPnl - pnl,
    ratio: desk.startEquity > 0 ? pnl / desk.startEquity : 0,
    costs: desk.commission + desk.tax,
    invested: desk.equity - desk.cash,
  }
}

export interface IndexRow {
  readonly name: string
  readonly value: number
  readonly change: number
  readonly ratio: number
}

/** Indexes come in hundredths of a point. */
export const indexRows = (indexes: LiveState['indexes']): readonly IndexRow[] =>
  Object.entries(indexes).map(([name, { value, change }]) => ({
    name,
    value: value / 100,
    change: change / 100,
    ratio: value - change > 0 ? change / (value - change) : 0,
  }))

/** In the order they were opened, so that no row jumps while prices move. */
export const positionRows = (positions: LiveState['positions']): readonly PositionMessage[] =>
  Object.values(positions).sort((a, b) => a.openedAt - b.openedAt || a.instrument.localeCompare(b.instrument))

/** Where a price stands on its way from the stop to the target. Places are shares of the scale's width. */
export interface Corridor {
  readonly at: number
  readonly entry: number
  /** `undefined` where the high is not known. */
  readonly high: number | undefined
  /** What the price still has to fall to the stop, as a negative ratio of itself; `undefined` without a stop. */
  readonly toStop: number | undefined
  readonly toTarget: number | undefined
  /** The stop is less than a fifth of the way away. */
  readonly isNear: boolean
}

/** How far an open end of the scale reaches past the outermost price, as a ratio. */
const OPEN_END = 0.03
const NEAR = 0.2

/** `undefined` while the price is unknown. */
export function corridor(position: PositionMessage): Corridor | undefined {
  const { last, stop, target, high, averagePrice } = position
  if (last <= 0) return undefined
  const low = stop > 0 ? stop : Math.min(last, averagePrice) * (1 - OPEN_END)
  const top = target > 0 ? target : Math.max(last, averagePrice, high) * (1 + OPEN_END)
  const width = Math.max(top - low, 1)
  const place = (price: number) => Math.min(1, Math.max(0, (price - low) / width))
  return {
    at: place(last),
    entry: place(averagePrice),
    high: high > 0 ? place(high) : undefined,
    toStop: stop > 0 ? stop / last - 1 : undefined,
    toTarget: target > 0 ? target / last - 1 : undefined,
    isNear: stop > 0 && (last - stop) / width < NEAR,
  }
}

/** While trade goes on, a price older than this is shown as old. Market ms. */
const OLD_AFTER_MS = 60_000
const TRADING = new Set(['continuous', 'preMarket', 'afterMarket'])

export interface PriceAge {
  readonly ageMs: number
  readonly isOld: boolean
}

/** `undefined` while nobody has said when the price was heard. Without news every price is old. */
export function priceAge(pricedAt: number, { now, phase, isCut }: MarketClock): PriceAge | undefined {
  if (pricedAt <= 0) return undefined
  const ageMs = Math.max(0, now - pricedAt)
  return { ageMs, isOld: isCut || (TRADING.has(phase) && ageMs > OLD_AFTER_MS) }
}

/** What is in doubt stands on top, the newest of the rest first. */
export const orderRows = (orders: LiveState['orders']): readonly OrderMessage[] =>
  Object.values(orders).sort(
    (a, b) =>
      Number(isDoubtful(b)) - Number(isDoubtful(a)) || b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1),
  )

export const isDoubtful = ({ status }: Pick<OrderMessage, 'status'>): boolean => status === 'inDoubt'

/** Those for buying first, and among them the one that hit last. */
export const conditionRows = (
  conditions: LiveState['conditions'],
): readonly (ConditionMessage & { readonly key: string })[] =>
  Object.entries(conditions)
    .map(([key, condition]) => ({ ...condition, key }))
    .sort(
      (a, b) =>
        Number(a.use === 'sell') - Number(b.use === 'sell') ||
        b.ordered - a.ordered ||
        a.key.localeCompare(b.key),
    )

export interface TripRow extends TripMessage {
  readonly key: string
  /** Of what was paid, all costs counted. */
  readonly ratio: number
}

/** What was bought and sold again today, the newest first. */
export const tripRows = (trips: LiveState['trips']): readonly TripRow[] =>
  Object.entries(trips)
    .map(([key, trip]) => ({ ...trip, key, ratio: trip.buyValue > 0 ? trip.realizedPnl / trip.buyValue : 0 }))
    .sort((a, b) => b.closedAt - a.closedAt || Number(b.key) - Number(a.key))

export type Level = 'all' | 'warning' | 'urgent'

export interface EventRow extends HappeningMessage {
  readonly key: string
}

/** Newest first. `warning` shows what is urgent too. */
export function eventRows(happenings: LiveState['happenings'], level: Level): readonly EventRow[] {
  return Object.entries(happenings)
    .filter(([, { level: of }]) => level === 'all' || of === 'urgent' || of === level)
    .map(([key, happening]) => ({ ...happening, key }))
    .sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1))
}

export type Tone = 'good' | 'warn' | 'bad'

/** A feed that says nothing for so long in the middle of trade is not well. Wall ms. */
const SILENT_FEED_MS = 5_000

/** Timers that run so far behind are felt. Wall ms. */
const SLOW_MS = 1_000

/** The trader shows itself several times a second. Wall ms. */
const LATE_MS = 2_000

export interface HealthTones {
  readonly feed: Tone
  readonly broker: Tone
  readonly trader: Tone
  /** How far the trader's timers run behind, wall ms. */
  readonly lagMs: number
  /** Market data is silent, wall ms; 0 when none came yet. */
  readonly feedAgeMs: number
}

/** A demo's market runs faster than the wall, and so do the milliseconds its trader counts. */
const lagOf = ({ health, clock }: Pick<LiveState, 'health' | 'clock'>): number => health.lagMs / clock.speed

/** `now`: wall ms of the server. `isLive`: the line to this screen brings news. */
export function healthTones(
  { health, desk, clock }: Pick<LiveState, 'health' | 'desk' | 'clock'>,
  now: number,
  isLive: boolean,
): HealthTones {
  const feedAgeMs = health.feedAt > 0 ? Math.max(0, now - health.feedAt) : 0
  const isSilent = TRADING.has(clock.phase) && feedAgeMs > SILENT_FEED_MS
  const isDown = !isLive || health.line === 'down'
  const lagMs = lagOf({ health, clock })
  return {
    lagMs,
    feed:
      isDown || health.feed === 'down' ? 'bad' : health.feed === 'connecting' || isSilent ? 'warn' : 'good',
    broker: isDown ? 'bad' : desk.accountKnown ? 'good' : 'warn',
    trader: isDown ? 'bad' : lagMs > SLOW_MS || now - health.shownAt > LATE_MS ? 'warn' : 'good',
    feedAgeMs,
  }
}
