import type { InstrumentId } from '../../model/ids.ts'
import type { Want, WantPriority } from '../../ports/market-feed.ts'
import type { EpochMs } from '../../std/clock.ts'

/**
 * Who gets one of the few realtime slots. Higher priority first; within one priority whoever has a slot keeps it, so
 * nothing flaps; what is wanted no more keeps its slot for a while as long as nobody wants it.
 */
export interface Slots {
  assign(wants: readonly Want[], capacity: number, now: EpochMs): SlotPlan
}

export interface SlotPlan {
  readonly holders: ReadonlySet<InstrumentId>
  /** Wanted without a slot, most important first: to be polled. */
  readonly polled: readonly InstrumentId[]
  /** When the next unwanted slot falls free, if one does. */
  readonly nextAt: EpochMs | undefined
}

const HOLD_MS = 30_000

const RANK: Readonly<Record<WantPriority, number>> = { position: 0, order: 1, candidate: 2, watch: 3 }
const UNWANTED = 4

interface Holder {
  readonly since: EpochMs
  lastWantedAt: EpochMs
}

interface Claim {
  readonly instrument: InstrumentId
  readonly rank: number
  readonly holder: Holder | undefined
  readonly order: number
}

export function createSlots(): Slots {
  let holders = new Map<InstrumentId, Holder>()

  return {
    assign: (wants, capacity, now) => {
      const claims = claimsOf(wants, holders)
      const wanted = new Set(claims.map((claim) => claim.instrument))
      for (const claim of claims) if (claim.holder) claim.holder.lastWantedAt = now
      for (const [instrument, holder] of holders)
        if (!wanted.has(instrument) && now - holder.lastWantedAt < HOLD_MS)
          claims.push({ instrument, rank: UNWANTED, holder, order: claims.length })
      claims.sort(byClaim)
      const next = new Map<InstrumentId, Holder>()
      const polled: InstrumentId[] = []
      let nextAt: EpochMs | undefined
      for (const { instrument, rank, holder } of claims) {
        if (next.size < capacity) next.set(instrument, holder ?? { since: now, lastWantedAt: now })
        else if (rank < UNWANTED) polled.push(instrument)
        if (rank === UNWANTED && holder && next.has(instrument))
          nextAt = Math.min(nextAt ?? Number.POSITIVE_INFINITY, holder.lastWantedAt + HOLD_MS)
      }
      holders = next
      return { holders: new Set(next.keys()), polled, nextAt }
    },
  }
}

/** One claim per instrument, at the best of its priorities. */
function claimsOf(wants: readonly Want[], holders: ReadonlyMap<InstrumentId, Holder>): Claim[] {
  const best = new Map<InstrumentId, number>()
  for (const { instrument, priority } of wants)
    best.set(instrument, Math.min(best.get(instrument) ?? UNWANTED, RANK[priority]))
  return [...best].map(([instrument, rank], order) => ({
    instrument,
    rank,
    holder: holders.get(instrument),
    order,
  }))
}

function byClaim(a: Claim, b: Claim): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  if (a.holder && b.holder) return a.holder.since - b.holder.since || a.order - b.order
  if (a.holder || b.holder) return a.holder ? -1 : 1
  return a.order - b.order
}
