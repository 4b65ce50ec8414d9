import { type CommissionSchedule, commissionSchedule, holdFor } from '../../model/charges.ts'
import type { Denial, Refusal } from '../../model/denial.ts'
import { type InstrumentId, type OrderId, orderId } from '../../model/ids.ts'
import type { Instrument, Venue } from '../../model/instrument.ts'
import {
  krw,
  type Money,
  minus,
  NO_WON,
  notional,
  plus,
  price,
  type Quantity,
  quantity,
} from '../../model/money.ts'
import type { HaltState } from '../../model/operator.ts'
import { type ExitKind, type Order, type OrderIntent, openQuantity } from '../../model/order.ts'
import { phaseOnRoute } from '../../model/route-rules.ts'
import type { OrderStyle, TradingSettings } from '../../model/settings.ts'
import type { TradingDay } from '../../model/time.ts'
import type { VenueOrder } from '../../ports/execution-client.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Result } from '../../std/result.ts'
import { createOrders, type Orders } from '../execution/orders.ts'
import { createAtr } from '../indicators/atr.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { createMarketView, type MarketView } from '../market/view.ts'
import type { Told } from '../notify/notice.ts'
import type { PriceBounds, Tracked } from '../portfolio/exit.ts'
import { review } from '../risk/review.ts'
import type { RiskView } from '../risk/rule.ts'
import { type Candidates, createCandidates } from '../universe/candidates.ts'
import type { Apart } from './apart.ts'
import { dayPnl, type Overnight } from './day-result.ts'
import type { Effect } from './effects.ts'
import type { Carried, Opened } from './events.ts'
import { type MoneyNotes, noMoneyNotes } from './money-notes.ts'
import type { Queues } from './queueing.ts'
import type { Happening } from './view.ts'

export interface ExitWish {
  readonly kind: ExitKind
  readonly reason: string
  readonly style: OrderStyle
}

/** This order is to be cancelled, as soon as it has a number, and then? */
export interface AfterCancel {
  readonly then: 'market' | 'nothing'
  /** What it buys until then leaves again at once. */
  readonly exit?: ExitWish
}

/** What is remembered of a position's protective order at the venue. */
export interface Resting {
  /** It is not placed or moved before then. */
  readonly nextAt: EpochMs
  /** When our own stop first fired while it was there: it gets a moment to fill. */
  readonly firedAt?: EpochMs
}

/** The counters and small memories of the day; plain data, saved as they are. */
export interface Notes extends MoneyNotes {
  now: EpochMs
  halt: HaltState
  buyingPaused: boolean
  accountKnown: boolean
  accountAskedAt: EpochMs
  /** The last account could not be compared: a fill came while it was read. */
  accountCrossed: boolean
  lastFillAt: EpochMs
  /** Text of the last difference to the broker's word, so that a passing one is not alarmed. */
  lastDifference: string
  /** Where the broker holds another number of shares. */
  apart: readonly Apart[]
  /** The broker's cash less ours when the holdings agreed last. */
  cashApart: Money
  timerAt: EpochMs
  nextOrder: number
  buyAmount: Money
  recentOrders: EpochMs[]
  unfilledHandled: number
  viCount: number
  alerts: number
  fills: number
  events: number
  happenings: Happening[]
  refusals: Refusal[]
  lastWants: string
  /** When a band was last doubted. */
  bandAskedAt: EpochMs
  /** The phases of the venues for which every instrument was last aimed at a board; '' when that has to be done again. */
  aimedFor: string
}

/**
 * Everything one trading day of the engine stands on. The functions beside this file take a desk, change it and leave
 * what should happen in `out`. One trader owns one desk.
 */
export interface Desk {
  readonly opened: Opened
  readonly day: TradingDay
  /** The home venue: where the account's day is counted and basic information comes from. */
  readonly venue: Venue
  /** What a buy's commission is held by. */
  readonly schedule: CommissionSchedule
  settings: TradingSettings
  readonly market: MarketView
  readonly ledger: Ledger
  readonly orders: Orders
  readonly candidates: Candidates
  readonly tracked: Map<InstrumentId, Tracked>
  /**
   * Between these prices no exit of a position can fire: two comparisons a tick. Saved all the same: made anew at another
   * moment, they would let a tick decide what in the recorded day waited for the timer.
   */
  readonly bounds: Map<InstrumentId, PriceBounds>
  /** Exits a person or a sell condition asked for, kept until the position is gone. */
  readonly exitWishes: Map<InstrumentId, ExitWish>
  readonly afterCancel: Map<OrderId, AfterCancel>
  /** How often an unfilled order was chased, and when last. */
  readonly chased: Map<OrderId, { readonly times: number; readonly at: EpochMs }>
  /** What a buy added to the amount of the day: given back when it never left. */
  readonly boughtFor: Map<OrderId, Money>
  /** Stop-limit orders that wait at the venue, one a position at most. */
  readonly resting: Map<InstrumentId, Resting>
  /** No new attempt to leave before then: a denied or refused exit is tried again, but not at every tick. */
  readonly exitRetryAt: Map<InstrumentId, EpochMs>
  /** Orders at a locked limit price. */
  readonly queues: Queues
  /** Carried positions of which the broker holds another number of shares, until their base price is known. */
  readonly suspected: Map<InstrumentId, Carried>
  /** What the books opened with. */
  readonly overnight: Map<InstrumentId, Overnight>
  readonly notes: Notes
  out: Effect[]
}

