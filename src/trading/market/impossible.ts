import type { InstrumentId } from '../../model/ids.ts'
import type { PriceBand } from '../../model/instrument.ts'
import type { Quote, Stamped, Trade } from '../../model/market-event.ts'
import type { Price } from '../../model/money.ts'

/** Why a tick was not believed. It changed nothing; each carries the numbers that decided. */
export type Impossible = {
  readonly instrument: InstrumentId
} /** Not described yet: neither its band nor its name is known. */ & (
  | { readonly why: 'unknownInstrument' }
  | { readonly why: 'noPrice' }
  | { readonly why: 'outsideBand'; readonly price: Price; readonly lower: Price; readonly upper: Price }
  /** Older than what we know by more than clocks and wires explain. */
  | { readonly why: 'backwards'; readonly behindMs: number }
  /** A print that happened long before it was heard: it says nothing of the price now. */
  | { readonly why: 'late'; readonly lateMs: number }
  /** From the future. Believing it would make every true tick after it look old. */
  | { readonly why: 'ahead'; readonly aheadMs: number }
  | { readonly why: 'crossed'; readonly bid: Price; readonly ask: Price }
)

export type ImpossibleReason = Impossible['why']

/** Venue times have whole seconds, and prints and quotes come on separate streams: they overtake each other by so much. */
const MAX_BACKWARDS_MS = 3_000
/** Three minutes, because a demo at 60x turns three seconds of a busy machine into them. */
const MAX_LATE_MS = 180_000
const MAX_AHEAD_MS = 60_000

/** What is wrong with a print, seen from an instrument whose newest tick was at `newestAt`. */
export function faultOfTrade(
  trade: Trade,
  band: PriceBand | undefined,
  newestAt: number,
): Impossible | undefined {
  const { instrument, price } = trade
  if (price === 0 || trade.quantity === 0) return { instrument, why: 'noPrice' }
  const lateMs = trade.receivedAt - trade.at
  if (lateMs > MAX_LATE_MS) return { instrument, why: 'late', lateMs }
  return faultOfTime(trade, instrument, newestAt) ?? faultOfPrice(price, band, instrument)
}

/**
 * What is wrong with best quotes. How old a quote is does not matter, since the book may simply not have changed.
 * `inAuction`: orders are only collected, so the best buy may lie above the best sell.
 */
export function faultOfQuote(
  quote: Quote,
  band: PriceBand | undefined,
  newestAt: number,
  inAuction: boolean,
): Impossible | undefined {
  const { instrument, bid, ask, last } = quote
  const fault =
    faultOfTime(quote, instrument, newestAt) ??
    (bid > 0 ? faultOfPrice(bid, band, instrument) : undefined) ??
    (ask > 0 ? faultOfPrice(ask, band, instrument) : undefined) ??
    (last ? faultOfPrice(last, band, instrument) : undefined)
  if (fault) return fault
  if (inAuction || quote.expectedPrice > 0 || !isCrossed(bid, ask)) return undefined
  return { instrument, why: 'crossed', bid, ask }
}

/** In continuous trading such orders would have traded: the quotes cannot stand. 0 is an empty side. */
export const isCrossed = (bid: Price, ask: Price): boolean => bid > 0 && ask > 0 && bid >= ask

function faultOfTime(event: Stamped, instrument: InstrumentId, newestAt: number): Impossible | undefined {
  const aheadMs = event.at - event.receivedAt
  if (aheadMs > MAX_AHEAD_MS) return { instrument, why: 'ahead', aheadMs }
  const behindMs = newestAt - event.at
  return behindMs > MAX_BACKWARDS_MS ? { instrument, why: 'backwards', behindMs } : undefined
}

/** A price between two ticks is real (NXT mid-price orders print there), so the grid is not asked. */
function faultOfPrice(
  price: Price,
  band: PriceBand | undefined,
  instrument: InstrumentId,
): Impossible | undefined {
  if (band === undefined || (price >= band.lower && price <= band.upper)) return undefined
  return { instrument, why: 'outsideBand', price, lower: band.lower, upper: band.upper }
}
