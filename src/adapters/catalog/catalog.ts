import { join } from 'node:path'
import type { Catalog } from '../../ports/catalog.ts'
import type { Clock } from '../../std/clock.ts'
import { readActions } from './actions.ts'
import { readDelistings } from './delistings.ts'
import { openDuck } from './duck.ts'
import { importBars } from './import/import-bars.ts'
import { WORK } from './layout.ts'
import { listSets } from './list.ts'
import { readBars } from './read/read-bars.ts'
import { universeAt } from './universe.ts'

export interface OpenCatalog extends Catalog {
  close(): void
}

/**
 * The catalog in `folder`, which need not exist yet. Readers need no lock: what they see is a set as it was when they asked, and an
 * import that ends meanwhile leaves its old files until the next one begins.
 */
export async function openCatalog(folder: string, clock: Pick<Clock, 'now'>): Promise<OpenCatalog> {
  const duck = await openDuck({ temp: join(folder, WORK, 'spill') })
  return {
    list: () => listSets(folder),
    readBars: (query) => readBars(duck, folder, query),
    universeAt: (market, day) => universeAt(duck, folder, market, day),
    actions: (market) => readActions(duck, folder, market),
    delistings: (market) => readDelistings(duck, folder, market),
    importBars: (target, bars) => importBars(folder, target, bars, clock.now()),
    close: () => duck.close(),
  }
}
