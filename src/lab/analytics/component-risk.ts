import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { normalQuantile } from './normal.ts'
import type { Statistic } from './statistic.ts'
import { checkConfidence } from './value-at-risk.ts'

export interface ComponentRisk {
  /** Of the whole portfolio, as a positive ratio. */
  readonly valueAtRisk: number
  /** One for each holding; they sum to the whole. A negative one makes the portfolio safer. */
  readonly components: readonly number[]
}

/**
 * Which holding brings how much of the portfolio's Gaussian value at risk: wᵢ(Σw)ᵢ/σ × |z| − wᵢμᵢ.
 *
 * In: weights as ratios of equity, mean returns per period, and the covariance matrix row by row. Gaps: a
 * portfolio that does not move. Errors: shapes that do not fit or a matrix that is not symmetric break an
 * invariant. Source: P. Jorion, Value at Risk (3rd ed. 2007), ch. 7; rule book §5.6.
 */
export function componentRisk(
  weights: readonly number[],
  means: readonly number[],
  covariance: readonly (readonly number[])[],
  confidence: number,
): Statistic<ComponentRisk> {
  checkConfidence(confidence)
  checkShapes(weights, means, covariance)
  const pulls = covariance.map((row) => dot(row, weights))
  const variance = dot(weights, pulls)
  invariant(variance >= -1e-15, `a portfolio's variance is not negative: ${variance}`)
  if (variance <= 1e-24) return err({ code: 'flat' })
  const size = Math.abs(normalQuantile(1 - confidence)) / Math.sqrt(variance)
  const components = weights.map((weight, i) => weight * ((pulls[i] as number) * size - (means[i] as number)))
  return ok({ valueAtRisk: components.reduce((sum, part) => sum + part, 0), components })
}

function checkShapes(
  weights: readonly number[],
  means: readonly number[],
  covariance: readonly (readonly number[])[],
): void {
  const count = weights.length
  invariant(
    count > 0 && means.length === count && covariance.length === count,
    'one mean and one row a weight',
  )
  const all = [...weights, ...means, ...covariance.flat()]
  invariant(all.every(Number.isFinite), 'weights, means and covariances are finite numbers')
  covariance.forEach((row, i) => {
    invariant(
      row.length === count,
      `row ${i} of the covariance matrix has ${row.length} columns, not ${count}`,
    )
    row.forEach((value, j) => {
      const mirrored = covariance[j]?.[i] as number
      const near = Math.abs(value - mirrored) <= 1e-9 * Math.max(Math.abs(value), Math.abs(mirrored))
      invariant(near, `a covariance matrix is symmetric: ${value} and ${mirrored} at ${i}, ${j}`)
    })
  })
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
