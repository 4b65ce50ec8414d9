import type { ConditionId, InstrumentId } from '../../src/model/ids.ts'
import type { Instrument } from '../../src/model/instrument.ts'
import type { Price } from '../../src/model/money.ts'
import type { MarketFeed } from '../../src/ports/market-feed.ts'

/** A party whose market feed is put to the contract. Its day is a lively one, and begins just before the opening. */
export interface FeedStand {
  readonly feed: MarketFeed
  /** More names than the feed has slots, the most traded first; none of them is halted. */
  readonly names: readonly Named[]
  readonly unknown: InstrumentId
  readonly conditions: readonly { readonly id: ConditionId; readonly name: string }[]
  /** All connections break. */
  dropLines(): Promise<void>
  close(): Promise<void>
}

export interface Named {
  readonly listing: Instrument
  readonly basePrice: Price
  readonly band: { readonly lower: Price; readonly upper: Price } | undefined
}
