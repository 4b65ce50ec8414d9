import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { checkSeries, type Series } from './moments.ts'
import { normalDensity, normalQuantile } from './normal.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'
import { checkConfidence } from './value-at-risk.ts'

/** The decay of RiskMetrics for daily data. */
const DAILY_DECAY = 0.94

/**
 * Volatility forecast for the next period, weighing yesterday most: σ² ← λσ² + (1 − λ)r², seeded with the
 * first r². Not annualised. Gaps: no return, returns that are all 0. Source: J.P. Morgan, RiskMetrics
 * Technical Document (4th ed. 1996); rule book §5.6.
 */
export function ewmaVolatility(returns: Series, decay = DAILY_DECAY): Statistic {
  checkSeries(returns, 'returns')
  invariant(decay > 0 && decay < 1, `a decay lies between 0 and 1: ${decay}`)
  if (returns.length === 0) return tooFew(0, 1)
  let variance = (returns[0] as number) ** 2
  for (const each of returns) variance = decay * variance + (1 - decay) * each ** 2
  return variance === 0 ? err({ code: 'flat' }) : measured(Math.sqrt(variance))
}

/**
 * Value at risk and shortfall of the next period at that volatility, with a mean of 0 as RiskMetrics has it.
 */
export function ewmaRisk(
  returns: Series,
  confidence: number,
  decay = DAILY_DECAY,
): Statistic<{ readonly valueAtRisk: number; readonly expectedShortfall: number }> {
  checkConfidence(confidence)
  const sigma = ewmaVolatility(returns, decay)
  if (!sigma.ok) return sigma
  const z = normalQuantile(1 - confidence)
  return ok({
    valueAtRisk: -z * sigma.value,
    expectedShortfall: (sigma.value * normalDensity(z)) / (1 - confidence),
  })
}
