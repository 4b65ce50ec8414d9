import type { Sentence } from '../../model/sentence.ts'
import type { TradingDay } from '../../model/time.ts'

/** Values for the parameters of a strategy; what is absent has its default. */
export type ParameterSet = Readonly<Record<string, number | boolean | string>>

/** One backtest among many: a strategy with these values over these days, both inside. */
export interface TrialJob {
  readonly parameters: ParameterSet
  readonly from: TradingDay
  readonly to: TradingDay
}

/** What is kept of it: enough to rank it and to judge how honest the ranking is. */
export interface TrialOutcome {
  readonly job: TrialJob
  /** Simple returns of the trading days of the window, one each. */
  readonly returns: Float64Array
  readonly roundTrips: number
  /** In the smallest unit of the account's currency. */
  readonly endedWith: number
  readonly costs: number
  readonly decisionHash: string
  /** Why it has no result, or only part of one. It still counts as a trial. */
  readonly failed?: Sentence
}

/** A job that gave nothing, and why. */
export const failedTrial = (job: TrialJob, failed: Sentence): TrialOutcome => ({
  job,
  returns: new Float64Array(),
  roundTrips: 0,
  endedWith: 0,
  costs: 0,
  decisionHash: '',
  failed,
})

/** Plays many jobs and gives their outcomes in the same order, whoever played them. Rejects when `signal` ends it. */
export type PlayTrials = (
  jobs: readonly TrialJob[],
  options?: { readonly onDone?: (done: number, of: number) => void; readonly signal?: AbortSignal },
) => Promise<readonly TrialOutcome[]>
