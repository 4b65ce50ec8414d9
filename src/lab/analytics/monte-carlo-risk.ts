import { invariant } from '../../std/invariant.ts'
import type { Random } from '../../std/random.ts'
import { ok } from '../../std/result.ts'
import { checkSeries, deviationOf, meanOf, RETURN_SCALE, type Series } from './moments.ts'
import { stationaryBootstrap } from './resample.ts'
import type { Statistic } from './statistic.ts'
import { drawStudentT, fitStudentT } from './student-t.ts'
import { checkConfidence, inRange, type RiskQuestion, type TailRisk, tailOf } from './value-at-risk.ts'

/**
 * Where a simulated return comes from. Student's t and the blocks know fat tails, the blocks also know calm
 * and stormy weeks.
 */
export type ReturnModel =
  | { readonly kind: 'gaussian' }
  | { readonly kind: 'studentT' }
  | { readonly kind: 'blockBootstrap'; readonly meanBlock: number }

export interface SimulatedRisk extends TailRisk {
  readonly model: ReturnModel['kind']
  readonly paths: number
}

const PATHS = 10_000

/**
 * Value at risk and shortfall of the compounded return over the horizon, from simulated paths of one return
 * series. The same seed gives the same figures. A path that has lost everything stays there.
 *
 * Gaps: as of the model's own fit (2 returns, 10 for Student's t; all the same). Errors: fewer than 1,000
 * paths break an invariant. Source: rule book §5.6.
 */
export function monteCarloRisk(
  random: Random,
  returns: Series,
  { confidence, horizon = 1 }: RiskQuestion,
  model: ReturnModel,
  paths = PATHS,
): Statistic<SimulatedRisk> {
  checkSeries(returns, 'returns')
  checkConfidence(confidence)
  invariant(Number.isInteger(horizon) && horizon > 0, `a horizon is a whole number above 0: ${horizon}`)
  invariant(Number.isInteger(paths) && paths >= 1_000, `paths are 1,000 or more: ${paths}`)
  const draw = drawer(random, returns, horizon, model)
  if (!draw.ok) return draw
  const outcomes = Float64Array.from({ length: paths }, () => compounded(draw.value()))
  const { valueAtRisk, expectedShortfall } = tailOf(outcomes.sort(), 1 - confidence)
  return inRange({ method: 'monteCarlo', model: model.kind, paths, valueAtRisk, expectedShortfall })
}

/** Gives the returns of one path at each call. */
function drawer(
  random: Random,
  returns: Series,
  horizon: number,
  model: ReturnModel,
): Statistic<() => Float64Array> {
  const deviation = deviationOf(returns, RETURN_SCALE)
  if (!deviation.ok) return deviation
  const each = (one: () => number) => ok(() => Float64Array.from({ length: horizon }, one))
  switch (model.kind) {
    case 'gaussian': {
      const mean = meanOf(returns)
      return each(() => mean + deviation.value * random.normal())
    }
    case 'studentT': {
      const fit = fitStudentT(returns)
      return fit.ok ? each(() => drawStudentT(random, fit.value)) : fit
    }
    case 'blockBootstrap':
      return ok(() => stationaryBootstrap(random, returns, model.meanBlock, horizon))
  }
}

function compounded(path: Float64Array): number {
  let factor = 1
  for (const each of path) factor *= Math.max(0, 1 + each)
  return factor - 1
}
