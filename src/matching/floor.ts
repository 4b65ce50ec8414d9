import type { KoreanVenue } from '../model/instrument.ts'
import { NO_SHARES, type Price, type Quantity } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import type { Phase } from '../model/session.ts'
import type { TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'
import type { Random } from '../std/random.ts'
import type { Agenda } from './agenda.ts'
import { removeOrder } from './book-side.ts'
import { bookOf, type InstrumentMarket, isInCall } from './instrument-market.ts'
import { dequeue, type LiveOrder, reduceOpen } from './order-queue.ts'
import type { OrderRegistry } from './order-registry.ts'
import type { ExchangeEvent } from './types.ts'

/** What the parts of the exchange share: the instant, the way out, the orders by number, what falls due. */
export interface Floor {
  readonly venue: KoreanVenue
  now: EpochMs
  phase: Phase
  readonly day: TradingDay
  readonly random: Random
  readonly agenda: Agenda
  readonly orders: OrderRegistry
  /** Instruments in a call auction whose expected outcome may have changed. */
  readonly stale: Set<InstrumentMarket>
  /** Instruments in which something has to follow before the exchange answers: see `settle`. */
  readonly unsettled: Set<InstrumentMarket>
  /** Told of every print that makes a price, once the day has a circuit breaker. */
  watch: ((market: InstrumentMarket) => void) | undefined
  emit(event: ExchangeEvent): void
  /** Lets what was collected while nothing matched meet (NXT). `afterVi`: its first execution is not measured for a VI again. */
  matchCollected(market: InstrumentMarket, afterVi: boolean): void
}

type ClosedEvent = Extract<ExchangeEvent, { kind: 'closed' }>

/** Each call auction ends at a random instant up to 30 s after its time. Source: KRX English site, order types and periods. */
const RANDOM_END_MS = 30_000

/** One draw for the auction of that name; what other auctions draw does not move it. */
export const randomEnd = (floor: Floor, auction: string): number =>
  floor.random.fork(`${floor.day}/${auction}`).int(0, RANDOM_END_MS)

/** An execution of a part of the order: off the book, into the events, and out of the registry when nothing is left. */
export function fillOrder(
  floor: Floor,
  market: InstrumentMarket,
  order: LiveOrder,
  at: Price,
  shares: Quantity,
): void {
  takeOff(market, order, shares)
  floor.emit({
    kind: 'fill',
    number: order.number,
    owner: order.owner,
    instrument: market.id,
    side: order.side,
    price: at,
    quantity: shares,
    open: order.open,
    at: floor.now,
  })
  if (order.open === 0) floor.orders.retire(order)
}

/** Ends the open part, or `shares` of it, without an execution. */
export function closeOrder(
  floor: Floor,
  market: InstrumentMarket,
  order: LiveOrder,
  why: ClosedEvent['why'],
  shares: Quantity = order.open,
): void {
  takeOff(market, order, shares)
  floor.emit({
    kind: 'closed',
    number: order.number,
    owner: order.owner,
    why,
    quantity: shares,
    at: floor.now,
  })
  if (order.open === 0) floor.orders.retire(order)
}

/** The book changed; in a call auction its outcome may have too. */
export function bookChanged(floor: Floor, market: InstrumentMarket): void {
  if (isInCall(market)) {
    floor.stale.add(market)
  }
  floor.emit({ kind: 'book', instrument: market.id, at: floor.now })
}

export function printTrade(
  floor: Floor,
  market: InstrumentMarket,
  at: Price,
  shares: Quantity,
  aggressor?: Side,
): void {
  floor.emit({
    kind: 'print',
    instrument: market.id,
    price: at,
    quantity: shares,
    ...(aggressor === undefined ? {} : { aggressor }),
    ...(market.phase === 'offHoursSingle' ? { board: 'offHoursSingle' } : {}),
    at: floor.now,
  })
  floor.watch?.(market)
}

function takeOff(market: InstrumentMarket, order: LiveOrder, shares: Quantity): void {
  if (order.open > shares) {
    reduceOpen(order, shares)
    return
  }
  const { queue } = order
  if (queue === market.fixedBuys || queue === market.fixedSells) dequeue(order)
  else removeOrder(bookOf(market, order.side), order)
  order.open = NO_SHARES
}
