import { currencyOf } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import { minus, NO_WON, quantity } from '../../model/money.ts'
import { type Fill, type Order, openQuantity } from '../../model/order.ts'
import type { AccountReport, OrderReport } from '../../model/order-report.ts'
import { isOpen, type OrderStatus } from '../../model/order-table.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { Outcome } from '../execution/orders.ts'
import type { Difference } from '../ledger/compare.ts'
import { noticeOf, noticeOfExit, noticeOfFill } from '../notify/notice.ts'
import { amountWords } from './amount-words.ts'
import { askSuspects, isByAnotherHand, isPaid, stillApart } from './apart.ts'
import { explainSnapshot, hearing, noteForeign } from './buying-power.ts'
import { carriedInTodaysTerms, suspectActions } from './carrying.ts'
import { forgetOvernight, noteOvernight } from './day-result.ts'
import {
  ask,
  type Desk,
  holdOf,
  nameOf,
  pursueCancel,
  refuse,
  sendCancel,
  tell,
  tellTold,
  uncountBuy,
  wish,
} from './desk.ts'
import { forgetPosition, reconsider, retryLater, wishExit } from './leaving.ts'
import { restingRefused } from './protecting.ts'
import { draftOf, orderPart } from './routing.ts'

/**
 * An open order of which nothing was heard for so long is asked about, again and again: a push that got lost would leave
 * bought shares without a stop.
 */
const PATIENCE_MS: Partial<Record<OrderStatus, number>> = {
  inDoubt: 3_000,
  /** The cancel is also sent again, which is safe. */
  cancelling: 5_000,
  submitted: 10_000,
  working: 30_000,
}
/** Nothing may be sold of an instrument in doubt: after so long a person has to know. */
const DOUBT_ALARM_MS = 30_000
/** The broker's word on cash and holdings is compared this often, more often while the holdings differ, and while it is unknown. */
const ACCOUNT_EVERY_MS = 30_000
const ACCOUNT_DIFFERS_MS = 10_000
const ACCOUNT_AGAIN_MS = 3_000
const DESCRIBE_AGAIN_MS = 10_000
const MARKET = { kind: 'market' } as const

/** What the venue says of our orders → order life, ledger, and what follows from it. */
export function onReport(desk: Desk, report: OrderReport): void {
  if (report.kind === 'foreign') {
    noteForeign(desk, report)
    return tell(
      desk,
      'warning',
      `다른 곳에서 낸 주문이 있습니다: ${nameOf(desk, report.instrument)} ${report.side} (주문번호 ${report.venueOrderId})`,
      `An order from elsewhere: ${report.side} ${report.instrument} (number ${report.venueOrderId})`,
    )
  }
  const outcome = desk.orders.apply(report)
  if (outcome) hearing(desk, () => onOutcome(desk, outcome))
}

export function onOutcome(desk: Desk, outcome: Outcome): void {
  switch (outcome.did) {
    case 'filled':
      return onFilled(desk, outcome)
    case 'accepted':
      if (outcome.order.side === 'buy') desk.ledger.hold(outcome.order.id, holdOf(desk, outcome.order))
      return pursueCancel(desk, outcome.order)
    case 'ended':
      return onEnded(desk, outcome.order, outcome.error)
    case 'doubted':
      tellTold(desk, noticeOf({ ...about(desk, outcome.order, outcome.error), of: 'orderInDoubt' }))
      return ask(desk, outcome.order)
    case 'cancelRefused':
      // It filled, or it is gone: the venue's list tells which. Should it live, the wish to cancel it does too.
      return ask(desk, outcome.order)
    case 'cancelLost':
    case 'gap':
      return ask(desk, outcome.order)
    case 'repeated':
      return
    case 'unexpected':
      return tellTold(desk, noticeOf({ of: 'unexpected', what: `${outcome.orderId} ${outcome.what}` }))
  }
}

const about = (desk: Desk, order: Order, error: VenueError) => ({
  name: nameOf(desk, order.instrument),
  order,
  error,
})

