import type { Price } from '../../../model/money.ts'
import type { OrderIntent } from '../../../model/order.ts'
import { isOnTick, tickSize } from '../../../model/tick-size.ts'
import type { RiskRule } from '../rule.ts'

/** Types whose price is the `limit` of the intent. */
const isPriced = ({ type }: Parameters<RiskRule>[0]): boolean =>
  type === 'limit' || type === 'stopLimit' || type === 'conditional'

/** The prices that an order carries. */
const pricesOf = ({ limit, stop }: OrderIntent): readonly Price[] =>
  [limit, stop].filter((each) => each !== undefined)

/**
 * A buy must know what it is about to pay, a limit order must carry its limit and a stop-limit its stop as well. A market
 * sale needs no price.
 */
export const priceKnown: RiskRule = (intent, { view }) => {
  const unheard = intent.side === 'buy' && (view === undefined || view.pricedAt === 0 || view.last === 0)
  const limitless = isPriced(intent) && (intent.limit === undefined || intent.limit === 0)
  const stopless = intent.type === 'stopLimit' && (intent.stop === undefined || intent.stop === 0)
  return unheard || limitless || stopless ? { code: 'priceUnknown' } : undefined
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
  if (!isPriced(intent) || view === undefined) return undefined
  const off = pricesOf(intent).find((each) => !isOnTick(view.listing, day, each))
  return off && { code: 'priceOffTick', price: off, tick: tickSize(view.listing, day, off) }
}

/** Source: KRX Business Regulation, daily price limits; rule book §1.6. */
export const insideBand: RiskRule = (intent, { view }) => {
  const band = view?.band
  if (!isPriced(intent) || band === undefined) return undefined
  const out = pricesOf(intent).find((each) => each < band.lower || each > band.upper)
  return out && { code: 'priceOutsideBand', price: out, lower: band.lower, upper: band.upper }
}

/** A stop that enters at a limit beyond it, on the wrong side, would wait where it was meant to get out. */
export const stopOrdered: RiskRule = ({ type, side, limit, stop }) => {
  if (type !== 'stopLimit' || limit === undefined || stop === undefined) return undefined
  return (side === 'sell' ? limit <= stop : limit >= stop)
    ? undefined
    : { code: 'stopBeyondLimit', stop, limit }
}
