import type { Denial } from '../../model/denial.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Description, DescriptionFailed, ScreenHit } from '../../model/market-event.ts'
import { krw, type Money, price, quantity } from '../../model/money.ts'
import type { Order, OrderIntent } from '../../model/order.ts'
import type { BuyRule } from '../../model/settings.ts'
import { priceWords } from '../notify/words.ts'
import { sizeBuy } from '../portfolio/size.ts'
import { inTurn } from '../portfolio/style.ts'
import { review } from '../risk/review.ts'
import { buyRuleOf, type Candidate, type EntryWish } from '../universe/candidates.ts'
import { cancelOrder, type Desk, lastPrice, nameOf, refuse, riskViewOf, tell, wish } from './desk.ts'
import { aimBoard, draftOf, orderPart, routeOf } from './routing.ts'

/** A price younger than this needs no new basic information. */
const FRESH_MS = 3_000

/** 편입: basic information, checks, quantity = amount ÷ price with fees, order. */
export function onEnter(desk: Desk, hit: ScreenHit, rule: BuyRule, said?: EntryWish): void {
  const source = `${rule.condition} ${rule.name}`
  const known = desk.candidates.waiting().find((candidate) => candidate.instrument === hit.instrument)
  const entered = desk.candidates.enter(hit, rule, desk.notes.now, said)
  if ('code' in entered) return refuse(desk, hit.instrument, 'buy', source, entered)
  if (entered === known) return
  const early = denialWithoutPrice(desk, hit.instrument, rule)
  if (early) {
    desk.candidates.settle(entered, false)
    return refuse(desk, hit.instrument, 'buy', source, early)
  }
  const view = desk.market.of(hit.instrument)
  if (view && view.last > 0 && desk.notes.now - view.pricedAt < FRESH_MS) {
    desk.candidates.ready(hit.instrument)
    decideCandidates(desk)
  } else if (!known) desk.out.push({ do: 'describe', instrument: hit.instrument })
}

const TOLD_BY_DESCRIPTION: ReadonlySet<Denial['code']> = new Set(['instrumentUnknown', 'notOnNxt'])

/** What needs no price is checked before a query is spent on it. */
function denialWithoutPrice(desk: Desk, instrument: InstrumentId, rule: BuyRule): Denial | undefined {
  const purpose = { to: 'enter', condition: rule.condition } as const
  const types = inTurn(rule.order, 'buy').map(({ kind }) => kind)
  const { venue, type } = routeOf(desk, desk.market.of(instrument), types, purpose)
  const probe: OrderIntent = {
    instrument,
    venue,
    side: 'buy',
    type,
    timeInForce: 'day',
    quantity: quantity(1),
    purpose,
    reason: '',
  }
  const reviewed = review(probe, riskViewOf(desk, probe, undefined))
  return reviewed.ok || TOLD_BY_DESCRIPTION.has(reviewed.error.code) ? undefined : reviewed.error
}

/** 편출: gives up the candidate, and cancels its unfilled order where the rule says so. */
export function onLeave(desk: Desk, hit: ScreenHit, rule: BuyRule): void {
  if (desk.candidates.leave(hit))
    refuse(desk, hit.instrument, 'buy', `${rule.condition} ${rule.name}`, { code: 'leftBeforeOrder' })
  if (!rule.cancelOnLeave) return
  for (const order of desk.orders.openOf(hit.instrument)) {
    if (order.side !== 'buy' || order.purpose.to !== 'enter' || order.purpose.condition !== rule.condition)
      continue
    if (cancelOrder(desk, order, { then: 'nothing' }))
      tell(
        desk,
        'info',
        `${nameOf(desk, hit.instrument)} 편출: 미체결 매수 취소 (${rule.name})`,
        `${nameOf(desk, hit.instrument)} left ${rule.name}: cancelling its unfilled buy`,
      )
  }
}

export function onDescription(desk: Desk, event: Description): void {
  aimBoard(desk, event.instrument)
  desk.candidates.ready(event.instrument)
  decideCandidates(desk)
}

export function onDescriptionFailed(desk: Desk, event: DescriptionFailed): void {
  const candidate = desk.candidates.drop(event.instrument)
  if (candidate) refuse(desk, event.instrument, 'buy', candidate.condition, { code: 'instrumentUnknown' })
}

const freePlaces = (desk: Desk): number => {
  const buying = new Set(
    desk.orders
      .open()
      .filter((order) => order.side === 'buy' && !desk.ledger.positions.has(order.instrument))
      .map((order) => order.instrument),
  )
  return desk.settings.limits.maxPositions - desk.ledger.positions.size - buying.size
}

/** Decides every candidate whose turn has come, best first. */
export function decideCandidates(desk: Desk): void {
  for (;;) {
    const candidate = desk.candidates.next(freePlaces(desk), desk.notes.now)
    if (!candidate) return
    const rule = buyRuleOf(desk.settings, candidate.condition)
    const bought = rule ? buy(desk, candidate, rule) : ({ code: 'conditionDisabled' } as const)
    desk.candidates.settle(candidate, !('code' in bought))
    if ('code' in bought)
      refuse(desk, candidate.instrument, 'buy', `${candidate.condition} ${rule?.name ?? ''}`.trim(), bought)
  }
}

function buy(desk: Desk, candidate: Candidate, rule: BuyRule): Order | Denial {
  const view = desk.market.of(candidate.instrument)
  if (!view) return { code: 'instrumentUnknown' }
  const purpose = { to: 'enter', condition: rule.condition } as const
  const draft = draftOf(desk, view, 'buy', rule.order, purpose)
  if (!draft) return { code: 'priceUnknown' }
  const each = draft.limit ?? (view.ask > 0 ? view.ask : view.last)
  const amount = amountOf(desk, rule, candidate.wish?.weightRatio)
  const shares = sizeBuy({ amount, each, schedule: desk.schedule })
  if (shares === 0) return { code: 'quantityZero', amount, price: each }
  const made = wish(desk, {
    instrument: candidate.instrument,
    side: 'buy',
    quantity: shares,
    purpose,
    reason: candidate.wish?.reason ?? `조건 '${rule.name}' 편입`,
    ...orderPart(draft),
  })
  if (!made.ok) return made.error
  const order = made.value
  tell(
    desk,
    'info',
    `${nameOf(desk, order.instrument)} 매수 주문 ${order.quantity}주 ${priceWords(order).ko} — ${order.reason}`,
    `Buy ${order.quantity} ${nameOf(desk, order.instrument)} at ${priceWords(order).en}: entered ${rule.name}`,
  )
  return order
}

function amountOf(desk: Desk, rule: BuyRule, weightRatio: number | undefined): Money {
  if (weightRatio === undefined && rule.amount.kind === 'krw') return rule.amount.krw
  const ratio = weightRatio ?? (rule.amount.kind === 'equityRatio' ? rule.amount.ratio : 0)
  const equity = desk.ledger.equity((id) => {
    const last = lastPrice(desk, id)
    return last > 0 ? last : price(0)
  })
  return krw(Math.floor(equity * ratio))
}

/** Gives up candidates whose basic information never came. */
export function dropOverdue(desk: Desk): void {
  for (const candidate of desk.candidates.overdue(desk.notes.now)) {
    desk.candidates.settle(candidate, false)
    refuse(desk, candidate.instrument, 'buy', candidate.condition, { code: 'instrumentUnknown' })
  }
}
