import type { Bar } from '../model/bar.ts'
import type { InstrumentId } from '../model/ids.ts'
import type { InstrumentFacts } from '../model/instrument-view.ts'
import type { Interval } from '../model/interval.ts'
import type { ManualOrder, OperatorCommand } from '../model/operator.ts'
import type { Sentence } from '../model/sentence.ts'
import type { TradingSettings } from '../model/settings.ts'
import type { FeedHealth } from '../ports/market-feed.ts'
import type { Cancel, EpochMs } from '../std/clock.ts'
import type { Result } from '../std/result.ts'
import type { Preview } from '../trading/engine/manual-order.ts'
import type { TraderView } from '../trading/engine/view.ts'
import type { HearTicks } from './following.ts'

/** What a person orders, before the runner stamps it with the time and the one who ordered. */
export type Command = OperatorCommand extends infer Each
  ? Each extends OperatorCommand
    ? Omit<Each, 'kind' | 'at' | 'receivedAt' | 'by'>
    : never
  : never

export interface Health {
  readonly feed: FeedHealth
  /** How far the trader's own timers run behind, market ms. */
  readonly lagMs: number
}

/** Our ledger beside the broker's own account: every difference should be 0. Won, and shares for positions. */
export interface Proof {
  readonly ours: ProofSide
  readonly broker: ProofSide
  /** Won that our books took over from the broker without having traded them: 0 differences by adoption prove nothing. */
  readonly corrections: number
  readonly difference: {
    readonly cash: number
    /** Sum over all instruments of the shares that one side has and the other has not. */
    readonly positions: number
    readonly commission: number
    readonly tax: number
  }
}

export interface ProofSide {
  readonly cash: number
  readonly commission: number
  readonly tax: number
  readonly positions: readonly { readonly instrument: string; readonly quantity: number }[]
}

/** A trader that runs in this process, as everything that shows or steers it sees it. */
export interface RunningTrader {
  view(): TraderView
  health(): Health
  /** Wall instant of what `view` shows: now, or when another process said so. */
  shownAt(): EpochMs
  /** As they are now; conditions by the broker's numbers. */
  settings(): TradingSettings
  /** By whoever sits at this program's own screen. */
  command(command: Command): void
  /** By somebody with a name, which goes into the record. The error says why it did not get to the engine. Never rejects. */
  give(command: Command, by: string): Promise<Result<void, Sentence>>
  /** What a person's order would be now, and what refuses it; nothing of it is sent. */
  preview(order: ManualOrder): Promise<Result<Preview, Sentence>>
  /**
   * What an instrument is and between which prices it may be ordered today; asked of the broker where the engine does not know.
   * `undefined`: there is no such instrument.
   */
  instrument(instrument: InstrumentId): Promise<Result<InstrumentFacts | undefined, Sentence>>
  /** The broker's chart: the newest bars that have closed, oldest first. */
  bars(instrument: InstrumentId, interval: Interval): Promise<Result<readonly Bar[], Sentence>>
  /** The complete list of instruments whose ticks a person wants to see. */
  follow(instruments: readonly InstrumentId[]): void
  onTicks(hear: HearTicks): Cancel
  /** New settings from the user's file; conditions are still named as the user named them. The error says what is wrong. */
  changeSettings(settings: TradingSettings): Promise<Result<void, string>>
  /** Asks the broker for its account and lays ours beside it. Rejects when the broker gives no usable answer. */
  proof(): Promise<Proof>
  /** Leaves orders and positions as they are at the broker; the next start recovers them from the record. */
  stop(): Promise<void>
  /** The folder of the day's record. */
  readonly journal: string
}

export const isProven = (proof: Proof): boolean =>
  proof.corrections === 0 && Object.values(proof.difference).every((difference) => difference === 0)
