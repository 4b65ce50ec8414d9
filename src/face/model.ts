/**
 * `garam/model`: the nouns of Korean stock trading and the market's own rules as dated data, without any I/O.
 *
 * Money, prices and quantities are branded safe integers (`krw(1_000)`, `price(71_500)`, `quantity(10)`); instants are
 * epoch milliseconds (UTC); days are exchange-local (`tradingDay('2026-11-20')`). What breaks a law throws
 * `InvariantError`; an expected no is a value.
 */

// What a trade costs
export type { Broker, BrokerEnvironment } from '../model/broker.ts'
// Orders
export { type BrokerOffer, type BrokerQuery, brokerOffers } from '../model/broker-offers.ts'
// The exchange's calendar, sessions and prices
export {
  closureOf,
  type DayHours,
  hoursOf,
  isDerivativeExpiry,
  isTradingDay,
  nextTradingDay,
  previousTradingDay,
  settlementDay,
} from '../model/calendar.ts'
export {
  type CommissionSchedule,
  commission,
  commissionSchedule,
  type HoldRequest,
  holdFor,
  type TransactionTax,
  transactionTax,
} from '../model/charges.ts'
export type { BreakerStage } from '../model/circuit-breaker.ts'
// Corporate actions
export {
  type AdjustedHolding,
  adjustedBase,
  adjustedHolding,
  adjustedLimit,
  adjustedPrice,
  type CorporateAction,
  priceFactor,
} from '../model/corporate-action.ts'
// Instruments
export { needsFullMargin } from '../model/designations.ts'
// Names and days
export { type InstrumentId, instrumentId, type OrderId, orderId } from '../model/ids.ts'
export type {
  Designation,
  Instrument,
  InstrumentClass,
  InstrumentDay,
  Market,
  PriceBand,
  Venue,
  ViGroup,
} from '../model/instrument.ts'
export type { ClosureReason } from '../model/krx-closures.ts'
// Numbers
export {
  type Currency,
  ceilShare,
  fewerShares,
  floorPart,
  floorShare,
  krw,
  type Money,
  minus,
  minusShares,
  NO_SHARES,
  NO_WON,
  negate,
  notional,
  type Price,
  perShare,
  plus,
  plusShares,
  price,
  type Quantity,
  quantity,
  type Rate,
  sharesFor,
  sum,
} from '../model/money.ts'
export type { OrderType, Side, TimeInForce } from '../model/order.ts'
export { exchangeAccepts, type OrderRuleQuery } from '../model/order-rules.ts'
export { isOpen, nextStatus, ORDER_TABLE, type OrderStatus, type OrderStep } from '../model/order-table.ts'
export { clampToBand, priceBand } from '../model/price-band.ts'
export {
  LOCK_ASSUMPTIONS,
  type LockAssumptions,
  type LockedOrder,
  type QueuePlace,
  queuePlace,
} from '../model/queue-place.ts'
export type { Phase } from '../model/session.ts'
export { closePriceSessionsOf, phaseAt, type SessionWindow, sessionsOf } from '../model/sessions.ts'
export type { FuturesMove } from '../model/sidecar.ts'
export { ceilToTick, floorToTick, isOnTick, stepTicks, type TickKey, tickSize } from '../model/tick-size.ts'
export {
  addDays,
  kstClock,
  kstDay,
  kstInstant,
  kstTimeOfDay,
  type TimeOfDay,
  type TradingDay,
  timeOfDay,
  tradingDay,
  weekday,
} from '../model/time.ts'
export { type ViRates, viRates, viRatesOf, viTriggerPrices } from '../model/vi.ts'
export type { EpochMs } from '../std/clock.ts'
export { InvariantError } from '../std/invariant.ts'
