import type { ConditionId, InstrumentId } from '../model/ids.ts'
import type { Route } from '../model/instrument.ts'
import type { Book, MarketEvent } from '../model/market-event.ts'
import type { VenueError } from '../model/venue-error.ts'
import type { Cancel } from '../std/clock.ts'
import type { Result } from '../std/result.ts'

/** Why an instrument's prices are wanted, most important first. A `position` is never dropped. */
export type WantPriority = 'position' | 'order' | 'candidate' | 'watch'

export interface Want {
  readonly instrument: InstrumentId
  readonly priority: WantPriority
  /** Whose quotes: those of one venue, or of both together (SOR). Absent: KRX. */
  readonly board?: Route
  /** A person looks at its whole book: see `MarketFeed.onBook`. */
  readonly wholeBook?: true
}

export interface Condition {
  readonly id: ConditionId
  readonly name: string
}

export interface FeedHealth {
  readonly state: 'live' | 'connecting' | 'down'
  readonly registered: number
  readonly polled: number
  readonly slots: number
  readonly messages: number
  readonly lastMessageAt: number | undefined
  readonly detail: string
}

/** Market data of one party. Events come through `sink`, in the order they were received. */
export interface MarketFeed {
  /** Resolves once live data flows; an error here is final (bad key, wrong environment). Later trouble is a `feed` event. */
  start(sink: (event: MarketEvent) => void): Promise<Result<void, VenueError>>
  stop(): Promise<void>
  /** The complete list of what is wanted now; who gets a realtime slot and who is polled is the feed's business. */
  want(wants: readonly Want[]): void
  conditions(): Promise<Result<readonly Condition[], VenueError>>
  /** The books of what is wanted with `wholeBook`, beside its quotes. Absent: this source tells the best quotes only. */
  onBook?(hear: (book: Book) => void): Cancel
  /** The complete list of conditions to follow in real time; hits arrive as `screen` events. */
  follow(conditions: readonly ConditionId[]): void
  /** Asks for basic information; the answer is a `description` or `descriptionFailed` event. */
  describe(instrument: InstrumentId): void
  health(): FeedHealth
}
