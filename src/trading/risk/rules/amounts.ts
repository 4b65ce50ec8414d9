import { holdFor } from '../../../model/charges.ts'
import { krw, type Money, minus, NO_WON, notional, type Price, plus, price } from '../../../model/money.ts'
import { type Order, type OrderIntent, openQuantity } from '../../../model/order.ts'
import type { RiskRule, RiskView } from '../rule.ts'

/** What a share will cost by our best knowledge: the limit, else the best offer, else the last price. */
const expected = (limit: Price | undefined, { view }: RiskView): Price => {
  if (limit !== undefined) return limit
  if (view === undefined) return price(0)
  return view.ask > 0 ? view.ask : view.last
}

const worth = (intent: OrderIntent, view: RiskView): Money =>
  notional(expected(intent.limit, view), intent.quantity)

const openValueOf = (order: Order, view: RiskView): Money =>
  notional(expected(order.limit, view), openQuantity(order))

const replacedBy = (intent: OrderIntent, { openOrders }: RiskView): Order | undefined =>
  intent.replaces === undefined ? undefined : openOrders.find(({ id }) => id === intent.replaces)

/** Cost of what is held, plus what is being bought, plus this order. */
export const instrumentAmount: RiskRule = (intent, view) => {
  if (intent.side === 'sell') return undefined
  let amount = plus(view.positions.get(intent.instrument)?.cost ?? NO_WON, worth(intent, view))
  for (const order of view.openOrders)
    if (order.side === 'buy' && order.instrument === intent.instrument && order.id !== intent.replaces)
      amount = plus(amount, openValueOf(order, view))
  const max = view.settings.limits.maxAmountPerInstrument
  return amount > max ? { code: 'instrumentAmountExceedsMax', amount, max } : undefined
}

/** An amended order counts with what it adds to the old one; the rest of a cancelled one was counted when it first left. */
export const dayAmount: RiskRule = (intent, view) => {
  if (intent.side === 'sell' || intent.continues !== undefined) return undefined
  const replaced = replacedBy(intent, view)
  const before = replaced ? openValueOf(replaced, view) : NO_WON
  const added = krw(Math.max(0, minus(worth(intent, view), before)))
  const amount = plus(view.buyAmountToday, added)
  const max = view.settings.limits.maxBuyAmountPerDay
  return amount > max && added > 0 ? { code: 'dayAmountExceedsMax', amount, max } : undefined
}

const holdOf = (order: OrderIntent, quantity: OrderIntent['quantity'], view: RiskView): Money =>
  holdFor({
    type: order.type,
    ...(order.limit === undefined ? {} : { limit: order.limit }),
    quantity,
    band: view.view?.band,
    last: view.view?.last ?? price(0),
    ...(view.view && { market: view.view.listing.market }),
    schedule: view.schedule,
  })

/**
 * The broker keeps back a buy's worst price (a market order's upper limit) with commission. An amended order frees
 * what the old one held. Unpaid purchases (미수) are off: the whole amount must be there, whatever the margin rate.
 * Source: rule book §1.11.
 */
export const buyingPower: RiskRule = (intent, view) => {
  if (intent.side === 'sell') return undefined
  const needed = holdOf(intent, intent.quantity, view)
  const replaced = replacedBy(intent, view)
  const freed = replaced ? holdOf(replaced, openQuantity(replaced), view) : NO_WON
  const available = plus(view.buyingPower, freed)
  return needed > available ? { code: 'buyingPowerShort', needed, available } : undefined
}
