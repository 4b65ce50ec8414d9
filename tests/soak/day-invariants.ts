import type { Exchange, ExchangeEvent, ExchangeOrder, Listing } from '../../src/matching/types.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import { price } from '../../src/model/money.ts'
import type { Side } from '../../src/model/order.ts'
import { offHoursBand, priceBand } from '../../src/model/price-band.ts'
import { closePriceSessionsOf, type SessionWindow, sessionsOf } from '../../src/model/sessions.ts'
import { isOnTick } from '../../src/model/tick-size.ts'
import { kstClock } from '../../src/model/time.ts'
import { priorityFaults } from './print-priority.ts'
import {
  bestLimit,
  createShadowMarket,
  levelsOf,
  placeOf,
  recordPrint,
  type ShadowMarket,
  type ShadowOrder,
  sideOf,
} from './shadow-orders.ts'
import { createViReference, viFaults } from './vi-law.ts'

type EventOf<K extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: K }>

/**
 * Rebuilds a day from nothing but the exchange's events and checks each of them: shares conserved, prices legal on that
 * date, price and time priority, no crossed book, every order accounted for, nothing outside the hours.
 */
export interface DayInvariants {
  readonly faults: readonly string[]
  readonly prints: number
  hear(event: ExchangeEvent): void
  /** Between two calls of the exchange: its own figures and books against the rebuilt ones. */
  compare(): void
  /** After the last session: nothing may be open any more. */
  closeDay(): void
}

/** A call may end half a minute late, and a VI in the closing call adds two minutes and another half. */
const LATEST_END_MS = 180_000
/** Two minutes and a random end; other calls may cut it short, continuous trading may not. */
const VI_LASTS_MS = [120_000, 150_000] as const
const MOST_FAULTS = 10
const DEPTH = 10
const CONTINUOUS = new Set(['preMarket', 'continuous', 'afterMarket'])

