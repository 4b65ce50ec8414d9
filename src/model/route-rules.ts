import type { EpochMs } from '../std/clock.ts'
import { type BrokerQuery, brokerOffers } from './broker-offers.ts'
import type { Denial } from './denial.ts'
import {
  DESIGNATION_EFFECTS,
  isBarredFromAfterMarket,
  isSinglePriceTraded,
  takesPlainOrdersOnly,
} from './designations.ts'
import type { Designation, Route } from './instrument.ts'
import type { Purpose } from './order.ts'
import { exchangeAccepts } from './order-rules.ts'
import type { Phase } from './session.ts'
import { phaseAt } from './sessions.ts'
import type { OrderRouting } from './settings.ts'

/**
 * Where the day of a route stands. For smart order routing: NXT's phase while NXT is open, else that of KRX, since outside
 * the hours that both share only the open venue can be chosen. Between 08:30 and 08:50 that is NXT, which trades while KRX
 * collects orders for its opening price. Source: rule book §1.4; Kiwoom's notice on NXT (orders go to the exchange that
 * trades at that time).
 */
export function phaseOnRoute(route: Route, at: EpochMs): Phase {
  if (route !== 'SOR') return phaseAt(route, at)
  const phase = phaseAt('NXT', at)
  return phase === 'closed' ? phaseAt('KRX', at) : phase
}

const REGULAR: ReadonlySet<Phase> = new Set(['openingCall', 'continuous', 'closingCall'])

/** The regular session with its call auctions; everything else that is open is extended. */
export const isRegularPhase = (phase: Phase): boolean => REGULAR.has(phase)

const isByHand = (purpose: Purpose): boolean =>
  purpose.to === 'enter'
    ? purpose.condition === undefined
    : purpose.kind === 'manual' || purpose.kind === 'flatten'

/** May an order for this leave outside the regular session? A person's may; a rule's only where the settings say so. */
export const mayExtend = ({ hours, extendedEntries }: OrderRouting, purpose: Purpose): boolean =>
  isByHand(purpose) || (hours === 'extended' && (purpose.to === 'exit' || extendedEntries))

/** An order as the tables see it, before anybody has thought of its price. */
export interface RouteQuery extends BrokerQuery {
  readonly designations: readonly Designation[]
  /** Is it on NXT's list? `undefined`: not told yet. */
  readonly onNxt: boolean | undefined
  /** May it go out beyond the regular session? */
  readonly extended: boolean
}

type Check = (query: RouteQuery) => Denial | undefined

/** Traded at one price every half hour, it takes only what a call auction takes. */
const inCallAuction = ({ inCallAuction, designations }: RouteQuery): boolean =>
  (inCallAuction ?? false) || isSinglePriceTraded(designations)

/** Source: KRX and NXT order types by session; rule book §1.10. */
export const exchangeDenial: Check = (query) =>
  exchangeAccepts({ ...query, inCallAuction: inCallAuction(query) })
    ? undefined
    : { code: 'wrongSession', phase: query.phase, type: query.type }

/** An order for NXT, or for a router that may choose it, needs an issue of NXT's list of the day. */
export const listingDenial: Check = ({ venue, onNxt }) =>
  venue === 'KRX' || venue === 'US' || onNxt === true
    ? undefined
    : { code: 'notOnNxt', known: onNxt !== undefined }

const PLAIN: ReadonlySet<string> = new Set(['limit', 'market'])

/** Source: KRX regulation on short-term overheat issues, after-market notice; rule book §1.3, §1.13. */
export const designationDenial: Check = ({ type, timeInForce, designations, phase, venue }) => {
  const isPlain = PLAIN.has(type) && timeInForce === 'day'
  if (!isPlain && takesPlainOrdersOnly(designations)) {
    const those = designations.filter((each) => DESIGNATION_EFFECTS[each].plainOrdersOnly)
    return { code: 'designationForbidsType', type, designations: those }
  }
  if (venue !== 'KRX' || phase !== 'afterMarket' || !isBarredFromAfterMarket(designations)) return undefined
  const those = designations.filter((each) => DESIGNATION_EFFECTS[each].noAfterMarket)
  return { code: 'designationForbidsSession', phase, designations: those }
}

export const hoursDenial: Check = ({ phase, extended }) =>
  extended || phase === 'closed' || isRegularPhase(phase) ? undefined : { code: 'extendedHoursOff', phase }

/** What the broker was never seen to accept may be tried on a simulator or a mock account, but not with real money. */
export const brokerDenial: Check = (query) => {
  const { type, venue, environment } = query
  const { offered, verified } = brokerOffers({ ...query, inCallAuction: inCallAuction(query) })
  if (offered && (verified || environment !== 'live')) return undefined
  return { code: 'orderTypeNotOffered', type, venue, environment }
}

const CHECKS: readonly Check[] = [exchangeDenial, designationDenial, listingDenial, hoursDenial, brokerDenial]

/** Why this kind of order cannot go there now; `undefined` when it can. The first reason counts. */
export function routeDenial(query: RouteQuery): Denial | undefined {
  for (const check of CHECKS) {
    const denial = check(query)
    if (denial) return denial
  }
  return undefined
}
