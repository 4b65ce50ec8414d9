import { err, ok } from '../../std/result.ts'
import { maximumMoneyDrawdown } from './drawdown.ts'
import { checkSeries, deviationOf, meanOf, type Series } from './moments.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'
import type { TradeOutcome } from './trade-outcome.ts'

/** A result of exactly 0 is neither a win nor a loss. */
export interface WinRate {
  readonly wins: number
  readonly losses: number
  readonly zeros: number
  /** Wins over all trades, zeros included. */
  readonly rate: number
}

/** Gaps: no trade. Source: rule book §5.5. */
export function winRate(pnls: Series): Statistic<WinRate> {
  checkSeries(pnls, 'results of trades')
  if (pnls.length === 0) return tooFew(0, 1)
  const { wins, losses } = sides(pnls)
  return ok({
    wins: wins.length,
    losses: losses.length,
    zeros: pnls.length - wins.length - losses.length,
    rate: wins.length / pnls.length,
  })
}

/** What was won over what was lost, after costs. Gaps: no trade, no losing trade. Source: rule book §5.5. */
export function profitFactor(pnls: Series): Statistic {
  checkSeries(pnls, 'results of trades')
  if (pnls.length === 0) return tooFew(0, 1)
  const { wins, losses } = sides(pnls)
  return losses.length === 0 ? err({ code: 'noLosses' }) : measured(total(wins) / -total(losses))
}

/** Average win over average loss. Gaps: no winning trade, no losing trade. Source: rule book §5.5. */
export function payoffRatio(pnls: Series): Statistic {
  checkSeries(pnls, 'results of trades')
  const { wins, losses } = sides(pnls)
  if (wins.length === 0) return tooFew(0, 1)
  return losses.length === 0 ? err({ code: 'noLosses' }) : measured(meanOf(wins) / -meanOf(losses))
}

/** Mean result of a trade in money, after costs. Gaps: no trade. Source: rule book §5.5. */
export function expectancy(pnls: Series): Statistic {
  checkSeries(pnls, 'results of trades')
  return pnls.length === 0 ? tooFew(0, 1) : measured(meanOf(pnls))
}

export interface ExpectancyInR {
  /** Mean of result / initial risk. */
  readonly meanR: number
  /** Trades whose initial risk is known; the others are left out. */
  readonly counted: number
  readonly of: number
}

/**
 * Gaps: no trade with a known initial risk. Source: V. Tharp, Trade Your Way to Financial Freedom (2nd ed.
 * 2007); rule book §5.5.
 */
export function expectancyInR(trades: readonly TradeOutcome[]): Statistic<ExpectancyInR> {
  const multiples = rMultiples(trades)
  if (multiples.length === 0) return err({ code: 'notGiven', input: 'initialRisk' })
  const meanR = measured(meanOf(multiples))
  return meanR.ok ? ok({ meanR: meanR.value, counted: multiples.length, of: trades.length }) : meanR
}

/** Results in units of their initial risk, of the trades where it is known. */
export const rMultiples = (trades: readonly TradeOutcome[]): readonly number[] =>
  trades.flatMap(({ netPnl, initialRisk }) => (initialRisk === undefined ? [] : [netPnl / initialRisk]))

/**
 * System quality number: √n × mean / standard deviation (n − 1), of results in money or in R. `capCount` is
 * the largest n that counts under the root; Tharp takes 100, so that a busy system does not look better for
 * being busy.
 *
 * Gaps: fewer than 2 trades, all results the same. Source: V. Tharp, Definitive Guide to Position Sizing
 * (2008); rule book §5.5.
 */
export function systemQuality(results: Series, capCount = Number.POSITIVE_INFINITY): Statistic {
  checkSeries(results, 'results of trades')
  const deviation = deviationOf(results)
  if (!deviation.ok) return deviation
  return measured((Math.sqrt(Math.min(results.length, capCount)) * meanOf(results)) / deviation.value)
}

/**
 * Net profit over the deepest fall of equity in money. In: equity or running profit from its start on, one
 * currency. Gaps: fewer than 2 points, no drawdown. Source: rule book §5.5.
 */
export function recoveryFactor(points: Series): Statistic {
  if (points.length < 2) return tooFew(points.length, 2)
  const fall = maximumMoneyDrawdown(points)
  if (fall === 0) return err({ code: 'noDrawdown' })
  return measured(((points.at(-1) as number) - (points[0] as number)) / fall)
}

/** Longest runs of wins and of losses, in the given order. A result of exactly 0 ends both. */
export function longestStreaks(pnls: Series): { readonly wins: number; readonly losses: number } {
  checkSeries(pnls, 'results of trades')
  const longest = (counts: (pnl: number) => boolean) => {
    let [run, most] = [0, 0]
    for (const pnl of pnls) {
      run = counts(pnl) ? run + 1 : 0
      most = Math.max(most, run)
    }
    return most
  }
  return { wins: longest((pnl) => pnl > 0), losses: longest((pnl) => pnl < 0) }
}

const sides = (pnls: Series) => ({
  wins: Array.from(pnls).filter((pnl) => pnl > 0),
  losses: Array.from(pnls).filter((pnl) => pnl < 0),
})

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
