import { gridOf, type ParameterSpace, type Point, sizeOfGrid, valuesAt } from './parameter-space.ts'
import type { Search, SearchSetup } from './search.ts'
import type { ParameterSet } from './trial.ts'

const BATCH = 256

/** Every point of the grid, the last parameter turning fastest; the first `trials` of them. */
export function* gridSearch({ space, trials }: SearchSetup): Search {
  const grids = space.dimensions.map(gridOf)
  const end = Math.min(sizeOfGrid(space), trials)
  for (let from = 0; from < end; from += BATCH) {
    const count = Math.min(BATCH, end - from)
    yield Array.from({ length: count }, (_, i) => gridPoint(grids, from + i))
  }
}

/** The values of every point, in that order; those that are fixed alone where nothing is turned. */
export function setsOf(space: ParameterSpace): readonly ParameterSet[] {
  const grids = space.dimensions.map(gridOf)
  return Array.from({ length: sizeOfGrid(space) }, (_, number) => valuesAt(space, gridPoint(grids, number)))
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
