import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { checkSeries, RETURN_SCALE, type Series, shapeOf } from './moments.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { sharpePerPeriod } from './ratios.ts'
import { measured, type Statistic } from './statistic.ts'

/** What is known of a Sharpe ratio: all figures per period, NOT annualised. */
export interface SharpeSample {
  readonly sharpe: number
  readonly observations: number
  readonly skewness: number
  /** Raw: 3 for a normal distribution. */
  readonly kurtosis: number
}

/** Gaps: fewer than 2 returns, all the same. */
export function sharpeSample(returns: Series, riskFreePerPeriod = 0): Statistic<SharpeSample> {
  checkSeries(returns, 'returns')
  const sharpe = sharpePerPeriod(returns, riskFreePerPeriod)
  if (!sharpe.ok) return sharpe
  const shape = shapeOf(returns, RETURN_SCALE)
  if (!shape.ok) return shape
  const { skewness, kurtosis } = shape.value
  return ok({ sharpe: sharpe.value, observations: returns.length, skewness, kurtosis })
}

/**
 * Standard error of a Sharpe ratio per period, with skewness and fat tails: √((1 − g₃SR + (g₄ − 1)/4 SR²)/(n
 * − 1)). Gaps: a distribution of two values, where it is 0. Source: E. Mertens (2002); Bailey and López de
 * Prado, The Sharpe Ratio Efficient Frontier (Journal of Risk 15, 2012); rule book §5.9.
 */
export function sharpeError(sample: SharpeSample): Statistic {
  const spread = spreadOf(sample)
  return spread.ok ? measured(Math.sqrt(spread.value / (sample.observations - 1))) : spread
}

/**
 * Probability that the true Sharpe ratio lies above `threshold` (per period), given how it was measured.
 * Gaps: as of the standard error. Source: Bailey and López de Prado (2012), PSR; rule book §5.9.
 */
export function probabilisticSharpe(sample: SharpeSample, threshold = 0): Statistic {
  const error = sharpeError(sample)
  return error.ok ? measured(normalCdf((sample.sharpe - threshold) / error.value)) : error
}

/**
 * How many periods it takes until a Sharpe ratio like this one is above `threshold` with this confidence.
 * Gaps: a ratio that is not above the threshold: no length would do. Source: Bailey and López de Prado
 * (2012), MinTRL; rule book §5.9.
 */
export function minimumTrackRecord(sample: SharpeSample, threshold = 0, confidence = 0.95): Statistic {
  invariant(confidence > 0.5 && confidence < 1, `a confidence lies between 0.5 and 1: ${confidence}`)
  const spread = spreadOf(sample)
  if (!spread.ok) return spread
  if (sample.sharpe <= threshold) return err({ code: 'zeroBase', base: 'edge' })
  return measured(1 + spread.value * (normalQuantile(confidence) / (sample.sharpe - threshold)) ** 2)
}

function spreadOf({ sharpe, observations, skewness, kurtosis }: SharpeSample): Statistic {
  invariant(
    [sharpe, skewness, kurtosis].every(Number.isFinite),
    `a Sharpe ratio and its moments are finite numbers: ${sharpe}, ${skewness}, ${kurtosis}`,
  )
  invariant(
    Number.isFinite(observations) && observations >= 2,
    `a Sharpe ratio rests on 2 observations or more: ${observations}`,
  )
  // Never negative for real moments, since kurtosis ≥ skewness² + 1; 0 only where all returns are one of two
  // values.
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2
  return spread <= 1e-12 ? err({ code: 'flat' }) : measured(spread)
}
