import { brokerOffers, exchangeAccepts } from '../../../model/order-rules.ts'
import { kstTimeOfDay } from '../../../model/time.ts'
import type { RiskRule } from '../rule.ts'

/** The user's own hours hold back buys; a stop must be able to leave as long as the exchange is open. */
export const tradingHours: RiskRule = ({ side }, view) => {
  const { from, to } = view.settings.hours
  const now = kstTimeOfDay(view.now)
  if (side === 'sell' || (now >= from && now < to)) return undefined
  return { code: 'outsideHours', now, from, to }
}

/** Before its description is there, an instrument is taken for a share. */
const classOf = (view: Parameters<RiskRule>[1]) => view.view?.listing.class ?? 'stock'

/** Source: KRX and NXT order types by session; rule book §1.10. */
export const exchangeTakesIt: RiskRule = (intent, view) => {
  const accepted = exchangeAccepts({
    venue: intent.venue,
    phase: view.phase,
    type: intent.type,
    timeInForce: intent.timeInForce,
    class: classOf(view),
    inCallAuction: view.view?.inVi ?? false,
  })
  return accepted ? undefined : { code: 'wrongSession', phase: view.phase, type: intent.type }
}

/** What the broker was never seen to accept may be tried on a simulator or a mock account, but not with real money. */
export const brokerTakesIt: RiskRule = (intent, view) => {
  const { type, venue, timeInForce } = intent
  const { environment } = view
  const { offered, verified } = brokerOffers({
    broker: view.broker,
    environment,
    venue,
    phase: view.phase,
    type,
    timeInForce,
    class: classOf(view),
    inCallAuction: view.view?.inVi ?? false,
  })
  if (offered && (verified || environment !== 'live')) return undefined
  return { code: 'orderTypeNotOffered', type, venue, environment }
}
