import type { Denial } from '../../model/denial.ts'
import { currencyOf, localTimeOfDay } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { ScreenHit } from '../../model/market-event.ts'
import type { Price } from '../../model/money.ts'
import type { ExitKind, Order } from '../../model/order.ts'
import type { Position } from '../../model/position.ts'
import type { OrderStyle, SellRule } from '../../model/settings.ts'
import { sentenceOf } from '../notify/sentences.ts'
import { priceWords } from '../notify/words.ts'
import { atrStopOf, boundsOf, exitFor, stopPriceOf, track } from '../portfolio/exits.ts'
import { takeProfitLevel } from '../portfolio/levels.ts'
import { insideWindow } from '../universe/candidates.ts'
import { inExitTerms } from './carrying.ts'
import { cancelOrder, type Desk, type ExitWish, nameOf, refuse, sellableOf, tell, wish } from './desk.ts'
import { letRestingFill } from './protecting.ts'
import { draftOf, orderPart } from './routing.ts'

/** A denied or refused exit is tried again after so long: not at every tick, and never much later. */
const RETRY_MS = 1_000
/** Whatever the broker asks for, a stop is not kept waiting longer. */
const LONGEST_RETRY_MS = 5_000

/** Stops, fired by a price that went against us. */
export const STOPS: ReadonlySet<ExitKind> = new Set(['stopLoss', 'trailing', 'atr'])
/** These cannot wait for the other exits, and a person hears when they are held up. */
const URGENT: ReadonlySet<ExitKind> = new Set([...STOPS, 'flatten', 'manual', 'endOfDay'])

/** A price moved: does a held position have to go? Costs two comparisons while nothing can fire. */
export function onPrice(desk: Desk, instrument: InstrumentId, last: number): void {
  const bounds = desk.bounds.get(instrument)
  if (bounds && last > bounds.below && last < bounds.above) return
  const position = desk.ledger.positions.get(instrument)
  if (position) reconsider(desk, position)
}

/** Looks at one position with all its rules. Called on a price outside its bounds and once a second. */
export function reconsider(desk: Desk, position: Position): void {
  const wished = desk.exitWishes.get(position.instrument)
  const due = dueExit(desk, position)
  const exit = due && URGENT.has(due.kind) && !(wished && URGENT.has(wished.kind)) ? due : (wished ?? due)
  if (exit) leave(desk, position.instrument, exit)
}

/** Where the exits of a position lie. */
export interface ExitLevels {
  /** At or below it a protective exit fires; 0 when none is set. */
  readonly stop: Price
  /** At or above it the take-profit fires. */
  readonly target: Price | undefined
  /** Above it a new high has to be remembered. */
  readonly high: Price
}

/** As of the last price; `undefined` while the instrument is not held or not described. */
export function exitLevels(desk: Desk, instrument: InstrumentId): ExitLevels | undefined {
  const held = desk.ledger.positions.get(instrument)
  const view = desk.market.of(instrument)
  if (!held || !view) return undefined
  const { exits: settings } = desk.settings
  const tracked = desk.tracked.get(instrument) ?? { high: view.last, highAt: desk.notes.now }
  const atr = settings.atr && desk.market.atr(instrument, settings.atr.period)
  const question = { position: inExitTerms(desk, held), tracked, atr, settings }
  return { stop: stopPriceOf(question), target: takeProfitLevel(question), high: tracked.high }
}

/** The exit that its rules ask for now. Without a price only the clock decides. */
function dueExit(desk: Desk, held: Position): ExitWish | undefined {
  const { instrument } = held
  const view = desk.market.of(instrument)
  if (!view) return undefined
  const position = inExitTerms(desk, held)
  const { exits } = desk.settings
  const atr = exits.atr && desk.market.atr(instrument, exits.atr.period)
  const high = track(desk.tracked.get(instrument), view.last, desk.notes.now)
  const stop = atrStopOf({ position, tracked: high, atr, settings: exits })
  const tracked = track(high, view.last, desk.notes.now, stop)
  desk.tracked.set(instrument, tracked)
  const question = { position, tracked, view, atr, now: desk.notes.now, settings: exits }
  desk.bounds.set(instrument, boundsOf(question))
  const exit = exitFor(question)
  return exit && { style: styleOf(desk, exit.kind), ...exit }
}

