import { broken } from '../../std/invariant.ts'
import type { Random } from '../../std/random.ts'
import { ok } from '../../std/result.ts'
import { checkSeries, deviationOf, meanOf, RETURN_SCALE, type Series } from './moments.ts'
import { type Statistic, tooFew } from './statistic.ts'

/** A t distribution moved by `location` and stretched by `scale` (which is not its standard deviation). */
export interface StudentT {
  readonly degrees: number
  readonly location: number
  readonly scale: number
}

/** Below 2 the variance does not exist; at 200 the distribution cannot be told from a normal one. */
const DEGREES_MIN = 2.1
const DEGREES_MAX = 200
const ROUNDS_MAX = 500
const FIT_DIGITS = 1e-10
const FEWEST = 10

/**
 * Degrees of freedom, location and scale of greatest likelihood. Degrees are looked for between 2.1 and 200.
 *
 * Gaps: fewer than 10 returns (three numbers are fitted), all the same. Source: C. Liu and D. Rubin, ML
 * Estimation of the t Distribution Using EM and Its Extensions, ECM and ECME (1995).
 */
export function fitStudentT(returns: Series): Statistic<StudentT> {
  checkSeries(returns, 'returns')
  if (returns.length < FEWEST) return tooFew(returns.length, FEWEST)
  const deviation = deviationOf(returns, RETURN_SCALE)
  if (!deviation.ok) return deviation
  let fit: StudentT = { degrees: 8, location: meanOf(returns), scale: deviation.value }
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { location, scale } = reweighed(returns, fit)
    const degrees = bestDegrees(returns, location, scale)
    const moved = Math.abs(degrees / fit.degrees - 1) + Math.abs(scale / fit.scale - 1)
    fit = { degrees, location, scale }
    if (moved < FIT_DIGITS) break
  }
  return ok(fit)
}

/**
 * One draw. Source: R. Bailey, Polar Generation of Random Variates with the t-Distribution (Math. Comp. 62,
 * 1994).
 */
export function drawStudentT(random: Random, { degrees, location, scale }: StudentT): number {
  for (let tries = 0; tries < 200; tries++) {
    const [u, v] = [2 * random.next() - 1, 2 * random.next() - 1]
    const w = u * u + v * v
    if (w > 0 && w < 1) return location + scale * u * Math.sqrt((degrees * (w ** (-2 / degrees) - 1)) / w)
  }
  return broken('of 200 points in a square none lay in its circle')
}

/** The E and first CM step: far-out returns weigh less. */
function reweighed(returns: Series, fit: StudentT): { location: number; scale: number } {
  const { degrees, location, scale } = fit
  let [weights, weighed] = [0, 0]
  const weightOf = (value: number) => (degrees + 1) / (degrees + ((value - location) / scale) ** 2)
  for (const value of returns) {
    const weight = weightOf(value)
    weights += weight
    weighed += weight * value
  }
  const centre = weighed / weights
  let squares = 0
  for (const value of returns) squares += weightOf(value) * (value - centre) ** 2
  return { location: centre, scale: Math.sqrt(squares / returns.length) }
}

/** Golden-section search over the logarithm of the degrees. */
function bestDegrees(returns: Series, location: number, scale: number): number {
  const squares = Float64Array.from(returns, (value) => ((value - location) / scale) ** 2)
  const at = (x: number) => logLikelihood(squares, Math.exp(x))
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [Math.log(DEGREES_MIN), Math.log(DEGREES_MAX)]
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)]
  let [atLeft, atRight] = [at(left), at(right)]
  for (let step = 0; step < 60; step++) {
    if (atLeft > atRight) {
      ;[high, right, atRight] = [right, left, atLeft]
      left = high - golden * (high - low)
      atLeft = at(left)
    } else {
      ;[low, left, atLeft] = [left, right, atRight]
      right = low + golden * (high - low)
      atRight = at(right)
    }
  }
  return Math.exp((low + high) / 2)
}

function logLikelihood(squares: Float64Array, degrees: number): number {
  let sum = 0
  for (const square of squares) sum += Math.log1p(square / degrees)
  const constant = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - Math.log(degrees) / 2
  return squares.length * constant - ((degrees + 1) / 2) * sum
}

/** Stirling's series, after stepping up to where it is exact. Source: Abramowitz and Stegun 6.1.41. */
function logGamma(x: number): number {
  let [at, product] = [x, 1]
  for (; at < 15; at++) product *= at
  const square = at * at
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / at
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - Math.log(product)
}
