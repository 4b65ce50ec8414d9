import type { TradingDay } from '../../model/time.ts'
import { invariant } from '../../std/invariant.ts'
import type { Statistic } from '../analytics/statistic.ts'
import { type Objective, objectiveOf } from './objective.ts'
import { type ParameterSpace, type Point, valuesAt } from './parameter-space.ts'
import { byScore, type Score, type Search } from './search.ts'
import type { PlayTrials, TrialOutcome } from './trial.ts'

/** A trial with what it was worth. */
export interface Trial {
  /** From 0, in the order in which the search asked. */
  readonly number: number
  readonly point: Point
  readonly outcome: TrialOutcome
  readonly objective: Statistic
  /** Per year. */
  readonly sharpe: Statistic
}

export interface OptimiseRequest {
  readonly space: ParameterSpace
  readonly search: Search
  readonly objective: Objective
  /** First and last day that is traded, both inside. */
  readonly window: { readonly from: TradingDay; readonly to: TradingDay }
  /** Trading days of a year. */
  readonly periodsPerYear: number
  readonly play: PlayTrials
  readonly signal?: AbortSignal
}

/** Plays all that a search asks for, in the order of its asking. Rejects when `signal` ends it. */
export async function optimise(request: OptimiseRequest): Promise<readonly Trial[]> {
  const { space, search, objective, window, periodsPerYear, play, signal } = request
  const trials: Trial[] = []
  for (let asked = search.next([]); !asked.done; ) {
    const points = asked.value
    const jobs = points.map((point) => ({ parameters: valuesAt(space, point), ...window }))
    const outcomes = await play(jobs, signal && { signal })
    invariant(outcomes.length === jobs.length, `${jobs.length} jobs have ${outcomes.length} outcomes`)
    const played = outcomes.map((outcome, i) => ({
      number: trials.length + i,
      point: points[i] as Point,
      outcome,
      objective: objectiveOf(objective, outcome.returns, periodsPerYear),
      sharpe: objectiveOf('sharpe', outcome.returns, periodsPerYear),
    }))
    trials.push(...played)
    asked = search.next(played.map(scoreOf))
  }
  return trials
}

/** A trial that failed has no score, however well it had begun. */
export const scoreOf = ({ outcome, objective }: Trial): Score =>
  outcome.failed === undefined && objective.ok ? objective.value : undefined

/** The best first; then those whose figure has no value, then the failed ones; of equals the earlier first. */
export const ranked = (trials: readonly Trial[]): readonly Trial[] =>
  trials.toSorted(
    (a, b) =>
      byScore(scoreOf(a), scoreOf(b)) ||
      Number(a.outcome.failed !== undefined) - Number(b.outcome.failed !== undefined) ||
      a.number - b.number,
  )
