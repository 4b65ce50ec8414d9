import type { Price } from '../../model/money.ts'
import { type Order, type OrderIntent, type OrderType, openQuantity } from '../../model/order.ts'
import type { OrderStyle, UnfilledRule } from '../../model/settings.ts'
import { priceOf } from '../portfolio/style.ts'
import { buyRuleOf } from '../universe/candidates.ts'
import { cancelOrder, type Desk, nameOf, refuse, tell, wish } from './desk.ts'
import { draftOf } from './routing.ts'

/** What may rest in a book and is not meant to wait there: a conditional order waits for the close, a stop for its price. */
const CHASED: ReadonlySet<OrderType> = new Set(['limit', 'best', 'priority', 'mid'])
const MARKET: OrderStyle = { kind: 'market' }
/** A sale that stands in for a market order is priced anew so often, and less often once it has been this many times. */
const PRESS_EVERY_MS = 2_000
const MOST_PRESSES = 10
const PRESS_SLOWLY_MS = 10_000

/** 미체결 관리, once a second: what has waited long enough is turned to market, re-priced or cancelled. */
export function chaseUnfilled(desk: Desk): void {
  for (const order of desk.orders.open()) {
    if (order.status !== 'working' || !CHASED.has(order.type)) continue
    const chased = desk.chased.get(order.id)
    const waited = desk.notes.now - (chased?.at ?? order.createdAt)
    if (order.insteadOfMarket && order.side === 'sell') {
      if (waited >= pressAfter(chased?.times ?? 0)) press(desk, order)
      continue
    }
    const rule = order.side === 'buy' ? desk.settings.unfilled.buy : desk.settings.unfilled.sell
    if (waited < rule.afterMs || isManual(order)) continue
    chase(desk, order, rule)
  }
}

const pressAfter = (times: number): number => (times < MOST_PRESSES ? PRESS_EVERY_MS : PRESS_SLOWLY_MS)

/** What a person placed by hand stays as it was placed. */
const isManual = ({ purpose }: Order): boolean =>
  purpose.to === 'enter' ? purpose.condition === undefined : purpose.kind === 'manual'

/** A new number for it is under way. */
export const isAmended = (desk: Desk, order: Order): boolean =>
  desk.orders.openOf(order.instrument).some((other) => other.replaces === order.id)

/**
 * It was to leave at once: it follows the bid down, and where another route or a market order has become possible it is
 * cancelled and sent there. While no session takes anything new it rests.
 */
function press(desk: Desk, order: Order): void {
  const view = desk.market.of(order.instrument)
  const draft = view && draftOf(desk, view, order.side, MARKET, order.purpose)
  if (!draft?.isOpen || isAmended(desk, order)) return
  const times = (desk.chased.get(order.id)?.times ?? 0) + 1
  desk.chased.set(order.id, { times, at: desk.notes.now })
  if (times === MOST_PRESSES) tellStuck(desk, order)
  if (order.type === 'limit' && draft.type === 'limit' && draft.venue === order.venue)
    return amendTo(desk, order, draft.limit, times)
  if (cancelOrder(desk, order, { then: 'market' })) desk.notes.unfilledHandled++
}

const tellStuck = (desk: Desk, order: Order): void =>
  tell(
    desk,
    'urgent',
    `${nameOf(desk, order.instrument)} 매도가 ${MOST_PRESSES}번 정정해도 체결되지 않습니다 (남은 ${openQuantity(order)}주)`,
    `${nameOf(desk, order.instrument)}: the sale is unfilled after ${MOST_PRESSES} new prices (${openQuantity(order)} left)`,
  )

/** Every attempt counts and begins the wait anew, whatever comes of it: a venue that refuses is not asked every second. */
function chase(desk: Desk, order: Order, rule: UnfilledRule): void {
  if (isAmended(desk, order)) return
  const times = desk.chased.get(order.id)?.times ?? 0
  const isSpent = times >= rule.times || order.type !== 'limit' // An amend gives a price, which these types do not have.
  const step = rule.then === 'reprice' && isSpent ? rule.finally : rule.then
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
  amendTo(desk, order, priced && 'limit' in priced ? priced.limit : undefined, attempt)
}

function amendTo(desk: Desk, order: Order, limit: Order['limit'], attempt: number): void {
  desk.notes.unfilledHandled++
  // At the price it already has, it keeps its place in the queue.
  if (limit === undefined || limit === order.limit) return
  const made = wish(desk, amendedIntent(order, limit))
  if (!made.ok) return refuse(desk, order.instrument, order.side, 'unfilled', made.error)
  desk.chased.set(made.value.id, { times: attempt, at: desk.notes.now })
  tell(
    desk,
    'info',
    `${nameOf(desk, order.instrument)} 미체결 정정 ${order.limit} → ${limit} (${attempt}회)`,
    `${nameOf(desk, order.instrument)}: re-priced ${order.limit} → ${limit} (${attempt})`,
  )
}

/** All that is open of an order, at another price. */
export const amendedIntent = (order: Order, limit: Price): OrderIntent => ({
  instrument: order.instrument,
  venue: order.venue,
  side: order.side,
  type: 'limit',
  timeInForce: order.timeInForce,
  limit,
  quantity: openQuantity(order),
  purpose: order.purpose,
  reason: order.reason,
  replaces: order.id,
  ...(order.insteadOfMarket ? { insteadOfMarket: true } : {}),
})
