import type { InstrumentId } from '../../model/ids.ts'
import type { Venue } from '../../model/instrument.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import type { Price } from '../../model/money.ts'
import type { OrderIntent, OrderType, Purpose, Side } from '../../model/order.ts'
import { phaseOnRoute } from '../../model/route-rules.ts'
import { type OrderStyle, routingOf } from '../../model/settings.ts'
import { homeRoute, type Routed, routeFor } from '../portfolio/route.ts'
import { inTurn, priceOf } from '../portfolio/style.ts'
import type { Desk } from './desk.ts'

/** Where an order goes, as which type and at what price. */
type Draft = Pick<OrderIntent, 'venue' | 'type' | 'timeInForce' | 'limit' | 'insteadOfMarket'> & {
  /** False: no route takes it now; the draft is the wished one, and `review` will say why. */
  readonly isOpen: boolean
}

const STOP_PURPOSE: Purpose = { to: 'exit', kind: 'stopLoss' }

interface Chosen extends Routed {
  readonly isOpen: boolean
}

/** Route and type of the first of these types that some route takes now. */
export function routeOf(
  desk: Desk,
  view: InstrumentView | undefined,
  types: readonly OrderType[],
  purpose: Purpose,
): Chosen {
  const routing = routingOf(desk.settings)
  const routed = routeFor({
    routing,
    at: desk.notes.now,
    broker: desk.opened.broker,
    environment: desk.opened.environment,
    class: view?.listing.class ?? 'stock',
    designations: view?.designations ?? [],
    onNxt: view?.onNxt,
    inVi: view?.inVi ?? false,
    purpose,
    types,
  })
  if (routed.ok) return { isOpen: true, ...routed.value }
  return { venue: homeRoute(routing, view?.onNxt), type: types[0] ?? 'market', choice: 0, isOpen: false }
}

/**
 * What a style comes to for this instrument at this moment. Where the route takes no market order, the best order or a
 * limit through the book stands in for it. `undefined`: no price is known to count from.
 */
export function draftOf(
  desk: Desk,
  view: InstrumentView,
  side: Side,
  style: OrderStyle,
  purpose: Purpose,
): Draft | undefined {
  const styles = inTurn(style, side)
  const types = styles.map(({ kind }) => kind)
  const { venue, choice, isOpen } = routeOf(desk, view, types, purpose)
  const priced = priceOf(styles[choice] ?? style, side, view)
  if (!priced) return undefined
  return {
    venue,
    type: priced.type,
    timeInForce: 'day',
    ...('limit' in priced ? { limit: priced.limit } : {}),
    ...(style.kind === 'market' && priced.type !== 'market' ? { insteadOfMarket: true } : {}),
    isOpen,
  }
}

/** A limit order at a price that a person chose: nothing moves it, so a wrong one is refused by `review` with its numbers. */
export function draftAt(desk: Desk, view: InstrumentView, limit: Price, purpose: Purpose): Draft {
  const { venue, isOpen } = routeOf(desk, view, ['limit'], purpose)
  return { venue, type: 'limit', timeInForce: 'day', limit, isOpen }
}

/** The part of a draft that is an order's. */
export const orderPart = ({ isOpen: _, ...order }: Draft): Omit<Draft, 'isOpen'> => order

/** The venues between which an account chooses, by its own. */
const BOARDS: Readonly<Record<Venue, readonly Venue[]>> = {
  KRX: ['KRX', 'NXT'],
  NXT: ['KRX', 'NXT'],
  US: ['US'],
}

/** Each instrument is watched on the board on which a stop of it would be sold now. Once per change of a venue's phase. */
export function aimBoards(desk: Desk): void {
  const { now } = desk.notes
  const phases = BOARDS[desk.venue].map((venue) => phaseOnRoute(venue, now)).join(' ')
  if (desk.notes.aimedFor === phases) return
  desk.notes.aimedFor = phases
  for (const instrument of desk.market.ids()) aimBoard(desk, instrument)
}

/** While nothing is open the board stays: its last price is the best there is. */
export function aimBoard(desk: Desk, instrument: InstrumentId): void {
  const view = desk.market.of(instrument)
  if (!view) return
  const types = inTurn(desk.settings.exits.protectiveOrder, 'sell').map(({ kind }) => kind)
  const { venue, isOpen } = routeOf(desk, view, types, STOP_PURPOSE)
  if (isOpen && desk.market.watch(instrument, venue)) desk.bounds.delete(instrument)
}
