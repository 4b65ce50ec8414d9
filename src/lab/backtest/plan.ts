import type { BarAssumptions } from '../../matching/bars/bar-venue.ts'
import type { CommissionSchedule } from '../../model/charges.ts'
import type { Delisting } from '../../model/corporate-action.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { Interval } from '../../model/interval.ts'
import type { Money } from '../../model/money.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { StrategyRun } from '../../trading/strategies/strategy.ts'
import type { BarTable } from './bar-table.ts'

/** A strategy that takes part, under the name by which the settings know its rule. */
export interface Participant {
  readonly name: string
  readonly run: StrategyRun
}

/** Everything one backtest stands on; with the same plan it gives the same result to the bit. */
export interface BacktestPlan {
  readonly bars: BarTable
  /**
   * Absent: the whole table is traded. Bars before it only warm the strategies up; what they want by then is the first that is
   * traded.
   */
  readonly tradeFrom?: EpochMs
  readonly interval: Interval
  /** In the order of `bars.index`. */
  readonly instruments: readonly Instrument[]
  readonly participants: readonly Participant[]
  /** With one strategy rule for each participant. */
  readonly settings: TradingSettings
  /** In the currency of the instruments, which are all of one country. */
  readonly cash: Money
  readonly assumptions: BarAssumptions
  /** Listings that ended; of each instrument in order of time. What is held on such a day is paid out. */
  readonly delistings?: readonly Delisting[]
  /** The account's own commission; absent: the list price of Kiwoom or, for US shares, of KIS. */
  readonly commission?: CommissionSchedule
}
