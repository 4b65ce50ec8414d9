import type { PriceBand } from '../model/instrument.ts'
import { type Price, price } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import { clampToBand } from '../model/price-band.ts'
import type { Grid } from './grid.ts'

/** What the price of a market order is deemed from. Limit prices are 0 when that side has no limit order. */
export interface DeemingView {
  readonly grid: Grid
  readonly band: PriceBand | undefined
  /** The last execution price; the base price before the first one. */
  readonly last: Price
  readonly bestBid: Price
  readonly lowestBid: Price
  readonly bestAsk: Price
  readonly highestAsk: Price
}

/** Total market orders of each side. */
export interface MarketTotals {
  readonly buy: number
  readonly sell: number
}

/**
 * The price a resting market order counts as in continuous trading: one tick better than the best limit order of its own
 * side, else the last price or the farthest limit order of the other side, whichever is further out; inside the band.
 * Source: KRX English site, order types and matching; rule book §1.9.
 */
export function deemedInContinuous(side: Side, view: DeemingView): Price {
  const { grid, band, last, bestBid, lowestBid, bestAsk, highestAsk } = view
  if (side === 'buy') return clampToBand(bestBid > 0 ? grid.up(bestBid) : higher(last, highestAsk), band)
  return clampToBand(bestAsk > 0 ? grid.down(bestAsk) : lower(last, lowestBid), band)
}

/**
 * The price market orders count as in a call auction. With limit orders about, further out than any of them and the last
 * price; with nothing but market orders, both sides meet at the last price, or a tick towards the larger side.
 * Source: KRX English site, order types and matching; rule book §1.9.
 */
export function deemedInCall(side: Side, view: DeemingView, totals: MarketTotals): Price {
  const { grid, band, last, bestBid, lowestBid, bestAsk, highestAsk } = view
  if (bestBid === 0 && bestAsk === 0) return clampToBand(amongMarketsOnly(grid, last, totals), band)
  if (side === 'buy') {
    const ahead = bestBid > 0 ? grid.up(bestBid) : last
    return clampToBand(higher(higher(ahead, highestAsk), last), band)
  }
  const ahead = bestAsk > 0 ? grid.down(bestAsk) : last
  return clampToBand(lower(lower(ahead, lowestBid), last), band)
}

function amongMarketsOnly(grid: Grid, last: Price, { buy, sell }: MarketTotals): Price {
  if (buy === sell) return last
  return buy > sell ? grid.up(last) : grid.down(last)
}

const higher = (a: Price, b: Price): Price => price(Math.max(a, b))
/** 0 stands for "no such price", so it is never the lower one. */
const lower = (a: Price, b: Price): Price => (b === 0 ? a : a === 0 ? b : price(Math.min(a, b)))
