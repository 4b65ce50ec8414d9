import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { Quote, Trade } from '../../model/market-event.ts'
import { type Price, type Quantity, quantity } from '../../model/money.ts'
import type { OrderType, Side } from '../../model/order.ts'
import type { OrderReport } from '../../model/order-report.ts'
import type { EpochMs } from '../../std/clock.ts'
import { createRestingOrders } from '../resting-orders.ts'

export interface TickOrder {
  readonly orderId: OrderId
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  readonly limit?: Price
  readonly stop?: Price
  readonly quantity: Quantity
}

/** A venue that knows a recorded day: its prints and its best quotes. */
export interface TickVenue {
  onTrade(trade: Trade): void
  onQuote(quote: Quote): void
  /** While orders of this instrument are collected for one price: a volatility interruption. */
  collect(id: InstrumentId, on: boolean): void
  /** While those of all instruments are: a call auction. */
  collectAll(on: boolean): void
  place(order: TickOrder, now: EpochMs): void
  cancel(id: OrderId, now: EpochMs): void
  /** The open part of `replaces` goes on under this order, behind everybody at its price. */
  amend(order: TickOrder & { readonly replaces: OrderId }, now: EpochMs): void
  closeDay(now: EpochMs): void
}

interface Working extends TickOrder {
  readonly number: string
  open: Quantity
  filled: Quantity
  /** Shares before ours at our price; `undefined` until that price is the best and its size was seen. */
  ahead: number | undefined
  /** A stop order whose price was not reached yet does not take part. */
  sleeps: boolean
}

/** Best price and size of one side; a size that was not told counts as enough for us. */
interface Best {
  price: Price
  size: number
}

interface Tape {
  bid: Best
  ask: Best
  isCollected: boolean
}

const NO_PRICE = 0 as Price

/**
 * Fills our orders out of a recorded tape; what we would have moved is not there. A taker takes the displayed size of the best
 * quote, and what is left the next ones. A limit order joins behind the displayed size of its price: prints there use that up
 * before they are ours, a cancelled display shortens it, and what prints beyond the limit would have met ours first. In
 * an auction everybody at the print's price or better is filled with it. Source: rule book §1.9, §1.14; the queue as in
 * the L1 queue models of hftbacktest's documentation.
 *
 * Reports come from within the calls, each fact once: an acceptance before its fills.
 */
