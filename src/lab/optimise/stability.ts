import { meanOf } from '../analytics/moments.ts'
import { scoreOf, type Trial } from './optimise.ts'
import type { Dimension, ParameterSpace } from './parameter-space.ts'

/** How the trials next to a trial did. */
export interface Stability {
  /** Trials next to it that have a score. */
  readonly neighbours: number
  /** Trials next to it that have none. */
  readonly scoreless: number
  /** Mean of the neighbours' scores. */
  readonly mean: number
  readonly least: number
}

/** Rounding of steps that were added up. */
const SLACK = 1 + 1e-9
/** In a span that was not stepped a tenth of it is near. */
const NEAR_RATIO = 0.1

/**
 * What the trials around one of them were worth: a real effect fades slowly, luck stands alone. Next to it is what is at most
 * one step away in every parameter (of a span: one step of its grid or a tenth of it) and has the same flags and choices.
 * Undefined when no neighbour has a score.
 */
export function stabilityOf(
  space: ParameterSpace,
  trials: readonly Trial[],
  of: Trial,
): Stability | undefined {
  const near = trials.filter((trial) => trial !== of && isNear(space, trial, of))
  const scores = near.flatMap((trial) => scoreOf(trial) ?? [])
  if (scores.length === 0) return undefined
  return {
    neighbours: scores.length,
    scoreless: near.length - scores.length,
    mean: meanOf(scores),
    least: scores.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY),
  }
}

const isNear = ({ dimensions }: ParameterSpace, one: Trial, other: Trial): boolean =>
  dimensions.every(
    (dimension, i) => Math.abs((one.point[i] as number) - (other.point[i] as number)) <= reachOf(dimension),
  )

function reachOf(dimension: Dimension): number {
  if (dimension.kind === 'listed') return dimension.isOrdered ? 1 : 0
  return Math.max(dimension.step, (dimension.to - dimension.from) * NEAR_RATIO) * SLACK
}
