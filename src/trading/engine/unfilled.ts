import { type Order, openQuantity } from '../../model/order.ts'
import type { OrderStyle, UnfilledRule } from '../../model/settings.ts'
import { priceOf } from '../portfolio/style.ts'
import { buyRuleOf } from '../universe/candidates.ts'
import { cancelOrder, type Desk, nameOf, refuse, tell, wish } from './desk.ts'

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

/** Every attempt counts and begins the wait anew, whatever comes of it: a venue that refuses is not asked every second. */
function chase(desk: Desk, order: Order, rule: UnfilledRule): void {
  if (desk.orders.openOf(order.instrument).some((other) => other.replaces === order.id)) return
  const times = desk.chased.get(order.id)?.times ?? 0
  const step = rule.then === 'reprice' && times >= rule.times ? rule.finally : rule.then
  desk.chased.set(order.id, { times: times + 1, at: desk.notes.now })
  if (step === 'reprice') return reprice(desk, order, times + 1)
  if (!cancelOrder(desk, order, { then: step === 'market' ? 'market' : 'nothing' })) return
  desk.notes.unfilledHandled++
  const name = nameOf(desk, order.instrument)
  if (step === 'market')
    tell(
      desk,
      'info',
      `${name} 미체결 ${openQuantity(order)}주: 취소 후 시장가로`,
      `${name}: ${openQuantity(order)} unfilled, to market`,
    )
  else
    tell(
      desk,
      'info',
      `${name} 미체결 ${openQuantity(order)}주 취소`,
      `${name}: ${openQuantity(order)} unfilled, cancelled`,
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

function reprice(desk: Desk, order: Order, attempt: number): void {
  const view = desk.market.of(order.instrument)
  const priced = view && priceOf(styleOf(desk, order), order.side, view)
  desk.notes.unfilledHandled++
  // Where the style gives the price it already has, it keeps its place in the queue.
  if (priced?.type !== 'limit' || priced.limit === order.limit) return
  const made = wish(desk, {
    instrument: order.instrument,
    venue: order.venue,
    side: order.side,
    type: 'limit',
    timeInForce: order.timeInForce,
    limit: priced.limit,
    quantity: openQuantity(order),
    purpose: order.purpose,
    reason: order.reason,
    replaces: order.id,
  })
  if (!made.ok) return refuse(desk, order.instrument, order.side, 'unfilled', made.error)
  desk.chased.set(made.value.id, { times: attempt, at: desk.notes.now })
  tell(
    desk,
    'info',
    `${nameOf(desk, order.instrument)} 미체결 정정 ${order.limit} → ${priced.limit} (${attempt}회)`,
    `${nameOf(desk, order.instrument)}: re-priced ${order.limit} → ${priced.limit} (${attempt})`,
  )
}
