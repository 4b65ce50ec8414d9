import type { Indicator } from '../../../indicators/indicator.ts'

/**
 * All that one instrument's evaluation knows, in one array of numbers (NaN: not known) and the indicators that hold their
 * own state. Conditions are 1, 0 and NaN. Where things stand in the array is in this file and in the compiled program.
 */
export interface Memory {
  readonly f: Float64Array
  readonly indicators: readonly Indicator<never, number | object>[]
}

/** The latest moment heard of. */
export const NOW = 0
/** Bars that closed together wait until all of them are here: when they closed, and which intervals (bits). */
export const PENDING_AT = 1
export const PENDING = 2
/** The last closing that was reckoned. */
export const SETTLED_AT = 3
/** The local day of the newest thing heard, of the facts, and of facts that came before anything else of their day. */
export const DAY = 4
export const FACTS_DAY = 5
export const ANNOUNCED_DAY = 6
/** By interval (bits): was a trade, a quote heard since its last bar closed? */
export const TRADE_NEWS = 7
export const QUOTE_NEWS = 8
/** What must be reckoned before the next answer: nothing, what follows trades and quotes, or everything. */
export const STALE = 9
export const FRESH_ALL = 0
export const STALE_LIVE = 1
export const STALE_ALL = 2
export const TRADES_SEEN = 10

export const TIME = 11
export const LAST = 12
export const BID = 13
export const ASK = 14
export const BID_QUANTITY = 15
export const ASK_QUANTITY = 16
export const SPREAD = 17

export const BASE_PRICE = 18
export const UPPER_LIMIT = 19
export const LOWER_LIMIT = 20
export const LISTED_SHARES = 21
export const MARKET = 22
export const CLASS = 23
/** Bits. */
export const DESIGNATIONS = 24
export const HALTED = 25
export const IN_VI = 26

/** Here the columns of the first interval begin, and here its last closed bar keeps what. */
export const COLUMNS = 27
export const OPEN_AT = 0
export const CLOSE_AT = 1
export const OPEN = 2
export const HIGH = 3
export const LOW = 4
export const CLOSE = 5
export const VOLUME = 6
export const VALUE = 7
export const BAR_COLUMNS = 8
/** Then the bar under way, or the closed one again while nothing of a new one is known; then how many have closed. */
export const FORMING = BAR_COLUMNS
export const COUNT = 2 * BAR_COLUMNS
export const COLUMNS_OF_INTERVAL = COUNT + 1

/** Everything before the columns is not known at first, but for these. */
export const KNOWN_AT_FIRST: Readonly<Record<number, number>> = {
  [NOW]: -1,
  [PENDING_AT]: -1,
  [PENDING]: 0,
  [SETTLED_AT]: -1,
  [DAY]: -1,
  [FACTS_DAY]: -1,
  [ANNOUNCED_DAY]: -1,
  [TRADE_NEWS]: 0,
  [QUOTE_NEWS]: 0,
  [STALE]: FRESH_ALL,
  [TRADES_SEEN]: 0,
}
