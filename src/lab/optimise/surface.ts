import { scoreOf, type Trial } from './optimise.ts'
import { boundsOf, type Dimension, type ParameterSpace } from './parameter-space.ts'

/** One side of a map: what is turned, and how its cells are called. */
export interface SurfaceAxis {
  readonly key: string
  readonly labels: readonly string[]
}

export interface SurfaceCell {
  /** Mean and best score of the trials of this cell. */
  readonly mean: number
  readonly best: number
  readonly count: number
}

/** The objective over two parameters, whatever the others were. */
export interface Surface {
  readonly across: SurfaceAxis
  /** Absent when only one parameter was turned. */
  readonly up?: SurfaceAxis
  /** Row by row, as `up` goes; a cell where nothing was played is absent. */
  readonly rows: readonly (readonly (SurfaceCell | undefined)[])[]
  /** Where a trial lies: column and row. */
  placeOf(trial: Trial): readonly [column: number, row: number]
}

/** More values than this are put together into bins. */
const MOST_CELLS = 24
const BINS = 12

/**
 * The surface over the two parameters along which the mean objective varies most. Undefined when no trial has a score.
 */
export function surfaceOf({ dimensions }: ParameterSpace, trials: readonly Trial[]): Surface | undefined {
  const scored = trials.flatMap((trial) => {
    const score = scoreOf(trial)
    return score === undefined ? [] : [{ trial, score }]
  })
  if (scored.length === 0) return undefined
  const scales = dimensions.map((dimension, i) => scaleOf(dimension, i, trials))
  const [across, up] = scales.toSorted((a, b) => effectOf(b, scored) - effectOf(a, scored))
  if (!across) return undefined
  const cells = new Map<number, SurfaceCell>()
  const width = across.labels.length
  for (const { trial, score } of scored) {
    const place = (up?.binOf(trial) ?? 0) * width + across.binOf(trial)
    const { mean, best, count } = cells.get(place) ?? { mean: 0, best: Number.NEGATIVE_INFINITY, count: 0 }
    cells.set(place, {
      mean: mean + (score - mean) / (count + 1),
      best: Math.max(best, score),
      count: count + 1,
    })
  }
  return {
    across: { key: across.key, labels: across.labels },
    ...(up && { up: { key: up.key, labels: up.labels } }),
    rows: Array.from({ length: up?.labels.length ?? 1 }, (_, row) =>
      Array.from({ length: width }, (_, column) => cells.get(row * width + column)),
    ),
    placeOf: (trial) => [across.binOf(trial), up?.binOf(trial) ?? 0],
  }
}

interface Scale extends SurfaceAxis {
  binOf(trial: Trial): number
}

function scaleOf(dimension: Dimension, at: number, trials: readonly Trial[]): Scale {
  const { key } = dimension
  const of = (trial: Trial) => trial.point[at] as number
  const label = (value: number) =>
    String(dimension.kind === 'listed' ? dimension.values[value] : Number(value.toPrecision(4)))
  const played = [...new Set(trials.map(of))].toSorted((a, b) => a - b)
  if (played.length <= MOST_CELLS) {
    const places = new Map(played.map((value, place) => [value, place]))
    return { key, labels: played.map(label), binOf: (trial) => places.get(of(trial)) ?? 0 }
  }
  const [low, high] = boundsOf(dimension)
  const width = (high - low) / BINS
  const isDiscrete = dimension.kind === 'listed' || dimension.isWhole
  const labels = Array.from({ length: BINS }, (_, bin) => {
    const from = low + bin * width
    return `${label(isDiscrete ? Math.ceil(from) : from)}…`
  })
  return { key, labels, binOf: (trial) => Math.min(BINS - 1, Math.floor((of(trial) - low) / width)) }
}

/** How far the means of its bins lie apart: the variance of the objective that this parameter explains alone. */
function effectOf(
  scale: Scale,
  scored: readonly { readonly trial: Trial; readonly score: number }[],
): number {
  const sums = new Map<number, { sum: number; count: number }>()
  let all = 0
  for (const { trial, score } of scored) {
    const bin = scale.binOf(trial)
    const { sum, count } = sums.get(bin) ?? { sum: 0, count: 0 }
    sums.set(bin, { sum: sum + score, count: count + 1 })
    all += score
  }
  const mean = all / scored.length
  return [...sums.values()].reduce((total, { sum, count }) => total + count * (sum / count - mean) ** 2, 0)
}
