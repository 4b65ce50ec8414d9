import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import {
  checkSeries,
  deviationOf,
  meanOf,
  quantileOf,
  RETURN_SCALE,
  type Series,
  shapeOf,
} from './moments.ts'
import { normalDensity, normalQuantile } from './normal.ts'
import { type Statistic, tooFew } from './statistic.ts'

/** Losses are positive ratios; a negative figure is a gain. */
export interface TailRisk {
  readonly method: 'historical' | 'gaussian' | 'cornishFisher' | 'monteCarlo'
  readonly valueAtRisk: number
  /** CVaR: the mean loss in the tail beyond the value at risk. */
  readonly expectedShortfall: number
}

/** With the number of observations that it rests on. */
export interface HistoricalRisk extends TailRisk {
  /** How many of them stand in the tail; from one or two of them a mean is hardly one. */
  readonly tailCount: number
  /** Windows that do not overlap: n / horizon. Overlapping ones repeat each other and add no evidence. */
  readonly independentCount: number
}

/** Why another method was taken than the one asked for. */
export interface CornishFisherRisk extends TailRisk {
  readonly fallback?: { readonly because: 'notMonotone'; readonly skewness: number; readonly excess: number }
}

export interface RiskQuestion {
  /** 0.95 or 0.99. */
  readonly confidence: number
  /** Periods ahead, 1 when it is left out. */
  readonly horizon?: number
}

/**
 * Historical value at risk: minus the type-7 quantile of the returns, and the mean of all returns at or below
 * it. For a horizon above 1, of the compounded returns of all overlapping windows.
 *
 * Gaps: fewer than 2 windows; over a horizon, a loss of more than everything. Errors: a confidence outside
 * (0.5, 1) or a horizon that is no whole number above 0 breaks an invariant. Source: rule book §5.6;
 * empyrical `value_at_risk`, `conditional_value_at_risk`.
 */
export function historicalRisk(returns: Series, question: RiskQuestion): Statistic<HistoricalRisk> {
  const { confidence, horizon } = check(returns, question)
  const windows = overlapping(returns, horizon)
  if (!windows.ok) return windows
  if (windows.value.length < 2) return tooFew(returns.length, horizon + 1)
  const tail = tailOf(windows.value.sort(), 1 - confidence)
  return inRange({ method: 'historical', ...tail, independentCount: returns.length / horizon })
}

/** Value at risk and shortfall of an ascending sample, as losses. */
export function tailOf(
  sorted: Float64Array,
  share: number,
): { readonly valueAtRisk: number; readonly expectedShortfall: number; readonly tailCount: number } {
  const quantile = quantileOf(sorted, share)
  const beyond = sorted.filter((value) => value <= quantile)
  return { valueAtRisk: 0 - quantile, expectedShortfall: 0 - meanOf(beyond), tailCount: beyond.length }
}

/**
 * Value at risk of a normal distribution with the sample's mean and standard deviation (n − 1): −(μh + zσ√h),
 * shortfall −(μh − σ√h φ(z)/α). Gaps: fewer than 2 returns, all the same. Source: rule book §5.6.
 */
export function gaussianRisk(returns: Series, question: RiskQuestion): Statistic<TailRisk> {
  const { confidence, horizon } = check(returns, question)
  const deviation = deviationOf(returns, RETURN_SCALE)
  if (!deviation.ok) return deviation
  const alpha = 1 - confidence
  const z = normalQuantile(alpha)
  const [mean, spread] = [meanOf(returns) * horizon, deviation.value * Math.sqrt(horizon)]
  return inRange({
    method: 'gaussian',
    valueAtRisk: -(mean + z * spread),
    expectedShortfall: -(mean - (spread * normalDensity(z)) / alpha),
  })
}