function onFilled(desk: Desk, { before, order, fill }: Outcome & { did: 'filled' }): void {
  const held = desk.ledger.positions.has(order.instrument)
  const trips = desk.ledger.roundTrips.length
  findMissing(desk, fill)
  desk.ledger.post(fill, before)
  desk.notes.fills++
  desk.notes.lastFillAt = desk.notes.now
  if (order.side === 'buy') {
    if (isOpen(order.status)) desk.ledger.hold(order.id, holdOf(desk, order))
    else desk.ledger.release(order.id)
    if (!held) forgetPosition(desk, order.instrument)
    desk.bounds.delete(order.instrument)
  }
  const name = nameOf(desk, order.instrument)
  tellTold(desk, noticeOfFill(name, order, fill))
  const trip = desk.ledger.roundTrips.at(trips)
  if (trip) tellTold(desk, noticeOfExit(name, trip, currencyOf(desk.venue)))
  if (!desk.ledger.positions.has(order.instrument)) forgetPosition(desk, order.instrument)
  const exit = order.side === 'buy' && desk.afterCancel.get(order.id)?.exit
  if (exit) wishExit(desk, order.instrument, exit)
  if (isOpen(order.status)) pursueCancel(desk, order)
  else settleOrder(desk, order)
}

/** The venue sold more than our books hold: it is right, and the shares it knew of come in first. */
function findMissing(desk: Desk, fill: Fill): void {
  const held = desk.ledger.positions.get(fill.instrument)?.quantity ?? 0
  if (fill.side === 'buy' || fill.quantity <= held) return
  const missing = quantity(fill.quantity - held)
  desk.ledger.find(fill, missing)
  tellTold(
    desk,
    noticeOf({ of: 'ledgerDiffers', what: `quantity ${fill.instrument}`, ours: held, theirs: fill.quantity }),
  )
}

/** Common to every way an order can end. */
function settleOrder(desk: Desk, order: Order): void {
  desk.chased.delete(order.id)
  desk.afterCancel.delete(order.id)
}

function onEnded(desk: Desk, order: Order, error: (Outcome & { did: 'ended' })['error']): void {
  if (order.side === 'buy') desk.ledger.release(order.id)
  if (order.status === 'unsent') uncountBuy(desk, order)
  const after = desk.afterCancel.get(order.id)
  settleOrder(desk, order)
  if (error) {
    tellTold(desk, noticeOf({ ...about(desk, order, error), of: 'orderRefused' }))
    if (order.type === 'stopLimit') restingRefused(desk, order)
    else if (order.side === 'sell')
      retryLater(desk, order.instrument, 'retryAfterMs' in error ? error.retryAfterMs : 0)
  }
  if (after?.then === 'market' && order.status === 'cancelled') toMarket(desk, order)
  const position = desk.ledger.positions.get(order.instrument)
  if (position) reconsider(desk, position)
}

/** The second half of "to market": the cancel is confirmed, what never traded goes again, without a price where that is taken. */
function toMarket(desk: Desk, order: Order): void {
  const rest = openQuantity(order)
  if (rest === 0) return
  const view = desk.market.of(order.instrument)
  const draft = view && draftOf(desk, view, order.side, MARKET, order.purpose)
  if (!draft) return refuse(desk, order.instrument, order.side, 'unfilled', { code: 'priceUnknown' })
  const made = wish(desk, {
    ...orderPart(draft),
    instrument: order.instrument,
    side: order.side,
    quantity: rest,
    purpose: order.purpose,
    reason: order.reason,
    continues: order.id,
  })
  if (!made.ok) refuse(desk, order.instrument, order.side, 'unfilled', made.error)
}

