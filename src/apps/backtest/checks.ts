import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import type { BarTable } from '../../lab/backtest/bar-table.ts'
import { findPeek, type Peek } from '../../lab/backtest/lookahead.ts'
import type { BacktestPlan } from '../../lab/backtest/plan.ts'
import { findRecursion, type Recursion } from '../../lab/backtest/recursion.ts'

/** What a strategy is to be examined for, besides being played. */
export interface Checks {
  /** A look-ahead, at so many ends of the data. */
  readonly cuts?: number
  /** A warm-up that is too short, from about so many days on. */
  readonly stretches?: number
}

export interface Checked {
  readonly peek?: Peek
  readonly recursion?: Recursion
}

/**
 * Plays a strategy again on parts of the data, as often as the checks that were asked for need it. `result`: of the first run,
 * on all of them; one that stopped is not examined. `fresh` makes a plan of a strategy that has seen nothing yet.
 */
export function examined(
  { cuts, stretches }: Checks,
  result: BacktestResult,
  fresh: (bars: BarTable) => BacktestPlan,
  bars: BarTable,
  onMoment?: () => void,
): Checked {
  if (result.stopped) return {}
  const peek = cuts === undefined ? undefined : findPeek(result, fresh, bars, cuts, onMoment)
  const recursion = stretches === undefined ? undefined : findRecursion(fresh, bars, stretches, onMoment)
  return { ...(peek && { peek }), ...(recursion && { recursion }) }
}
