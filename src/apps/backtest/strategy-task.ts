import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import type { Delisting } from '../../model/corporate-action.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Interval } from '../../model/interval.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Checked, Checks } from './checks.ts'
import type { BacktestRules } from './settings.ts'

/** What the thread of a strategy file is told: everything, once. */
export interface StrategyTask extends Checks {
  /** Absolute. */
  readonly file: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly bars: BarTable
  readonly interval: Interval
  readonly instruments: readonly Instrument[]
  /** Listings that ended; absent: none is known. */
  readonly delistings?: readonly Delisting[]
  readonly rules: BacktestRules
  /** In the unit of the account's money: won, or 1/10,000 dollar. */
  readonly cash: number
}

/** What it is started with. */
export interface StrategyOrder {
  readonly task: StrategyTask
  /** Two numbers that both sides see: moments of the first run that are done, and moments of all its runs. */
  readonly counts: Int32Array
}

export const MOMENTS_DONE = 0
export const MOMENTS_SEEN = 1

/** The strategy as its file describes it. */
export interface Introduced extends Sentence {
  readonly id: string
}

/** What that thread says. */
export type StrategyNews =
  | { readonly is: 'introduced'; readonly strategy: Introduced }
  | ({ readonly is: 'result'; readonly result: BacktestResult } & Checked)
  | ({ readonly is: 'refused' } & Sentence)
