import type { EpochMs } from '../std/clock.ts'
import type { Designation, Instrument, PriceBand } from './instrument.ts'
import type { Price, Rate } from './money.ts'
import type { TradingDay } from './time.ts'

/** All that is known of an instrument right now. Prices are 0 while unknown (or, for bid and ask, while that side is empty). */
export interface InstrumentView {
  readonly listing: Instrument
  readonly day: TradingDay
  readonly basePrice: Price
  readonly band: PriceBand | undefined
  readonly designations: readonly Designation[]
  readonly halted: boolean
  readonly marginRate: Rate
  readonly last: Price
  readonly bid: Price
  readonly ask: Price
  /** When a price was last heard; 0 = never. */
  readonly pricedAt: EpochMs
  readonly inVi: boolean
}
