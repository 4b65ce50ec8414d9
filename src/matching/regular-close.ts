import { viRatesOf } from '../model/vi.ts'
import { allOrders } from './book-side.ts'
import { bookChanged, closeOrder, type Floor } from './floor.ts'
import { type InstrumentMarket, referencePrice } from './instrument-market.ts'
import type { LiveOrder } from './order-queue.ts'

/**
 * The regular session ends for this instrument: its last price becomes the official close (the base price when it never
 * traded), and what is still open expires. Nothing carries over into the after-market. Source: rule book §1.3, trap 2.
 */
export function endRegularDay(floor: Floor, market: InstrumentMarket): void {
  market.close = referencePrice(market)
  expireOrders(floor, market)
  market.phase = floor.phase
  market.viRates = viRatesOf(market.listing.instrument, market.phase, floor.day)
}

/** The evening's single prices end for this instrument, and with them its day. */
export function endOffHours(floor: Floor, market: InstrumentMarket): void {
  expireOrders(floor, market)
  market.phase = floor.phase
}

/** Orders that nobody sees (중간가, 스톱지정가) live in the continuous session alone: assumed. Source: rule book §1.10. */
export function expireHidden(floor: Floor, market: InstrumentMarket): void {
  const hidden = [...allOrders(market.buys), ...allOrders(market.sells)].filter(isHidden)
  for (const order of hidden.sort(byNumber)) closeOrder(floor, market, order, 'expired')
}

const isHidden = ({ type }: LiveOrder): boolean => type === 'mid' || type === 'stopLimit'

/** Ends everything in the book, in the order in which it came. */
export function expireOrders(floor: Floor, market: InstrumentMarket): void {
  const left = [...allOrders(market.buys), ...allOrders(market.sells)]
  if (left.length === 0) return
  for (const order of left.sort(byNumber)) closeOrder(floor, market, order, 'expired')
  bookChanged(floor, market)
}

export const byNumber = (a: LiveOrder, b: LiveOrder): number => a.number - b.number
