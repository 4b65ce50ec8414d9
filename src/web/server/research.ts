import type { Sentence } from '../../model/sentence.ts'
import type { LedgerContent } from '../../ports/trial-ledger.ts'
import type { Result } from '../../std/result.ts'
import type { CostsMessage, DataSetMessage, ListedNameMessage, MarketChoice } from '../contract/backtest.ts'

/** History on this machine, and what was tried on it. */
export interface Research {
  /** Sets of bars that can be played, and the indexes to compare with. */
  sets(): Promise<{ readonly sets: readonly DataSetMessage[]; readonly indexes: readonly string[] }>
  /** Names that traded in the last days of a set, by symbol. */
  names(set: string): Promise<Result<readonly ListedNameMessage[], Sentence>>
  /** What a round trip costs, at a usual price of the last day of the data. */
  costs(
    wanted: Pick<MarketChoice, 'data' | 'symbols' | 'slippage' | 'commission'>,
  ): Promise<Result<CostsMessage, Sentence>>
  /** Strategy files by name; none without a folder for them. */
  files(): Promise<readonly string[]>
  ledger(): Promise<LedgerContent>
}

/** An entry of `strategies:` as garam.yaml spells it. */
export interface StrategyEntry {
  readonly name: string
  readonly use?: string
  readonly entry?: string
  readonly exit?: string
  readonly params?: Readonly<Record<string, number | boolean | string>>
  readonly symbols: readonly string[]
  readonly interval: string
  readonly enabled: false
  readonly amount_krw: number
}

/** Writes an entry into garam.yaml. Errors: what does not fit, in words. */
export type AddStrategy = (entry: StrategyEntry, by: string) => Promise<Result<void, Sentence>>
