import type { InstrumentId } from '../../model/ids.ts'
import type { ScreenHit } from '../../model/market-event.ts'
import type { ExitKind } from '../../model/order.ts'
import type { Position } from '../../model/position.ts'
import type { OrderStyle, SellRule } from '../../model/settings.ts'
import { kstTimeOfDay } from '../../model/time.ts'
import { sentenceOf } from '../notify/sentences.ts'
import { atrStopOf, boundsOf, exitFor, track } from '../portfolio/exits.ts'
import { priceOf } from '../portfolio/style.ts'
import { insideWindow } from '../universe/candidates.ts'
import { cancelOrder, type Desk, type ExitWish, nameOf, refuse, sellableOf, tell, wish } from './desk.ts'

/** A denied or refused exit is tried again after so long; its price may have moved on, so never much longer. */
const RETRY_MS = 1_000

const PROTECTIVE: ReadonlySet<ExitKind> = new Set(['stopLoss', 'trailing', 'atr', 'flatten', 'manual'])

/** A price moved: does a held position have to go? Costs two comparisons while nothing can fire. */
export function onPrice(desk: Desk, instrument: InstrumentId, last: number): void {
  const bounds = desk.bounds.get(instrument)
  if (bounds && last > bounds.below && last < bounds.above) return
  const position = desk.ledger.positions.get(instrument)
  if (position) reconsider(desk, position)
}

/** Looks at one position with all its rules. Called on a price outside its bounds and once a second. */
export function reconsider(desk: Desk, position: Position): void {
  const { instrument } = position
  const view = desk.market.of(instrument)
  const wished = desk.exitWishes.get(instrument)
  if (wished) return leave(desk, instrument, wished)
  if (!view || view.last === 0) return
  const { exits } = desk.settings
  const atr = exits.atr && desk.market.atr(instrument, exits.atr.period)
  const high = track(desk.tracked.get(instrument), view.last, desk.notes.now)
  const stop = atrStopOf({ position, tracked: high, atr, settings: exits })
  const tracked = track(high, view.last, desk.notes.now, stop)
  desk.tracked.set(instrument, tracked)
  const question = { position, tracked, view, atr, now: desk.notes.now, settings: exits }
  desk.bounds.set(instrument, boundsOf(question))
  const exit = exitFor(question)
  if (exit) leave(desk, instrument, { ...exit, style: styleOf(desk, exit.kind) })
}

/** A sell condition took a held instrument in. */
export function onSellHit(desk: Desk, hit: ScreenHit, rule: SellRule): void {
  desk.candidates.countSellHit(hit.condition, desk.notes.now)
  if (!desk.ledger.positions.has(hit.instrument)) return
  const source = `${rule.condition} ${rule.name}`
  if (!rule.enabled) return refuse(desk, hit.instrument, 'sell', source, { code: 'conditionDisabled' })
  if (!insideWindow(rule.window, desk.notes.now))
    return refuse(desk, hit.instrument, 'sell', source, {
      code: 'outsideConditionWindow',
      now: kstTimeOfDay(desk.notes.now),
      from: rule.window.from,
      to: rule.window.to,
    })
  wishExit(desk, hit.instrument, {
    kind: 'condition',
    reason: `매도 조건 '${rule.name}' 편입`,
    style: rule.order,
  })
}

/** Leaves now, and goes on trying until the position is gone. */
export function wishExit(desk: Desk, instrument: InstrumentId, exit: ExitWish): void {
  desk.exitWishes.set(instrument, exit)
  leave(desk, instrument, exit)
}

const styleOf = (desk: Desk, kind: ExitKind): OrderStyle => {
  if (kind === 'endOfDay') return { kind: 'market' }
  return PROTECTIVE.has(kind) ? desk.settings.exits.protectiveOrder : desk.settings.exits.order
}

/** Sells what can be sold. Orders in the way are cancelled first; the next tick or second tries again. */
function leave(desk: Desk, instrument: InstrumentId, exit: ExitWish): void {
  const { kind, reason } = exit
  if ((desk.exitRetryAt.get(instrument) ?? 0) > desk.notes.now) return
  if (inTheWay(desk, instrument, kind)) return
  const shares = sellableOf(desk, instrument)
  const view = desk.market.of(instrument)
  if (shares === 0 || !view) return
  const priced = priceOf(exit.style, 'sell', view)
  desk.exitRetryAt.set(instrument, desk.notes.now + RETRY_MS)
  if (!priced) return refuse(desk, instrument, 'sell', kind, { code: 'priceUnknown' })
  const made = wish(desk, {
    instrument,
    venue: desk.venue,
    side: 'sell',
    type: priced.type,
    timeInForce: 'day',
    ...(priced.type === 'limit' ? { limit: priced.limit } : {}),
    quantity: shares,
    purpose: { to: 'exit', kind },
    reason,
  })
  if (!made.ok) return denied(desk, instrument, kind, made.error)
  desk.leaving.set(instrument, { kind, orderId: made.value.id })
  tell(
    desk,
    'info',
    `${nameOf(desk, instrument)} 매도 주문 ${shares}주 ${made.value.limit ?? '시장가'} — ${reason}`,
    `Sell ${shares} ${nameOf(desk, instrument)} at ${made.value.limit ?? 'market'}: ${kind}`,
  )
}

/** A protective exit that risk refuses is news for a person; the same refusal is told once. */
function denied(
  desk: Desk,
  instrument: InstrumentId,
  kind: ExitKind,
  denial: Parameters<typeof refuse>[4],
): void {
  const last = desk.notes.refusals.findLast((r) => r.instrument === instrument && r.side === 'sell')
  if (last?.denial.code === denial.code && last.source === kind) return
  refuse(desk, instrument, 'sell', kind, denial)
  if (!PROTECTIVE.has(kind)) return
  const sentence = sentenceOf(denial)
  tell(
    desk,
    'urgent',
    `${nameOf(desk, instrument)} ${kind} 매도가 막혔습니다: ${sentence.ko}`,
    `The ${kind} sale of ${nameOf(desk, instrument)} is blocked: ${sentence.en}`,
  )
}

/**
 * Our own orders of this instrument that keep it from being sold now. True: wait for them. Buys are cancelled, and a
 * slower exit gives way to a protective one: what is left of it leaves under the new reason.
 */
function inTheWay(desk: Desk, instrument: InstrumentId, kind: ExitKind): boolean {
  const open = desk.orders.openOf(instrument)
  for (const order of open) {
    const slower = order.purpose.to === 'exit' && !PROTECTIVE.has(order.purpose.kind) && PROTECTIVE.has(kind)
    if (order.side === 'buy' || slower) cancelOrder(desk, order, 'nothing')
  }
  return open.length > 0
}

/** Forgets everything about a position that is gone. */
export function forgetPosition(desk: Desk, instrument: InstrumentId): void {
  desk.tracked.delete(instrument)
  desk.bounds.delete(instrument)
  desk.leaving.delete(instrument)
  desk.exitWishes.delete(instrument)
  desk.exitRetryAt.delete(instrument)
}
