import { createRandom, type Random } from '../../std/random.ts'
import { err, ok } from '../../std/result.ts'
import type { Series } from './moments.ts'
import {
  bootstrapReturns,
  type Percentiles,
  percentiles,
  type ReturnRuns,
  type RunPlan,
  resampleTrades,
  runsOf,
  type TradeRuns,
} from './monte-carlo.ts'
import { sharpe } from './ratios.ts'
import { plainBlock, politisWhiteBlock, stationaryBootstrap } from './resample.ts'
import type { Statistic } from './statistic.ts'
import { type DelayableTrade, delayedResults, perturbedCosts, type StressRuns, stressRuns } from './stress.ts'
import type { TradeOutcome } from './trade-outcome.ts'

/** A finished run as chance may shake it. Money in one currency's unit. */
export interface Shaken {
  readonly startEquity: number
  /** Of days. */
  readonly returns: Series
  readonly periodsPerYear: number
  readonly trades: readonly Pick<TradeOutcome, 'netPnl' | 'costs'>[]
  readonly delayable: readonly DelayableTrade[]
}

/** What might as well have happened, four ways. */
export interface Robustness {
  readonly runs: number
  /** The same seed gives the same figures on every machine. */
  readonly seed: number
  /** The same trades in another order. */
  readonly shuffled: Statistic<TradeRuns>
  /** Other histories from blocks of the same days; mean block in days, Sharpe ratio per year. */
  readonly bootstrap: Statistic<ReturnRuns & { readonly sharpe: Percentiles; readonly meanBlock: number }>
  /** Each trade's costs times 0.5 to 2. */
  readonly costs: Statistic<StressRuns>
  /** Each entry and exit late by 0 to 2 bars. */
  readonly delays: Statistic<StressRuns>
}

/** An account is ruined below half of what it began with. Our own bound. */
const RUIN_SHARE = 0.5
const COSTS = { least: 0.5, most: 2 }
export const DELAY_BARS_MAX = 2

/**
 * Shakes a finished run: order of trades, stationary bootstrap of its days, costs, and latency. Gaps: each where there is
 * nothing to shake. Errors: fewer than 100 runs break an invariant. Source: rule book §5.9, Monte Carlo of results.
 */
export function shake(
  { startEquity, returns, periodsPerYear, trades, delayable }: Shaken,
  { runs, seed }: Pick<Robustness, 'runs' | 'seed'>,
): Robustness {
  const random = createRandom(seed)
  const plan = { runs, startEquity, ruinBelow: startEquity * RUIN_SHARE }
  const pnls = trades.map(({ netPnl }) => netPnl)
  return {
    runs,
    seed,
    shuffled: resampleTrades(random, pnls, 'shuffle', plan),
    bootstrap: histories(random, returns, { ...plan, periodsPerYear }),
    costs: stressRuns(random.fork('costs'), runs, (chance) => perturbedCosts(chance, trades, COSTS)),
    delays: stressRuns(random.fork('delays'), runs, (chance) =>
      delayedResults(chance, delayable, DELAY_BARS_MAX),
    ),
  }
}

function histories(
  random: Random,
  returns: Series,
  plan: RunPlan & { readonly periodsPerYear: number },
): Robustness['bootstrap'] {
  const chosen = politisWhiteBlock(returns)
  const meanBlock = chosen.ok ? chosen.value : plainBlock(returns.length)
  const paths = bootstrapReturns(random, returns, { ...plan, meanBlock })
  if (!paths.ok) return paths
  // The very paths that were walked just now: a run has the same stream of chance there and here.
  const ratios = runsOf(random, plan.runs, (chance) =>
    sharpe(stationaryBootstrap(chance, returns, meanBlock), plan),
  ).flatMap((ratio) => (ratio.ok ? [ratio.value] : []))
  return ratios.length > 0
    ? ok({ ...paths.value, sharpe: percentiles(ratios), meanBlock })
    : err({ code: 'flat' })
}
