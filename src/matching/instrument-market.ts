import { isSubjectToVi, singlePriceEveryMs } from '../model/designations.ts'
import type { InstrumentId } from '../model/ids.ts'
import type { PriceBand, ViGroup } from '../model/instrument.ts'
import {
  type Money,
  NO_SHARES,
  NO_WON,
  notional,
  type Price,
  plus,
  plusShares,
  type Quantity,
} from '../model/money.ts'
import type { Side } from '../model/order.ts'
import { priceBand } from '../model/price-band.ts'
import type { Phase } from '../model/session.ts'
import type { TradingDay } from '../model/time.ts'
import type { ViRates } from '../model/vi.ts'
import { type BookSide, bestLevel, createBookSide, NO_PRICE, worstLevel } from './book-side.ts'
import { type DeemingView, deemedInCall, deemedInContinuous } from './deemed-price.ts'
import { createGrid, type Grid } from './grid.ts'
import { createQueue, type LiveOrder, type OrderQueue } from './order-queue.ts'
import type { BookLevel, Listing } from './types.ts'
import type { ViCause } from './vi-trigger.ts'

/** A call auction of one instrument while its market does something else. */
export interface OwnCall {
  readonly why: 'vi' | 'resumption' | 'singlePrice' | 'breaker'
  readonly vi?: { readonly cause: ViCause; readonly price: Price; readonly reference: Price }
  /** No auction: matching stands still and then goes on with what was collected (NXT before 2026-09-14). */
  readonly isStop?: boolean
}

/** All that changes about one instrument during the day. Owned by the exchange; the files beside work on it. */
export interface InstrumentMarket {
  readonly listing: Listing
  readonly id: InstrumentId
  readonly viGroup: ViGroup
  readonly grid: Grid
  /** Of the day, narrower in the off-hours single price. */
  band: PriceBand | undefined
  /** How often it trades in single prices instead of continuously; `undefined`: it does not. */
  readonly singlePriceEveryMs: number | undefined
  readonly isSubjectToVi: boolean
  readonly buys: BookSide
  readonly sells: BookSide
  /** 시간외 종가: orders at one fixed price. */
  readonly fixedBuys: OrderQueue
  readonly fixedSells: OrderQueue
  /** Stop-limit orders that were touched and enter in a moment. */
  readonly touched: LiveOrder[]
  /** What the market as a whole does to this instrument; `closingCall` goes on here while a VI prolongs it. */
  phase: Phase
  ownCall: OwnCall | undefined
  isHalted: boolean
  /** The third stage of a circuit breaker ended its day. */
  isOver: boolean
  viRates: ViRates
  viCount: number
  staticReference: Price
  last: Price
  open: Price
  high: Price
  low: Price
  close: Price
  /** Of the off-hours single price, which moves no other price; 0 before its first one. */
  offHoursLast: Price
  volume: Quantity
  value: Money
  buyVolume: Quantity
  sellVolume: Quantity
  /** The outcome of the running call as last told. */
  expected: BookLevel | undefined
}

export function createInstrumentMarket(listing: Listing, day: TradingDay): InstrumentMarket {
  const { instrument, today } = listing
  return {
    listing,
    id: instrument.id,
    viGroup: instrument.viGroup,
    grid: createGrid(instrument, day),
    band: priceBand(instrument, day, today),
    singlePriceEveryMs: singlePriceEveryMs(today),
    isSubjectToVi: isSubjectToVi(today.designations, day) && singlePriceEveryMs(today) === undefined,
    buys: createBookSide('buy'),
    sells: createBookSide('sell'),
    fixedBuys: createQueue(today.basePrice),
    fixedSells: createQueue(today.basePrice),
    touched: [],
    phase: 'closed',
    ownCall: undefined,
    isHalted: today.halted,
    isOver: false,
    viRates: {},
    viCount: 0,
    staticReference: today.basePrice,
    last: NO_PRICE,
    open: NO_PRICE,
    high: NO_PRICE,
    low: NO_PRICE,
    close: NO_PRICE,
    offHoursLast: NO_PRICE,
    volume: NO_SHARES,
    value: NO_WON,
    buyVolume: NO_SHARES,
    sellVolume: NO_SHARES,
    expected: undefined,
  }
}

