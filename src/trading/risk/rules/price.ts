import { isOnTick, tickSize } from '../../../model/tick-size.ts'
import type { RiskRule } from '../rule.ts'

/** Types whose price is the `limit` of the intent. */
const isPriced = ({ type }: Parameters<RiskRule>[0]): boolean =>
  type === 'limit' || type === 'stopLimit' || type === 'conditional'

/** A buy must know what it is about to pay, and a limit order must carry its limit. A market sale needs no price. */
export const priceKnown: RiskRule = (intent, { view }) => {
  const unheard = intent.side === 'buy' && (view === undefined || view.pricedAt === 0 || view.last === 0)
  const limitless = isPriced(intent) && (intent.limit === undefined || intent.limit === 0)
  return unheard || limitless ? { code: 'priceUnknown' } : undefined
}

export const priceFresh: RiskRule = ({ side }, { view, settings, now }) => {
  if (side === 'sell' || view === undefined) return undefined
  const ageMs = now - view.pricedAt
  const maxMs = settings.limits.maxQuoteAgeMs
  return ageMs > maxMs ? { code: 'priceStale', ageMs, maxMs } : undefined
}

export const atUpperLimit: RiskRule = ({ side }, { view, settings }) => {
  if (side === 'sell' || !settings.limits.forbid.upperLimit || view?.band === undefined) return undefined
  const { last, band } = view
  return last >= band.upper ? { code: 'atUpperLimit', last, upper: band.upper } : undefined
}

/** Source: KRX Business Regulation, price units; rule book §1.6 (the exchange rejects a price off the grid). */
export const onTick: RiskRule = (intent, { view, day }) => {
  const { limit } = intent
  if (!isPriced(intent) || limit === undefined || view === undefined) return undefined
  if (isOnTick(view.listing, day, limit)) return undefined
  return { code: 'priceOffTick', price: limit, tick: tickSize(view.listing, day, limit) }
}

/** Source: KRX Business Regulation, daily price limits; rule book §1.6. */
export const insideBand: RiskRule = (intent, { view }) => {
  const { limit } = intent
  const band = view?.band
  if (!isPriced(intent) || limit === undefined || band === undefined) return undefined
  if (limit >= band.lower && limit <= band.upper) return undefined
  return { code: 'priceOutsideBand', price: limit, lower: band.lower, upper: band.upper }
}
