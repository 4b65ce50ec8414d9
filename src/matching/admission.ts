import { isBarredFromAfterMarket, takesPlainOrdersOnly } from '../model/designations.ts'
import type { Venue } from '../model/instrument.ts'
import type { Price } from '../model/money.ts'
import type { OrderType, Side, TimeInForce } from '../model/order.ts'
import { exchangeAccepts, type OrderRuleQuery } from '../model/order-rules.ts'
import type { Phase } from '../model/session.ts'
import { NO_PRICE } from './book-side.ts'
import { bestPrice, type InstrumentMarket } from './instrument-market.ts'
import type { ExchangeRefusal, NewOrder } from './types.ts'

type Kind = Pick<NewOrder, 'type' | 'timeInForce'>

/** Sessions that exist but are not matched here; an order for them is refused, not parked. */
const NOT_MATCHED: ReadonlySet<Phase> = new Set([
  'closed',
  'halted',
  'offHoursSingle',
  'preMarket',
  'afterMarketEntry',
])
/** Order types of the exchange that are not matched here: pegged mid-price, and a stop, whose trigger price an order cannot carry. */
const NOT_TAKEN: ReadonlySet<OrderType> = new Set(['mid', 'stopLimit'])
const PLAIN: ReadonlySet<OrderType> = new Set(['limit', 'market'])

/** Why an order of this kind may not enter the instrument's main book now; `undefined` when it may. */
export function refuseKind(venue: Venue, market: InstrumentMarket, kind: Kind): ExchangeRefusal | undefined {
  const { phase } = market
  if (NOT_MATCHED.has(phase) || isBarred(market) || !accepts(venue, market, 'limit', 'day'))
    return { code: 'marketClosed', phase }
  if (market.isHalted) return { code: 'instrumentHalted' }
  const { type, timeInForce } = kind
  const isUnusual = !PLAIN.has(type) && takesPlainOrdersOnly(market.listing.today.designations)
  if (NOT_TAKEN.has(type) || isUnusual || !accepts(venue, market, type, timeInForce))
    return { code: 'typeNotAllowed', type, timeInForce, phase }
  return undefined
}

/** Why this price may not stand on an order; `undefined` when it may. */
export function refusePrice(market: InstrumentMarket, limit: Price): ExchangeRefusal | undefined {
  const { grid, band } = market
  if (!grid.onTick(limit)) return { code: 'priceOffTick', price: limit, tick: grid.tick(limit) }
  if (band !== undefined && (limit > band.upper || limit < band.lower))
    return { code: 'priceOutsideBand', price: limit, band }
  return undefined
}

/**
 * The price an order enters with, 0 for a market order, or why there is none. 최유리 takes the best price of the other side,
 * 최우선 that of its own side, each as it is on arrival. Source: rule book §1.10.
 */
export function entryPrice(market: InstrumentMarket, order: NewOrder): Price | ExchangeRefusal {
  switch (order.type) {
    case 'market':
      return NO_PRICE
    case 'best':
      return bestPrice(market, other(order.side)) ?? { code: 'noOppositeQuote' }
    case 'priority':
      return bestPrice(market, order.side) ?? { code: 'noSameSideQuote' }
    default:
      if (order.limit === undefined || order.limit === NO_PRICE) return { code: 'priceMissing' }
      return refusePrice(market, order.limit) ?? order.limit
  }
}

const other = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy')

const isBarred = ({ phase, listing }: InstrumentMarket): boolean =>
  phase === 'afterMarket' && isBarredFromAfterMarket(listing.today.designations)

function accepts(venue: Venue, market: InstrumentMarket, type: OrderType, timeInForce: TimeInForce): boolean {
  const query: OrderRuleQuery = {
    venue,
    phase: market.phase,
    type,
    timeInForce,
    class: market.listing.instrument.class,
    inCallAuction: market.ownCall !== undefined,
  }
  return exchangeAccepts(query)
}
