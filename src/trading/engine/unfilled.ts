import type { Order } from '../../model/order.ts'
import type { OrderStyle, UnfilledRule } from '../../model/settings.ts'
import { priceOf } from '../portfolio/style.ts'
import { buyRuleOf } from '../universe/candidates.ts'
import { cancelOrder, type Desk, nameOf, restOf, tell, wish } from './desk.ts'

/** An order in cancelling without an answer for so long is cancelled again: a cancel may be repeated safely. */
export const CANCEL_PATIENCE_MS = 5_000

/** 미체결 관리, once a second: what has waited long enough is turned to market, re-priced or cancelled. */
export function chaseUnfilled(desk: Desk): void {
  for (const order of desk.orders.open()) {
    if (order.status !== 'working' || order.type !== 'limit') continue
    const rule = order.side === 'buy' ? desk.settings.unfilled.buy : desk.settings.unfilled.sell
    if (desk.notes.now - (desk.chased.get(order.id)?.at ?? order.createdAt) < rule.afterMs) continue
    if (isManual(order)) continue
    chase(desk, order, rule)
  }
}

/** What a person placed by hand stays as it was placed. */
const isManual = ({ purpose }: Order): boolean =>
  purpose.to === 'enter' ? purpose.condition === undefined : purpose.kind === 'manual'

function chase(desk: Desk, order: Order, rule: UnfilledRule): void {
  const times = desk.chased.get(order.id)?.times ?? 0
  const step = rule.then === 'reprice' && times >= rule.times ? rule.finally : rule.then
  if (step === 'reprice') return reprice(desk, order, times)
  if (!cancelOrder(desk, order, step === 'market' ? 'market' : 'nothing')) return
  desk.notes.unfilledHandled++
  const name = nameOf(desk, order.instrument)
  if (step === 'market')
    tell(
      desk,
      'info',
      `${name} 미체결 ${restOf(order)}주: 취소 후 시장가로`,
      `${name}: ${restOf(order)} unfilled, to market`,
    )
  else
    tell(
      desk,
      'info',
      `${name} 미체결 ${restOf(order)}주 취소`,
      `${name}: ${restOf(order)} unfilled, cancelled`,
    )
}

/** The style the order was made with; where that is gone, the last price. */
const styleOf = (desk: Desk, { purpose, instrument }: Order): OrderStyle => {
  const style =
    purpose.to === 'exit'
      ? (desk.exitWishes.get(instrument)?.style ?? desk.settings.exits.order)
      : purpose.condition && buyRuleOf(desk.settings, purpose.condition)?.order
  return style?.kind === 'limit' ? style : { kind: 'limit', from: 'last', ticks: 0 }
}

function reprice(desk: Desk, order: Order, times: number): void {
  const view = desk.market.of(order.instrument)
  const priced = view && priceOf(styleOf(desk, order), order.side, view)
  if (priced?.type !== 'limit') return
  if (desk.orders.openOf(order.instrument).some((other) => other.replaces === order.id)) return
  desk.notes.unfilledHandled++
  if (priced.limit === order.limit) {
    // The style gives the price it already has: it keeps its place in the queue, and the attempt counts.
    desk.chased.set(order.id, { times: times + 1, at: desk.notes.now })
    return
  }
  const made = wish(desk, {
    instrument: order.instrument,
    venue: order.venue,
    side: order.side,
    type: 'limit',
    timeInForce: order.timeInForce,
    limit: priced.limit,
    quantity: restOf(order),
    purpose: order.purpose,
    reason: order.reason,
    replaces: order.id,
  })
  if (!made.ok) return
  desk.chased.set(made.value.id, { times: times + 1, at: desk.notes.now })
  tell(
    desk,
    'info',
    `${nameOf(desk, order.instrument)} 미체결 정정 ${order.limit} → ${priced.limit} (${times + 1}회)`,
    `${nameOf(desk, order.instrument)}: re-priced ${order.limit} → ${priced.limit} (${times + 1})`,
  )
}
