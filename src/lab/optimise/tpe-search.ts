import { createRandom, type Random } from '../../std/random.ts'
import type { ParameterSpace, Point } from './parameter-space.ts'
import { type Estimator, parzen } from './parzen.ts'
import {
  anyPoint,
  byScore,
  createFresh,
  type Score,
  type Search,
  type SearchSetup,
  takeMany,
} from './search.ts'

/** Drawn anywhere before anything is estimated. */
const FIRST = 24
/** So many at once: more know less of each other. It is the same for one worker and for many. */
const BATCH = 8
/** The share of the trials that counts as good, as in the paper; never more than so many, or the good ones blur. */
const GOOD_RATIO = 0.15
const MOST_GOOD = 25
const CANDIDATES = 24

interface Seen {
  readonly point: Point
  readonly score: Score
}

/**
 * Tree-structured Parzen estimator: one density of the good trials, one of the others; of some candidates drawn from the good the
 * one is played where good over other is largest, which is where the improvement to be expected is. What was given out and not
 * told yet counts as other, so that a batch does not crowd in one place; and one point of each batch is drawn anywhere, since the
 * densities of flags and choices would never look back.
 * Source: Bergstra, Bardenet, Bengio and Kégl, Algorithms for Hyper-Parameter Optimization (NIPS 2011), section 4.
 */
export function* tpeSearch({ space, seed, trials }: SearchSetup): Search {
  const random = createRandom(seed).fork('tpe search')
  const fresh = createFresh(space, random)
  const seen: Seen[] = []
  while (seen.length < trials) {
    const left = trials - seen.length
    const pending: Point[] = []
    if (seen.length === 0)
      pending.push(...takeMany(fresh, Math.min(FIRST, left), () => anyPoint(space, random)))
    else {
      const [good, others] = divided(seen)
      const best = estimatorsOf(space, good)
      pending.push(...takeMany(fresh, 1, () => anyPoint(space, random)))
      while (pending.length > 0 && pending.length < Math.min(BATCH, left)) {
        const rest = estimatorsOf(space, [...others, ...pending])
        const point = fresh.take(() => likeliest(best, rest, random))
        if (!point) break
        pending.push(point)
      }
    }
    if (pending.length === 0) return
    const scores = yield pending
    for (const [i, point] of pending.entries()) seen.push({ point, score: scores[i] })
  }
}

function divided(seen: readonly Seen[]): readonly [good: readonly Point[], others: readonly Point[]] {
  const points = seen.toSorted((a, b) => byScore(a.score, b.score)).map(({ point }) => point)
  const count = Math.min(MOST_GOOD, Math.ceil(points.length * GOOD_RATIO))
  return [points.slice(0, count), points.slice(count)]
}

const estimatorsOf = ({ dimensions }: ParameterSpace, points: readonly Point[]): readonly Estimator[] =>
  dimensions.map((dimension, i) =>
    parzen(
      dimension,
      points.map((point) => point[i] as number),
    ),
  )

function likeliest(good: readonly Estimator[], others: readonly Estimator[], random: Random): Point {
  let [found, most]: [Point, number] = [[], Number.NEGATIVE_INFINITY]
  for (let i = 0; i < CANDIDATES; i++) {
    const point = good.map((each) => each.draw(random))
    const gain = point.reduce(
      (sum, value, at) =>
        sum +
        Math.log((good[at] as Estimator).density(value)) -
        Math.log((others[at] as Estimator).density(value)),
      0,
    )
    if (gain > most) [found, most] = [point, gain]
  }
  return found
}