export function createDayInvariants(listings: readonly Listing[], exchangeOf: () => Exchange): DayInvariants {
  const listed = new Map(listings.map((listing) => [listing.instrument.id, listing]))
  const markets = new Map(listings.map(({ instrument }) => [instrument.id, createShadowMarket()]))
  const references = new Map(listings.map((listing) => [listing.instrument.id, createViReference(listing)]))
  const open = new Map<number, ShadowOrder>()
  const faults: string[] = []
  let now = 0
  let prints = 0
  let lastNumber = 0
  /** Markets that a circuit breaker stopped, and how. */
  const stopped = new Map<string, 'halted' | 'call' | 'closed'>()
  /** The order an amend has just taken off the book: its successor may keep its place. */
  let replaced: ShadowOrder | undefined

  const fault = (text: string) => {
    if (faults.length < MOST_FAULTS) faults.push(`${kstClock(now)} ${text}`)
  }
  const check = (holds: boolean, text: () => string) => {
    if (!holds) fault(text())
  }
  const marketOf = (id: InstrumentId): ShadowMarket => markets.get(id) ?? createShadowMarket()

  const accepted = ({ number, owner }: EventOf<'accepted'>) => {
    const order = exchangeOf().order(number)
    check(number === lastNumber + 1, () => `order ${number} follows ${lastNumber}`)
    lastNumber = number
    if (order === undefined) return fault(`order ${number} is accepted and unknown`)
    check(order.owner === owner && order.open === order.quantity, () => `order ${number} begins wrong`)
    const shadow = shadowOf(order, replaced)
    replaced = undefined
    open.set(number, shadow)
    placeOf(marketOf(order.instrument), shadow).add(shadow)
  }

  const retire = (order: ShadowOrder) => {
    open.delete(order.number)
    placeOf(marketOf(order.instrument), order).delete(order)
    check(
      order.filled + order.closed === order.quantity,
      () => `order ${order.number}: ${order.filled} filled + ${order.closed} closed of ${order.quantity}`,
    )
  }

  const fill = (event: EventOf<'fill'>) => {
    const { number, quantity, side } = event
    const order = open.get(number)
    if (order === undefined) return fault(`fill of order ${number}, which is not open`)
    const market = marketOf(event.instrument)
    order.open -= quantity
    order.filled += quantity
    market.traded[side] += quantity
    check(
      quantity > 0 && order.open === event.open,
      () => `order ${number}: ${event.open} open, not ${order.open}`,
    )
    check(
      order.side === side && order.instrument === event.instrument && order.owner === event.owner,
      () => `fill of order ${number} names another order's side, owner or instrument`,
    )
    if (order.limit > 0)
      check(
        side === 'buy' ? event.price <= order.limit : event.price >= order.limit,
        () => `order ${number} (${side} ${order.limit}) filled at ${event.price}`,
      )
    market.pending.push({ order, price: event.price, quantity })
    if (order.open === 0) retire(order)
  }

  const closed = ({ number, quantity, why }: EventOf<'closed'>) => {
    const order = open.get(number)
    if (order === undefined) return fault(`close of order ${number}, which is not open`)
    if (why === 'replaced') replaced = { ...order }
    check(why !== 'unfilledRemainder' || !order.rests, () => `order ${number} may rest and was taken off`)
    order.open -= quantity
    order.closed += quantity
    check(quantity > 0 && order.open >= 0, () => `order ${number}: ${quantity} closed, ${order.open} left`)
    if (order.open === 0) retire(order)
  }

  const print = (event: EventOf<'print'>) => {
    const { instrument, price: at, quantity, aggressor, board } = event
    const listing = listed.get(instrument)
    const market = marketOf(instrument)
    const name = `${instrument} print ${quantity} at ${at}`
    prints++
    if (listing === undefined) return fault(`${name}: not listed`)
    const fills = market.pending.splice(0)
    if (fills.some(({ order }) => order.isMid)) checkMid(event, name)
    else check(isOnTick(listing.instrument, exchangeOf().day, at), () => `${name}: off tick`)
    const band = bandOf(listing, event)
    check(!band || (at >= band.lower && at <= band.upper), () => `${name}: outside ${JSON.stringify(band)}`)
    checkHours(event, name)
    const how = stopped.get(listing.instrument.market)
    check(
      how === undefined || (how === 'call' && aggressor === undefined),
      () => `${name}: in a ${how} market`,
    )
    const reference = references.get(instrument)
    const taker = aggressor === undefined ? undefined : fills[1]?.order.number
    const { venue, day, phase } = exchangeOf()
    const jumps =
      reference && board === undefined
        ? viFaults({ venue, listing, day, phase, market, reference, taker }, event)
        : []
    const isShared = market.isFirst && (at === band?.upper || at === band?.lower)
    for (const text of [...priorityFaults(market, fills, event, isShared), ...jumps])
      fault(`${name}: ${text}`)
    if (board === undefined) market.isFirst = false
    recordPrint(market, at, quantity, board === undefined)
    if (aggressor !== undefined) check(market.viSince === 0, () => `${name}: continuous during a VI`)
  }

  const bandOf = ({ instrument, today }: Listing, { board }: EventOf<'print'>) => {
    const { day, state } = exchangeOf()
    if (board !== 'offHoursSingle') return priceBand(instrument, day, today)
    return offHoursBand(instrument, day, today, state(instrument.id)?.close ?? price(0))
  }

  /** Halfway between what is seen, half a won cut off. The order that came is not among it. */
  const checkMid = ({ instrument, price: at, aggressor }: EventOf<'print'>, name: string) => {
    const [bid, ask] = (['buy', 'sell'] as const).map(
      (side) => exchangeOf().levels(instrument, side, 1)[0]?.price ?? 0,
    )
    const halfway = Math.floor(((bid ?? 0) + (ask ?? 0)) / 2)
    check(aggressor !== undefined && at === halfway, () => `${name}: between ${bid} and ${ask}`)
  }

  const windows = hoursOf(exchangeOf)
  const checkHours = ({ at, aggressor, board }: EventOf<'print'>, name: string) => {
    const { main, closePrice } = windows()
    const inside = (from: number, to: number) => at >= from && at <= to + LATEST_END_MS
    const inPhase = (rows: readonly SessionWindow[], allowed: (phase: string) => boolean) =>
      rows.some((row) => allowed(row.phase) && inside(row.from, row.to))
    if (board === 'offHoursSingle')
      check(
        inPhase(main, (which) => which === board),
        () => `${name}: outside the off-hours rounds`,
      )
    else if (board !== undefined)
      check(
        inPhase(closePrice, (which) => which === 'preClose' || which === 'postClose'),
        () => `${name}: on the fixed-price board outside its hours`,
      )
    else if (aggressor !== undefined)
      check(CONTINUOUS.has(exchangeOf().phase), () => `${name}: continuous in ${exchangeOf().phase}`)
    else
      check(
        inPhase(main, (which) => /Call|continuous|afterMarket|preMarket/.test(which)),
        () => `${name}: an auction outside the hours`,
      )
  }

  /** Resting market orders stand at a price that only the exchange can say. */
  const bestOf = (instrument: InstrumentId, market: ShadowMarket, side: Side): number => {
    for (const { limit } of sideOf(market, side))
      if (limit === 0) return exchangeOf().levels(instrument, side, 1)[0]?.price ?? 0
    return bestLimit(market, side)
  }

  const book = (instrument: InstrumentId) => {
    const market = marketOf(instrument)
    check(market.pending.length === 0, () => `${instrument}: ${market.pending.length} fills without a print`)
    const [bid, ask] = [bestOf(instrument, market, 'buy'), bestOf(instrument, market, 'sell')]
    if (bid === 0 || ask === 0 || bid < ask || !isMatching(instrument)) return
    fault(`${instrument} is crossed: ${bid} bid, ${ask} asked`)
  }

  /** Orders of a call stay crossed until it ends, and while a halt keeps it from ending. */
  const isMatching = (instrument: InstrumentId) => {
    const state = exchangeOf().state(instrument)
    if (state === undefined || !CONTINUOUS.has(state.phase)) return false
    return !(state.inVi || state.halted || state.expected !== undefined)
  }

  const expected = ({ instrument, price: at, quantity }: EventOf<'expected'>) => {
    if (quantity === 0 && at === 0) return
    const listing = listed.get(instrument)
    if (listing === undefined) return fault(`${instrument} is expected and not listed`)
    const band = priceBand(listing.instrument, exchangeOf().day, listing.today)
    const legal =
      isOnTick(listing.instrument, exchangeOf().day, at) && (!band || (at >= band.lower && at <= band.upper))
    check(quantity > 0 && legal, () => `${instrument} expects ${quantity} at ${at}`)
  }

  const hear = (event: ExchangeEvent) => {
    check(event.at >= now, () => `${event.kind} goes back in time`)
    now = event.at
    switch (event.kind) {
      case 'accepted':
        return accepted(event)
      case 'fill':
        return fill(event)
      case 'closed':
        return closed(event)
      case 'print':
        return print(event)
      case 'book':
        return book(event.instrument)
      case 'expected':
        return expected(event)
      case 'vi':
        return vi(event)
      case 'halt':
        marketOf(event.instrument).isFirst = true
        return collected(event.instrument)
      case 'triggered':
        return triggered(event)
      case 'breaker':
        return breaker(event)
      case 'phase':
        if (event.phase === 'closingCall') for (const order of open.values()) convert(order)
        for (const instrument of listed.keys()) collected(instrument)
    }
  }

  /** From here on NXT lets meet what it collected; KRX has an auction for that. */
  const collected = (instrument: InstrumentId) => {
    if (exchangeOf().venue === 'NXT') marketOf(instrument).collectedAt = now
  }

  /** It enters the book now, younger than all that is there. */
  const triggered = ({ number }: EventOf<'triggered'>) => {
    const order = open.get(number)
    if (order === undefined || !order.hidden || order.isMid)
      return fault(`order ${number} waited for no stop`)
    const market = marketOf(order.instrument)
    placeOf(market, order).delete(order)
    order.hidden = false
    order.priority = lastNumber + 0.5
    placeOf(market, order).add(order)
  }

  const breaker = ({ market: name, state }: EventOf<'breaker'>) => {
    if (state === 'off') stopped.delete(name)
    else stopped.set(name, state)
    for (const [id, market] of markets) if (listed.get(id)?.instrument.market === name) market.isFirst = true
  }

  const vi = ({ instrument, state, at }: EventOf<'vi'>) => {
    const market = marketOf(instrument)
    const lasted = at - market.viSince
    check((state === 'on') === (market.viSince === 0), () => `${instrument}: the VI is ${state} twice`)
    if (state === 'off') {
      market.viEndedAt = at
      collected(instrument)
    }
    const isStopped = stopped.has(listed.get(instrument)?.instrument.market ?? '')
    const isCut = isStopped || windows().main.some(({ to }) => to === at)
    if (state === 'off' && exchangeOf().phase === 'continuous' && !isCut)
      check(lasted >= VI_LASTS_MS[0] && lasted <= VI_LASTS_MS[1], () => `${instrument}: a VI of ${lasted} ms`)
    market.viSince = state === 'on' ? at : 0
  }

  const compareBook = (instrument: InstrumentId, market: ShadowMarket) => {
    for (const side of ['buy', 'sell'] as const) {
      const orders = [...sideOf(market, side)]
      // The deemed price of market orders is the exchange's business.
      if (orders.some(({ limit }) => limit === 0)) continue
      const ours = levelsOf(orders, side, DEPTH)
      const theirs = exchangeOf()
        .levels(instrument, side, DEPTH)
        .map((level) => `${level.quantity}@${level.price}`)
      check(ours.join() === theirs.join(), () => `${instrument} ${side}: ${theirs} shown, ${ours} rest`)
    }
  }

  const compare = () => {
    now = Math.max(now, exchangeOf().now)
    for (const [instrument, market] of markets) {
      const state = exchangeOf().state(instrument)
      const { traded, value, last, high, low } = market
      const told = [traded.print, traded.buy, traded.sell, value, last, market.open, high, low]
      const kept = state && [
        ...[state.volume, state.volume, state.volume, state.value],
        ...[state.last, state.open, state.high, state.low],
      ]
      check(told.join() === kept?.join(), () => `${instrument}: told ${told}, kept ${kept}`)
      compareBook(instrument, market)
      if (isMatching(instrument)) book(instrument)
    }
    const close = windows().main.find(({ phase }) => phase === 'closingCall')?.to ?? now
    for (const order of open.values()) {
      const overdue = !order.fixed && order.enteredAt < close && now > close + LATEST_END_MS
      check(!overdue, () => `order ${order.number} outlived the regular session`)
      const there = exchangeOf().order(order.number)
      check(there?.open === order.open, () => `order ${order.number}: ${order.open} should be open`)
      check(
        order.fixed || (there?.limit ?? 0) === order.limit,
        () => `order ${order.number} stands at ${there?.limit}, not at ${order.limit}`,
      )
    }
  }

  return {
    faults,
    get prints() {
      return prints
    },
    hear,
    compare,
    closeDay() {
      compare()
      for (const { number } of open.values()) fault(`order ${number} is open after the last session`)
    },
  }
}

