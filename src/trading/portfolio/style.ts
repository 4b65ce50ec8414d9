import type { InstrumentView } from '../../model/instrument-view.ts'
import type { Price } from '../../model/money.ts'
import type { Side } from '../../model/order.ts'
import { clampToBand } from '../../model/price-band.ts'
import type { OrderStyle } from '../../model/settings.ts'
import { ceilToTick, floorToTick, stepTicks } from '../../model/tick-size.ts'

export type Priced = { readonly type: 'market' } | { readonly type: 'limit'; readonly limit: Price }

/**
 * What an order style means right now. A limit is counted in ticks from last, bid or ask, lies on the grid and inside
 * the band. An empty side counts from last. `undefined`: no price is known to count from.
 *
 * A start between two ticks (a half-tick print) is first moved to the careful side, down for a buy and up for a sale.
 * Source: KRX Business Regulation, price units; rule book §1.6.
 */
export function priceOf(style: OrderStyle, side: Side, view: InstrumentView): Priced | undefined {
  if (style.kind === 'market') return { type: 'market' }
  const { listing, day, band } = view
  const from = view[style.from] > 0 ? view[style.from] : view.last
  if (from === 0) return undefined
  const start = side === 'buy' ? floorToTick(listing, day, from) : ceilToTick(listing, day, from)
  return { type: 'limit', limit: clampToBand(stepTicks(listing, day, start, style.ticks), band) }
}
