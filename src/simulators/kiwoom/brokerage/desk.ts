import type { AccountFill, AccountOrder, AccountRefusal } from '../../../matching/account-records.ts'
import type { Exchange, ExchangeEvent, ExchangeRefusal } from '../../../matching/types.ts'
import type { KoreanRoute, KoreanVenue } from '../../../model/instrument.ts'
import { type Price, price, quantity } from '../../../model/money.ts'
import type { Side } from '../../../model/order.ts'
import { isOnTick } from '../../../model/tick-size.ts'
import { invariant } from '../../../std/invariant.ts'
import { shownPrice, type Tape } from '../market/tape.ts'
import type { BusinessRefusal } from '../refusals.ts'
import type { BrokerOrder, Channel, Customer, Ticket } from './customer.ts'
import { isRouted, ORDER_KINDS, type OrderKind } from './order-kinds.ts'
import { type Venues, venueFor } from './routing.ts'

/** Something the customer's account stream is told. */
export type Notice =
  | (BrokerOrder & {
      readonly kind: 'order'
      readonly customer: Customer
      readonly status: '접수' | '체결' | '확인' | '거부'
      readonly fill?: AccountFill
    })
  | { readonly kind: 'balance'; readonly customer: Customer; readonly tape: Tape; readonly side: Side }

export interface PlaceRequest {
  readonly tape: Tape
  readonly side: Side
  /** NXT only for a name that is on it. */
  readonly route: KoreanRoute
  readonly typeCode: string
  readonly limit: number
  /** Trigger of a stop-limit order, else 0. */
  readonly stop: number
  readonly quantity: number
  readonly channel: Channel
}

export interface ChangeRequest {
  readonly original: number
  readonly tape: Tape
  /** As the order named it: under any other there is no such order. */
  readonly route: KoreanRoute
  /** 0 = all that is open. */
  readonly quantity: number
}

export interface AmendmentRequest extends ChangeRequest {
  readonly limit: number
  /** 0: the stop stays. */
  readonly stop: number
}

export type Placed =
  | { readonly ok: true; readonly order: AccountOrder }
  | { readonly ok: false; readonly why: BusinessRefusal }

/** The broker's order counter in front of the exchanges. */
export interface Desk {
  place(customer: Customer, request: PlaceRequest): Placed
  amend(customer: Customer, request: AmendmentRequest): Placed
  cancel(customer: Customer, request: ChangeRequest): Placed
  /** Every event of the exchanges passes here; those of other participants are ignored. */
  onEvent(venue: KoreanVenue, event: ExchangeEvent): void
}

const no = (why: BusinessRefusal): Placed => ({ ok: false, why })

