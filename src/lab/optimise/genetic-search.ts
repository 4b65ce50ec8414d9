import { createRandom, type Random } from '../../std/random.ts'
import { boundsOf, type Dimension, type ParameterSpace, type Point, snapped } from './parameter-space.ts'
import {
  anyPoint,
  byScore,
  createFresh,
  type Score,
  type Search,
  type SearchSetup,
  takeMany,
} from './search.ts'

interface Member {
  readonly point: Point
  readonly score: Score
}

/** Ten generations or more, of a size that still mixes. */
const [LEAST_MEMBERS, MOST_MEMBERS, GENERATIONS] = [8, 64, 10]
/** The best live on unchanged: this share of them, two at least. */
const ELITE_RATIO = 0.1
const TOURNAMENT = 3
const CROSSOVER_CHANCE = 0.9
/** A mutated number moves by this share of its range, as a standard deviation. */
const MUTATION_RATIO = 0.1

/**
 * A genetic algorithm: the first generation is drawn anywhere; of three members drawn at random the best becomes a parent; a
 * child takes each value from either of two parents; values mutate by a share of their range; the best live on. A child that
 * was there before is made again, so that nothing is played twice.
 * Source: T. Bäck, Evolutionary Algorithms in Theory and Practice (1996); D. Goldberg and K. Deb, A Comparative Analysis of
 * Selection Schemes (1991).
 */
export function* geneticSearch({ space, seed, trials }: SearchSetup): Search {
  const random = createRandom(seed).fork('genetic search')
  const fresh = createFresh(space, random)
  const size = Math.max(LEAST_MEMBERS, Math.min(MOST_MEMBERS, Math.ceil(trials / GENERATIONS)))
  const elite = Math.max(2, Math.round(size * ELITE_RATIO))
  let members: readonly Member[] = []
  for (let left = trials; left > 0; ) {
    const isFirst = members.length === 0
    const draw = isFirst ? () => anyPoint(space, random) : () => childOf(space, members, random)
    const batch = takeMany(fresh, Math.min(left, isFirst ? size : size - elite), draw)
    if (batch.length === 0) return
    left -= batch.length
    const scores = yield batch
    const born = batch.map((point, i): Member => ({ point, score: scores[i] }))
    members = [...members.slice(0, elite), ...born].toSorted((a, b) => byScore(a.score, b.score))
  }
}

function childOf(space: ParameterSpace, members: readonly Member[], random: Random): Point {
  const [one, other] = [parent(members, random), parent(members, random)]
  const crosses = random.next() < CROSSOVER_CHANCE
  const chance = 1 / space.dimensions.length
  return space.dimensions.map((dimension, i) => {
    const own = (crosses && random.next() < 0.5 ? other : one)[i] as number
    return random.next() < chance ? mutated(dimension, own, random) : own
  })
}

/** Members stand in order, the best first, so the best of a few is the one of the least place. */
function parent(members: readonly Member[], random: Random): Point {
  let place = members.length - 1
  for (let i = 0; i < TOURNAMENT; i++) place = Math.min(place, random.int(0, members.length - 1))
  return (members[place] as Member).point
}

function mutated(dimension: Dimension, value: number, random: Random): number {
  const [low, high] = boundsOf(dimension)
  if (dimension.kind === 'listed' && !dimension.isOrdered) return random.int(low, high)
  const moved = random.normal() * (high - low) * MUTATION_RATIO
  const isDiscrete = dimension.kind === 'listed' || dimension.isWhole
  // Of few values a share is less than one: it moves by one at least.
  const far = isDiscrete ? Math.sign(moved) * Math.max(1, Math.abs(moved)) : moved
  return snapped(dimension, value + far)
}
