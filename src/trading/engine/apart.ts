import type { InstrumentId } from '../../model/ids.ts'
import { perShare } from '../../model/money.ts'
import { type Order, openQuantity } from '../../model/order.ts'
import type { AccountReport } from '../../model/order-report.ts'
import { isOpen } from '../../model/order-table.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Difference } from '../ledger/compare.ts'
import { ask, type Desk } from './desk.ts'

/** The broker holds `by` shares more than our books (negative: fewer), in every account report since `since`, and was paid for them. */
export interface Apart {
  readonly instrument: InstrumentId
  readonly by: number
  readonly since: EpochMs
}

/** What was on the wire has come by then: a difference is judged when it still stands after so long. */
const STANDS_MS = 20_000
/** The order list may lag behind the account by as much: an answer from then on counts the fills in the difference. */
const LIST_LAGS_MS = 10_000
/** An order that ended so short a time ago may still have a fill to tell. */
const ENDED_MS = 30_000
/** Shares that no open order can explain wait for the answers on these no longer than this. */
const UNANSWERED_MS = 60_000

/** Takes the next report's differences over the last one's: the same number of shares stands on, another begins anew. */
export const stillApart = (
  before: readonly Apart[],
  differing: readonly Difference[],
  now: EpochMs,
): readonly Apart[] =>
  differing.flatMap(({ of, instrument, ours, theirs }) => {
    if (of !== 'quantity' || instrument === undefined) return []
    const by = theirs - ours
    const known = before.find((each) => each.instrument === instrument && each.by === by)
    return [known ?? { instrument, by, since: now }]
  })

/**
 * Traded by another hand, as far as can be told: it stood, and it is no fill of ours that we have not heard of. Each order
 * that had not ended long before may have filled unheard until the venue, asked, has told what became of it. Those without
 * an answer explain what lies within their open shares, and after a minute nothing beyond.
 */
export function isByAnotherHand(desk: Desk, { instrument, by, since }: Apart): boolean {
  const { now } = desk.notes
  if (now - since < STANDS_MS) return false
  const silent = suspects(desk, instrument, since)
  if (silent.length === 0) return true
  const open = (side: Order['side']) =>
    silent.reduce((sum, order) => sum + (order.side === side ? openQuantity(order) : 0), 0)
  return (by > open('buy') || -by > open('sell')) && now - since >= UNANSWERED_MS
}

/** Orders whose unheard fills can be the difference. One that the broker refused has none. */
const suspects = (desk: Desk, instrument: InstrumentId, since: EpochMs): readonly Order[] =>
  [...desk.orders.all()].filter(
    (order) =>
      order.instrument === instrument &&
      order.createdAt <= since &&
      openQuantity(order) > 0 &&
      order.status !== 'rejected' &&
      (order.confirmedAt ?? 0) < since + LIST_LAGS_MS &&
      (isOpen(order.status) || desk.notes.now - order.updatedAt < ENDED_MS),
  )

/** Fees and tax of any trade, generously. */
const COSTS_RATIO = 0.01

/**
 * Did as much money move as these shares are worth, at prices of the day? Shares that came or went without it are an answer
 * that failed, however often it comes: unknown is not none. What cash differed by before does not count (a deposit).
 */
export function isPaid(desk: Desk, report: AccountReport): boolean {
  const { apart, cashApart } = desk.notes
  const moved = report.cash - desk.ledger.cash - cashApart
  let [least, most] = [0, 0]
  for (const { instrument, by } of apart) {
    const [low, high] = pricesOf(desk, report, instrument)
    least -= by * (by > 0 ? high * (1 + COSTS_RATIO) : low * (1 - COSTS_RATIO))
    most -= by * (by > 0 ? low : high)
  }
  return moved >= least && moved <= most
}

/** The band of the day; before it is known, far around what the shares have cost. */
function pricesOf(
  desk: Desk,
  report: AccountReport,
  instrument: InstrumentId,
): readonly [low: number, high: number] {
  const band = desk.market.of(instrument)?.band
  if (band) return [band.lower, band.upper]
  const held =
    report.holdings.find((holding) => holding.instrument === instrument) ??
    desk.ledger.positions.get(instrument)
  const average = held ? perShare(held.cost, held.quantity) : 0
  return [average / 2, average * 2]
}

/** Asks about every open order that may be the reason. */
export function askSuspects(desk: Desk): void {
  for (const { instrument } of desk.notes.apart)
    for (const order of desk.orders.openOf(instrument)) ask(desk, order)
}
