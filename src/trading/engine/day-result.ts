import type { InstrumentId } from '../../model/ids.ts'
import {
  floorShare,
  krw,
  type Money,
  minus,
  notional,
  plus,
  type Quantity,
  quantity,
} from '../../model/money.ts'
import type { Desk } from './desk.ts'

/** What the day began with of an instrument: the shares, and what they had cost. */
export interface Overnight {
  readonly quantity: Quantity
  readonly cost: Money
}

/** What is held when the books open is no purchase of today: what it won or lost until the last close belongs to earlier days. */
export function noteOvernight(desk: Desk): void {
  for (const { instrument, quantity, cost } of desk.ledger.positions.values())
    desk.overnight.set(instrument, { quantity, cost })
}

/** So many shares left by another hand: their result is no part of our books any more, of whatever day it was. */
export function forgetOvernight(desk: Desk, instrument: InstrumentId, gone: number): void {
  const begun = desk.overnight.get(instrument)
  if (!begun || gone <= 0) return
  const left = Math.max(0, begun.quantity - gone)
  const cost = floorShare(begun.cost, { numerator: left, denominator: begun.quantity })
  if (left === 0) desk.overnight.delete(instrument)
  else desk.overnight.set(instrument, { quantity: quantity(left), cost })
}

/** Of all that is held, at its last price against what it cost. */
export function unrealizedPnl({ ledger, market }: Desk): Money {
  let sum = 0
  for (const { instrument, quantity, cost } of ledger.positions.values()) {
    const view = market.of(instrument)
    if (view && view.last > 0) sum += notional(view.last, quantity) - cost
  }
  return krw(sum)
}

/**
 * The result of the day alone: what was realised and what is held, less what the shares of the evening before had won or lost
 * against their cost by the last close. That close is the base price of the day (기준가), which the exchange adjusts for
 * corporate actions; an instrument that was not described yet counts for nothing on either side.
 */
export function dayPnl(desk: Desk): Money {
  let before = 0
  for (const [instrument, { quantity, cost }] of desk.overnight) {
    const view = desk.market.of(instrument)
    if (view && view.last > 0) before += notional(view.basePrice, quantity) - cost
  }
  return minus(plus(desk.ledger.realizedPnl, unrealizedPnl(desk)), krw(before))
}
