import { invariant } from '../../std/invariant.ts'
import type { Random } from '../../std/random.ts'
import { checkSeries, deviationOf, meanOf, RETURN_SCALE, type Series } from './moments.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'

/**
 * The same values in another order, every order equally likely. Source: Fisher–Yates, Knuth TAOCP vol. 2,
 * algorithm P.
 */
export function shuffled(random: Random, values: Series): Float64Array {
  const result = Float64Array.from(values)
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.int(0, last)
    const kept = result[last] as number
    result[last] = result[other] as number
    result[other] = kept
  }
  return result
}

/** As many values, drawn with replacement: for trades, which are taken to be independent. */
export function redrawn(random: Random, values: Series): Float64Array {
  return Float64Array.from({ length: values.length }, () => random.pick(values as readonly number[]))
}

/**
 * `length` values in blocks that begin anywhere and have a geometric length of `meanBlock` on average; past
 * the end it goes on at the beginning. It keeps what neighbouring days have to do with each other, and the
 * result is stationary.
 *
 * Errors: no values, or a mean block below 1, break an invariant. Source: D. Politis and J. Romano, The
 * Stationary Bootstrap (JASA 89, 1994); rule book §5.9.
 */
export function stationaryBootstrap(
  random: Random,
  values: Series,
  meanBlock: number,
  length = values.length,
): Float64Array {
  invariant(values.length > 0, 'a bootstrap draws from at least one value')
  invariant(meanBlock >= 1 && Number.isFinite(meanBlock), `a mean block is 1 or longer: ${meanBlock}`)
  const result = new Float64Array(length)
  let at = 0
  for (let i = 0; i < length; i++) {
    const begins = i === 0 || random.next() < 1 / meanBlock
    at = begins ? random.int(0, values.length - 1) : (at + 1) % values.length
    result[i] = values[at] as number
  }
  return result
}

/** n^(1/3), the block of a series too short to choose one by its correlations. */
export const plainBlock = (count: number): number => Math.max(1, Math.cbrt(count))

const SHORTEST_FOR_CHOICE = 30

/**
 * The mean block that suits the stationary bootstrap of this series best, from how long its correlations
 * last; at least 1, at most min(3√n, n/3). Details that the paper leaves open are those of the Python package
 * `arch`.
 *
 * Gaps: fewer than 30 values, all the same. Source: D. Politis and H. White, Automatic Block-Length Selection
 * (Econometric Reviews 23, 2004), corrected by A. Patton, D. Politis and H. White (Econometric Reviews 28,
 * 2009); rule book §5.9.
 */
export function politisWhiteBlock(values: Series): Statistic {
  checkSeries(values, 'values')
  const count = values.length
  if (count < SHORTEST_FOR_CHOICE) return tooFew(count, SHORTEST_FOR_CHOICE)
  const spread = deviationOf(values, RETURN_SCALE)
  if (!spread.ok) return spread
  const mean = meanOf(values)
  const centred = Float64Array.from(values, (value) => value - mean)
  const { covariances, width } = significant(centred)
  let [weighted, longRun] = [0, covariances[0] as number]
  for (let lag = 1; lag <= width; lag++) {
    const taper = lag / width <= 0.5 ? 1 : 2 * (1 - lag / width)
    weighted += 2 * taper * lag * (covariances[lag] as number)
    longRun += 2 * taper * (covariances[lag] as number)
  }
  const most = Math.ceil(Math.min(3 * Math.sqrt(count), count / 3))
  // A long-run variance of 0 asks for a block without end.
  const block = longRun === 0 ? most : Math.cbrt((weighted / longRun) ** 2 * count)
  return measured(Math.max(1, Math.min(most, block)))
}

/**
 * Autocovariances, and how many of them count: twice the lag after which a run of correlations is as good as
 * zero.
 */
function significant(centred: Float64Array): { covariances: Float64Array; width: number } {
  const count = centred.length
  const run = Math.max(5, Math.floor(Math.log10(count)))
  const lagMax = Math.ceil(Math.sqrt(count)) + run
  const band = 2 * Math.sqrt(Math.log10(count) / count)
  const covariances = new Float64Array(lagMax + 1)
  let quiet = 0
  let last: number | undefined
  for (let lag = 0; lag <= lagMax; lag++) {
    const cross = dot(centred, lag, centred, 0, count - lag)
    covariances[lag] = cross / count
    const [ahead, behind] = [
      dot(centred, lag + 1, centred, lag + 1, count - lag - 1),
      dot(centred, 0, centred, 0, count - lag - 1),
    ]
    if (last === undefined && lag >= run && quiet >= run) last = lag - run
    const size = Math.abs(cross) / Math.sqrt(ahead * behind)
    quiet = size < band ? quiet + 1 : 0
  }
  return { covariances, width: Math.min(lagMax, last === undefined ? lagMax : 2 * Math.max(1, last)) }
}

function dot(a: Float64Array, fromA: number, b: Float64Array, fromB: number, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += (a[fromA + i] as number) * (b[fromB + i] as number)
  return sum
}