export function createTickVenue(report: (report: OrderReport) => void): TickVenue {
  const tapes = new Map<InstrumentId, Tape>()
  const orders = createRestingOrders<Working>(report)
  let isCall = false

  const tapeOf = (id: InstrumentId): Tape => {
    const known = tapes.get(id)
    if (known) return known
    const tape = {
      bid: { price: NO_PRICE, size: 0 },
      ask: { price: NO_PRICE, size: 0 },
      isCollected: false,
    }
    tapes.set(id, tape)
    return tape
  }

  const fill = (order: Working, at: Price, shares: number, now: EpochMs) =>
    orders.fill(order, at, quantity(Math.min(order.open, shares)), 'KRX', now)

  /** Takes from the quote on the other side while its price is good enough. */
  const take = (order: Working, tape: Tape, now: EpochMs) => {
    const other = order.side === 'buy' ? tape.ask : tape.bid
    if (other.price === 0 || other.size === 0 || !accepts(order, other.price)) return
    // A limit order waits for the size to be told; who takes any price is not kept waiting.
    if (order.limit !== undefined && !Number.isFinite(other.size)) return
    const shares = Math.min(order.open, other.size)
    other.size -= shares
    fill(order, other.price, shares, now)
  }

  /** Where a limit order stands behind others. */
  const queueUp = (order: Working, tape: Tape) => {
    const own = order.side === 'buy' ? tape.bid : tape.ask
    if (order.limit === undefined || own.price === 0) return
    const isBetter = order.side === 'buy' ? order.limit > own.price : order.limit < own.price
    if (isBetter) order.ahead = 0
    else if (order.limit === own.price && Number.isFinite(own.size))
      order.ahead = Math.min(order.ahead ?? own.size, own.size)
  }

  const meetPrint = (order: Working, { price, quantity: shares, at }: Trade, tape: Tape, left: number) => {
    if (order.sleeps) {
      const isReached = order.side === 'sell' ? price <= (order.stop ?? 0) : price >= (order.stop ?? 0)
      if (!isReached) return 0
      order.sleeps = false
    }
    const open = order.open
    const isCollected = tape.isCollected || isCall
    if (isCollected) {
      if (accepts(order, price)) fill(order, price, Math.min(open, left), at)
    } else if (order.limit !== undefined && improves(order, price))
      fill(order, order.limit, Math.min(open, left), at)
    else if (order.limit === price) {
      order.ahead = (order.ahead ?? 0) - shares
      if (order.ahead < 0) fill(order, price, Math.min(-order.ahead, left), at)
      order.ahead = Math.max(0, order.ahead)
    }
    return open - order.open
  }

  const walk = (id: InstrumentId, meet: (order: Working, tape: Tape) => void) => {
    const tape = tapeOf(id)
    for (const order of orders.of(id)) meet(order, tape)
  }

  const enter = (order: TickOrder, now: EpochMs, moved?: Quantity) => {
    const working: Working = {
      ...order,
      ...orders.begin(moved ?? order.quantity),
      ahead: undefined,
      sleeps: order.type === 'stopLimit',
    }
    orders.add(working, now, moved)
    const tape = tapeOf(order.instrument)
    if (working.sleeps || tape.isCollected || isCall) return
    take(working, tape, now)
    if (working.open > 0) queueUp(working, tape)
  }

  return {
    onTrade: (trade) => {
      const tape = tapeOf(trade.instrument)
      let left: number = trade.quantity
      walk(trade.instrument, (order) => {
        left -= meetPrint(order, trade, tape, left)
      })
      show(tape.bid, trade.bid, Number.POSITIVE_INFINITY)
      show(tape.ask, trade.ask, Number.POSITIVE_INFINITY)
      if (tape.isCollected || isCall) return
      walk(trade.instrument, (order) => order.sleeps || take(order, tape, trade.at))
    },
    onQuote: (quote) => {
      const tape = tapeOf(quote.instrument)
      tape.bid = { price: quote.bid, size: quote.bidQuantity }
      tape.ask = { price: quote.ask, size: quote.askQuantity }
      if (tape.isCollected || isCall) return
      walk(quote.instrument, (order) => {
        if (order.sleeps) return
        take(order, tape, quote.at)
        if (order.open > 0) queueUp(order, tape)
      })
    },
    collect: (id, on) => {
      tapeOf(id).isCollected = on
    },
    collectAll: (on) => {
      isCall = on
    },
    place: (order, now) => enter(order, now),
    cancel: orders.cancel,
    amend: ({ replaces, ...order }, now) => {
      const before = orders.get(replaces)
      if (!before) return orders.refuse(order.orderId, now)
      orders.close(before, 'replaced', now)
      enter(order, now, before.open)
    },
    closeDay: (now) => {
      for (const order of orders.all()) orders.close(order, 'expired', now)
    },
  }
}

/** A new best price has the size that was told with it; the same one keeps what is known of it. */
function show(best: Best, price: Price, size: number): void {
  if (best.price === price) return
  best.price = price
  best.size = price === 0 ? 0 : size
}

/** Would this order trade at the price? */
const accepts = ({ side, limit }: Working, at: Price): boolean =>
  limit === undefined || (side === 'buy' ? at <= limit : at >= limit)

/** Is the price beyond the limit: nobody who traded there could pass by this order. */
const improves = ({ side, limit }: Working, at: Price): boolean =>
  limit !== undefined && (side === 'buy' ? at < limit : at > limit)
