import { geneticSearch } from './genetic-search.ts'
import { gridSearch } from './grid-search.ts'
import { sizeOf, sizeOfGrid } from './parameter-space.ts'
import { randomSearch } from './random-search.ts'
import type { Search, SearchSetup } from './search.ts'
import { tpeSearch } from './tpe-search.ts'

const SEARCHES = {
  grid: gridSearch,
  random: randomSearch,
  genetic: geneticSearch,
  tpe: tpeSearch,
} as const satisfies Record<string, (setup: SearchSetup) => Search>

export type Method = keyof typeof SEARCHES

export const METHODS: readonly Method[] = ['grid', 'random', 'genetic', 'tpe']

export const searchBy = (method: Method, setup: SearchSetup): Search => SEARCHES[method](setup)

/** True where scores decide what is tried next, so that another objective is another search. */
export const learns = (method: Method): boolean => method === 'genetic' || method === 'tpe'

/** At most so many trials a search will ask for. */
export const mostTrials = (method: Method, { space, trials }: SearchSetup): number =>
  Math.min(trials, method === 'grid' ? sizeOfGrid(space) : sizeOf(space))
