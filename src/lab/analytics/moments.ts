import { broken, invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'

export type Series = Float64Array | readonly number[]

/**
 * A deviation below this share of the scale is rounding, not movement: returns made from prices carry an
 * error of about 1e-16, and a ratio with such a denominator would be a huge number that means nothing.
 */
const FLAT_SHARE = 1e-13

/** Returns are measured against 1: that is the scale of the rounding in them. */
export const RETURN_SCALE = 1

export interface Shape {
  readonly mean: number
  /** Population standard deviation (divided by n). */
  readonly deviation: number
  /** g1, the population moment. */
  readonly skewness: number
  /** g2, the population moment, raw: 3 for a normal distribution. */
  readonly kurtosis: number
}

/**
 * Sample standard deviation (divided by n − 1), in the unit of the values. `scale` is the size that rounding
 * is measured against; by default the largest value.
 *
 * Gaps: fewer than 2 values, all values the same. Source: rule book §5.5.
 */
export function deviationOf(values: Series, scale = largest(values)): Statistic {
  if (values.length < 2) return tooFew(values.length, 2)
  const deviation = Math.sqrt(squaredDeviations(values) / (values.length - 1))
  return deviation <= FLAT_SHARE * scale ? err({ code: 'flat' }) : measured(deviation)
}

/**
 * Mean, population deviation, skewness g1 and raw kurtosis g2. Libraries that print other figures for the
 * same data use the sample correction. Gaps: fewer than 2 values, all values the same. Source: rule book
 * §5.5.
 */
export function shapeOf(values: Series, scale = largest(values)): Statistic<Shape> {
  if (values.length < 2) return tooFew(values.length, 2)
  const mean = meanOf(values)
  const deviation = Math.sqrt(squaredDeviations(values) / values.length)
  if (!Number.isFinite(deviation)) return err({ code: 'outOfRange' })
  if (deviation <= FLAT_SHARE * scale) return err({ code: 'flat' })
  let [third, fourth] = [0, 0]
  for (const value of values) {
    const standard = (value - mean) / deviation
    third += standard ** 3
    fourth += standard ** 4
  }
  return ok({ mean, deviation, skewness: third / values.length, kurtosis: fourth / values.length })
}

/** Skewness g1 of returns. Gaps: fewer than 2 returns, all the same. */
export function skewness(returns: Series): Statistic {
  const shape = shapeOf(returns, RETURN_SCALE)
  return shape.ok ? measured(shape.value.skewness) : shape
}

/**
 * Excess kurtosis g2 − 3 of returns: 0 for a normal distribution. Gaps: fewer than 2 returns, all the same.
 */
export function excessKurtosis(returns: Series): Statistic {
  const shape = shapeOf(returns, RETURN_SCALE)
  return shape.ok ? measured(shape.value.kurtosis - 3) : shape
}

/** Of at least one value. */
export function meanOf(values: Series): number {
  invariant(values.length > 0, 'a mean is taken of at least one value')
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/**
 * 10 × (1 − 0.9) is 0.9999999999999998: it means the value at place 1, not one between it and its neighbour.
 */
const SAME_PLACE = 1e-9

export const ascending = (values: Series): Float64Array => Float64Array.from(values).sort()

/**
 * The quantile of at least one value in ascending order, with linear interpolation at (n − 1) × probability.
 * Source: Hyndman and Fan, Sample Quantiles in Statistical Packages (1996), type 7; rule book §5.6.
 */
export function quantileOf(sorted: Float64Array, probability: number): number {
  invariant(sorted.length > 0, 'a quantile is taken of at least one value')
  invariant(probability >= 0 && probability <= 1, `a probability lies in [0, 1]: ${probability}`)
  const place = (sorted.length - 1) * probability
  const nearest = Math.round(place)
  if (Math.abs(place - nearest) < SAME_PLACE) return sorted[nearest] as number
  const below = Math.floor(place)
  const low = sorted[below] as number
  const high = sorted[below + 1] as number
  return low + (high - low) * (place - below)
}

/** Breaks an invariant at the first value that is NaN or infinite. */
export function checkSeries(values: Series, name: string): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value - value !== 0) broken(`${name} are finite numbers: ${value} at ${i}`)
  }
}

/** Breaks an invariant unless the two have one value for each period. */
export function checkPair(values: Series, others: Series, names: string): void {
  invariant(values.length === others.length, `${names} have one length: ${values.length}, ${others.length}`)
}

function squaredDeviations(values: Series): number {
  const mean = meanOf(values)
  let sum = 0
  for (const value of values) sum += (value - mean) ** 2
  return sum
}

function largest(values: Series): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
