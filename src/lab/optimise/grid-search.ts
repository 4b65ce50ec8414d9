import { gridOf, type Point } from './parameter-space.ts'
import type { Search, SearchSetup } from './search.ts'

const BATCH = 256

/** Every point of the grid, the last parameter turning fastest; the first `trials` of them. */
export function* gridSearch({ space, trials }: SearchSetup): Search {
  const grids = space.dimensions.map(gridOf)
  const size = grids.reduce((product, { length }) => product * length, 1)
  const end = Math.min(size, trials)
  for (let from = 0; from < end; from += BATCH) {
    const count = Math.min(BATCH, end - from)
    yield Array.from({ length: count }, (_, i) => gridPoint(grids, from + i))
  }
}

function gridPoint(grids: readonly (readonly number[])[], number: number): Point {
  let rest = number
  return grids
    .toReversed()
    .map((grid) => {
      const value = grid[rest % grid.length] as number
      rest = Math.floor(rest / grid.length)
      return value
    })
    .toReversed()
}
