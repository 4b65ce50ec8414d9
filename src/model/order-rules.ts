import type { InstrumentClass, Route } from './instrument.ts'
import type { OrderType, TimeInForce } from './order.ts'
import type { Phase } from './session.ts'

export interface OrderRuleQuery {
  readonly venue: Route
  /** Of that venue; for SOR the one that `phaseOnRoute` gives. */
  readonly phase: Phase
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly class: InstrumentClass
  /** The instrument is in a call auction of its own: VI, or the resumption after a halt. */
  readonly inCallAuction?: boolean
}

/** `limit` or `limit/ioc`: an order type with its time in force, `day` unless said. */
export type OrderKind = `${OrderType}${'' | '/ioc' | '/fok' | '/gtp'}`

/** Calls an instrument may be in while its market trades continuously. */
type Stage = Phase | 'auctionInPreMarket' | 'auctionInContinuous' | 'auctionInAfterMarket'

const TAKERS: readonly OrderKind[] = [
  'limit',
  'limit/ioc',
  'limit/fok',
  'best',
  'best/ioc',
  'best/fok',
  'priority',
]
const MARKET_TAKERS: readonly OrderKind[] = ['market/ioc', 'market/fok']
const MID: readonly OrderKind[] = ['mid', 'mid/ioc', 'mid/fok']
const UNTIL_THE_PRE_MARKET_ENDS: readonly OrderKind[] = ['limit/gtp', 'best/gtp', 'priority/gtp']

/**
 * What each venue takes, by stage; what is not written is refused. In a call auction there is no opposite quote to take,
 * hence no best, priority, IOC or FOK. Assumed: NXT sweeps an IOC or FOK market order to the price limit; NXT offers mid
 * and stop only in its main session; after a VI in an after-market only plain limits are taken. GTP exists since 2026-09-14:
 * `nxtRulesOn` has the dates.
 */
const ACCEPTED: Readonly<Record<Route, Partial<Record<Stage, ReadonlySet<OrderKind>>>>> = {
  KRX: {
    preClose: new Set<OrderKind>(['preClose']),
    openingCall: new Set<OrderKind>(['limit', 'market', 'conditional']),
    continuous: new Set<OrderKind>([
      'market',
      'conditional',
      'stopLimit',
      ...TAKERS,
      ...MARKET_TAKERS,
      ...MID,
    ]),
    auctionInContinuous: new Set<OrderKind>(['limit', 'market', 'conditional']),
    closingCall: new Set<OrderKind>(['limit', 'market']),
    postCloseEntry: new Set<OrderKind>(['postClose']),
    postClose: new Set<OrderKind>(['postClose']),
    offHoursSingle: new Set<OrderKind>(['limit']),
    afterMarket: new Set<OrderKind>(TAKERS),
    auctionInAfterMarket: new Set<OrderKind>(['limit']),
  },
  NXT: {
    preMarket: new Set<OrderKind>([...TAKERS, ...UNTIL_THE_PRE_MARKET_ENDS]),
    auctionInPreMarket: new Set<OrderKind>(['limit', 'limit/gtp']),
    continuous: new Set<OrderKind>(['stopLimit', ...TAKERS, ...MARKET_TAKERS, ...MID]),
    auctionInContinuous: new Set<OrderKind>(['limit']),
    afterMarketEntry: new Set<OrderKind>(['limit']),
    postClose: new Set<OrderKind>(['postClose']),
    afterMarket: new Set<OrderKind>(TAKERS),
    auctionInAfterMarket: new Set<OrderKind>(['limit']),
  },
  // What the bars of the regular session can play; MOO, LOO, MOC and LOC exist too (rule book §3.3) and are not offered yet.
  US: { continuous: new Set<OrderKind>(['limit', 'market']) },
  // Smart order routing passes on 00, 01, 03, 04 and 11–16 only; a market order goes to the KRX leg (rule book §1.4, §1.10).
  // Where only one venue is open it is that venue's order: NXT takes no market order, a call auction no best.
  SOR: {
    preMarket: new Set<OrderKind>(TAKERS),
    openingCall: new Set<OrderKind>(['limit', 'market']),
    continuous: new Set<OrderKind>(['market', ...TAKERS, ...MARKET_TAKERS]),
    auctionInContinuous: new Set<OrderKind>(['limit', 'market']),
    closingCall: new Set<OrderKind>(['limit', 'market']),
    afterMarketEntry: new Set<OrderKind>(['limit']),
    afterMarket: new Set<OrderKind>(TAKERS),
    auctionInAfterMarket: new Set<OrderKind>(['limit']),
  },
}

const SHARES_ONLY: ReadonlySet<InstrumentClass> = new Set(['stock'])

/** Sessions that only some classes may enter. ETF and ETN are shut out of the KRX after-market by rule, ELW is assumed to be. */
const CLASSES: Readonly<Record<Route, Partial<Record<Phase, ReadonlySet<InstrumentClass>>>>> = {
  KRX: { afterMarket: SHARES_ONLY },
  US: {},
  NXT: {
    preMarket: SHARES_ONLY,
    continuous: SHARES_ONLY,
    afterMarketEntry: SHARES_ONLY,
    postClose: SHARES_ONLY,
    afterMarket: SHARES_ONLY,
  },
  SOR: { preMarket: SHARES_ONLY, afterMarketEntry: SHARES_ONLY, afterMarket: SHARES_ONLY },
}

/**
 * Does the exchange take a NEW order of this kind in this phase? Its own table: designations, prices and quantities are
 * judged elsewhere, and so is what a broker passes on. For NXT, whether an issue is on its daily list is not judged either.
 * Source: KRX English site, order types and periods; broker code lists for the after-market; rule book §1.3, §1.4, §1.10.
 */
export function exchangeAccepts(query: OrderRuleQuery): boolean {
  const classes = CLASSES[query.venue][query.phase]
  if (classes !== undefined && !classes.has(query.class)) return false
  return ACCEPTED[query.venue][stageOf(query)]?.has(kindOf(query)) ?? false
}

function stageOf({ phase, inCallAuction }: OrderRuleQuery): Stage {
  if (!inCallAuction) return phase
  if (phase === 'preMarket') return 'auctionInPreMarket'
  if (phase === 'continuous') return 'auctionInContinuous'
  return phase === 'afterMarket' ? 'auctionInAfterMarket' : phase
}

export const kindOf = ({ type, timeInForce }: Pick<OrderRuleQuery, 'type' | 'timeInForce'>): OrderKind =>
  timeInForce === 'day' ? type : `${type}/${timeInForce}`

/** What a rule rests on; printed beside the table. */
export type RuleSource =
  | 'krxOrderTypes'
  | 'krxAfterMarket'
  | 'nxtRules'
  | 'sorCodes'
  | 'kiwoomExamples'
  | 'kiwoomCodeTable'
  | 'kiwoomMock'
  | 'mockVenueDispute'
  | 'usOrderTypes'
  | 'kisCodeTable'
  | 'collaredLimit'
  | 'noCode'

/** Where the exchange's own word on a session comes from, and whether it is official. Of NXT's and SOR's tables some cells are assumed. */
export function exchangeSource({ venue, phase }: Pick<OrderRuleQuery, 'venue' | 'phase'>): {
  readonly source: RuleSource
  readonly verified: boolean
} {
  if (venue === 'NXT') return { source: 'nxtRules', verified: false }
  if (venue === 'US') return { source: 'usOrderTypes', verified: true }
  if (venue === 'SOR') return { source: 'sorCodes', verified: false }
  return { source: phase === 'afterMarket' ? 'krxAfterMarket' : 'krxOrderTypes', verified: true }
}
