import type { Broker, BrokerEnvironment } from './broker.ts'
import type { InstrumentClass, Venue } from './instrument.ts'
import type { OrderType, TimeInForce } from './order.ts'
import type { Phase } from './session.ts'

export interface OrderRuleQuery {
  readonly venue: Venue
  readonly phase: Phase
  readonly type: OrderType
  readonly timeInForce: TimeInForce
  readonly class: InstrumentClass
  /** The instrument is in a call auction of its own: VI, or the resumption after a halt. */
  readonly inCallAuction?: boolean
}

/** `limit` or `limit/ioc`: an order type with its time in force, `day` unless said. */
type Kind = `${OrderType}${'' | '/ioc' | '/fok'}`

/** Calls an instrument may be in while its market trades continuously. */
type Stage = Phase | 'auctionInContinuous' | 'auctionInAfterMarket'

const TAKERS: readonly Kind[] = [
  'limit',
  'limit/ioc',
  'limit/fok',
  'best',
  'best/ioc',
  'best/fok',
  'priority',
]
const MARKET_TAKERS: readonly Kind[] = ['market/ioc', 'market/fok']
const MID: readonly Kind[] = ['mid', 'mid/ioc', 'mid/fok']

/**
 * What each venue takes, by stage; what is not written is refused. In a call auction there is no opposite quote to take,
 * hence no best, priority, IOC or FOK. Assumed: NXT sweeps an IOC or FOK market order to the price limit; NXT offers mid
 * and stop only in its main session; after a VI in an after-market only plain limits are taken.
 */
const ACCEPTED: Readonly<Record<Venue, Partial<Record<Stage, ReadonlySet<Kind>>>>> = {
  KRX: {
    preClose: new Set<Kind>(['preClose']),
    openingCall: new Set<Kind>(['limit', 'market', 'conditional']),
    continuous: new Set<Kind>(['market', 'conditional', 'stopLimit', ...TAKERS, ...MARKET_TAKERS, ...MID]),
    auctionInContinuous: new Set<Kind>(['limit', 'market', 'conditional']),
    closingCall: new Set<Kind>(['limit', 'market']),
    postCloseEntry: new Set<Kind>(['postClose']),
    postClose: new Set<Kind>(['postClose']),
    offHoursSingle: new Set<Kind>(['limit']),
    afterMarket: new Set<Kind>(TAKERS),
    auctionInAfterMarket: new Set<Kind>(['limit']),
  },
  NXT: {
    preMarket: new Set<Kind>(TAKERS),
    continuous: new Set<Kind>(['stopLimit', ...TAKERS, ...MARKET_TAKERS, ...MID]),
    auctionInContinuous: new Set<Kind>(['limit']),
    afterMarketEntry: new Set<Kind>(['limit']),
    afterMarket: new Set<Kind>(TAKERS),
    auctionInAfterMarket: new Set<Kind>(['limit']),
  },
}

const SHARES_ONLY: ReadonlySet<InstrumentClass> = new Set(['stock'])

/** Sessions that only some classes may enter. ETF and ETN are shut out of the KRX after-market by rule, ELW is assumed to be. */
const CLASSES: Readonly<Record<Venue, Partial<Record<Phase, ReadonlySet<InstrumentClass>>>>> = {
  KRX: { afterMarket: SHARES_ONLY },
  NXT: {
    preMarket: SHARES_ONLY,
    continuous: SHARES_ONLY,
    afterMarketEntry: SHARES_ONLY,
    afterMarket: SHARES_ONLY,
  },
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
  if (phase === 'continuous') return 'auctionInContinuous'
  return phase === 'afterMarket' ? 'auctionInAfterMarket' : phase
}

const kindOf = ({ type, timeInForce }: OrderRuleQuery): Kind =>
  timeInForce === 'day' ? type : `${type}/${timeInForce}`

export interface BrokerOffer {
  readonly offered: boolean
  /** An official page or a measured answer stands behind it; `false` marks an assumption. */
  readonly verified: boolean
}

/** One line of a broker's terms. An absent list means "any". The first line that fits decides. */
interface OfferRow extends BrokerOffer {
  readonly environments?: readonly BrokerEnvironment[]
  readonly venues?: readonly Venue[]
  readonly phases?: readonly Phase[]
  readonly kinds?: readonly Kind[]
}

const REGULAR: readonly Phase[] = ['openingCall', 'continuous', 'closingCall']

const OFFERS: Readonly<Record<Broker, readonly OfferRow[]>> = {
  kiwoom: [
    // Mock investing answers RC4058 (closed) to every after-market order; NXT in it is in dispute between two guides.
    { environments: ['paper'], phases: ['afterMarket'], offered: false, verified: true },
    { environments: ['paper'], venues: ['NXT'], offered: false, verified: false },
    // No source gives the codes of the after-market orders yet: nothing leaves until one does. Our own server may try.
    { environments: ['live'], venues: ['KRX'], phases: ['afterMarket'], offered: false, verified: false },
    // Kiwoom lists the stop limit for NXT only.
    { venues: ['KRX'], kinds: ['stopLimit'], offered: false, verified: false },
    // The reference gives both as its examples, and mock answers to them were recorded.
    { venues: ['KRX'], phases: REGULAR, kinds: ['limit', 'market'], offered: true, verified: true },
    // The rest of the code table is official, its columns by venue are not.
    { offered: true, verified: false },
  ],
}

export interface BrokerQuery extends OrderRuleQuery {
  readonly broker: Broker
  readonly environment: BrokerEnvironment
}

/**
 * Does the broker pass this order on in this environment? Never `offered` where the exchange itself refuses.
 * Source: Kiwoom REST reference 2026 (`trde_tp`, order policy), real and mock compared; rule book §1.3, §1.10.
 */
export function brokerOffers(query: BrokerQuery): BrokerOffer {
  // What KRX refuses is official; of NXT's table some cells are assumed.
  if (!exchangeAccepts(query)) return { offered: false, verified: query.venue === 'KRX' }
  const kind = kindOf(query)
  const row = OFFERS[query.broker].find(
    ({ environments, venues, phases, kinds }) =>
      fits(environments, query.environment) &&
      fits(venues, query.venue) &&
      fits(phases, query.phase) &&
      fits(kinds, kind),
  )
  return { offered: row?.offered ?? false, verified: row?.verified ?? false }
}

const fits = <T>(list: readonly T[] | undefined, value: T): boolean =>
  list === undefined || list.includes(value)
