import { viRates } from '../model/vi.ts'
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
  market.viRates = viRates(market.viGroup, market.phase)
}

/** Ends everything in the book, in the order in which it came. */
export function expireOrders(floor: Floor, market: InstrumentMarket): void {
  const left = [...allOrders(market.buys), ...allOrders(market.sells)]
  if (left.length === 0) return
  for (const order of left.sort(byNumber)) closeOrder(floor, market, order, 'expired')
  bookChanged(floor, market)
}

export const byNumber = (a: LiveOrder, b: LiveOrder): number => a.number - b.number