const isFixed = ({ type }: ExchangeOrder) => type === 'preClose' || type === 'postClose'

function shadowOf(order: ExchangeOrder, replaced: ShadowOrder | undefined): ShadowOrder {
  const { number, owner, instrument, side, quantity } = order
  const limit = order.limit ?? 0
  const continues = replaced !== undefined && order.replaces === replaced.number
  const keeps = continues && limit === replaced.limit && quantity <= replaced.open
  return {
    number,
    owner,
    instrument,
    side,
    limit: isFixed(order) ? 0 : limit,
    conditional: order.type === 'conditional',
    fixed: isFixed(order),
    hidden: order.type === 'mid' || order.type === 'stopLimit',
    isMid: order.type === 'mid',
    enteredAt: order.enteredAt,
    rests: order.timeInForce === 'day' || order.timeInForce === 'gtp',
    quantity,
    priority: keeps ? replaced.priority : number,
    open: quantity,
    filled: 0,
    closed: 0,
  }
}

function convert(order: ShadowOrder): void {
  if (order.conditional) order.limit = 0
}

/** The day's hours, read once the exchange is there. */
function hoursOf(exchangeOf: () => Exchange) {
  let hours:
    | { readonly main: readonly SessionWindow[]; readonly closePrice: readonly SessionWindow[] }
    | undefined
  return () => {
    const { venue, day } = exchangeOf()
    hours ??= { main: sessionsOf(venue, day), closePrice: closePriceSessionsOf(venue, day) }
    return hours
  }
}
