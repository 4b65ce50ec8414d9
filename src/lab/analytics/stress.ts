import { invariant } from '../../std/invariant.ts'
import type { Random } from '../../std/random.ts'
import { err, ok } from '../../std/result.ts'
import { checkSeries } from './moments.ts'
import { type Percentiles, percentiles, runsOf } from './monte-carlo.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'
import type { TradeOutcome } from './trade-outcome.ts'

type Costed = Pick<TradeOutcome, 'netPnl' | 'costs'>

/** Results as they would be if every cost were `factor` times what it was. */
export const withCosts = (trades: readonly Costed[], factor: number): Float64Array =>
  Float64Array.from(trades, ({ netPnl, costs }) => netPnl + costs - costs * factor)

/**
 * The multiple of today's costs at which the whole profit is gone: 1 is break-even now, 2 bears a doubling.
 * Gaps: no trade, no costs at all.
 */
export function breakEvenCosts(trades: readonly Costed[]): Statistic {
  if (trades.length === 0) return tooFew(0, 1)
  const costs = trades.reduce((sum, trade) => sum + trade.costs, 0)
  const gross = trades.reduce((sum, trade) => sum + trade.netPnl + trade.costs, 0)
  return costs > 0 ? measured(gross / costs) : err({ code: 'flat' })
}

/**
 * One set of results with each trade's costs stretched by a factor of its own, even between `least` and
 * `most`. Errors: factors that are negative or out of order break an invariant.
 */
export function perturbedCosts(
  random: Random,
  trades: readonly Costed[],
  { least, most }: { readonly least: number; readonly most: number },
): Float64Array {
  invariant(
    least >= 0 && most >= least && Number.isFinite(most),
    `factors of costs ascend from 0: ${least}, ${most}`,
  )
  return Float64Array.from(
    trades,
    ({ netPnl, costs }) => netPnl + costs - costs * (least + (most - least) * random.next()),
  )
}

/** A trade whose fills could have come later. Prices and costs in one currency's unit. */
export interface DelayableTrade {
  readonly side: 'long' | 'short'
  readonly quantity: number
  /** Fees and taxes; taken as they were, whatever the delayed price. */
  readonly costs: number
  /**
   * The price at which the entry was filled, then the prices one, two … bars later, as far as they are known.
   */
  readonly entryPrices: readonly number[]
  readonly exitPrices: readonly number[]
}

/**
 * One set of results with each entry and each exit late by 0 to `barsMax` bars, every delay equally likely;
 * where the prices end sooner, the last one counts. Errors: a trade without prices, or a delay that is not a
 * whole number, breaks an invariant. Source: rule book §5.9, Monte Carlo of results (e).
 */
export function delayedResults(
  random: Random,
  trades: readonly DelayableTrade[],
  barsMax: number,
): Float64Array {
  invariant(Number.isInteger(barsMax) && barsMax >= 0, `delays are whole numbers of bars: ${barsMax}`)
  const late = (prices: readonly number[]): number => {
    invariant(prices.length > 0, 'a fill has a price')
    return prices[Math.min(random.int(0, barsMax), prices.length - 1)] as number
  }
  return Float64Array.from(trades, ({ side, quantity, costs, entryPrices, exitPrices }) => {
    const gain = -late(entryPrices) + late(exitPrices)
    return (side === 'long' ? gain : -gain) * quantity - costs
  })
}

export interface StressRuns {
  readonly runs: number
  readonly netProfit: Percentiles
  /** Share of the runs that lost money. */
  readonly lossShare: number
}

/**
 * Net profit over many perturbed sets of results; `perturb` is one of the functions above with its trades and
 * ranges. One stream of chance a run. Gaps: no trade. Errors: fewer than 100 runs break an invariant.
 */
export function stressRuns(
  random: Random,
  runs: number,
  perturb: (chance: Random) => Float64Array,
): Statistic<StressRuns> {
  invariant(Number.isInteger(runs) && runs >= 100, `runs are a whole number of at least 100: ${runs}`)
  const profits: number[] = []
  for (const results of runsOf(random, runs, perturb)) {
    checkSeries(results, 'results of trades')
    if (results.length === 0) return tooFew(0, 1)
    profits.push(results.reduce((sum, pnl) => sum + pnl, 0))
  }
  if (!profits.every(Number.isFinite)) return err({ code: 'outOfRange' })
  const lossShare = profits.filter((profit) => profit < 0).length / runs
  return ok({ runs, netProfit: percentiles(profits), lossShare })
}
