import type { InstrumentView } from '../../model/instrument-view.ts'
import type { Price } from '../../model/money.ts'
import type { Side } from '../../model/order.ts'
import { clampToBand } from '../../model/price-band.ts'
import type { OrderStyle } from '../../model/settings.ts'
import { ceilToTick, floorToTick, stepTicks } from '../../model/tick-size.ts'

export type Priced =
  | { readonly type: 'market' | 'best' | 'priority' | 'mid' }
  | { readonly type: 'limit' | 'conditional'; readonly limit: Price }

/**
 * How far beyond the best opposite quote a limit order goes that stands in for a market order: it takes that much of the
 * book, and is priced anew while it is not filled.
 */
const MARKETABLE_TICKS = 5

/**
 * The styles to be tried one after the other, since not every venue and session takes each: what was asked for, then what
 * comes nearest to it. A plain limit closes every row, because every open session takes one.
 */
export function inTurn(style: OrderStyle, side: Side): readonly OrderStyle[] {
  const opposite = side === 'sell' ? 'bid' : 'ask'
  switch (style.kind) {
    case 'market':
      return [style, { kind: 'best' }, through(side)]
    case 'best':
      return [style, { kind: 'limit', from: opposite, ticks: 0 }]
    case 'priority':
      return [style, { kind: 'limit', from: side === 'sell' ? 'ask' : 'bid', ticks: 0 }]
    case 'mid':
      return [style, { kind: 'limit', from: 'last', ticks: 0 }]
    case 'conditional':
      return [style, { ...style, kind: 'limit' }]
    case 'limit':
      return [style]
  }
}

const through = (side: Side): OrderStyle =>
  side === 'sell'
    ? { kind: 'limit', from: 'bid', ticks: -MARKETABLE_TICKS }
    : { kind: 'limit', from: 'ask', ticks: MARKETABLE_TICKS }

/**
 * What an order style means right now. A limit is counted in ticks from last, bid or ask, lies on the grid and inside
 * the band. An empty side counts from last. `undefined`: no price is known to count from.
 *
 * A start between two ticks (a half-tick print) is first moved to the careful side, down for a buy and up for a sale.
 * Source: KRX Business Regulation, price units; rule book §1.6.
 */
export function priceOf(style: OrderStyle, side: Side, view: InstrumentView): Priced | undefined {
  if (style.kind !== 'limit' && style.kind !== 'conditional') return { type: style.kind }
  const { listing, day, band } = view
  const from = view[style.from] > 0 ? view[style.from] : view.last
  if (from === 0) return undefined
  const start = side === 'buy' ? floorToTick(listing, day, from) : ceilToTick(listing, day, from)
  return { type: style.kind, limit: clampToBand(stepTicks(listing, day, start, style.ticks), band) }
}
