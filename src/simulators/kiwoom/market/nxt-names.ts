import type { Listing } from '../../../matching/types.ts'
import { singlePriceEveryMs } from '../../../model/designations.ts'
import type { InstrumentId } from '../../../model/ids.ts'
import { invariant } from '../../../std/invariant.ts'
import type { Random } from '../../../std/random.ts'

/** Which names NXT trades: none, a share of the stocks (0–1), or just these. */
export type NxtNames = 'none' | number | readonly InstrumentId[]

/** So far a name may stand from its place by size, in natural logarithms of its worth. */
const BLUR = 0.5

/**
 * The daily list of NXT. A share of the stocks takes the large ones first, with some chance from `random`: the real list
 * holds the most traded names, and not exactly by size (our choice). Designated and halted names are left out, as there.
 * Errors: a share outside 0–1 breaks an invariant.
 */
export function nxtNames(
  asked: NxtNames,
  listings: readonly Listing[],
  random: Random,
): ReadonlySet<InstrumentId> {
  if (asked === 'none') return new Set()
  if (typeof asked !== 'number') return new Set(asked)
  invariant(asked >= 0 && asked <= 1, `a share of the stocks is between 0 and 1: ${asked}`)
  const stocks = listings.filter(({ instrument }) => instrument.class === 'stock')
  const ranked = stocks
    .map((listing) => ({ listing, weight: Math.log(worthOf(listing)) + random.normal() * BLUR }))
    .toSorted((a, b) => b.weight - a.weight)
    .filter(({ listing }) => isFit(listing))
  return new Set(
    ranked.slice(0, Math.round(stocks.length * asked)).map(({ listing }) => listing.instrument.id),
  )
}

const worthOf = ({ instrument, today }: Listing): number => today.basePrice * (instrument.listedShares ?? 1)

const isFit = ({ today }: Listing): boolean =>
  !today.halted && today.designations.length === 0 && singlePriceEveryMs(today) === undefined
