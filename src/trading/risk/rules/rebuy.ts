import { krw } from '../../../model/money.ts'
import type { OrderIntent } from '../../../model/order.ts'
import type { RiskRule } from '../rule.ts'
import { carriesOn } from './positions.ts'

/** Buys that would begin anew what was sold today. */
const begins = (intent: OrderIntent): boolean => intent.side === 'buy' && !carriesOn(intent)

export const rebuyToday: RiskRule = (intent, { lastSale, settings }) =>
  lastSale && begins(intent) && settings.limits.rebuy.notToday
    ? { code: 'rebuyToday', soldAt: lastSale.at }
    : undefined

export const rebuyBlock: RiskRule = (intent, { lastSale, settings, now }) => {
  if (!lastSale || !begins(intent)) return undefined
  const waitMs = lastSale.at + (settings.limits.rebuy.blockMs ?? 0) - now
  return waitMs > 0 ? { code: 'rebuyTooSoon', soldAt: lastSale.at, waitMs } : undefined
}

export const rebuyAfterLoss: RiskRule = (intent, { lastSale, settings }) =>
  lastSale && lastSale.pnl < 0 && begins(intent) && settings.limits.rebuy.notAfterLoss
    ? { code: 'rebuyAfterLoss', loss: krw(-lastSale.pnl) }
    : undefined
