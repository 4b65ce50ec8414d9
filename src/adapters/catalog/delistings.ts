import type { CorporateAction, Delisting } from '../../model/corporate-action.ts'
import { addDays } from '../../model/time.ts'
import type { CatalogMarket } from '../../ports/catalog.ts'
import { readActions } from './actions.ts'
import type { Duck } from './duck.ts'
import { listingEnds } from './universe.ts'

/** Two records no further apart than this are of one delisting: a payment follows the listing by weeks. */
const SAME_DAYS = 90

/** See `Catalog.delistings`. Of one that both sources know the corporate action counts: it may know what was paid. */
export async function readDelistings(
  duck: Duck,
  folder: string,
  market: CatalogMarket,
): Promise<readonly Delisting[]> {
  const actions = (await readActions(duck, folder, market)).filter(isDelisting)
  const ends = await listingEnds(duck, folder, market)
  const isToldOf = (end: Delisting) => actions.some((action) => isSame(action, end))
  return [...actions, ...ends.filter((end) => !isToldOf(end))].toSorted(
    (a, b) => compare(a.instrument, b.instrument) || compare(a.from, b.from),
  )
}

const isDelisting = (action: CorporateAction): action is Delisting => action.kind === 'delisting'

const isSame = (one: Delisting, other: Delisting): boolean =>
  one.instrument === other.instrument &&
  addDays(one.from, SAME_DAYS) >= other.from &&
  addDays(other.from, SAME_DAYS) >= one.from

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
