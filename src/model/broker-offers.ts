import type { Broker, BrokerEnvironment } from './broker.ts'
import type { Route } from './instrument.ts'
import {
  exchangeAccepts,
  exchangeSource,
  kindOf,
  type OrderKind,
  type OrderRuleQuery,
  type RuleSource,
} from './order-rules.ts'
import type { Phase } from './session.ts'

export interface BrokerOffer {
  readonly offered: boolean
  /** An official page or a measured answer stands behind it; `false` marks an assumption. */
  readonly verified: boolean
  readonly source: RuleSource
}

/** One line of a broker's terms. An absent list means "any". The first line that fits decides. */
interface OfferRow extends BrokerOffer {
  readonly environments?: readonly BrokerEnvironment[]
  readonly venues?: readonly Route[]
  readonly phases?: readonly Phase[]
  readonly kinds?: readonly OrderKind[]
}

const REGULAR: readonly Phase[] = ['openingCall', 'continuous', 'closingCall']
const UNTIL_THE_PRE_MARKET_ENDS: readonly OrderKind[] = ['limit/gtp', 'best/gtp', 'priority/gtp']

const OFFERS: Readonly<Record<Broker, readonly OfferRow[]>> = {
  kiwoom: [
    // Its counter for the US is another API, which nothing of ours knows.
    { venues: ['US'], offered: false, verified: false, source: 'noCode' },
    // Mock investing answers RC4058 (closed) to every after-market order; NXT in it is in dispute between two guides.
    {
      environments: ['paper'],
      phases: ['afterMarket'],
      offered: false,
      verified: true,
      source: 'kiwoomMock',
    },
    {
      environments: ['paper'],
      venues: ['NXT', 'SOR'],
      offered: false,
      verified: false,
      source: 'mockVenueDispute',
    },
    // No source gives the codes of the after-market orders yet: nothing leaves until one does. Our own server may try.
    {
      environments: ['live'],
      venues: ['KRX'],
      phases: ['afterMarket'],
      offered: false,
      verified: false,
      source: 'noCode',
    },
    // Kiwoom lists the stop limit for NXT only, and mid for SOR although the exchanges' list of SOR codes lacks it.
    {
      venues: ['KRX', 'SOR'],
      kinds: ['stopLimit'],
      offered: false,
      verified: false,
      source: 'kiwoomCodeTable',
    },
    // The code table gives NXT no order at the closing price, and no code for one that ends with the pre-market.
    {
      venues: ['NXT'],
      kinds: ['postClose', ...UNTIL_THE_PRE_MARKET_ENDS],
      offered: false,
      verified: false,
      source: 'noCode',
    },
    // The reference gives both as its examples, and mock answers to them were recorded.
    {
      venues: ['KRX'],
      phases: REGULAR,
      kinds: ['limit', 'market'],
      offered: true,
      verified: true,
      source: 'kiwoomExamples',
    },
    // The rest of the code table is official, its columns by venue are not.
    { offered: true, verified: false, source: 'kiwoomCodeTable' },
  ],
  kis: [
    { environments: ['paper', 'live'], offered: false, verified: false, source: 'noCode' },
    // `ORD_DVSN` 00 of the reference; no adapter of ours has sent one.
    { venues: ['US'], kinds: ['limit'], offered: true, verified: false, source: 'kisCodeTable' },
    // KIS has no market order for the US: what stands for it is a limit through the book, which our own market plays.
    { venues: ['US'], kinds: ['market'], offered: true, verified: false, source: 'collaredLimit' },
  ],
}

export interface BrokerQuery extends OrderRuleQuery {
  readonly broker: Broker
  readonly environment: BrokerEnvironment
}

/**
 * Does the broker pass this order on in this environment? Never `offered` where the exchange itself refuses.
 * Source: Kiwoom REST reference 2026 (`trde_tp`, order policy), real and mock compared; rule book §1.3, §1.10. KIS: order
 * codes for the US, rule book §3.3; nothing of it leaves for KIS yet.
 */
export function brokerOffers(query: BrokerQuery): BrokerOffer {
  if (!exchangeAccepts(query)) return { offered: false, ...exchangeSource(query) }
  const kind = kindOf(query)
  const row = OFFERS[query.broker].find(
    ({ environments, venues, phases, kinds }) =>
      fits(environments, query.environment) &&
      fits(venues, query.venue) &&
      fits(phases, query.phase) &&
      fits(kinds, kind),
  )
  const { offered, verified, source } = row ?? NOTHING_KNOWN
  return { offered, verified, source }
}

const NOTHING_KNOWN: BrokerOffer = { offered: false, verified: false, source: 'noCode' }

const fits = <T>(list: readonly T[] | undefined, value: T): boolean =>
  list === undefined || list.includes(value)
