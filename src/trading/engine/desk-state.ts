import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { Money } from '../../model/money.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { PriceBounds, Tracked } from '../portfolio/exit.ts'
import type { Overnight } from './day-result.ts'
import { type AfterCancel, createDesk, type Desk, type ExitWish, type Notes, type Resting } from './desk.ts'
import type { Carried, Opened } from './events.ts'
import type { Queued } from './queueing.ts'

interface DeskState {
  readonly opened: Opened
  readonly settings: TradingSettings
  readonly market: unknown
  readonly ledger: unknown
  readonly orders: unknown
  readonly candidates: unknown
  readonly tracked: [InstrumentId, Tracked][]
  readonly bounds: [InstrumentId, PriceBounds][]
  readonly exitWishes: [InstrumentId, ExitWish][]
  readonly afterCancel: [OrderId, AfterCancel][]
  readonly chased: [OrderId, { times: number; at: EpochMs }][]
  /** Absent in snapshots made before there were strategies. */
  readonly boughtFor: [OrderId, Money][]
  readonly resting: [InstrumentId, Resting][]
  readonly exitRetryAt: [InstrumentId, EpochMs][]
  readonly queues: [InstrumentId, Queued][]
  readonly suspected: [InstrumentId, Carried][]
  /** Absent in snapshots made before the day's result began at the last close. */
  readonly overnight?: [InstrumentId, Overnight][]
  readonly notes: Notes
}

/** The desk as plain JSON-able data. A desk restored from it behaves exactly as the one that was saved. */
export const saveDesk = (desk: Desk): DeskState => ({
  opened: desk.opened,
  settings: desk.settings,
  market: desk.market.snapshot(),
  ledger: desk.ledger.snapshot(),
  orders: desk.orders.snapshot(),
  candidates: desk.candidates.snapshot(),
  tracked: [...desk.tracked],
  bounds: [...desk.bounds],
  exitWishes: [...desk.exitWishes],
  afterCancel: [...desk.afterCancel],
  chased: [...desk.chased],
  boughtFor: [...desk.boughtFor],
  resting: [...desk.resting],
  exitRetryAt: [...desk.exitRetryAt],
  queues: [...desk.queues],
  suspected: [...desk.suspected],
  overnight: [...desk.overnight],
  notes: desk.notes,
})

export function restoreDesk(state: unknown): Desk {
  const saved = state as DeskState
  const desk = createDesk(saved.opened)
  desk.settings = saved.settings
  desk.market.restore(saved.market)
  desk.ledger.restore(saved.ledger)
  desk.orders.restore(saved.orders)
  desk.candidates.restore(saved.candidates)
  fill(desk.tracked, saved.tracked)
  fill(desk.bounds, saved.bounds)
  fill(desk.exitWishes, saved.exitWishes)
  fill(desk.afterCancel, saved.afterCancel)
  fill(desk.chased, saved.chased)
  fill(desk.boughtFor, saved.boughtFor)
  fill(desk.resting, saved.resting)
  fill(desk.exitRetryAt, saved.exitRetryAt)
  fill(desk.queues, saved.queues)
  fill(desk.suspected, saved.suspected)
  fill(desk.overnight, saved.overnight ?? [])
  Object.assign(desk.notes, saved.notes)
  return desk
}

function fill<K, V>(map: Map<K, V>, entries: readonly (readonly [K, V])[]): void {
  for (const [key, value] of entries) map.set(key, value)
}
