import type { Order } from '../../model/order.ts'
import type { AccountReport, OrderReport } from '../../model/order-report.ts'
import { isOpen } from '../../model/order-table.ts'
import type { VenueError } from '../../model/venue-error.ts'
import { type Outcome, unfilled } from '../execution/orders.ts'
import { noticeOf, noticeOfExit, noticeOfFill } from '../notify/notice.ts'
import { ask, type Desk, holdOf, nameOf, refuse, sendCancel, tell, tellTold, wish } from './desk.ts'
import { forgetPosition, reconsider } from './leaving.ts'
import { CANCEL_PATIENCE_MS } from './unfilled.ts'

/** An order in doubt is asked about again after so long. */
const ASK_AGAIN_MS = 3_000
/** The broker's word on cash and holdings is compared this often. */
const ACCOUNT_EVERY_MS = 30_000

/** What the venue says of our orders → order life, ledger, and what follows from it. */
export function onReport(desk: Desk, report: OrderReport): void {
  if (report.kind === 'foreign')
    return tell(
      desk,
      'warning',
      `다른 곳에서 낸 주문이 있습니다: ${nameOf(desk, report.instrument)} ${report.side} (주문번호 ${report.venueOrderId})`,
      `An order from elsewhere: ${report.side} ${report.instrument} (number ${report.venueOrderId})`,
    )
  const outcome = desk.orders.apply(report)
  if (outcome) onOutcome(desk, outcome)
}

function onOutcome(desk: Desk, outcome: Outcome): void {
  switch (outcome.did) {
    case 'filled':
      return onFilled(desk, outcome)
    case 'accepted':
      if (outcome.order.side === 'buy') desk.ledger.hold(outcome.order.id, holdOf(desk, outcome.order))
      return
    case 'ended':
      return onEnded(desk, outcome.order, outcome.error)
    case 'doubted':
      tellTold(desk, noticeOf({ ...about(desk, outcome.order, outcome.error), of: 'orderInDoubt' }))
      return ask(desk, outcome.order)
    case 'cancelRefused':
      // It filled, or it is gone: the venue's list tells which.
      desk.afterCancel.delete(outcome.order.id)
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
  if (trip) tellTold(desk, noticeOfExit(name, trip))
  if (!desk.ledger.positions.has(order.instrument)) forgetPosition(desk, order.instrument)
  if (!isOpen(order.status)) settleOrder(desk, order)
}

/** Common to every way an order can end. */
function settleOrder(desk: Desk, order: Order): void {
  desk.chased.delete(order.id)
  desk.afterCancel.delete(order.id)
  if (desk.leaving.get(order.instrument)?.orderId === order.id) desk.leaving.delete(order.instrument)
}

function onEnded(desk: Desk, order: Order, error: (Outcome & { did: 'ended' })['error']): void {
  if (order.side === 'buy') desk.ledger.release(order.id)
  const after = desk.afterCancel.get(order.id)
  settleOrder(desk, order)
  if (error) tellTold(desk, noticeOf({ ...about(desk, order, error), of: 'orderRefused' }))
  if (after?.then === 'market' && order.status === 'cancelled') toMarket(desk, order)
  const position = desk.ledger.positions.get(order.instrument)
  if (position) reconsider(desk, position)
}

/** The second half of "to market": the cancel is confirmed, what never traded goes again without a price. */
function toMarket(desk: Desk, order: Order): void {
  const rest = unfilled(order)
  if (rest === 0) return
  const made = wish(desk, {
    instrument: order.instrument,
    venue: order.venue,
    side: order.side,
    type: 'market',
    timeInForce: 'day',
    quantity: rest,
    purpose: order.purpose,
    reason: order.reason,
    continues: order.id,
  })
  if (!made.ok) refuse(desk, order.instrument, order.side, 'unfilled', made.error)
  else if (order.purpose.to === 'exit')
    desk.leaving.set(order.instrument, { kind: order.purpose.kind, orderId: made.value.id })
}

/** Once a second: doubts are asked about again, cancels without an answer are repeated, the account is compared. */
export function settleOpenQuestions(desk: Desk): void {
  const { notes } = desk
  for (const order of desk.orders.open()) {
    const waited = notes.now - order.updatedAt
    if (order.status === 'inDoubt' && isDue(waited, ASK_AGAIN_MS)) ask(desk, order)
    if (order.status === 'cancelling' && isDue(waited, CANCEL_PATIENCE_MS)) {
      ask(desk, order)
      sendCancel(desk, order)
    }
  }
  if (Math.floor(notes.now / 1_000) % 10 === 0) describeUnknownHoldings(desk)
  const due = notes.accountKnown ? ACCOUNT_EVERY_MS : ASK_AGAIN_MS
  if (notes.now - notes.accountAskedAt < due) return
  notes.accountAskedAt = notes.now
  desk.out.push({ do: 'askAccount' })
}

/** True once per period on a clock that ticks every second. */
const isDue = (waited: number, every: number): boolean => waited >= every && waited % every < 1_000

/** The broker's word: opens the ledger, and is compared with it ever after. It never overwrites what we know. */
export function onAccount(desk: Desk, report: AccountReport): void {
  const { notes } = desk
  if (!notes.accountKnown) {
    notes.accountKnown = true
    openBooks(desk, report)
    return tell(
      desk,
      'info',
      `계좌 확인: 예수금(D+2) ${report.cash.toLocaleString('ko-KR')}원, 보유 ${report.holdings.length}종목`,
      `Account: ${report.cash.toLocaleString('en-US')} won after settlement, ${report.holdings.length} holdings`,
    )
  }
  // Fills may be on the wire while the account was read: a difference counts only when it stays.
  if (notes.lastFillAt >= notes.accountAskedAt) return
  // Brokers round an average price in their own way: a cost that differs is no money lost.
  const differences = desk.ledger.reconcile(report).filter((difference) => difference.of !== 'cost')
  const text = differences.map((d) => `${d.what} ${d.ours} ${d.theirs}`).join()
  if (text === notes.lastDifference)
    for (const { what, ours, theirs } of differences)
      tellTold(desk, noticeOf({ of: 'ledgerDiffers', what, ours, theirs }))
  notes.lastDifference = text
}

function openBooks(desk: Desk, report: AccountReport): void {
  const carried = desk.opened.carried ?? []
  desk.ledger.open(report, carried)
  for (const { position, tracked } of carried) {
    const held = desk.ledger.positions.get(position.instrument)
    if (tracked && held?.quantity === position.quantity) desk.tracked.set(position.instrument, tracked)
  }
  describeUnknownHoldings(desk)
}

/** A position can be protected only once its listing, base price and band are known. */
export function describeUnknownHoldings(desk: Desk): void {
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
