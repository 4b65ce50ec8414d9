import type { Order, OrderIntent } from '../../../model/order.ts'
import type { RiskRule } from '../rule.ts'

/** The order that this one amends stands in nobody's way but its own doubt's. */
const others = (intent: OrderIntent, openOrders: readonly Order[]): Order[] =>
  openOrders.filter((order) => order.instrument === intent.instrument && order.id !== intent.replaces)

/**
 * Nothing new for an instrument while one of its orders may or may not be live, not even an exit: the doubtful order
 * may have sold already, and a look-alike would make its settlement from the venue's list ambiguous.
 */
export const noneInDoubt: RiskRule = ({ instrument }, { openOrders }) => {
  const order = openOrders.find((open) => open.instrument === instrument && open.status === 'inDoubt')
  return order && { code: 'orderInDoubt', orderId: order.id }
}

/** One buy at a time. Sales may stand side by side, since each binds shares of its own. */
export const noneWorking: RiskRule = (intent, { openOrders }) => {
  if (intent.side === 'sell') return undefined
  const order = others(intent, openOrders).find(({ side }) => side === 'buy')
  return order && { code: 'orderAlreadyWorking', orderId: order.id }
}

/** Trading with oneself is a broker's rejection at best and market manipulation at worst, whatever the prices. */
export const noSelfTrade: RiskRule = (intent, { openOrders }) => {
  const order = others(intent, openOrders).find(({ side }) => side !== intent.side)
  return order && { code: 'selfTrade', orderId: order.id }
}