/** Once a second: quiet orders are asked about, cancels without an answer repeated, the account is compared. */
export function settleOpenQuestions(desk: Desk): void {
  const { notes } = desk
  const elapsed = notes.now - notes.timerAt
  notes.timerAt = notes.now
  for (const order of desk.orders.open()) lookAfter(desk, order, elapsed)
  if (isDue(notes.now, DESCRIBE_AGAIN_MS, elapsed)) describeUnknownHoldings(desk)
  const known = notes.apart.length > 0 || notes.accountCrossed ? ACCOUNT_DIFFERS_MS : ACCOUNT_EVERY_MS
  const due = notes.accountKnown ? known : ACCOUNT_AGAIN_MS
  if (notes.now - notes.accountAskedAt < due) return
  notes.accountAskedAt = notes.now
  desk.out.push({ do: 'askAccount' })
}

function lookAfter(desk: Desk, order: Order, elapsed: number): void {
  const { status } = order
  const waited = desk.notes.now - order.updatedAt
  const patience = PATIENCE_MS[status]
  if (patience === undefined || !isDue(waited, patience, elapsed)) return
  ask(desk, order)
  if (status === 'cancelling') sendCancel(desk, order)
  if (status !== 'inDoubt' || waited < DOUBT_ALARM_MS || waited - elapsed >= DOUBT_ALARM_MS) return
  const name = nameOf(desk, order.instrument)
  tell(
    desk,
    'urgent',
    `${name} 주문 ${order.id}의 상태를 아직 알 수 없습니다. 확인될 때까지 이 종목은 매도도 나가지 않습니다`,
    `${name}: order ${order.id} is still in doubt; until it is settled nothing of it is sold, not even by a stop`,
  )
}

/** True once per period, however long the clock took since it ticked last. */
const isDue = (waited: number, every: number, elapsed: number): boolean =>
  Math.floor(waited / every) > Math.floor(Math.max(0, waited - elapsed) / every)

/** The broker's word: opens the ledger, and is compared with it ever after. */
export function onAccount(desk: Desk, report: AccountReport): void {
  const { notes } = desk
  const twice = report.holdings.find(({ instrument }, i) =>
    report.holdings.some((other, j) => j < i && other.instrument === instrument),
  )
  if (twice) return tellTold(desk, noticeOf({ of: 'unexpected', what: `account ${twice.instrument} twice` }))
  if (notes.accountKnown) {
    explainSnapshot(desk, report)
    return compareBooks(desk, report)
  }
  if (!isConfirmed(desk, report)) return
  notes.accountKnown = true
  openBooks(desk, report)
  const shown = amountWords(desk, report.cash)
  tell(
    desk,
    'info',
    `계좌 확인: 예수금(D+2) ${shown.ko}, 보유 ${report.holdings.length}종목`,
    `Account: ${shown.en} after settlement, ${report.holdings.length} holdings`,
  )
}

const NOTHING_AT_ALL = 'nothing at all'

/**
 * An account that lacks what was held yesterday may be an answer cut short: it has to be heard twice. One of nothing at all is
 * never believed: nothing can be traded with it, and books opened on it would miss what is there.
 */
function isConfirmed(desk: Desk, report: AccountReport): boolean {
  if (report.cash === 0 && report.holdings.length === 0) {
    if (desk.notes.lastDifference !== NOTHING_AT_ALL)
      tell(
        desk,
        'warning',
        '계좌에 현금도 종목도 없다고 합니다. 계속 다시 묻습니다',
        'The account is said to hold neither cash nor shares; asking again and again',
      )
    desk.notes.lastDifference = NOTHING_AT_ALL
    return false
  }
  const missing = (desk.opened.carried ?? [])
    .map(({ position }) => position.instrument)
    .filter((carried) => !report.holdings.some(({ instrument }) => instrument === carried))
    .join()
  const isHeard = missing === desk.notes.lastDifference
  desk.notes.lastDifference = isHeard ? '' : missing
  if (isHeard || missing === '') return true
  tell(
    desk,
    'warning',
    `계좌에 어제 보유하던 종목이 없습니다: ${missing}. 한 번 더 확인합니다`,
    `The account lacks what was held yesterday: ${missing}; asking once more`,
  )
  return false
}

/**
 * A difference counts only when it stays, since fills may be on the wire while the account was read. Cash alone is only
 * alarmed: there a fault of our own would show. Holdings are taken over once no fill of ours can be the difference
 * (somebody traded by phone): a stop for shares that are gone would be refused for ever, and shares that came have none.
 */