const KEPT_LINES = 200

export function createDesk(opened: Opened): Desk {
  const { day, venue, broker, environment, settings, commission } = opened
  const termsAt = (at: Venue): CommissionSchedule =>
    commission ?? commissionSchedule({ broker, environment, venue: at, day })
  const market = createMarketView({ day, venue, createAtr })
  const listing = (id: InstrumentId): Instrument | undefined => market.of(id)?.listing
  return {
    opened,
    day,
    venue,
    schedule: termsAt(venue),
    settings,
    market,
    ledger: createLedger({
      day,
      schedule: termsAt,
      listing,
    }),
    orders: createOrders(),
    candidates: createCandidates(venue),
    tracked: new Map(),
    bounds: new Map(),
    exitWishes: new Map(),
    afterCancel: new Map(),
    chased: new Map(),
    boughtFor: new Map(),
    resting: new Map(),
    exitRetryAt: new Map(),
    queues: new Map(),
    suspected: new Map(),
    overnight: new Map(),
    notes: {
      now: opened.receivedAt,
      halt: 'active',
      buyingPaused: false,
      accountKnown: false,
      accountAskedAt: 0,
      accountCrossed: false,
      lastFillAt: 0,
      lastDifference: '',
      apart: [],
      cashApart: NO_WON,
      timerAt: 0,
      nextOrder: 1,
      buyAmount: NO_WON,
      recentOrders: [],
      unfilledHandled: 0,
      viCount: 0,
      alerts: 0,
      fills: 0,
      events: 0,
      happenings: [],
      refusals: [],
      lastWants: '',
      bandAskedAt: 0,
      aimedFor: '',
      ...noMoneyNotes(),
    },
    out: [],
  }
}

const kept = <T>(list: T[], item: T) => {
  list.push(item)
  if (list.length > KEPT_LINES) list.shift()
}

export function tell(desk: Desk, level: Happening['level'], ko: string, en: string): void {
  const happening = { at: desk.notes.now, level, ko, en }
  if (level !== 'info') desk.notes.alerts++
  kept(desk.notes.happenings, happening)
  desk.out.push({ do: 'tell', happening })
}

/** A line that `notify` has worded. */
export const tellTold = (desk: Desk, told: Told): void => tell(desk, told.level, told.ko, told.en)

/** Keeps why a candidate (or an exit) did not become an order. */
export function refuse(
  desk: Desk,
  instrument: InstrumentId,
  side: 'buy' | 'sell',
  source: string,
  denial: Denial,
): void {
  const refusal = { instrument, side, source, denial, at: desk.notes.now }
  kept(desk.notes.refusals, refusal)
  desk.out.push({ do: 'refuse', refusal })
}

export const nameOf = (desk: Desk, instrument: InstrumentId): string =>
  desk.market.of(instrument)?.listing.name ?? instrument

export const lastPrice = (desk: Desk, instrument: InstrumentId) =>
  desk.market.of(instrument)?.last ?? price(0)

/** Held shares that no open sell order binds. */
export function sellableOf(desk: Desk, instrument: InstrumentId): Quantity {
  const held = desk.ledger.positions.get(instrument)?.quantity ?? quantity(0)
  const bound = desk.orders
    .openOf(instrument)
    .filter((order) => order.side === 'sell')
    .reduce((sum, order) => sum + openQuantity(order), 0)
  return quantity(Math.max(0, held - bound))
}

export function riskViewOf(desk: Desk, intent: OrderIntent, view: RiskView['view']): RiskView {
  const { notes } = desk
  const { instrument, replaces } = intent
  const sellable = sellableOf(desk, instrument)
  const replaced = replaces && desk.orders.get(replaces)
  return {
    now: notes.now,
    day: desk.day,
    environment: desk.opened.environment,
    broker: desk.opened.broker,
    phase: phaseOnRoute(intent.venue, notes.now),
    halt: notes.halt,
    buyingPaused: notes.buyingPaused,
    feedUp: desk.market.feedUp,
    accountKnown: notes.accountKnown,
    settings: desk.settings,
    view,
    positions: desk.ledger.positions,
    openOrders: desk.orders.open(),
    ordersToday: desk.orders.sent,
    buyAmountToday: notes.buyAmount,
    ordersLastSecond: notes.recentOrders.filter((at) => at > notes.now - 1_000).length,
    buyingPower: desk.ledger.buyingPower,
    sellable: replaced?.side === 'sell' ? quantity(sellable + openQuantity(replaced)) : sellable,
    // Only a buy asks for it, and a stop-loss should not wait for what it does not need.
    dayPnl: () => dayPnl(desk),
    lastSale: desk.ledger.lastSale(instrument),
    schedule: desk.schedule,
    nextOrderId: orderId(`${desk.day.replaceAll('-', '')}-${String(notes.nextOrder).padStart(6, '0')}`),
  }
}

