import { localTimeOfDay } from '../../../model/home-venue.ts'
import type { OrderIntent } from '../../../model/order.ts'
import {
  brokerDenial,
  designationDenial,
  exchangeDenial,
  hoursDenial,
  listingDenial,
  mayExtend,
  type RouteQuery,
} from '../../../model/route-rules.ts'
import { routingOf } from '../../../model/settings.ts'
import type { RiskRule, RiskView } from '../rule.ts'

/** The user's own hours hold back buys; a stop must be able to leave as long as the exchange is open. */
export const tradingHours: RiskRule = (intent, view) => {
  const { from, to } = view.settings.hours
  const now = localTimeOfDay(intent.venue, view.now)
  if (intent.side === 'sell' || (now >= from && now < to)) return undefined
  return { code: 'outsideHours', now, from, to }
}

/** Before its description is there, an instrument is taken for a share. */
const queryOf = (intent: OrderIntent, view: RiskView): RouteQuery => ({
  broker: view.broker,
  environment: view.environment,
  venue: intent.venue,
  phase: view.phase,
  type: intent.type,
  timeInForce: intent.timeInForce,
  class: view.view?.listing.class ?? 'stock',
  inCallAuction: view.view?.inVi ?? false,
  designations: view.view?.designations ?? [],
  onNxt: view.view?.onNxt,
  extended: mayExtend(routingOf(view.settings), intent.purpose),
})

export const exchangeTakesIt: RiskRule = (intent, view) => exchangeDenial(queryOf(intent, view))

/** Single-price names take plain orders alone, and the after-market keeps several designations out. */
export const designationTakesIt: RiskRule = (intent, view) => designationDenial(queryOf(intent, view))

export const onItsVenue: RiskRule = (intent, view) => listingDenial(queryOf(intent, view))

export const insideSessions: RiskRule = (intent, view) => hoursDenial(queryOf(intent, view))

export const brokerTakesIt: RiskRule = (intent, view) => brokerDenial(queryOf(intent, view))