function compareBooks(desk: Desk, report: AccountReport): void {
  const { notes } = desk
  notes.accountCrossed = notes.lastFillAt >= notes.accountAskedAt
  if (notes.accountCrossed) return
  // Brokers round an average price in their own way: a cost that differs is no money lost.
  const differing = desk.ledger.reconcile(report).filter(({ of }) => of !== 'cost')
  notes.apart = stillApart(notes.apart, differing, notes.now)
  tellStanding(desk, differing)
  if (notes.apart.length === 0) {
    // No cash at all is an answer that failed, as it is with the holdings.
    if (report.cash > 0) notes.cashApart = minus(report.cash, desk.ledger.cash)
    return
  }
  askSuspects(desk)
  // An answer that failed says nothing of how long the shares differ: that begins with the first one that was paid.
  if (!isPaid(desk, report)) {
    notes.apart = []
    return
  }
  // Of several all at once or none: the cash of a fill under way cannot be told from that of another hand.
  if (!notes.apart.every((each) => isByAnotherHand(desk, each))) return
  adoptBooks(
    desk,
    report,
    notes.apart.map(({ instrument }) => instrument),
  )
}

function tellStanding(desk: Desk, differing: readonly Difference[]): void {
  const { notes } = desk
  const text = differing.map(({ what, ours, theirs }) => `${what} ${theirs - ours}`).join()
  const stands = text === notes.lastDifference
  notes.lastDifference = text
  if (!stands) return
  for (const { what, ours, theirs } of differing)
    tellTold(desk, noticeOf({ of: 'ledgerDiffers', what, ours, theirs }))
}

function adoptBooks(desk: Desk, report: AccountReport, changed: readonly InstrumentId[]): void {
  const before = new Map(changed.map((instrument) => [instrument, heldOf(desk, instrument)]))
  desk.ledger.adopt(report, changed.join())
  for (const [instrument, held] of before) forgetOvernight(desk, instrument, held - heldOf(desk, instrument))
  for (const instrument of changed)
    if (desk.ledger.positions.has(instrument)) desk.bounds.delete(instrument)
    else forgetPosition(desk, instrument)
  desk.notes.lastDifference = ''
  desk.notes.apart = []
  desk.notes.cashApart = NO_WON
  tell(
    desk,
    'urgent',
    `증권사 잔고로 원장을 정정했습니다: ${changed.join(', ')}`,
    `The books were corrected to the broker's holdings: ${changed.join(', ')}`,
  )
  describeUnknownHoldings(desk)
}

const heldOf = (desk: Desk, instrument: InstrumentId): number =>
  desk.ledger.positions.get(instrument)?.quantity ?? 0

function openBooks(desk: Desk, report: AccountReport): void {
  const carried = carriedInTodaysTerms(desk)
  desk.ledger.open(report, carried)
  noteOvernight(desk)
  suspectActions(desk, carried)
  for (const { position, tracked } of carried) {
    const held = desk.ledger.positions.get(position.instrument)
    if (tracked && held?.quantity === position.quantity) desk.tracked.set(position.instrument, tracked)
  }
  describeUnknownHoldings(desk)
}

/** A position can be protected only once its listing, base price and band are known. */
function describeUnknownHoldings(desk: Desk): void {
  for (const instrument of desk.ledger.positions.keys())
    if (!desk.market.of(instrument)) desk.out.push({ do: 'describe', instrument })
}

/** After a restart every order without an end is asked about, and so is the account. */
export function onRestarted(desk: Desk): void {
  const open = desk.orders.doubtUnanswered(desk.notes.now)
  for (const order of open) ask(desk, order)
  desk.notes.accountAskedAt = desk.notes.now
  desk.out.push({ do: 'askAccount' })
  tell(
    desk,
    'warning',
    `다시 시작했습니다: 미확인 주문 ${open.length}건을 증권사에 묻습니다`,
    `Restarted: asking the broker about ${open.length} open orders`,
  )
}
