import type { KoreanVenue } from './instrument.ts'

/** Whose order counter our orders pass. */
export type Broker = 'kiwoom' | 'kis'

/** simulated: our own server; paper: the broker's mock investing (모의투자); live: real money. */
export type BrokerEnvironment = 'simulated' | 'paper' | 'live'

/**
 * Whose account the engine trades for, and its home venue: where its day is counted. KIS has no adapter yet: an account
 * there exists on our own machine alone, and one of real money does not compile.
 */
export type BrokerAccount =
  | { readonly broker: 'kiwoom'; readonly environment: BrokerEnvironment; readonly venue: KoreanVenue }
  | { readonly broker: 'kis'; readonly environment: 'simulated'; readonly venue: 'US' }
