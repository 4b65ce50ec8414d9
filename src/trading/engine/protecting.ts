import type { InstrumentId } from '../../model/ids.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import type { Price, Quantity } from '../../model/money.ts'
import { type ExitKind, type Order, type OrderIntent, openQuantity } from '../../model/order.ts'
import type { Position } from '../../model/position.ts'
import { clampToBand } from '../../model/price-band.ts'
import { floorToTick, stepTicks } from '../../model/tick-size.ts'
import { protectiveLevel } from '../portfolio/exits.ts'
import { inExitTerms } from './carrying.ts'
import { cancelOrder, type Desk, refuse, sellableOf, wish } from './desk.ts'
import { routeOf } from './routing.ts'

/**
 * Stop-limit orders that wait at the venue for held positions, so that a stop outlives this process. They follow the stop
 * of the engine, which goes on watching and takes over where they do not fill.
 */

/** A trailing stop moves with every new high; the order at the venue follows it at most this often. */
const MOVE_EVERY_MS = 10_000
/** After the venue has refused one. */
const REFUSED_WAIT_MS = 60_000
/** A stop that was reached may fill at the venue for so long before ours sells. */
const FILL_GRACE_MS = 2_000
/** How far below the stop its limit lies: a fall through more than that leaves it unfilled, and ours sells. */
const THROUGH_TICKS = 10

/** The engine makes stop-limit orders for nothing else. */
const isResting = ({ type }: Order): boolean => type === 'stopLimit'

export const restingOf = (desk: Desk, instrument: InstrumentId): Order | undefined =>
  desk.orders.openOf(instrument).find(isResting)

/** Our own stop fires: true while the order at the venue, whose stop was reached as well, is given its moment. */
export function letRestingFill(desk: Desk, instrument: InstrumentId, open: readonly Order[]): boolean {
  const order = open.find(isResting)
  const last = desk.market.of(instrument)?.last ?? 0
  if (order?.status !== 'working' || order.stop === undefined || last > order.stop) return false
  const { now } = desk.notes
  const known = desk.resting.get(instrument) ?? { nextAt: now }
  const firedAt = known.firedAt ?? now
  desk.resting.set(instrument, { ...known, firedAt })
  return now - firedAt < FILL_GRACE_MS
}

/** The venue would not have it: the engine's own stop is not held up by that. */
export const restingRefused = (desk: Desk, order: Order): void =>
  void desk.resting.set(order.instrument, { nextAt: desk.notes.now + REFUSED_WAIT_MS })

interface Levels {
  readonly kind: ExitKind
  readonly stop: Price
  readonly limit: Price
}

/** Once a second: places, moves or withdraws the order at the venue. While the venue takes none, what is there stays. */
export function protectAtBroker(desk: Desk, position: Position): void {
  const { instrument } = position
  const order = restingOf(desk, instrument)
  if (!desk.settings.exits.atBroker) {
    if (order) cancelOrder(desk, order, { then: 'nothing' })
    return
  }
  if ((desk.resting.get(instrument)?.nextAt ?? 0) > desk.notes.now) return
  const view = desk.market.of(instrument)
  const levels = view && levelsOf(desk, position, view)
  if (!view || !levels || view.last <= levels.stop) return
  if (!order) return place(desk, position, view, levels)
  if (order.status !== 'working') return
  if (openQuantity(order) !== position.quantity && sellableOf(desk, instrument) > 0)
    return void cancelOrder(desk, order, { then: 'nothing' })
  if (order.stop !== levels.stop || order.limit !== levels.limit) move(desk, order, view, levels)
}

function levelsOf(desk: Desk, position: Position, view: InstrumentView): Levels | undefined {
  const tracked = desk.tracked.get(position.instrument)
  if (!tracked || view.last === 0) return undefined
  const { exits } = desk.settings
  const atr = exits.atr && desk.market.atr(position.instrument, exits.atr.period)
  const level = protectiveLevel({ position: inExitTerms(desk, position), tracked, atr, settings: exits })
  if (!level) return undefined
  const { listing, day, band } = view
  const stop = clampToBand(floorToTick(listing, day, level.price), band)
  return { kind: level.kind, stop, limit: clampToBand(stepTicks(listing, day, stop, -THROUGH_TICKS), band) }
}

/** Only for a position that nothing else is under way for. */
function place(desk: Desk, position: Position, view: InstrumentView, levels: Levels): void {
  const { instrument } = position
  if (desk.orders.openOf(instrument).length > 0 || desk.exitWishes.has(instrument)) return
  send(desk, view, levels, { instrument, quantity: sellableOf(desk, instrument) })
}

function move(desk: Desk, order: Order, view: InstrumentView, levels: Levels): void {
  const { instrument } = order
  if (desk.orders.openOf(instrument).length > 1) return
  send(desk, view, levels, { instrument, quantity: openQuantity(order), replaces: order.id })
}

function send(
  desk: Desk,
  view: InstrumentView,
  { kind, stop, limit }: Levels,
  what: Pick<OrderIntent, 'instrument' | 'replaces'> & { readonly quantity: Quantity },
): void {
  const purpose = { to: 'exit', kind } as const
  const { venue, isOpen } = routeOf(desk, view, ['stopLimit'], purpose)
  if (!isOpen || what.quantity === 0) return
  desk.resting.set(what.instrument, { nextAt: desk.notes.now + MOVE_EVERY_MS })
  const made = wish(desk, {
    ...what,
    venue,
    side: 'sell',
    type: 'stopLimit',
    timeInForce: 'day',
    stop,
    limit,
    purpose,
    reason: `거래소 스톱지정가 ${stop}원 (지정가 ${limit}원)`,
  })
  if (!made.ok) refuse(desk, what.instrument, 'sell', 'atBroker', made.error)
}
