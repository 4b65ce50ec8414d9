import type { ConditionId, InstrumentId } from '../../model/ids.ts'
import { krw, minus, NO_WON, notional, price } from '../../model/money.ts'
import { type ExitKind, openQuantity } from '../../model/order.ts'
import { averagePrice, gainRatio, type Position } from '../../model/position.ts'
import { phaseAt } from '../../model/sessions.ts'
import { stopPriceOf } from '../portfolio/exits.ts'
import { inExitTerms } from './carrying.ts'
import { dayPnl, unrealizedPnl } from './day-result.ts'
import { type Desk, lastPrice, nameOf } from './desk.ts'
import { exitLevels } from './leaving.ts'
import { restingOf } from './protecting.ts'
import { queueOf } from './queueing.ts'
import type { ConditionView, PositionView, TraderView } from './view.ts'

/** The desk as a person sees it. Built when someone looks; nothing in it is shared with the engine. */
export function lookAt(desk: Desk, decisionHash: string): TraderView {
  const { notes, ledger } = desk
  return {
    now: notes.now,
    day: desk.day,
    phase: phaseAt(desk.venue, notes.now),
    halt: notes.halt,
    buyingPaused: notes.buyingPaused,
    feedUp: desk.market.feedUp,
    accountKnown: notes.accountKnown,
    indexes: desk.market.indexes,
    cash: ledger.cash,
    buyingPower: ledger.buyingPower,
    ...(notes.buyingPower && { brokerBuyingPower: notes.buyingPower }),
    equity: ledger.equity((id) => lastPrice(desk, id)),
    realizedPnl: ledger.realizedPnl,
    unrealizedPnl: unrealizedPnl(desk),
    dayPnl: dayPnl(desk),
    commission: ledger.commission,
    tax: ledger.tax,
    corrections: ledger.balances.corrections,
    positions: [...ledger.positions.values()].map((position) => positionView(desk, position)),
    orders: desk.orders
      .open()
      .map((order) => ({ name: nameOf(desk, order.instrument), ...order, ...queueOf(desk, order) })),
    conditions: conditionViews(desk),
    happenings: [...notes.happenings],
    refusals: notes.refusals.map((refusal) => ({ name: nameOf(desk, refusal.instrument), ...refusal })),
    roundTrips: ledger.roundTrips.map((trip) => ({ name: nameOf(desk, trip.instrument), ...trip })),
    counts: {
      events: notes.events,
      orders: desk.orders.count,
      fills: notes.fills,
      unfilledHandled: notes.unfilledHandled,
      vi: notes.viCount,
      alerts: notes.alerts,
    },
    used: {
      orders: desk.orders.sent,
      buyAmount: notes.buyAmount,
      ordersLastSecond: notes.recentOrders.filter((at) => at > notes.now - 1_000).length,
    },
    decisionHash,
  }
}

function positionView(desk: Desk, position: Position): PositionView {
  const last = lastPrice(desk, position.instrument)
  const tracked = desk.tracked.get(position.instrument)
  const { exits } = desk.settings
  const atr = exits.atr && desk.market.atr(position.instrument, exits.atr.period)
  return {
    instrument: position.instrument,
    name: nameOf(desk, position.instrument),
    quantity: position.quantity,
    averagePrice: averagePrice(position),
    last,
    pricedAt: desk.market.of(position.instrument)?.pricedAt ?? 0,
    gainRatio: last > 0 ? gainRatio(position, last) : 0,
    pnl: last > 0 ? minus(krw(notional(last, position.quantity)), position.cost) : NO_WON,
    openedAt: position.openedAt,
    stopPrice: tracked
      ? stopPriceOf({ position: inExitTerms(desk, position), tracked, atr, settings: exits })
      : price(0),
    levels: exitLevels(desk, position.instrument),
    exiting: exitingOf(desk, position.instrument),
    ...listingOf(desk, position.instrument),
    ...atBrokerOf(desk, position.instrument),
  }
}

function listingOf(desk: Desk, instrument: InstrumentId): Pick<PositionView, 'listing'> {
  const listing = desk.market.of(instrument)?.listing
  if (!listing) return {}
  const { market, sector } = listing
  return { listing: { market, class: listing.class, ...(sector !== undefined && { sector }) } }
}

/** Counts as protection only once the venue has it. */
function atBrokerOf(desk: Desk, instrument: InstrumentId): Pick<PositionView, 'atBroker'> {
  const order = restingOf(desk, instrument)
  if (order?.status !== 'working' || order.stop === undefined || order.limit === undefined) return {}
  const { id, stop, limit } = order
  return { atBroker: { orderId: id, stop, limit, quantity: openQuantity(order) } }
}

/** The kind of the newest open order that leads out. */
const exitingOf = (desk: Desk, instrument: InstrumentId): ExitKind | undefined =>
  desk.orders
    .openOf(instrument)
    .flatMap(({ purpose, type }) => (purpose.to === 'exit' && type !== 'stopLimit' ? [purpose.kind] : []))
    .at(-1)

function conditionViews(desk: Desk): ConditionView[] {
  const one = (id: ConditionId, name: string, use: 'buy' | 'sell') => ({
    id,
    name,
    use,
    ...desk.candidates.countOf(id),
  })
  return [
    ...desk.settings.buys.map((rule) => one(rule.condition, rule.name, 'buy')),
    ...(desk.settings.strategies ?? []).map((rule) => one(rule.condition, rule.name, 'buy')),
    ...desk.settings.sells.map((rule) => one(rule.condition, rule.name, 'sell')),
  ]
}
