import { krw } from '../../../model/money.ts'
import type { RiskRule } from '../rule.ts'

/** Exits are exempt: a used-up allowance must not lock a position in. */
export const dayOrders: RiskRule = ({ side }, { ordersToday, settings }) => {
  const max = settings.limits.maxOrdersPerDay
  return side === 'buy' && ordersToday >= max
    ? { code: 'dayOrdersExceedMax', orders: ordersToday, max }
    : undefined
}

/** Exits are exempt here too; the venue's own rate is kept by the adapter, which lets orders wait their turn. */
export const orderRate: RiskRule = ({ side }, { ordersLastSecond, settings }) => {
  const max = settings.limits.maxOrdersPerSecond
  return side === 'buy' && ordersLastSecond >= max
    ? { code: 'orderRateExceedsMax', perSecond: ordersLastSecond, max }
    : undefined
}

export const dayLoss: RiskRule = ({ side }, view) => {
  const max = view.settings.limits.maxLossPerDay
  if (side === 'sell' || max === undefined) return undefined
  const loss = krw(-view.dayPnl())
  return loss > max ? { code: 'dayLossExceedsMax', loss, max } : undefined
}
