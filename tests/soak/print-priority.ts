import type { ExchangeEvent } from '../../src/matching/types.ts'
import type { Side } from '../../src/model/order.ts'
import { isBetter, type ShadowMarket, type ShadowOrder, sideOf } from './shadow-orders.ts'

type Print = Extract<ExchangeEvent, { kind: 'print' }>
type Fills = ShadowMarket['pending']

/**
 * What is wrong with a print, given the fills it stands for and the orders that are left. `isShared`: at this price orders
 * of an auction count as simultaneous, and time is no priority among them.
 */
export function priorityFaults(
  market: ShadowMarket,
  fills: Fills,
  print: Print,
  isShared: boolean,
): string[] {
  const faults = balanceFaults(fills, print)
  if (print.board === 'closePrice') return [...faults, ...boardFaults(market, fills)]
  if (market.collectedAt === print.at) return [...faults, ...continuousFaults(market, fills, print)]
  // The order on its way in trades below its limit until it rests.
  const taker = print.aggressor === undefined ? undefined : fills[1]?.order
  for (const side of ['buy', 'sell'] as const)
    for (const order of sideOf(market, side))
      if (order !== taker && wasPassedOver(order, print))
        faults.push(`order ${order.number} at ${order.limit} was passed over`)
  if (print.aggressor !== undefined) return [...faults, ...continuousFaults(market, fills, print)]
  return isShared ? faults : [...faults, ...auctionFaults(market, fills, print)]
}

/** At the price of an auction the older order comes first. Market orders stand at a price that only the exchange can say. */
function auctionFaults(market: ShadowMarket, fills: Fills, { price }: Print): string[] {
  const faults: string[] = []
  for (const { order } of fills)
    for (const older of sideOf(market, order.side))
      if (order.limit === price && older.limit === price && older.open > 0 && older.priority < order.priority)
        faults.push(`order ${older.number} stood there before ${order.number}`)
  return faults
}

/** Bought is sold is printed, all at one price. */
function balanceFaults(fills: Fills, { price, quantity }: Print): string[] {
  const total = (side: Side) =>
    fills.reduce((sum, fill) => sum + (fill.order.side === side ? fill.quantity : 0), 0)
  const faults: string[] = []
  if (total('buy') !== quantity || total('sell') !== quantity)
    faults.push(`${total('buy')} bought and ${total('sell')} sold`)
  for (const fill of fills)
    if (fill.price !== price) faults.push(`order ${fill.order.number} filled at ${fill.price}`)
  return faults
}

/**
 * Somebody traded at a price while this order stood at a better one. In an auction that holds for both sides; in
 * continuous trading too, since a better one of the taker's side would have traded before.
 */
const wasPassedOver = ({ limit, open, side }: ShadowOrder, { price }: Print): boolean =>
  open > 0 && limit > 0 && isBetter(side, limit, price)

/** At a fixed price time is the only priority. */
function boardFaults(market: ShadowMarket, fills: Fills): string[] {
  const [one, other] = fills
  if (fills.length !== 2 || one === undefined || other === undefined) return [`${fills.length} fills`]
  const faults: string[] = []
  if (one.order.owner === other.order.owner) faults.push(`${one.order.owner} trades with himself`)
  for (const { order } of fills)
    for (const earlier of market.fixed)
      if (earlier.side === order.side && earlier.number < order.number)
        faults.push(`order ${earlier.number} came before ${order.number}`)
  return faults
}

/** One order rests, one comes; the one that rests is the oldest at its price. */
function continuousFaults(market: ShadowMarket, fills: Fills, { aggressor, price }: Print): string[] {
  const [maker, taker] = fills
  if (fills.length !== 2 || maker === undefined || taker === undefined) return [`${fills.length} fills`]
  const faults: string[] = []
  if (taker.order.side !== aggressor) faults.push(`the ${taker.order.side} came, not the ${aggressor}`)
  if (maker.order.owner === taker.order.owner) faults.push(`${maker.order.owner} trades with himself`)
  if (maker.order.limit !== price) return faults
  for (const order of sideOf(market, maker.order.side))
    if (order.limit === price && order.open > 0 && order.priority < maker.order.priority)
      faults.push(`order ${order.number} stood there before ${maker.order.number}`)
  return faults
}