/**
 * Modified value at risk: the normal quantile bent by skewness and kurtosis (Cornish–Fisher), one period
 * ahead. The shortfall is the mean of the bent quantiles below alpha. Where the bending turns the order of
 * quantiles around, the expansion means nothing and the historical figures stand in its place, with the
 * reason.
 *
 * Gaps: fewer than 2 returns, all the same. Source: rule book §5.6; L. Favre and J. Galeano (2002); shortfall
 * and domain: D. Maillard, A User's Guide to the Cornish Fisher Expansion (2012).
 */
export function cornishFisherRisk(returns: Series, confidence: number): Statistic<CornishFisherRisk> {
  check(returns, { confidence })
  const deviation = deviationOf(returns, RETURN_SCALE)
  const shape = shapeOf(returns, RETURN_SCALE)
  if (!deviation.ok) return deviation
  if (!shape.ok) return shape
  const { mean, skewness: s, kurtosis } = shape.value
  const excess = kurtosis - 3
  if (!isMonotone(s, excess)) return fallBack(returns, confidence, s, excess)
  const alpha = 1 - confidence
  const z = normalQuantile(alpha)
  const bent =
    z + ((z ** 2 - 1) * s) / 6 + ((z ** 3 - 3 * z) * excess) / 24 - ((2 * z ** 3 - 5 * z) * s ** 2) / 36
  const tail = 1 + (z * s) / 6 + ((z ** 2 - 1) * excess) / 24 + ((1 - 2 * z ** 2) * s ** 2) / 36
  return inRange({
    method: 'cornishFisher',
    valueAtRisk: -(mean + bent * deviation.value),
    expectedShortfall: -(mean - (deviation.value * normalDensity(z) * tail) / alpha),
  })
}

/** Is the slope of the bent quantile, (K/8 − S²/6) z² + (S/3) z + (1 − K/8 + 5S²/36), above 0 for every z? */
function isMonotone(skewness: number, excess: number): boolean {
  const square = excess / 8 - skewness ** 2 / 6
  const constant = 1 - excess / 8 + (5 * skewness ** 2) / 36
  if (square === 0) return skewness === 0 && constant > 0
  return square > 0 && (skewness / 3) ** 2 < 4 * square * constant
}

function fallBack(
  returns: Series,
  confidence: number,
  skewness: number,
  excess: number,
): Statistic<CornishFisherRisk> {
  const historical = historicalRisk(returns, { confidence })
  if (!historical.ok) return historical
  const { valueAtRisk, expectedShortfall } = historical.value
  const fallback = { because: 'notMonotone', skewness, excess } as const
  return ok({ method: 'historical', valueAtRisk, expectedShortfall, fallback })
}

/** Overflow in the sums of a wild series is a gap, not a figure. */
export const inRange = <R extends TailRisk>(risk: R): Statistic<R> =>
  Number.isFinite(risk.valueAtRisk) && Number.isFinite(risk.expectedShortfall)
    ? ok(risk)
    : err({ code: 'outOfRange' })

/**
 * Compounded returns of every window of `length` periods; a single period may lose more than everything, a
 * chain may not.
 */
function overlapping(returns: Series, length: number): Statistic<Float64Array> {
  if (length === 1) return ok(Float64Array.from(returns))
  const windows = new Float64Array(Math.max(0, returns.length - length + 1))
  for (let start = 0; start < windows.length; start++) {
    let factor = 1
    for (let i = start; i < start + length; i++) {
      if ((returns[i] as number) < -1) return err({ code: 'wipedOut' })
      factor *= 1 + (returns[i] as number)
    }
    if (!Number.isFinite(factor)) return err({ code: 'outOfRange' })
    windows[start] = factor - 1
  }
  return ok(windows)
}

function check(returns: Series, { confidence, horizon = 1 }: RiskQuestion): Required<RiskQuestion> {
  checkSeries(returns, 'returns')
  checkConfidence(confidence)
  invariant(
    Number.isInteger(horizon) && horizon > 0,
    `a horizon is a whole number of periods above 0: ${horizon}`,
  )
  return { confidence, horizon }
}

export function checkConfidence(confidence: number): void {
  invariant(confidence > 0.5 && confidence < 1, `a confidence lies between 0.5 and 1: ${confidence}`)
}
