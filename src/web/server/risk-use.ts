import type { InstrumentId } from '../../model/ids.ts'
import { krw, NO_WON, notional, plus, price } from '../../model/money.ts'
import { type Order, openQuantity } from '../../model/order.ts'
import type { PositionView, TraderView } from '../../trading/engine/view.ts'
import type { RiskMessage } from '../contract/risk.ts'
import type { DeskShown } from './desk-line.ts'

/** What of the limits is used, what stands where, and what every stop together would cost. Counts as the risk rules do. */
export function riskMessage({ view, settings }: DeskShown): RiskMessage {
  const positions = view.positions.map((position) => exposureOf(position, view))
  const invested = sum(positions.map(({ value }) => value))
  return {
    limits: limitsOf(view, settings.limits),
    exposure: {
      cash: view.cash,
      invested,
      equity: view.equity,
      positions: positions.toSorted((a, b) => b.value - a.value),
      markets: valuesBy(positions, ({ market = '' }) => market).map(([market, value]) => ({ market, value })),
      sectors: valuesBy(positions, ({ sector = '' }) => sector).map(([sector, value]) => ({ sector, value })),
    },
    allStops: allStopsOf(positions),
  }
}

function limitsOf(view: TraderView, limits: DeskShown['settings']['limits']): RiskMessage['limits'] {
  const { used } = view
  const { maxLossPerDay, rebuy } = limits
  return {
    positions: { used: placesTaken(view), max: limits.maxPositions },
    orders: { ...(used && { used: used.orders }), max: limits.maxOrdersPerDay },
    buyAmount: { ...(used && { used: used.buyAmount }), max: limits.maxBuyAmountPerDay },
    loss: {
      used: Math.max(0, -view.dayPnl),
      ...(maxLossPerDay !== undefined && { max: maxLossPerDay }),
    },
    perSecond: { ...(used && { used: used.ordersLastSecond }), max: limits.maxOrdersPerSecond },
    perInstrument: limits.maxAmountPerInstrument,
    rebuy: {
      notToday: rebuy.notToday,
      notAfterLoss: rebuy.notAfterLoss,
      ...(rebuy.blockMs !== undefined && { blockMs: rebuy.blockMs }),
    },
  }
}

/** Instruments held, and those that an open order may yet add. */
function placesTaken({ positions, orders }: TraderView): number {
  const taken = new Set<InstrumentId>(positions.map(({ instrument }) => instrument))
  for (const { side, instrument } of orders) if (side === 'buy') taken.add(instrument)
  return taken.size
}

type Exposure = RiskMessage['exposure']['positions'][number]

function exposureOf(position: PositionView, { orders }: TraderView): Exposure {
  const { instrument, name, quantity, averagePrice, last, stopPrice, listing } = position
  // What nobody has priced yet is worth what it cost, as far as anybody knows.
  const shown = last > 0 ? last : price(Math.round(averagePrice))
  const cost = krw(Math.round(averagePrice * quantity))
  const buying = orders.filter((order) => order.side === 'buy' && order.instrument === instrument)
  return {
    instrument,
    name,
    ...(listing && { market: listing.market }),
    ...(listing?.sector !== undefined && { sector: listing.sector }),
    value: notional(shown, quantity),
    committed: buying.reduce((all, order) => plus(all, openValue(order, position)), cost),
    stop: stopPrice,
    atStop: stopPrice > 0 ? (stopPrice - shown) * quantity : 0,
  }
}

const openValue = (order: Order, { last }: PositionView) =>
  order.limit === undefined && last === 0 ? NO_WON : notional(order.limit ?? last, openQuantity(order))

/** What stands in each group, largest first. */
function valuesBy(
  positions: readonly Exposure[],
  groupOf: (position: Exposure) => string,
): readonly (readonly [group: string, value: number])[] {
  const values = new Map<string, number>()
  for (const each of positions) values.set(groupOf(each), (values.get(groupOf(each)) ?? 0) + each.value)
  return [...values].sort(([, a], [, b]) => b - a)
}

function allStopsOf(positions: readonly Exposure[]): RiskMessage['allStops'] {
  const unguarded = positions.filter(({ stop }) => stop === 0)
  return {
    change: sum(positions.map(({ atStop }) => atStop)),
    unguarded: unguarded.length,
    unguardedValue: sum(unguarded.map(({ value }) => value)),
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)
