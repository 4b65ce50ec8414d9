import type { BarRow } from '../../lab/backtest/bar-table.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { StrategyPlay } from '../../model/settings.ts'
import type { Needs, Placed } from '../../trading/strategies/strategy.ts'

/** What a thread that plays one live strategy is told: first this, then rows of bars that have closed. */
export interface PlayerOrder {
  readonly play: StrategyPlay
  /** In the order of `play.instruments`. */
  readonly instruments: readonly Instrument[]
}

export type PlayerRows = readonly BarRow[]

/** What it says: once that it is ready, then the opinions of the last moment among each message's rows. */
export type PlayerNews =
  | { readonly is: 'ready'; readonly needs: Pick<Needs, 'warmUpBars' | 'roundBars'> }
  | { readonly is: 'opinions'; readonly opinions: readonly Placed[] }
  | ({ readonly is: 'refused' } & Sentence)
