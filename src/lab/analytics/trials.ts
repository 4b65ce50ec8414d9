import { invariant } from '../../std/invariant.ts'
import { err } from '../../std/result.ts'
import { normalQuantile } from './normal.ts'
import { probabilisticSharpe, type SharpeSample } from './sharpe-honesty.ts'
import { measured, type Statistic } from './statistic.ts'

const EULER_MASCHERONI = 0.5772156649015329

/**
 * How much was tried before this result was chosen: all configurations since the data was first opened,
 * aborted ones too.
 */
export interface Trials {
  /** Independent ones: of twenty that are nearly the same, one counts. */
  readonly count: number
  /** Variance of the trials' Sharpe ratios, per period; `noiseVariance` where they were not kept. */
  readonly variance: number
}

/**
 * The variance that the Sharpe ratios of strategies without any skill have, over this many periods.
 * Source: A. Lo, The Statistics of Sharpe Ratios (2002), at a true ratio of 0.
 */
export const noiseVariance = (observations: number): number => {
  invariant(
    Number.isFinite(observations) && observations >= 2,
    `trials rest on 2 observations or more: ${observations}`,
  )
  return 1 / (observations - 1)
}

/**
 * The best Sharpe ratio (per period) to be expected of so many trials when none of them has any skill: the
 * bar that a result has to clear. 0 for a single trial.
 *
 * Source: Bailey and López de Prado, The Deflated Sharpe Ratio (Journal of Portfolio Management 40, 2014);
 * rule book §5.9.
 */
export function expectedMaximumSharpe({ count, variance }: Trials): number {
  invariant(Number.isFinite(count) && count >= 1, `at least one trial was made: ${count}`)
  invariant(Number.isFinite(variance) && variance >= 0, `a variance is not negative: ${variance}`)
  return Math.sqrt(variance) * expectedMaximum(count)
}

/**
 * Probability that the true Sharpe ratio lies above what luck alone would have given the best of so many
 * trials. Below 0.95 the search explains the result. Gaps: as of the probabilistic Sharpe ratio. Source: as
 * above, DSR.
 */
export const deflatedSharpe = (sample: SharpeSample, trials: Trials): Statistic =>
  probabilisticSharpe(sample, expectedMaximumSharpe(trials))

/**
 * The Sharpe ratio (per period) that this many trials ask for: the least one whose deflated Sharpe ratio
 * reaches the confidence, with the sample's own length and shape.
 *
 * Gaps: no ratio would do, since the record is so short or so oddly shaped that its error grows as fast as
 * the ratio.
 */
export function sharpeNeeded(
  shape: Omit<SharpeSample, 'sharpe'>,
  trials: Trials,
  confidence = 0.95,
): Statistic {
  invariant(confidence > 0.5 && confidence < 1, `a confidence lies between 0.5 and 1: ${confidence}`)
  invariant(shape.observations >= 2, `a Sharpe ratio rests on 2 observations or more: ${shape.observations}`)
  const bar = expectedMaximumSharpe(trials)
  // (SR − bar)²(n − 1) = z²(1 − g₃SR + (g₄ − 1)/4 SR²), solved for the root above the bar.
  const weight = normalQuantile(confidence) ** 2 / (shape.observations - 1)
  const a = 1 - (weight * (shape.kurtosis - 1)) / 4
  const b = weight * shape.skewness - 2 * bar
  const c = bar ** 2 - weight
  const inside = b * b - 4 * a * c
  if (a <= 0 || inside < 0) return err({ code: 'zeroBase', base: 'edge' })
  return measured((-b + Math.sqrt(inside)) / (2 * a))
}

/**
 * Years of data below which so many trials are expected to show this yearly Sharpe ratio by luck alone; never
 * more than 2 ln N / SR². Gaps: a target that is not above 0.
 *
 * Source: Bailey, Borwein, López de Prado and Zhu, Pseudo-Mathematics and Financial Charlatanism (Notices of
 * the AMS 61, 2014); rule book §5.9.
 */
export function minimumBacktestYears(count: number, annualSharpe: number): Statistic {
  invariant(Number.isFinite(count) && count >= 1, `at least one trial was made: ${count}`)
  if (!(annualSharpe > 0)) return err({ code: 'zeroBase', base: 'edge' })
  return measured((expectedMaximum(count) / annualSharpe) ** 2)
}

/**
 * How many independent trials these years of data bear before luck alone is expected to show this yearly
 * Sharpe ratio. At least 1. Gaps: a ratio that is not above 0.
 */
export function trialBudget(years: number, annualSharpe: number): Statistic {
  invariant(Number.isFinite(years) && years > 0, `a history has a length: ${years} years`)
  if (!(annualSharpe > 0)) return err({ code: 'zeroBase', base: 'edge' })
  const bar = annualSharpe * Math.sqrt(years)
  let [low, high] = [1, 2]
  while (high < TRIALS_MAX && expectedMaximum(high) <= bar) [low, high] = [high, high * 2]
  if (high >= TRIALS_MAX) return measured(TRIALS_MAX)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (expectedMaximum(middle) <= bar) low = middle
    else high = middle
  }
  return measured(low)
}

/** Beyond a billion nobody counts. */
const TRIALS_MAX = 2 ** 30

/** Of `count` independent standard normal variables, from extreme-value theory. */
function expectedMaximum(count: number): number {
  if (count < 2) return 0
  return (
    (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / count) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (count * Math.E))
  )
}
