import type { EpochMs } from '../std/clock.ts'
import type { Designation, Instrument, PriceBand, Route } from './instrument.ts'
import type { Price, Rate } from './money.ts'
import type { TradingDay } from './time.ts'

/** The last that was heard of one venue's market in an instrument, or of both together (SOR). Prices as in the view. */
export interface BoardView {
  readonly last: Price
  readonly bid: Price
  readonly ask: Price
  readonly pricedAt: EpochMs
}

/** What holds of an instrument for a whole day. Without a band there is no limit that day. */
export interface InstrumentFacts {
  readonly listing: Instrument
  readonly basePrice: Price
  readonly band?: PriceBand | undefined
}

/** All that is known of an instrument right now. Prices are 0 while unknown (or, for bid and ask, while that side is empty). */
export interface InstrumentView {
  readonly listing: Instrument
  readonly day: TradingDay
  readonly basePrice: Price
  readonly band: PriceBand | undefined
  readonly designations: readonly Designation[]
  readonly halted: boolean
  readonly marginRate: Rate
  /** Is it traded at NXT? Absent: not told yet. */
  readonly onNxt?: boolean
  /** Whose prices the four below are: where an order of this instrument would go now. */
  readonly board: Route
  readonly last: Price
  readonly bid: Price
  readonly ask: Price
  /** When a price was last heard; 0 = never. */
  readonly pricedAt: EpochMs
  readonly inVi: boolean
  /** Every market heard of, each by itself. */
  readonly boards: Readonly<Partial<Record<Route, BoardView>>>
}