export function createDesk(settings: {
  readonly venue: Venues
  /** By account number, which is the owner's name at the exchange. */
  readonly customers: ReadonlyMap<string, Customer>
  readonly tell: (notice: Notice) => void
}): Desk {
  const { customers, tell } = settings
  /** Each venue counts its orders by itself. */
  const byExchangeNumber: Readonly<
    Record<KoreanVenue, Map<number, { readonly customer: Customer; readonly number: number }>>
  > = { KRX: new Map(), NXT: new Map() }
  /** Events of our orders that arrive while the exchange is still answering: their number is not known yet. */
  const waiting: (readonly [KoreanVenue, ExchangeEvent])[] = []
  let asking = false

  const exchange = (name: KoreanVenue): Exchange => {
    const found = settings.venue(name)
    invariant(found !== undefined, `${name} is open today`)
    return found
  }

  const ask = <T>(question: () => T): T => {
    asking = true
    try {
      return question()
    } finally {
      asking = false
    }
  }

  const drain = () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) apply(...next)
  }

  const apply = (venue: KoreanVenue, event: ExchangeEvent) => {
    if (event.kind !== 'fill' && event.kind !== 'closed') return
    const found = byExchangeNumber[venue].get(event.number)
    if (!found) return
    const { customer, number } = found
    if (event.kind === 'fill') {
      const fill = customer.account.fill({
        number,
        price: event.price,
        quantity: event.quantity,
        at: event.at,
      })
      tellOrder(customer, number, '체결', fill)
      const ticket = customer.tickets.get(number)
      if (ticket) tell({ kind: 'balance', customer, tape: ticket.tape, side: event.side })
    } else if (event.why !== 'cancelled' && event.why !== 'replaced') {
      // The rest of an IOC or FOK, a self-trade, or the end of the session.
      customer.account.close(number, event.quantity, event.why, event.at)
      tellAgain(customer, number)
    }
  }

  const tellOrder = (
    customer: Customer,
    number: number,
    status: '접수' | '체결' | '확인' | '거부',
    fill?: AccountFill,
  ) => {
    const order = customer.account.order(number)
    const ticket = customer.tickets.get(number)
    if (order && ticket) tell({ kind: 'order', customer, order, ticket, status, ...(fill ? { fill } : {}) })
  }

  /** The order once more, with what is left open: how the end of an order shows on the stream. */
  const tellAgain = (customer: Customer, number: number) =>
    tellOrder(customer, number, (customer.account.order(number)?.filled ?? 0) > 0 ? '체결' : '접수')

  const checkPrice = (tape: Tape, limit: number): BusinessRefusal | undefined => {
    const { instrument, today } = tape.listing
    if (limit <= 0 || !isOnTick(instrument, today.day, price(limit))) return 'price'
    if (tape.band && (limit > tape.band.upper || limit < tape.band.lower)) return 'priceOutsideBand'
    return undefined
  }

  const issue = (customer: Customer, number: number, ticket: Ticket) => {
    customer.tickets.set(number, ticket)
    if (ticket.exchangeNumber > 0)
      byExchangeNumber[ticket.venue].set(ticket.exchangeNumber, { customer, number })
  }

  const place = (customer: Customer, request: PlaceRequest): Placed => {
    const { tape, side, route, channel } = request
    const kind = ORDER_KINDS.get(request.typeCode)
    if (!kind || !isRouted(kind, route)) return no('orderType')
    if (request.quantity <= 0) return no('quantity')
    const limit = kind.priced ? { limit: price(request.limit) } : {}
    const badPrice = kind.priced ? checkPrice(tape, request.limit) : undefined
    if (badPrice) return no(badPrice)
    const stop = kind.type === 'stopLimit' ? { stop: price(request.stop) } : {}
    const badStop = stop.stop === undefined ? undefined : checkPrice(tape, request.stop)
    if (badStop) return no(badStop)
    const chosen = venueFor(
      route,
      { instrument: tape.id, side, type: kind.type, timeInForce: kind.timeInForce, ...limit },
      settings.venue,
    )
    if (!chosen.ok) return no(chosen.error)
    const venue = chosen.value
    const { phase } = exchange(venue)
    if (phase === 'closed' || phase === 'halted') return no('closed')
    const wanted = {
      instrument: tape.id,
      side,
      type: kind.type,
      ...limit,
      quantity: quantity(request.quantity),
      band: tape.band,
      last: price(shownPrice(tape)),
    }
    const allowed = customer.account.check(wanted)
    if (!allowed.ok) return no(ACCOUNT_REFUSALS[allowed.error.code])
    const submitted = ask(() =>
      exchange(venue).submit({
        owner: customer.number,
        instrument: tape.id,
        side,
        type: kind.type,
        timeInForce: kind.timeInForce,
        ...limit,
        ...stop,
        quantity: wanted.quantity,
      }),
    )
    const refusal = submitted.ok ? undefined : submitted.refusal
    if (refusal && !isLate(refusal)) return no(businessOf(refusal, kind))
    const number = customer.nextNumber()
    const at = exchange(venue).now
    const placed = customer.account.place({ ...wanted, number, at })
    if (!placed.ok) return no(ACCOUNT_REFUSALS[placed.error.code])
    const exchangeNumber = submitted.ok ? submitted.number : 0
    issue(customer, number, { tape, kind, route, venue, ...stop, channel, exchangeNumber })
    if (refusal) {
      // The counter took the order, the exchange did not: its row stays as 주문거부.
      const refused = customer.account.refuse(number, LATE_REASONS[refusal.code] ?? refusal.code, at)
      tellOrder(customer, number, '거부')
      return { ok: true, order: refused }
    }
    tellOrder(customer, number, '접수')
    drain()
    return { ok: true, order: placed.value }
  }

  const openTicket = (customer: Customer, request: ChangeRequest): Ticket | undefined => {
    const order = customer.account.order(request.original)
    const ticket = customer.tickets.get(request.original)
    const fits = order && order.open > 0 && request.quantity <= order.open
    return fits && ticket?.tape === request.tape && ticket.route === request.route ? ticket : undefined
  }

  const amend = (customer: Customer, request: AmendmentRequest): Placed => {
    const { original } = request
    const old = openTicket(customer, request)
    if (!old) return no('nothingOpen')
    const limit = old.kind.priced ? { limit: price(request.limit) as Price } : {}
    const badPrice = old.kind.priced ? checkPrice(old.tape, request.limit) : undefined
    if (badPrice) return no(badPrice)
    // The exchange keeps the stop of an order that waits: no order moves it (assumed).
    if (old.stop !== undefined && request.stop > 0 && request.stop !== old.stop) return no('price')
    const shares = quantity(request.quantity)
    const allowed = customer.account.checkAmend({ number: original, ...limit, quantity: shares })
    if (!allowed.ok) return no(ACCOUNT_REFUSALS[allowed.error.code])
    const amended = ask(() => exchange(old.venue).amend(old.exchangeNumber, { ...limit, quantity: shares }))
    if (!amended.ok) return no(businessOf(amended.refusal, old.kind))
    const newNumber = customer.nextNumber()
    const at = exchange(old.venue).now
    const entered = customer.account.amend({
      number: original,
      newNumber,
      ...limit,
      quantity: amended.quantity,
      at,
    })
    if (!entered.ok) return no(ACCOUNT_REFUSALS[entered.error.code])
    issue(customer, newNumber, { ...old, exchangeNumber: amended.number })
    confirm(customer, newNumber, original)
    return { ok: true, order: entered.value }
  }

  const cancel = (customer: Customer, request: ChangeRequest): Placed => {
    const { original } = request
    const old = openTicket(customer, request)
    if (!old) return no('nothingOpen')
    const cancelled = ask(() => exchange(old.venue).cancel(old.exchangeNumber, quantity(request.quantity)))
    if (!cancelled.ok) return no(businessOf(cancelled.refusal, old.kind))
    const newNumber = customer.nextNumber()
    const at = exchange(old.venue).now
    const entered = customer.account.cancel({
      number: original,
      newNumber,
      quantity: cancelled.quantity,
      at,
    })
    if (!entered.ok) return no(ACCOUNT_REFUSALS[entered.error.code])
    issue(customer, newNumber, { ...old, exchangeNumber: 0 })
    confirm(customer, newNumber, original)
    return { ok: true, order: entered.value }
  }

  /** 접수 and 확인 under the new number, then the original once more with what is left open; then what traded at once. */
  const confirm = (customer: Customer, newNumber: number, original: number) => {
    tellOrder(customer, newNumber, '접수')
    tellOrder(customer, newNumber, '확인')
    tellAgain(customer, original)
    drain()
  }

  return {
    place,
    amend,
    cancel,
    onEvent(venue, event) {
      if (!('owner' in event) || !customers.has(event.owner)) return
      if (asking) waiting.push([venue, event])
      else apply(venue, event)
    },
  }
}

