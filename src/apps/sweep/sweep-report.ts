import { ranked, scoreOf, type Trial } from '../../lab/optimise/optimise.ts'
import type { ParameterSpace } from '../../lab/optimise/parameter-space.ts'
import { stabilityOf } from '../../lab/optimise/stability.ts'
import { surfaceOf } from '../../lab/optimise/surface.ts'
import type { Verdict } from '../../lab/optimise/verdict.ts'
import type { SweepPageInput } from '../../lab/reports/sweep-page.ts'
import type { Sentence } from '../../model/sentence.ts'
import { trialFigures } from './trials-csv.ts'

/** So many trials go to a screen, the best; all of them are in trials.csv. Each is compared with each for its neighbours. */
const MOST_TRIALS = 2_500

/** What the page of a sweep tells, as data for a screen, trial by trial. `version` changes with the shape. */
export function sweepReportJson(parts: {
  readonly strategy: string
  readonly space: ParameterSpace
  readonly trials: readonly Trial[]
  readonly verdict: Verdict
  readonly alarms: readonly Sentence[]
  readonly doubts: readonly Sentence[]
  readonly page: SweepPageInput
}): string {
  const { strategy, space, trials, verdict, alarms, doubts, page } = parts
  const shown = ranked(trials).slice(0, MOST_TRIALS)
  const surface = surfaceOf(space, trials)
  return `${JSON.stringify({
    version: 1,
    title: page.title,
    subtitle: page.subtitle,
    strategy,
    objective: page.objective,
    parameters: page.parameters,
    fixed: space.fixed,
    alarms,
    doubts,
    honesty: page.honesty,
    played: trials.length,
    failed: verdict.failed,
    ...(verdict.winner && { winner: verdict.winner.number }),
    ...(surface && { axes: { across: surface.across.key, ...(surface.up && { up: surface.up.key }) } }),
    trials: shown.map((trial) => trialJson(trial, space, shown)),
    failures: page.failures,
    assumptions: page.assumptions,
    certificate: page.certificate,
  })}\n`
}

function trialJson(trial: Trial, space: ParameterSpace, trials: readonly Trial[]) {
  const { sharpe, totalReturn, drawdown } = trialFigures(trial)
  const score = scoreOf(trial)
  const near = stabilityOf(space, trials, trial)
  return {
    number: trial.number,
    values: space.dimensions.map(({ key }) => trial.outcome.job.parameters[key] ?? ''),
    ...(score !== undefined && { score }),
    ...(sharpe.ok && { sharpe: sharpe.value }),
    ...(totalReturn.ok && { totalReturn: totalReturn.value }),
    ...(drawdown.ok && { drawdown: drawdown.value }),
    roundTrips: trial.outcome.roundTrips,
    ...(near && { near: { neighbours: near.neighbours, mean: near.mean, least: near.least } }),
  }
}
