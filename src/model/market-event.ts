import type { EpochMs } from '../std/clock.ts'
import type { ConditionId, InstrumentId } from './ids.ts'
import type { Designation, Instrument, PriceBand, Route, Venue } from './instrument.ts'
import type { Price, Quantity, Rate } from './money.ts'
import type { Side } from './order.ts'
import type { Phase } from './session.ts'

/** `at` is when it happened at the venue, `receivedAt` when we heard of it (market clock). */
export interface Stamped {
  readonly at: EpochMs
  readonly receivedAt: EpochMs
}

/** A print on the tape (체결). A half-tick print is real (NXT mid-price orders): accept it, never order at it. */
export interface Trade extends Stamped {
  readonly kind: 'trade'
  readonly instrument: InstrumentId
  /** Whose tape: `SOR` for the tape of KRX and NXT together. */
  readonly venue: Route
  readonly price: Price
  readonly quantity: Quantity
  /** Who crossed the spread; absent when the venue does not say (auctions). */
  readonly aggressor?: Side
  /** Best quotes after the print, 0 when that side is empty. */
  readonly bid: Price
  readonly ask: Price
  /** Shares traded today including this print. */
  readonly dayVolume: Quantity
}

/** Best quotes (호가). A price of 0 with quantity 0: that side is empty. */
export interface Quote extends Stamped {
  readonly kind: 'quote'
  readonly instrument: InstrumentId
  /** Whose book: `SOR` for the books of KRX and NXT laid together. */
  readonly venue: Route
  readonly bid: Price
  readonly bidQuantity: Quantity
  readonly ask: Price
  readonly askQuantity: Quantity
  /** Expected price and quantity of the running call auction (예상체결), 0 outside one. */
  readonly expectedPrice: Price
  readonly expectedQuantity: Quantity
  /** The last traded price, when the source tells it with the quotes (a polled quote does). */
  readonly last?: Price
  /** When a polled one was asked for: what was heard after that is newer, however late the answer came. */
  readonly askedAt?: EpochMs
}

export interface BookStep {
  readonly price: Price
  readonly quantity: Quantity
}

/**
 * The steps of a book (호가잔량), best first; at most ten a side, a side may be empty. For the eye: nothing is decided by
 * what stands behind the best quotes, so it is no `MarketEvent`.
 */
export interface Book extends Stamped {
  readonly kind: 'book'
  readonly instrument: InstrumentId
  readonly venue: Route
  readonly asks: readonly BookStep[]
  readonly bids: readonly BookStep[]
}

/** A condition search took an instrument in (편입) or let it go (편출). */
export interface ScreenHit extends Stamped {
  readonly kind: 'screen'
  readonly condition: ConditionId
  readonly instrument: InstrumentId
  readonly change: 'enter' | 'leave'
  /** True for the hits the search had when it was registered: they did not enter just now. */
  readonly initial: boolean
}

/** Basic information (종목 기본정보), the answer to `describe`. */
export interface Description extends Stamped {
  readonly kind: 'description'
  readonly instrument: InstrumentId
  readonly listing: Instrument
  readonly basePrice: Price
  readonly last: Price
  /** Absent when there is no limit that day (정리매매, first day of a listing). */
  readonly band?: PriceBand
  readonly designations: readonly Designation[]
  readonly halted: boolean
  readonly marginRate: Rate
  /** Is it on NXT's list today? Absent: not told. */
  readonly onNxt?: boolean
  /** As of a polled quote. */
  readonly askedAt?: EpochMs
}

/** The code of a failure that says: whoever was asked knows no such instrument. */
export const NO_SUCH_INSTRUMENT = 'noSuchInstrument'

export interface DescriptionFailed extends Stamped {
  readonly kind: 'descriptionFailed'
  readonly instrument: InstrumentId
  readonly code: string
  readonly text: string
}

/** A volatility interruption starts or ends. */
export interface ViNotice extends Stamped {
  readonly kind: 'vi'
  readonly instrument: InstrumentId
  readonly state: 'on' | 'off'
  readonly cause: 'static' | 'dynamic' | 'both'
  readonly price: Price
}

export interface SessionNotice extends Stamped {
  readonly kind: 'session'
  readonly venue: Venue
  readonly phase: Phase
}

/** An index value × 100 (3120.55 → 312055), and its change from the previous close in the same unit. */
export interface IndexTick extends Stamped {
  readonly kind: 'index'
  readonly index: 'KOSPI' | 'KOSDAQ'
  readonly value: number
  readonly change: number
}

/** The state of the line to the venue. `down`: prices are unknown until it is `live` again. */
export interface FeedNotice extends Stamped {
  readonly kind: 'feed'
  readonly state: 'live' | 'down'
  readonly detail: string
}

export type MarketEvent =
  | Trade
  | Quote
  | ScreenHit
  | Description
  | DescriptionFailed
  | ViNotice
  | SessionNotice
  | IndexTick
  | FeedNotice