/** Cash a buy order holds for its open part. */
export function holdOf(desk: Desk, order: Order): Money {
  const view = desk.market.of(order.instrument)
  return holdFor({
    type: order.type,
    ...(order.limit === undefined ? {} : { limit: order.limit }),
    quantity: openQuantity(order),
    last: view?.last ?? price(0),
    ...(view && { band: view.band, market: view.listing.market }),
    schedule: desk.schedule,
  })
}

/** What a buy adds to the amount of the day: an amended one, only what its new price adds to the old. */
function addedAmount(desk: Desk, order: Order, replaced: Order | undefined): Money {
  const amount = (one: Order) => notional(one.limit ?? lastPrice(desk, one.instrument), openQuantity(one))
  return krw(Math.max(0, amount(order) - (replaced ? amount(replaced) : 0)))
}

function countBuy(desk: Desk, order: Order, replaced: Order | undefined): void {
  const added = addedAmount(desk, order, replaced)
  desk.notes.buyAmount = plus(desk.notes.buyAmount, added)
  desk.boughtFor.set(order.id, added)
}

/** It never reached the venue: the day's amount is not used up by it. */
export function uncountBuy(desk: Desk, order: Order): void {
  desk.notes.buyAmount = minus(desk.notes.buyAmount, desk.boughtFor.get(order.id) ?? NO_WON)
  desk.boughtFor.delete(order.id)
}

const toVenueOrder = (order: Order): VenueOrder => ({
  orderId: order.id,
  instrument: order.instrument,
  venue: order.venue,
  side: order.side,
  type: order.type,
  timeInForce: order.timeInForce,
  ...(order.limit === undefined ? {} : { limit: order.limit }),
  ...(order.stop === undefined ? {} : { stop: order.stop }),
  quantity: order.quantity,
  createdAt: order.createdAt,
})

/** A wish becomes an order, or a denial with its numbers. The only way to an order effect. */
export function wish(desk: Desk, intent: OrderIntent): Result<Order, Denial> {
  const reviewed = review(intent, riskViewOf(desk, intent, desk.market.of(intent.instrument)))
  if (!reviewed.ok) return reviewed
  const { notes } = desk
  const order = desk.orders.add(reviewed.value, notes.now)
  notes.nextOrder++
  notes.recentOrders = [...notes.recentOrders.filter((at) => at > notes.now - 1_000), notes.now]
  const replaced = intent.replaces && desk.orders.get(intent.replaces)
  if (order.side === 'buy' && !intent.continues) countBuy(desk, order, replaced || undefined)
  if (replaced?.venueOrderId) {
    desk.out.push({
      do: 'amend',
      order: { ...toVenueOrder(order), replaces: replaced.id, replacesVenueOrderId: replaced.venueOrderId },
    })
  } else {
    if (order.side === 'buy') desk.ledger.hold(order.id, holdOf(desk, order))
    desk.out.push({ do: 'place', order: toVenueOrder(order) })
  }
  return { ok: true, value: order }
}

/**
 * An order has to go; the newest word on what follows counts. Without a number yet it is cancelled when it gets one.
 * False: that was wished before.
 */
export function cancelOrder(desk: Desk, order: Order, after: AfterCancel): boolean {
  const before = desk.afterCancel.get(order.id)
  desk.afterCancel.set(order.id, { ...before, ...after })
  pursueCancel(desk, order)
  return before === undefined
}

/** Sends the cancel that is wished for this order, once it can be sent. */
export function pursueCancel(desk: Desk, order: Order): void {
  if (order.venueOrderId === undefined || order.status !== 'working' || !desk.afterCancel.has(order.id))
    return
  if (desk.orders.askCancel(order.id, desk.notes.now)) sendCancel(desk, order)
}

export function sendCancel(desk: Desk, order: Order): void {
  if (order.venueOrderId === undefined) return
  desk.out.push({
    do: 'cancel',
    order: {
      orderId: order.id,
      venueOrderId: order.venueOrderId,
      instrument: order.instrument,
      venue: order.venue,
    },
  })
}

export function ask(desk: Desk, order: Order): void {
  desk.out.push({
    do: 'ask',
    order: {
      ...toVenueOrder(order),
      filled: order.filled,
      ...(order.venueOrderId === undefined ? {} : { venueOrderId: order.venueOrderId }),
      ...(order.replaces === undefined ? {} : { replaces: order.replaces }),
    },
  })
}
