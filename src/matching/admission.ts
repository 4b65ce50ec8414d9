import { isBarredFromAfterMarket, singlePriceEveryMs, takesPlainOrdersOnly } from '../model/designations.ts'
import type { KoreanVenue } from '../model/instrument.ts'
import type { Price } from '../model/money.ts'
import { nxtRulesOn } from '../model/nxt-rules.ts'
import type { OrderType, Side, TimeInForce } from '../model/order.ts'
import { exchangeAccepts, type OrderRuleQuery } from '../model/order-rules.ts'
import type { Phase } from '../model/session.ts'
import { NO_PRICE } from './book-side.ts'
import { bestPrice, type InstrumentMarket } from './instrument-market.ts'
import type { ExchangeRefusal, NewOrder } from './types.ts'

type Kind = Pick<NewOrder, 'type' | 'timeInForce'>

/** No session, or one that a circuit breaker stopped: an order is refused, not parked. */
const NOT_MATCHED: ReadonlySet<Phase> = new Set(['closed', 'halted'])
const PLAIN: ReadonlySet<OrderType> = new Set(['limit', 'market'])

/** Why an order of this kind may not enter the instrument's main book now; `undefined` when it may. */
export function refuseKind(
  venue: KoreanVenue,
  market: InstrumentMarket,
  kind: Kind,
): ExchangeRefusal | undefined {
  const { phase } = market
  if (NOT_MATCHED.has(phase) || isBarred(venue, market) || !accepts(venue, market, 'limit', 'day'))
    return { code: 'marketClosed', phase }
  if (market.isHalted) return { code: 'instrumentHalted' }
  const { type, timeInForce } = kind
  const { day, designations } = market.listing.today
  const isUnusual =
    (!PLAIN.has(type) && takesPlainOrdersOnly(designations)) ||
    (timeInForce === 'gtp' && !nxtRulesOn(day).gtp)
  if (isUnusual || !accepts(venue, market, type, timeInForce))
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
 * 최우선 that of its own side, each as it is on arrival. 중간가 needs both sides, and has its price only when it
 * trades. 스톱지정가 has two prices. Source: rule book §1.10.
 */
export function entryPrice(market: InstrumentMarket, order: NewOrder): Price | ExchangeRefusal {
  switch (order.type) {
    case 'market':
      return NO_PRICE
    case 'best':
      return bestPrice(market, other(order.side)) ?? { code: 'noOppositeQuote' }
    case 'priority':
      return bestPrice(market, order.side) ?? { code: 'noSameSideQuote' }
    case 'mid':
      if (bestPrice(market, other(order.side)) === undefined) return { code: 'noOppositeQuote' }
      return bestPrice(market, order.side) === undefined ? { code: 'noSameSideQuote' } : NO_PRICE
    case 'stopLimit':
      return refuseGiven(market, order.stop) ?? given(market, order.limit)
    default:
      return given(market, order.limit)
  }
}

const given = (market: InstrumentMarket, limit: Price | undefined): Price | ExchangeRefusal =>
  refuseGiven(market, limit) ?? limit ?? NO_PRICE

const refuseGiven = (market: InstrumentMarket, limit: Price | undefined): ExchangeRefusal | undefined =>
  limit === undefined || limit === NO_PRICE ? { code: 'priceMissing' } : refusePrice(market, limit)

const other = (side: Side): Side => (side === 'buy' ? 'sell' : 'buy')

/** What NXT does not want at any time is not on its daily list. */
const isBarred = (venue: KoreanVenue, { phase, listing }: InstrumentMarket): boolean =>
  venue === 'KRX' &&
  phase === 'afterMarket' &&
  (isBarredFromAfterMarket(listing.today.designations) || singlePriceEveryMs(listing.today) !== undefined)

function accepts(
  venue: KoreanVenue,
  market: InstrumentMarket,
  type: OrderType,
  timeInForce: TimeInForce,
): boolean {
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
