import { createRandom } from '../../std/random.ts'
import { anyPoint, createFresh, type Search, type SearchSetup, takeMany } from './search.ts'

const BATCH = 64

/**
 * Points anywhere in the space. Where few parameters matter it finds them sooner than a grid of the same size.
 * Source: Bergstra and Bengio, Random Search for Hyper-Parameter Optimization (JMLR 13, 2012).
 */
export function* randomSearch({ space, seed, trials }: SearchSetup): Search {
  const random = createRandom(seed).fork('random search')
  const fresh = createFresh(space, random)
  for (let left = trials; left > 0; ) {
    const batch = takeMany(fresh, Math.min(BATCH, left), () => anyPoint(space, random))
    if (batch.length === 0) return
    left -= batch.length
    yield batch
  }
}
