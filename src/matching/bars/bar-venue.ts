import { homeOfMarket } from '../../model/home-venue.ts'
import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { Instrument, PriceBand } from '../../model/instrument.ts'
import {
  fewerShares,
  minusShares,
  NO_SHARES,
  type Price,
  price,
  type Quantity,
  quantity,
} from '../../model/money.ts'
import type { OrderType, Side } from '../../model/order.ts'
import type { OrderReport } from '../../model/order-report.ts'
import { floorToTick } from '../../model/tick-size.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import { createRestingOrders } from '../resting-orders.ts'
import { type Slippage, slipped } from './slippage.ts'

/** What bars cannot tell, and what is assumed instead. */
export interface BarAssumptions {
  readonly slippage: Slippage
  /** At most this share of a bar's volume is ours. */
  readonly participationRatio: number
  /** `through`: a limit order fills only when the price goes beyond its limit. `touch`: reaching it is enough. */
  readonly limitFill: 'through' | 'touch'
}

export interface BarOrder {
  readonly orderId: OrderId
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  readonly limit?: Price
  readonly quantity: Quantity
}

/** What is known of an instrument on its day. */
export interface BarListing {
  readonly listing: Instrument
  readonly band: PriceBand | undefined
  /** What is held for a market buy where no band bounds it: nothing dearer is bought. */
  readonly ceiling?: Price | undefined
}

interface Working extends BarOrder {
  readonly number: string
  open: Quantity
  filled: Quantity
}

/** The tape of one instrument, as far as it has been walked. */
interface Tape extends BarListing {
  last: Price
  volume: number
  /** Shares of this bar that may still be ours. */
  left: Quantity
}

/** A venue that knows nothing but bars: the price walks through each of them and our orders meet it on its way. */
export interface BarVenue {
  /** A new day: nothing rests, nothing is known of any instrument. */
  openDay(day: TradingDay): void
  list(id: InstrumentId, listing: BarListing): void
  /** A new bar: so many shares trade in it. Its first price is the next one reached. */
  beginBar(id: InstrumentId, volume: number): void
  /** The price comes to `at`, from the last one or, first in a bar, out of nothing. */
  reach(id: InstrumentId, at: Price, now: EpochMs): void
  place(order: BarOrder, now: EpochMs): void
  cancel(id: OrderId, now: EpochMs): void
  /** The open part of `replaces` goes on under this order. */
  amend(order: BarOrder & { readonly replaces: OrderId }, now: EpochMs): void
  /** Day orders end. */
  closeDay(now: EpochMs): void
  /** Where orders rest or wait. */
  resting(): Iterable<InstrumentId>
}

/** Orders that take what is there; all others carry a limit. */
const TAKERS: ReadonlySet<OrderType> = new Set(['market', 'best', 'mid', 'priority'])

/**
 * Rules, in this order: nothing trades in a bar without volume, nor more than its share of it; at a locked limit price the
 * side that everybody is on waits; a taker trades where the price stands, slipped against it; a limit order trades at the
 * bar's first price when that is better than its limit, else at its limit once the price goes through it (or touches it).
 * A touched limit price is no fill for its crowded side, and a market buy pays no more than what is held for it. Source: rule book §1.14.
 *
 * Reports come from within the calls, each fact once: an acceptance before its fills.
 */
export function createBarVenue(assumptions: BarAssumptions, report: (report: OrderReport) => void): BarVenue {
  const tapes = new Map<InstrumentId, Tape>()
  const orders = createRestingOrders<Working>(report)
  let day: TradingDay

  const fill = (order: Working, at: Price, tape: Tape, now: EpochMs) => {
    const shares = fewerShares(order.open, tape.left)
    tape.left = minusShares(tape.left, shares)
    orders.fill(order, at, shares, homeOfMarket(tape.listing.market), now)
  }

  const meet = (order: Working, tape: Tape, isFirst: boolean, now: EpochMs) => {
    const { side, limit } = order
    const { last } = tape
    if (tape.left === 0 || last === 0 || isCrowded(side, last, tape.band)) return
    if (TAKERS.has(order.type) || limit === undefined) {
      const bound = side === 'buy' ? boundOf(tape, day) : undefined
      if (bound !== undefined && last > bound.upper) return
      // One that waited above its bound is met there on the way down, as a limit is.
      const from = bound === undefined || isFirst ? last : bound.upper
      const shares = fewerShares(order.open, tape.left)
      const terms = { instrument: tape.listing, day, band: bound ?? tape.band, volume: tape.volume }
      return fill(order, slipped(assumptions.slippage, { side, from, quantity: shares, ...terms }), tape, now)
    }
    const isThere = last === limit && (isFirst || assumptions.limitFill === 'touch')
    if (!isThere && !improves(order, last)) return
    // Out of nothing the first price of a bar is a price for everybody; on the way the limit is reached first.
    fill(order, isFirst ? last : limit, tape, now)
  }

  const enter = (order: BarOrder, now: EpochMs, moved?: Quantity): Working => {
    // The order is copied first: V8 clones the first of several spreads quickly, and no other.
    const working: Working = { ...order, ...orders.begin(order.quantity) }
    orders.add(working, now, moved)
    return working
  }

  return {
    openDay: (next) => {
      day = next
      tapes.clear()
    },
    list: (id, listing) => {
      const known = tapes.get(id)
      if (known) Object.assign(known, listing)
      else tapes.set(id, { last: 0 as Price, volume: 0, left: NO_SHARES, ...listing })
    },
    beginBar: (id, volume) => {
      const tape = tapes.get(id)
      if (!tape) return
      tape.volume = volume
      tape.left = quantity(Math.floor(volume * assumptions.participationRatio))
      tape.last = 0 as Price
    },
    reach: (id, at, now) => {
      const tape = tapes.get(id)
      if (!tape) return
      const isFirst = tape.last === 0
      tape.last = at
      for (const order of orders.of(id)) meet(order, tape, isFirst, now)
    },
    place: (order, now) => {
      const working = enter(order, now)
      const tape = tapes.get(order.instrument)
      // Where the price stands it stands for a newcomer too; a limit no better than it joins the queue.
      if (tape && (order.limit === undefined || improves(order, tape.last))) meet(working, tape, true, now)
    },
    cancel: orders.cancel,
    amend: ({ replaces, ...order }, now) => {
      const before = orders.get(replaces)
      if (!before) return orders.refuse(order.orderId, now)
      enter({ ...order, quantity: before.open }, now, before.open)
      orders.close(before, 'replaced', now)
    },
    closeDay: (now) => {
      for (const order of orders.all()) orders.close(order, 'expired', now)
    },
    resting: orders.instruments,
  }
}

/** Up to the ceiling, on the grid. */
function boundOf({ listing, ceiling }: BarListing, day: TradingDay): PriceBand | undefined {
  return ceiling && { lower: price(0), upper: floorToTick(listing, day, ceiling) }
}

/** Is the price better than the limit asks for? */
const improves = ({ side, limit }: BarOrder, last: Price): boolean =>
  limit !== undefined && (side === 'buy' ? last < limit : last > limit)

/** Everybody buys at the upper limit and sells at the lower one. */
const isCrowded = (side: Side, last: Price, band: PriceBand | undefined): boolean =>
  band !== undefined && (side === 'buy' ? last >= band.upper : last <= band.lower)
