import { NO_WON, price } from '../../../model/money.ts'
import type { RiskRule } from '../rule.ts'

/** Where the sizing gave nothing, it says so with its own amount; here only the empty order is known. */
export const someShares: RiskRule = (intent, { view }) =>
  intent.quantity === 0
    ? { code: 'quantityZero', amount: NO_WON, price: intent.limit ?? view?.last ?? price(0) }
    : undefined

/** Held shares that no open sale binds; there is no short selling here. */
export const holding: RiskRule = ({ side, quantity }, { sellable }) =>
  side === 'sell' && quantity > sellable
    ? { code: 'quantityExceedsHolding', wanted: quantity, sellable }
    : undefined
