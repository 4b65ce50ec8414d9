import type { Random } from '../../std/random.ts'
import { boundsOf, type ParameterSpace, type Point, pointAt, sizeOf, snapped } from './parameter-space.ts'

/** What a trial was worth, higher being better; undefined when it failed or its figure has no value. */
export type Score = number | undefined

/**
 * A way to look for good parameters. It gives out a batch of points, is told their scores in the same order, and gives out the
 * next; it ends by itself. It knows neither who plays nor how many, so one seed gives the same points everywhere, and no point
 * twice.
 */
export type Search = Generator<readonly Point[], void, readonly Score[]>

export interface SearchSetup {
  readonly space: ParameterSpace
  readonly seed: number
  /** At most so many points are given out. */
  readonly trials: number
}

/** Failed trials rank behind everything. */
export const byScore = (a: Score, b: Score): number =>
  a === b ? 0 : (b ?? Number.NEGATIVE_INFINITY) - (a ?? Number.NEGATIVE_INFINITY)

const MOST_DRAWS = 100

/** Gives out every point once. */
export interface Fresh {
  /**
   * A point of `draw` that was not given out before; when it has none after a hundred draws, any other new point. Undefined when
   * the space is used up.
   */
  take(draw: () => Point): Point | undefined
}

export function createFresh(space: ParameterSpace, random: Random): Fresh {
  const given = new Set<string>()
  const size = sizeOf(space)
  const isNew = (point: Point) => !given.has(point.join())
  const keep = (point: Point) => {
    given.add(point.join())
    return point
  }
  return {
    take: (draw) => {
      if (given.size >= size) return undefined
      for (const way of [draw, () => anyPoint(space, random)])
        for (let i = 0; i < MOST_DRAWS; i++) {
          const point = way()
          if (isNew(point)) return keep(point)
        }
      if (!Number.isSafeInteger(size)) return undefined
      // Among one more than were given out there is a new one.
      const begin = random.int(0, size - 1)
      for (let i = 0; i <= given.size; i++) {
        const point = pointAt(space, (begin + i) % size)
        if (isNew(point)) return keep(point)
      }
      return undefined
    },
  }
}

/** Each value is as likely as any other. */
export const anyPoint = ({ dimensions }: ParameterSpace, random: Random): Point =>
  dimensions.map((dimension) => {
    const [low, high] = boundsOf(dimension)
    if (dimension.kind === 'listed' || dimension.isWhole) return random.int(low, high)
    return snapped(dimension, low + random.next() * (high - low))
  })

/** So many new points, or as many as there are. */
export function takeMany(fresh: Fresh, count: number, draw: () => Point): readonly Point[] {
  const taken: Point[] = []
  while (taken.length < count) {
    const point = fresh.take(draw)
    if (!point) break
    taken.push(point)
  }
  return taken
}