/** A sell condition took a held instrument in. */
export function onSellHit(desk: Desk, hit: ScreenHit, rule: SellRule): void {
  desk.candidates.countSellHit(hit.condition, desk.notes.now)
  if (!desk.ledger.positions.has(hit.instrument)) return
  const source = `${rule.condition} ${rule.name}`
  if (!rule.enabled) return refuse(desk, hit.instrument, 'sell', source, { code: 'conditionDisabled' })
  if (!insideWindow(rule.window, desk.venue, desk.notes.now))
    return refuse(desk, hit.instrument, 'sell', source, {
      code: 'outsideConditionWindow',
      now: localTimeOfDay(desk.venue, desk.notes.now),
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
  return STOPS.has(kind) ? desk.settings.exits.protectiveOrder : desk.settings.exits.order
}

/** Sells what no open order binds. Orders in the way are cancelled; what they free is sold when that is confirmed. */
function leave(desk: Desk, instrument: InstrumentId, exit: ExitWish): void {
  const { kind, reason } = exit
  if (!clearTheWay(desk, instrument, exit)) return
  if ((desk.exitRetryAt.get(instrument) ?? 0) > desk.notes.now) return
  const shares = sellableOf(desk, instrument)
  const view = desk.market.of(instrument)
  if (shares === 0 || !view) return
  const purpose = { to: 'exit', kind } as const
  const draft = draftOf(desk, view, 'sell', exit.style, purpose)
  if (!draft) return denied(desk, instrument, kind, { code: 'priceUnknown' })
  const made = wish(desk, {
    instrument,
    side: 'sell',
    quantity: shares,
    purpose,
    reason,
    ...orderPart(draft),
  })
  if (!made.ok) return denied(desk, instrument, kind, made.error)
  tell(
    desk,
    'info',
    `${nameOf(desk, instrument)} 매도 주문 ${shares}주 ${priceWords(made.value).ko} — ${reason}`,
    `Sell ${shares} ${nameOf(desk, instrument)} at ${priceWords(made.value).en}: ${kind}`,
  )
}

/** The clock will solve these. */
const WAITS: ReadonlySet<Denial['code']> = new Set(['wrongSession', 'extendedHoursOff'])

export function retryLater(desk: Desk, instrument: InstrumentId, askedMs = 0): void {
  const waitMs = Math.min(Math.max(RETRY_MS, askedMs), LONGEST_RETRY_MS)
  desk.exitRetryAt.set(instrument, desk.notes.now + waitMs)
}

/** An urgent exit that is held up is news for a person; the same refusal is told once. */
function denied(desk: Desk, instrument: InstrumentId, kind: ExitKind, denial: Denial): void {
  retryLater(desk, instrument)
  const last = desk.notes.refusals.findLast((r) => r.instrument === instrument && r.side === 'sell')
  if (last?.denial.code === denial.code && last.source === kind) return
  refuse(desk, instrument, 'sell', kind, denial)
  if (!URGENT.has(kind)) return
  const sentence = sentenceOf(denial, currencyOf(desk.venue))
  if (WAITS.has(denial.code))
    return tell(
      desk,
      'urgent',
      `${nameOf(desk, instrument)} ${kind} 매도가 기다립니다: ${sentence.ko}. 받는 장이 열리면 바로 나갑니다`,
      `The ${kind} sale of ${nameOf(desk, instrument)} waits for a session that takes it: ${sentence.en}`,
    )
  tell(
    desk,
    'urgent',
    `${nameOf(desk, instrument)} ${kind} 매도가 막혔습니다: ${sentence.ko}`,
    `The ${kind} sale of ${nameOf(desk, instrument)} is blocked: ${sentence.en}`,
  )
}

/**
 * Cancels our own orders that keep this instrument from being sold: every buy, and the sales that give way. False: a
 * buy is still open, against which nothing may be sold.
 */
function clearTheWay(desk: Desk, instrument: InstrumentId, exit: ExitWish): boolean {
  const open = desk.orders.openOf(instrument)
  if (STOPS.has(exit.kind) && letRestingFill(desk, instrument, open)) return false
  for (const order of open)
    if (order.side === 'buy' || (givesWay(order, exit) && mayWithdraw(desk, order, exit)))
      cancelOrder(desk, order, { then: 'nothing' })
  return open.every(({ side }) => side === 'sell')
}

/**
 * A limit sale gives way to an urgent exit, a stop's own limit only to one at market. A market sale is on its way out as
 * fast as can be, under whatever reason, and so is one that stands in for it. A stop-limit at the venue gives way to any exit.
 */
function givesWay({ type, purpose, insteadOfMarket }: Order, exit: ExitWish): boolean {
  if (type === 'stopLimit') return true
  const isStop = purpose.to === 'exit' && STOPS.has(purpose.kind)
  const isOnItsWay = type === 'market' || insteadOfMarket === true
  return URGENT.has(exit.kind) && !isOnItsWay && (exit.style.kind === 'market' || !isStop)
}

/** What protects at the venue is not taken away for a sale that no session takes now. */
function mayWithdraw(desk: Desk, { type, instrument }: Order, { kind, style }: ExitWish): boolean {
  if (type !== 'stopLimit') return true
  const view = desk.market.of(instrument)
  return (view && draftOf(desk, view, 'sell', style, { to: 'exit', kind })?.isOpen) ?? false
}

/** Forgets everything about a position that is gone. */
export function forgetPosition(desk: Desk, instrument: InstrumentId): void {
  desk.tracked.delete(instrument)
  desk.bounds.delete(instrument)
  desk.exitWishes.delete(instrument)
  desk.exitRetryAt.delete(instrument)
  desk.resting.delete(instrument)
}
