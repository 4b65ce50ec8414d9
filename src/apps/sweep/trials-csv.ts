import { maximumDrawdown } from '../../lab/analytics/drawdown.ts'
import { cumulativeReturn } from '../../lab/analytics/growth.ts'
import type { Statistic } from '../../lab/analytics/statistic.ts'
import type { Trial } from '../../lab/optimise/optimise.ts'
import { csvLine, disarmed } from '../../std/csv.ts'

/** What is told of every trial besides its objective. */
export interface TrialFigures {
  readonly sharpe: Statistic
  readonly totalReturn: Statistic
  readonly drawdown: Statistic
}

export const trialFigures = ({ sharpe, outcome: { returns } }: Trial): TrialFigures => ({
  sharpe,
  totalReturn: cumulativeReturn(returns),
  drawdown: maximumDrawdown(returns),
})

/** Every trial as a line, in the order of its number; ratios as numbers, money in won, what has no value empty. */
export function trialsCsv(keys: readonly string[], trials: readonly Trial[]): string {
  const head = [
    'trial',
    ...keys,
    'objective',
    'sharpe',
    'total_return',
    'max_drawdown',
    'round_trips',
    'ended_with',
    'costs',
    'decision_hash',
    'failed',
  ]
  const lines = trials.map((trial) => {
    const { number, objective, outcome } = trial
    const { sharpe, totalReturn, drawdown } = trialFigures(trial)
    const written = (figure: Statistic) => (figure.ok ? figure.value : undefined)
    return csvLine([
      number,
      ...keys.map((key) => inCell(outcome.job.parameters[key])),
      written(objective),
      written(sharpe),
      written(totalReturn),
      written(drawdown),
      outcome.roundTrips,
      outcome.endedWith,
      outcome.costs,
      outcome.decisionHash,
      inCell(outcome.failed?.en),
    ])
  })
  return [csvLine(head), ...lines, ''].join('\r\n')
}

const inCell = (value: number | boolean | string | undefined): string | number | undefined =>
  typeof value === 'boolean' ? String(value) : value === undefined ? undefined : disarmed(value)
