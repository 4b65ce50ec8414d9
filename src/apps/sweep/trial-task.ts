import type { TrialOutcome } from '../../lab/optimise/trial.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { ParameterSchema } from '../../trading/strategies/parameters.ts'
import type { Introduced, StrategyTask } from '../backtest/strategy-task.ts'

/** What every trial of a pool shares: everything but the values and the days. */
export interface TrialTask
  extends Pick<StrategyTask, 'bars' | 'interval' | 'instruments' | 'delistings' | 'rules' | 'cash'> {
  /** One of ours, or a file by its absolute path. */
  readonly strategy: { readonly id: string } | { readonly file: string }
}

/** What a thread of trials is started with. */
export interface TrialOrder {
  readonly task: TrialTask
  /** A number for each thread that both sides see: moments that it has played. */
  readonly counts: Int32Array
  /** Its own place in `counts`. */
  readonly seat: number
}

/** A strategy as it says itself, with what can be turned. */
export interface IntroducedWithParameters extends Introduced {
  readonly parameters: ParameterSchema
}

/** What a thread says. It is given one `TrialJob` at a time once it is ready, and answers each with its outcome. */
export type TrialNews =
  | { readonly is: 'ready'; readonly strategy: IntroducedWithParameters }
  | { readonly is: 'outcome'; readonly outcome: TrialOutcome }
  | ({ readonly is: 'refused' } & Sentence)
