import { err } from '../../std/result.ts'
import { drawdownSeries, maximumDrawdown } from './drawdown.ts'
import { annualReturn } from './growth.ts'
import type { Series } from './moments.ts'
import type { Yearly } from './periods.ts'
import { measured, type Statistic } from './statistic.ts'

/**
 * Calmar ratio: growth per year over the depth of the deepest drawdown, both over the WHOLE history (the
 * original takes 36 months). Gaps: no return, wiped out, no drawdown. Source: T. Young, Calmar Ratio
 * (Futures, 1991); empyrical `calmar_ratio`; rule book §5.5.
 */
export function calmar(returns: Series, periodsPerYear: number): Statistic {
  const growth = annualReturn(returns, periodsPerYear)
  const depth = maximumDrawdown(returns)
  if (!growth.ok) return growth
  if (!depth.ok) return depth
  return depth.value === 0 ? err({ code: 'noDrawdown' }) : measured(growth.value / -depth.value)
}

/**
 * Ulcer index: root of the mean squared drawdown over the n periods; 0 when equity never fell. Gaps: no
 * return, wiped out. Source: P. Martin and B. McCann, The Investor's Guide to Fidelity Funds (1989); rule
 * book §5.5.
 */
export function ulcerIndex(returns: Series): Statistic {
  const series = drawdownSeries(returns)
  if (!series.ok) return series
  const squares = series.value.reduce((sum, point) => sum + point ** 2, 0)
  return measured(Math.sqrt(squares / returns.length))
}

/**
 * Pain index: mean depth of the drawdown over the n periods. Gaps: no return, wiped out. Source: Bacon (2008)
 * p. 89.
 */
export function painIndex(returns: Series): Statistic {
  const series = drawdownSeries(returns)
  return series.ok ? measured(series.value.reduce((sum, point) => sum - point, 0) / returns.length) : series
}

/**
 * Martin ratio: growth per year above the riskless rate, over the ulcer index. Source: Bacon (2008) p. 91.
 */
export const martin = (returns: Series, yearly: Yearly): Statistic =>
  excessOver(returns, yearly, ulcerIndex(returns))

/** Pain ratio: growth per year above the riskless rate, over the pain index. Source: Bacon (2008) p. 91. */
export const painRatio = (returns: Series, yearly: Yearly): Statistic =>
  excessOver(returns, yearly, painIndex(returns))

function excessOver(
  returns: Series,
  { periodsPerYear, riskFreeAnnual = 0 }: Yearly,
  index: Statistic,
): Statistic {
  const growth = annualReturn(returns, periodsPerYear)
  if (!growth.ok) return growth
  if (!index.ok) return index
  if (index.value === 0) return err({ code: 'noDrawdown' })
  return measured((growth.value - riskFreeAnnual) / index.value)
}
