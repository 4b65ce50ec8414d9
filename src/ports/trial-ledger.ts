import type { Sentence } from '../model/sentence.ts'
import type { TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'

export type TrialKind = 'backtest' | 'walkforward' | 'validation' | 'sweep'

/** What was tried, whatever its values were: edits of a file and other numbers in a condition are trials of one idea. */
export interface Idea {
  /** `ema-cross`, `file:three-up`, `condition:9f86d081884c`. */
  readonly id: string
  /** The first line, for people. */
  readonly text: string
  /** SHA-256 of a strategy file, 12 digits: which wording of the idea it was. */
  readonly version?: string
}

/** Days, both inside. */
export interface DaySpan {
  readonly from: TradingDay
  readonly to: TradingDay
}

/** The data a trial looked at. */
export interface TrialWindow extends DaySpan {
  /** As `garam data list` names it. */
  readonly set: string
  /** SHA-256 of the sorted names, 12 digits. */
  readonly symbols: string
  readonly names: number
}

/** Sharpe ratio of daily returns, NOT annualised, with the number and shape of the returns; kurtosis is raw. */
export interface TrialOutcomeSample {
  readonly sharpe: number
  readonly observations: number
  readonly skewness: number
  readonly kurtosis: number
}

/** One configuration that was looked at. */
export interface TrialRecord {
  readonly what: 'trial'
  readonly kind: TrialKind
  readonly at: EpochMs
  readonly idea: Idea
  readonly window: TrialWindow
  readonly parameters: Readonly<Record<string, unknown>>
  /** SHA-256 of cash, sizes, orders, exits and costs, 12 digits. */
  readonly rules: string
  /** Decision hash: the same decisions are the same result. Empty when there is none. */
  readonly result: string
  /** Absent: nothing to measure, as without a trade. */
  readonly sample?: TrialOutcomeSample
  /** Why there is no result, only part of one, or one that cannot be. */
  readonly failed?: Sentence
}

/** From this day on the set is kept for the end. */
export interface SealRecord {
  readonly what: 'seal'
  readonly at: EpochMs
  readonly set: string
  readonly from: TradingDay
}

/** An idea was shown the sealed days: once, and never again. */
export interface OpeningRecord {
  readonly what: 'opening'
  readonly at: EpochMs
  /** Chance, so that of two that come at once each knows its own. */
  readonly id: string
  readonly set: string
  readonly idea: Idea
  readonly parameters: Readonly<Record<string, unknown>>
}

export type LedgerRecord = TrialRecord | SealRecord | OpeningRecord

/** What was ever tried, in the order in which it was written. Nothing is changed or taken away. */
export interface TrialLedger {
  read(): Promise<LedgerContent>
  /** Comes back when the records are on the disk. */
  append(records: readonly LedgerRecord[]): Promise<void>
}

export interface LedgerContent {
  readonly records: readonly LedgerRecord[]
  /** Lines that are no record: what a crash cut short. */
  readonly unreadable: number
}
