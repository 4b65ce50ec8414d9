import type { InstrumentId } from '../model/ids.ts'
import type { KoreanVenue } from '../model/instrument.ts'
import type { Price } from '../model/money.ts'
import type { OrderType, Side, TimeInForce } from '../model/order.ts'
import { exchangeAccepts, type OrderRuleQuery } from '../model/order-rules.ts'
import type { Phase } from '../model/session.ts'
import { err, ok, type Result } from '../std/result.ts'
import { isBetter, wouldTradeAt } from './book-side.ts'
import type { BookLevel, Exchange } from './types.ts'

/** An order that may go to either venue. */
export interface RoutedOrder {
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  /** Absent for types without a price. */
  readonly limit?: Price
}

/** A venue as the order would find it on arrival. */
export interface VenueView {
  /** It takes an order of this kind in this instrument now. */
  readonly takes: boolean
  /** Its market trades continuously and the instrument stands not still; a call auction of the instrument alone does not count. */
  readonly trades: boolean
  /** What the order would meet first; absent in an auction or a stop, and when nobody stands there. */
  readonly opposite?: BookLevel
}

/** As `venueViewOf` gives them: `undefined` when the instrument does not trade there. */
export interface VenueViews {
  readonly krx: VenueView | undefined
  readonly nxt: VenueView | undefined
}

/** 최선집행기준: what the broker has laid down for orders that do not trade at once, and what taking costs at each venue. */
export interface SorPolicy {
  readonly defaultMakerVenue: KoreanVenue
  /** Decides between equal prices. Compared only with each other, in any one unit. */
  readonly takerCosts: Readonly<Record<KoreanVenue, number>>
}

/** Assumed: makers go to KRX, and the customer pays the same commission at both. Source: rule book §1.4. */
export const DEFAULT_SOR_POLICY: SorPolicy = { defaultMakerVenue: 'KRX', takerCosts: { KRX: 0, NXT: 0 } }

export type SorRefusal =
  /** SOR takes limit, market, best and priority, with IOC and FOK. */
  | { readonly code: 'typeNotRouted'; readonly type: OrderType; readonly timeInForce: TimeInForce }
  /** No venue takes this order now. */
  | { readonly code: 'noVenueOpen' }

type Kind = `${OrderType}/${TimeInForce}`

/** Codes 00, 01, 03, 04 and 11–16. Source: rule book §1.10. */
const ROUTED: ReadonlySet<Kind> = new Set<Kind>([
  'limit/day',
  'market/day',
  'best/day',
  'priority/day',
  'limit/ioc',
  'market/ioc',
  'best/ioc',
  'limit/fok',
  'market/fok',
  'best/fok',
])

/**
 * 자동주문전송: where the broker's smart order routing sends the order.
 *
 * One that would trade at once goes to the better price, then to the lower cost, then to the larger quantity there, and to
 * KRX when all are equal; one that would not goes to the policy's venue for makers. Where only one venue takes it, it goes
 * there. A market order is for KRX, which alone has them, whether KRX takes it now or not.
 *
 * While one market trades and the other is shut or collects orders for one price, everything is for the one that trades, as
 * between 08:30 and 08:50 for NXT; `phaseOnRoute` says the same.
 *
 * The whole order goes to one venue: brokers may split, which is not modelled, and what does not fill there stays there.
 * Source: rule book §1.4; Kiwoom's notice on NXT (orders go to the exchange that trades at that time).
 */
export function chooseVenue(
  order: RoutedOrder,
  views: VenueViews,
  policy: SorPolicy = DEFAULT_SOR_POLICY,
): Result<KoreanVenue, SorRefusal> {
  const { type, timeInForce } = order
  if (!ROUTED.has(`${type}/${timeInForce}`)) return err({ code: 'typeNotRouted', type, timeInForce })
  const { krx, nxt } = eligible(views)
  if (type === 'market') return ok(krx || !nxt ? 'KRX' : 'NXT')
  if (!krx?.takes && !nxt?.takes) return err({ code: 'noVenueOpen' })
  if (!krx?.takes) return ok('NXT')
  if (!nxt?.takes) return ok('KRX')
  const here = reachable(order, krx)
  const there = reachable(order, nxt)
  if (here === undefined && there === undefined) return ok(policy.defaultMakerVenue)
  if (here === undefined) return ok('NXT')
  if (there === undefined) return ok('KRX')
  return ok(isNxtBetter(order.side, here, there, policy) ? 'NXT' : 'KRX')
}

/** The venue that trades while the other does not, else both. */
function eligible({ krx, nxt }: VenueViews): VenueViews {
  if (nxt?.trades && !krx?.trades) return { krx: undefined, nxt }
  return krx?.trades && !nxt?.trades ? { krx, nxt: undefined } : { krx, nxt }
}

/** The venue as this order finds it now. `undefined`: the instrument does not trade there. */
export function venueViewOf(exchange: Exchange | undefined, order: RoutedOrder): VenueView | undefined {
  const state = exchange?.state(order.instrument)
  if (exchange === undefined || state === undefined) return undefined
  const { type, timeInForce, side } = order
  const { listing, phase, inOwnCall: inCallAuction, halted } = state
  const { class: kind } = listing.instrument
  const query: OrderRuleQuery = {
    venue: exchange.venue,
    phase,
    type,
    timeInForce,
    class: kind,
    inCallAuction,
  }
  const takes = !halted && exchangeAccepts(query)
  const trades = TRADING.has(phase) && !halted
  const [opposite] =
    trades && !inCallAuction ? exchange.levels(order.instrument, side === 'buy' ? 'sell' : 'buy', 1) : []
  return { takes, trades, ...(opposite === undefined ? {} : { opposite }) }
}

const TRADING: ReadonlySet<Phase> = new Set(['preMarket', 'continuous', 'afterMarket'])

/** What the order would trade with on arrival, if it would. 최우선 joins its own side and meets nobody. */
function reachable({ side, type, limit }: RoutedOrder, { opposite }: VenueView): BookLevel | undefined {
  if (opposite === undefined || type === 'priority') return undefined
  return limit === undefined || wouldTradeAt(side, limit, opposite.price) ? opposite : undefined
}

function isNxtBetter(side: Side, krx: BookLevel, nxt: BookLevel, { takerCosts }: SorPolicy): boolean {
  // A buyer looks for the lowest price: what is the better price to stand at for a seller.
  if (krx.price !== nxt.price) return isBetter(side === 'buy' ? 'sell' : 'buy', nxt.price, krx.price)
  if (takerCosts.KRX !== takerCosts.NXT) return takerCosts.NXT < takerCosts.KRX
  return nxt.quantity > krx.quantity
}
