import { never } from '../../std/invariant.ts'
import { calmar } from '../analytics/drawdown-ratios.ts'
import { cumulativeReturn } from '../analytics/growth.ts'
import { sharpe, sortino } from '../analytics/ratios.ts'
import type { Statistic } from '../analytics/statistic.ts'

export const OBJECTIVES = ['sharpe', 'return', 'calmar', 'sortino'] as const

/** What a search makes large. */
export type Objective = (typeof OBJECTIVES)[number]

/** In: daily returns. Out: per year, but the return of the whole window. Gaps: as of each figure. */
export function objectiveOf(objective: Objective, returns: Float64Array, periodsPerYear: number): Statistic {
  switch (objective) {
    case 'sharpe':
      return sharpe(returns, { periodsPerYear })
    case 'return':
      return cumulativeReturn(returns)
    case 'calmar':
      return calmar(returns, periodsPerYear)
    case 'sortino':
      return sortino(returns, periodsPerYear)
    default:
      return never(objective)
  }
}
