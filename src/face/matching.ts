/**
 * `garam/matching`: one day of KRX, or of KRX and NXT, in memory. Price-time priority, call auctions with expected prices, volatility
 * interruptions, halts, price bands; simulated or recorded participants; a broker's cash account beside it.
 *
 * Nothing here reads a clock or rolls dice: time moves through `advanceTo`, chance comes from `createRandom(seed)`, and
 * the same calls give the same events. Nouns and units are those of `garam/model`.
 */

// A cash account
export {
  type Account,
  type AccountAmend,
  type AccountClosing,
  type AccountSettings,
  createAccount,
} from '../matching/account.ts'
export type { Unsettled } from '../matching/account-cash.ts'
export type { OpeningHolding } from '../matching/account-holdings.ts'
export type {
  AccountBalance,
  AccountFill,
  AccountHolding,
  AccountOrder,
  AccountOrderRequest,
  AccountOrderState,
  AccountRefusal,
  AccountTotals,
} from '../matching/account-records.ts'
// The exchange
export { createExchange, type ExchangeSettings } from '../matching/exchange.ts'
// Who trades there
export { createFlow, type Flow, type FlowSettings } from '../matching/flow.ts'
export {
  createIndexes,
  type Indexes,
  type IndexName,
  type IndexValue,
} from '../matching/indexes.ts'
export { createMarket, type Market, type MarketSettings } from '../matching/market.ts'
// Both venues under one clock, and the way between them
export { createNationalFlow, type NationalFlowSettings } from '../matching/national-flow.ts'
export {
  createNationalMarket,
  type NationalMarket,
  type NationalMarketSettings,
} from '../matching/national-market.ts'
export type { FlowProfile } from '../matching/participants/profile.ts'
export {
  createRecordedFlow,
  type RecordedFlowSettings,
  type RecordedTrade,
} from '../matching/recorded-flow.ts'
export {
  chooseVenue,
  DEFAULT_SOR_POLICY,
  type RoutedOrder,
  type SorPolicy,
  type SorRefusal,
  type VenueView,
  type VenueViews,
  venueViewOf,
} from '../matching/sor.ts'
export type {
  BookLevel,
  Exchange,
  ExchangeEvent,
  ExchangeOrder,
  ExchangeRefusal,
  InstrumentState,
  Listing,
  NewOrder,
} from '../matching/types.ts'

// Chance
export { createRandom, type Random } from '../std/random.ts'
export type { Result } from '../std/result.ts'
