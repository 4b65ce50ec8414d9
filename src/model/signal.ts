import type { InstrumentId } from './ids.ts'
import type { Stamped } from './market-event.ts'
import type { Sentence } from './sentence.ts'

/** What a strategy thinks of one instrument. An opinion: nothing is sized, nothing allowed. */
export interface Opinion {
  readonly want: 'long' | 'flat'
  /** Share of the account's equity it should be; absent: the amount of the strategy's rule. */
  readonly weightRatio?: number
  readonly reason: Sentence
}

/** An opinion with its strategy, as it enters the engine. */
export interface Signal extends Stamped, Opinion {
  readonly kind: 'signal'
  readonly strategy: string
  readonly instrument: InstrumentId
}