const ACCOUNT_REFUSALS: Readonly<Record<AccountRefusal['code'], BusinessRefusal>> = {
  instrumentUnknown: 'nothingOpen',
  quantityZero: 'quantity',
  cashShort: 'buyingPower',
  sharesShort: 'sellable',
  nothingOpen: 'nothingOpen',
}

/** What only the exchange can know: the broker has already answered with a number. */
const LATE_REASONS: Partial<Record<ExchangeRefusal['code'], string>> = {
  instrumentHalted: '거래정지 종목입니다',
  noOppositeQuote: '상대호가가 없습니다',
  noSameSideQuote: '매매 가능한 호가가 없습니다',
}

const isLate = (refusal: ExchangeRefusal): boolean => refusal.code in LATE_REASONS

function businessOf(refusal: ExchangeRefusal, kind: OrderKind): BusinessRefusal {
  switch (refusal.code) {
    case 'marketClosed':
      return 'closed'
    case 'typeNotAllowed':
      return refusal.phase === 'afterMarket' && kind.type === 'market'
        ? 'noMarketOrderAfterHours'
        : 'orderType'
    case 'priceOffTick':
    case 'priceMissing':
      return 'price'
    case 'priceOutsideBand':
      return 'priceOutsideBand'
    case 'quantityZero':
      return 'quantity'
    default:
      return 'nothingOpen'
  }
}