export const bookOf = (market: InstrumentMarket, side: Side): BookSide =>
  side === 'buy' ? market.buys : market.sells
export const oppositeOf = (market: InstrumentMarket, side: Side): BookSide =>
  side === 'buy' ? market.sells : market.buys

/**
 * The last execution price; the base price before the first one. In the off-hours single price the last one there, before its
 * first one that of the day.
 */
export function referencePrice({ phase, offHoursLast, last, listing }: InstrumentMarket): Price {
  if (phase === 'offHoursSingle' && offHoursLast > 0) return offHoursLast
  return last > 0 ? last : listing.today.basePrice
}

const CALLS: ReadonlySet<Phase> = new Set(['openingCall', 'closingCall', 'offHoursSingle'])
const CONTINUOUS: ReadonlySet<Phase> = new Set(['preMarket', 'continuous', 'afterMarket'])

/** Are orders collected for one price rather than matched as they come? */
export const isInCall = (market: InstrumentMarket): boolean =>
  market.ownCall !== undefined || CALLS.has(market.phase)

export const isMatching = (market: InstrumentMarket): boolean =>
  !market.isHalted && market.ownCall === undefined && CONTINUOUS.has(market.phase)

/**
 * The price at which market orders resting on that side count; `undefined` when there are none. `incoming` is the limit of
 * an order on its way in from the other side (0: none): it counts as one of the limit orders there.
 */
export function deemedPrice(market: InstrumentMarket, side: Side, incoming: Price): Price | undefined {
  const { buys, sells } = market
  if (bookOf(market, side).markets.head === undefined) return undefined
  if (!isInCall(market)) return deemedInContinuous(side, deemingView(market, side, incoming))
  const totals = { buy: buys.markets.quantity, sell: sells.markets.quantity }
  return deemedInCall(side, deemingView(market, side, incoming), totals)
}

function deemingView(market: InstrumentMarket, side: Side, incoming: Price): DeemingView {
  const { buys, sells, grid, band } = market
  const farBid = worstLevel(buys)?.price ?? NO_PRICE
  const farAsk = worstLevel(sells)?.price ?? NO_PRICE
  return {
    grid,
    band,
    // A mid-price execution may have left it between two prices of the grid (rounded down: assumed).
    last: grid.floor(referencePrice(market)),
    bestBid: bestLevel(buys)?.price ?? NO_PRICE,
    lowestBid: side === 'sell' && incoming > 0 && (farBid === 0 || incoming < farBid) ? incoming : farBid,
    bestAsk: bestLevel(sells)?.price ?? NO_PRICE,
    highestAsk: side === 'buy' && incoming > farAsk ? incoming : farAsk,
  }
}

/** The best price of a side as anyone sees it, market orders at their deemed price; `undefined` when the side is empty. */
export function bestPrice(market: InstrumentMarket, side: Side): Price | undefined {
  return deemedPrice(market, side, NO_PRICE) ?? bestLevel(bookOf(market, side))?.price
}

/** Takes an execution into the day's figures. */
export function recordTrade(market: InstrumentMarket, at: Price, shares: Quantity, aggressor?: Side): void {
  recordTurnover(market, at, shares)
  if (market.phase === 'offHoursSingle') {
    market.offHoursLast = at
    return
  }
  if (aggressor === 'buy') market.buyVolume = plusShares(market.buyVolume, shares)
  if (aggressor === 'sell') market.sellVolume = plusShares(market.sellVolume, shares)
  if (market.open === 0) {
    market.open = at
    market.high = at
    market.low = at
  }
  if (at > market.high) market.high = at
  if (at < market.low) market.low = at
  market.last = at
}

/** What trades at a fixed closing price is turnover and nothing more: it makes no new price. */
export function recordTurnover(market: InstrumentMarket, at: Price, shares: Quantity): void {
  market.volume = plusShares(market.volume, shares)
  market.value = plus(market.value, notional(at, shares))
}
