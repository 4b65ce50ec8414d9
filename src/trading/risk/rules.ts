import type { RiskRule } from './rule.ts'
import { buyingPower, dayAmount, instrumentAmount } from './rules/amounts.ts'
import { noneInDoubt, noneWorking, noSelfTrade } from './rules/conflicts.ts'
import { dayLoss, dayOrders, orderRate } from './rules/day-limits.ts'
import { notDesignated, notExcluded, notHalted, notInVi, notKnown } from './rules/instrument.ts'
import { notHeld, positionCount } from './rules/positions.ts'
import { atUpperLimit, insideBand, onTick, priceFresh, priceKnown, stopOrdered } from './rules/price.ts'
import { holding, someShares } from './rules/quantity.ts'
import { rebuyAfterLoss, rebuyBlock, rebuyToday } from './rules/rebuy.ts'
import {
  brokerTakesIt,
  designationTakesIt,
  exchangeTakesIt,
  insideSessions,
  onItsVenue,
  tradingHours,
} from './rules/session.ts'
import { accountKnown, feedLive, killSwitch, notPaused } from './rules/switches.ts'

/**
 * Every order passes these, in this order; the first that denies is the reason a person reads. First what concerns all
 * orders, then what needs no price (so that a candidate can be refused before a query is spent on it), then the
 * instrument, its price, and the money.
 *
 * Sales that lead out of a position are never held up by limits that exist to hold back buying: day limits, rate,
 * hours, pause, feed and account concern buys alone.
 */
export const RULES: readonly RiskRule[] = [
  killSwitch,
  notPaused,
  accountKnown,
  feedLive,
  tradingHours,
  exchangeTakesIt,
  designationTakesIt,
  onItsVenue,
  insideSessions,
  brokerTakesIt,
  notExcluded,
  dayLoss,
  dayOrders,
  orderRate,
  noneInDoubt,
  notHeld,
  noneWorking,
  noSelfTrade,
  rebuyToday,
  rebuyBlock,
  rebuyAfterLoss,
  positionCount,
  notKnown,
  notHalted,
  notDesignated,
  notInVi,
  priceKnown,
  priceFresh,
  atUpperLimit,
  onTick,
  insideBand,
  stopOrdered,
  someShares,
  holding,
  instrumentAmount,
  dayAmount,
  buyingPower,
]
