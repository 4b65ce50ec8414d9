import type { InstrumentId } from '../../src/model/ids.ts'
import type { Side } from '../../src/model/order.ts'

/** What an outsider who hears every event knows of an order. */
export interface ShadowOrder {
  readonly number: number
  readonly owner: string
  readonly instrument: InstrumentId
  readonly side: Side
  /** 0: without a price of its own. A conditional order loses its limit at the closing call. */
  limit: number
  readonly conditional: boolean
  /** IOC and FOK: what does not trade at once is over. */
  readonly rests: boolean
  /** On the board at a fixed closing price. */
  readonly fixed: boolean
  /** Seen by nobody: at the mid-price, or waiting for its stop. */
  hidden: boolean
  readonly isMid: boolean
  readonly enteredAt: number
  readonly quantity: number
  /** Its place in time: its own number, or that of the order whose place it took over. */
  priority: number
  open: number
  filled: number
  closed: number
}

/** One instrument as an outsider rebuilds it from the events. */
export interface ShadowMarket {
  readonly buys: Set<ShadowOrder>
  readonly sells: Set<ShadowOrder>
  /** Orders of both sides on the boards at a fixed closing price. */
  readonly fixed: Set<ShadowOrder>
  /** Of both sides, those that nobody sees. */
  readonly hidden: Set<ShadowOrder>
  /** Fills since the last print, with their orders: the print has to explain them. */
  readonly pending: { readonly order: ShadowOrder; readonly price: number; readonly quantity: number }[]
  readonly traded: Record<'buy' | 'sell' | 'print', number>
  value: number
  /** What makes a price: prints of the fixed-price board do not. */
  last: number
  open: number
  high: number
  low: number
  /** When the running VI began, 0 when there is none. */
  viSince: number
  /** The next auction gives a first price: the opening, or the first one after a halt. */
  isFirst: boolean
  /** When the last VI ended. */
  viEndedAt: number
  /** NXT: when orders that had been collected met last, one pair after another; until then the book was crossed. */
  collectedAt: number
}

export const createShadowMarket = (): ShadowMarket => ({
  buys: new Set(),
  sells: new Set(),
  fixed: new Set(),
  hidden: new Set(),
  pending: [],
  traded: { buy: 0, sell: 0, print: 0 },
  value: 0,
  last: 0,
  open: 0,
  high: 0,
  low: 0,
  viSince: 0,
  isFirst: true,
  viEndedAt: 0,
  collectedAt: 0,
})

/** Where the order rests. */
export const placeOf = (market: ShadowMarket, order: ShadowOrder): Set<ShadowOrder> =>
  order.fixed ? market.fixed : order.hidden ? market.hidden : sideOf(market, order.side)

export const sideOf = (market: ShadowMarket, side: Side): Set<ShadowOrder> =>
  side === 'buy' ? market.buys : market.sells

/** Is `a` a better price than `b` to stand at? */
export const isBetter = (side: Side, a: number, b: number): boolean => (side === 'buy' ? a > b : a < b)

/** The best limit price of the side, 0 when no limit order stands there. */
export function bestLimit(market: ShadowMarket, side: Side): number {
  let best = 0
  for (const { limit } of sideOf(market, side))
    if (limit > 0 && (best === 0 || isBetter(side, limit, best))) best = limit
  return best
}

export function recordPrint(
  market: ShadowMarket,
  price: number,
  quantity: number,
  makesPrice: boolean,
): void {
  market.traded.print += quantity
  market.value += price * quantity
  if (!makesPrice) return
  if (market.open === 0) {
    market.open = price
    market.high = price
    market.low = price
  }
  market.last = price
  market.high = Math.max(market.high, price)
  market.low = Math.min(market.low, price)
}

/** `quantity@price` of the best levels, best first. */
export function levelsOf(orders: readonly ShadowOrder[], side: Side, depth: number): string[] {
  const levels = new Map<number, number>()
  for (const { limit, open } of orders) levels.set(limit, (levels.get(limit) ?? 0) + open)
  return [...levels]
    .sort(([a], [b]) => (side === 'buy' ? b - a : a - b))
    .slice(0, depth)
    .map(([at, shares]) => `${shares}@${at}`)
}
