import type { OrderIntent } from '../../../model/order.ts'
import type { RiskRule } from '../rule.ts'

/** It goes on with an earlier order; what that one bought does not speak against it. */
export const carriesOn = (intent: OrderIntent): boolean =>
  intent.replaces !== undefined || intent.continues !== undefined

/** A condition that fires again does not add to a position. A person who orders by hand may. */
export const notHeld: RiskRule = (intent, { positions }) => {
  const byHand = intent.purpose.to === 'enter' && intent.purpose.condition === undefined
  if (intent.side === 'sell' || byHand || carriesOn(intent)) return undefined
  const position = positions.get(intent.instrument)
  return position && { code: 'alreadyHeld', quantity: position.quantity }
}

/** Counts what is held and what is being bought; only a buy that would begin one more position is denied. */
export const positionCount: RiskRule = (intent, view) => {
  const { positions, settings } = view
  if (intent.side === 'sell' || carriesOn(intent) || positions.has(intent.instrument)) return undefined
  const taken = new Set(positions.keys())
  for (const order of view.openOrders)
    if (order.side === 'buy' && order.instrument !== intent.instrument) taken.add(order.instrument)
  const max = settings.limits.maxPositions
  return taken.size >= max ? { code: 'positionCountExceedsMax', held: taken.size, max } : undefined
}
