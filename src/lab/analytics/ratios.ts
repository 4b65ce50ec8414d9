import { err } from '../../std/result.ts'
import {
  ascending,
  checkSeries,
  deviationOf,
  meanOf,
  quantileOf,
  RETURN_SCALE,
  type Series,
} from './moments.ts'
import { checkPeriods, ratePerPeriod, type Yearly } from './periods.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'

/** Standard deviation of the returns (n − 1) times √P. Gaps: fewer than 2 returns, all the same. */
export function volatility(returns: Series, periodsPerYear: number): Statistic {
  checkSeries(returns, 'returns')
  checkPeriods(periodsPerYear)
  const deviation = deviationOf(returns, RETURN_SCALE)
  return deviation.ok ? measured(deviation.value * Math.sqrt(periodsPerYear)) : deviation
}

/**
 * Sharpe ratio per year: arithmetic mean of the excess returns over their standard deviation (n − 1), times
 * √P.
 *
 * Gaps: fewer than 2 returns, all the same. Source: W. Sharpe, The Sharpe Ratio (1994), in the form of
 * empyrical and quantstats; rule book §5.5.
 */
export function sharpe(returns: Series, { periodsPerYear, riskFreeAnnual = 0 }: Yearly): Statistic {
  const riskFree = ratePerPeriod(riskFreeAnnual, periodsPerYear)
  const ratio = sharpePerPeriod(returns, riskFree)
  return ratio.ok ? measured(ratio.value * Math.sqrt(periodsPerYear)) : ratio
}

/**
 * Sharpe ratio that is not annualised, the input of the honesty statistics; the riskless rate is per period.
 */
export function sharpePerPeriod(returns: Series, riskFreePerPeriod = 0): Statistic {
  checkSeries(returns, 'returns')
  const deviation = deviationOf(returns, RETURN_SCALE)
  return deviation.ok ? measured((meanOf(returns) - riskFreePerPeriod) / deviation.value) : deviation
}

/**
 * Root of the mean squared shortfall below `targetPerPeriod`, over ALL periods, times √P. 0 when nothing fell
 * short. Gaps: fewer than 2 returns. Source: rule book §5.5; Bacon (2008) p. 92.
 */
export function downsideDeviation(returns: Series, periodsPerYear: number, targetPerPeriod = 0): Statistic {
  checkSeries(returns, 'returns')
  checkPeriods(periodsPerYear)
  if (returns.length < 2) return tooFew(returns.length, 2)
  let squares = 0
  for (const each of returns) squares += Math.min(each - targetPerPeriod, 0) ** 2
  return measured(Math.sqrt(squares / returns.length) * Math.sqrt(periodsPerYear))
}

/**
 * Sortino ratio per year: mean of r − target times P, over the downside deviation per year. Gaps: fewer than
 * 2 returns; nothing fell short of the target. Source: rule book §5.5; empyrical `sortino_ratio`.
 */
export function sortino(returns: Series, periodsPerYear: number, targetPerPeriod = 0): Statistic {
  const downside = downsideDeviation(returns, periodsPerYear, targetPerPeriod)
  if (!downside.ok) return downside
  if (downside.value === 0) return err({ code: 'noLosses' })
  return measured(((meanOf(returns) - targetPerPeriod) * periodsPerYear) / downside.value)
}

/**
 * Omega: what was gained above the threshold over what was missed below it; the threshold is per period (a
 * yearly one goes through `ratePerPeriod` first). Gaps: no returns, nothing below the threshold. Source:
 * Keating and Shadwick, A Universal Performance Measure (2002); rule book §5.5.
 */
export function omega(returns: Series, thresholdPerPeriod = 0): Statistic {
  checkSeries(returns, 'returns')
  if (returns.length === 0) return tooFew(0, 1)
  let [above, below] = [0, 0]
  for (const each of returns) {
    above += Math.max(each - thresholdPerPeriod, 0)
    below += Math.max(thresholdPerPeriod - each, 0)
  }
  return below === 0 ? err({ code: 'noLosses' }) : measured(above / below)
}

/**
 * Omega at 0, which is the Bernardo–Ledoit ratio. Schwager's figure of the same name is this less 1.
 * Source: rule book §5.5; Bacon (2008) p. 95.
 */
export const gainToPain = (returns: Series): Statistic => omega(returns)

/**
 * |95 % quantile| over |5 % quantile|: above 1 the good tail is longer. Gaps: fewer than 2 returns, a lower
 * quantile of 0. Source: empyrical `tail_ratio`; rule book §5.5.
 */
export function tailRatio(returns: Series): Statistic {
  checkSeries(returns, 'returns')
  if (returns.length < 2) return tooFew(returns.length, 2)
  const sorted = ascending(returns)
  const lower = Math.abs(quantileOf(sorted, 0.05))
  if (lower === 0) return err({ code: 'zeroBase', base: 'lowerTail' })
  return measured(Math.abs(quantileOf(sorted, 0.95)) / lower)
}

/**
 * R² of the straight line through the cumulative log returns: 1 is perfectly steady growth (or perfectly
 * steady decay). Gaps: fewer than 3 returns (two points always lie on a line), wiped out, equity that never
 * moved. Source: empyrical `stability_of_timeseries`; rule book §5.5.
 */
export function stability(returns: Series): Statistic {
  checkSeries(returns, 'returns')
  if (returns.length < 3) return tooFew(returns.length, 3)
  const path = new Float64Array(returns.length)
  let sum = 0
  for (let i = 0; i < returns.length; i++) {
    if ((returns[i] as number) <= -1) return err({ code: 'wipedOut' })
    sum += Math.log1p(returns[i] as number)
    path[i] = sum
  }
  const spread = deviationOf(path, RETURN_SCALE)
  if (!spread.ok) return spread
  const [meanAt, meanPath] = [(path.length - 1) / 2, meanOf(path)]
  let [cross, square, total] = [0, 0, 0]
  path.forEach((point, at) => {
    cross += (at - meanAt) * (point - meanPath)
    square += (at - meanAt) ** 2
    total += (point - meanPath) ** 2
  })
  return measured(Math.min(1, cross ** 2 / (square * total)))
}
