import type { Random } from '../../std/random.ts'
import { normalCdf, normalDensity } from '../analytics/normal.ts'
import { boundsOf, type Dimension, snapped } from './parameter-space.ts'

/** Where the values of some points lie along one dimension, as a density. */
export interface Estimator {
  draw(random: Random): number
  /** At a value of the dimension; always above 0. */
  density(value: number): number
}

/**
 * A Parzen estimator over what was seen. Numbers: a truncated normal around each value, as wide as the farther of its two
 * neighbours, and a uniform prior that weighs as much as one value. Flags and choices: counts, and an even prior that weighs as
 * much as all values together, or what was tried once would never be left.
 * Source: Bergstra, Bardenet, Bengio and Kégl, Algorithms for Hyper-Parameter Optimization (NIPS 2011), section 4.
 */
export const parzen = (dimension: Dimension, values: readonly number[]): Estimator =>
  dimension.kind === 'listed' && !dimension.isOrdered
    ? counted(dimension.values.length, values)
    : smoothed(dimension, values)

function counted(count: number, values: readonly number[]): Estimator {
  const prior = Math.max(1, values.length)
  const weights = Array.from({ length: count }, () => prior / count)
  for (const value of values) weights[value] = (weights[value] ?? 0) + 1
  const total = values.length + prior
  return {
    draw: (random) => {
      let left = random.next() * total
      for (const [value, weight] of weights.entries()) {
        left -= weight
        if (left < 0) return value
      }
      return count - 1
    },
    density: (value) => (weights[value] ?? 0) / total,
  }
}

interface Kernel {
  readonly at: number
  readonly width: number
  /** How much of it lies inside the bounds. */
  readonly inside: number
}

/** No kernel is narrower than the range over this, nor over one more than the points. */
const NARROWEST = 100
const MOST_DRAWS = 100

function smoothed(dimension: Dimension, values: readonly number[]): Estimator {
  const [least, most] = boundsOf(dimension)
  // A whole number stands for everything that is rounded to it.
  const margin = dimension.kind === 'listed' || dimension.isWhole ? 0.5 : 0
  const [low, high] = [least - margin, most + margin]
  const kernels = kernelsOf(low, high, values)
  const count = kernels.length + 1
  return {
    draw: (random) => {
      const kernel = kernels[random.int(0, kernels.length)]
      if (!kernel) return snapped(dimension, low + random.next() * (high - low))
      for (let i = 0; i < MOST_DRAWS; i++) {
        const drawn = kernel.at + kernel.width * random.normal()
        if (drawn >= low && drawn <= high) return snapped(dimension, drawn)
      }
      return snapped(dimension, kernel.at)
    },
    density: (value) => {
      let sum = 1 / (high - low)
      for (const { at, width, inside } of kernels)
        sum += normalDensity((value - at) / width) / (width * inside)
      return sum / count
    },
  }
}

function kernelsOf(low: number, high: number, values: readonly number[]): readonly Kernel[] {
  const sorted = values.toSorted((a, b) => a - b)
  const narrowest = (high - low) / Math.min(NARROWEST, sorted.length + 1)
  return sorted.map((at, i) => {
    const [before, behind] = [sorted[i - 1] ?? low, sorted[i + 1] ?? high]
    const width = Math.min(high - low, Math.max(at - before, behind - at, narrowest))
    return { at, width, inside: normalCdf((high - at) / width) - normalCdf((low - at) / width) }
  })
}
