import { invariant } from '../std/invariant.ts'
import type { Quantity } from './money.ts'

/** What is known of an order that rests at a locked limit price (상한가 매수, 하한가 매도), in shares and milliseconds. */
export interface LockedOrder {
  readonly quantity: Quantity
  /** Displayed at the price when the order entered: all of it was ahead. */
  readonly aheadAtEntry: Quantity
  /** Traded at the price since then, by anyone. */
  readonly tradedSince: Quantity
  /** Displayed at the price now, what is open of this order included; absent when it is not known. */
  readonly displayedNow?: Quantity
  readonly elapsedMs: number
  readonly leftMs: number
}

/** What nobody tells: who cancels, how fast it goes on, and how evenly. */
export interface LockAssumptions {
  /** Share of those still ahead who cancel before it is our turn: none in the worst case, this share in the best. */
  readonly mostCancelled: number
  /** Volume to come, as a multiple of what it would be at the pace so far. */
  readonly slowestPace: number
  readonly fastestPace: number
  /** How many pieces of equal average size the steadiest volume comes in; the wildest comes in one. */
  readonly steadiestPieces: number
}

/** Assumed: up to half of the queue gives up; from now on between half and twice as much trades, in one piece or in eight. */
export const LOCK_ASSUMPTIONS: LockAssumptions = {
  mostCancelled: 0.5,
  slowestPace: 0.5,
  fastestPace: 2,
  steadiestPieces: 8,
}

interface Interval {
  readonly low: number
  readonly high: number
}

export interface QueuePlace {
  /** Shares that still come before the order: as many as assumed cancel, or nobody does. */
  readonly ahead: Interval
  /** That all of the order fills by the close. */
  readonly fills: Interval
  readonly assumptions: LockAssumptions
}

/**
 * Where an order stands in the queue at a locked limit price, and how likely all of it fills by the close, each as an interval
 * whose ends are named assumptions.
 *
 * Time decides at a locked price, so what trades there comes off the front; what cancels may have stood ahead or behind, and the
 * displayed quantity does not say. It does say that no more can be before our last share than is displayed. The volume to come
 * is a sum of exponential pieces around the pace so far: one piece is the law that claims least, many make it steady; each
 * end of the interval takes the less, or the more, favourable of the two.
 *
 * Nothing traded at the price: 0, because a pace of nothing promises nothing. 1 only when the volume has passed the worst place
 * and the order with it. The simultaneous orders of a first price are not meant here: there size decides, not time.
 * Errors: an order for nothing, negative times, or assumptions out of order break an invariant. Source: our model, after
 * rule book §1.9 (price and time priority), §1.14 (a buy at a limit-up is not taken as filled).
 */
export function queuePlace(order: LockedOrder, assumptions: LockAssumptions = LOCK_ASSUMPTIONS): QueuePlace {
  check(order, assumptions)
  const { quantity, aheadAtEntry, tradedSince, displayedNow = Number.POSITIVE_INFINITY } = order
  const behindAll = aheadAtEntry + quantity - tradedSince
  if (behindAll <= 0) return { ahead: NOTHING, fills: CERTAIN, assumptions }
  const needed = Math.max(1, Math.min(behindAll, displayedNow))
  const open = Math.min(quantity, needed)
  const high = needed - open
  const low = Math.ceil(high * (1 - assumptions.mostCancelled))
  const toCome = order.elapsedMs === 0 ? 0 : (tradedSince * order.leftMs) / order.elapsedMs
  const worst = chances(needed, toCome * assumptions.slowestPace, assumptions)
  const best = chances(low + open, toCome * assumptions.fastestPace, assumptions)
  return { ahead: { low, high }, fills: { low: worst.low, high: best.high }, assumptions }
}

const NOTHING: Interval = { low: 0, high: 0 }
const CERTAIN: Interval = { low: 1, high: 1 }
/** What is not done is not certain, however near rounding brings it. */
const MOST_BELOW_CERTAIN = 1 - Number.EPSILON

/** That at least `needed` shares trade when `expected` are, by the wildest and the steadiest law. */
function chances(needed: number, expected: number, { steadiestPieces }: LockAssumptions): Interval {
  if (expected <= 0) return NOTHING
  const both = [1, steadiestPieces].map((pieces) =>
    Math.min(MOST_BELOW_CERTAIN, reaches((pieces * needed) / expected, pieces)),
  )
  return { low: Math.min(...both), high: Math.max(...both) }
}

/** That a sum of so many exponential pieces of mean 1 reaches `level` (Erlang). */
function reaches(level: number, pieces: number): number {
  let term = Math.exp(-level)
  let total = term
  for (let count = 1; count < pieces; count++) {
    term *= level / count
    total += term
  }
  return total
}

function check({ quantity, elapsedMs, leftMs }: LockedOrder, assumptions: LockAssumptions): void {
  invariant(quantity > 0, 'an order for nothing has no place')
  invariant(
    elapsedMs >= 0 && leftMs >= 0,
    `time does not run backwards: ${elapsedMs} ms gone, ${leftMs} left`,
  )
  const { mostCancelled, slowestPace, fastestPace, steadiestPieces } = assumptions
  invariant(mostCancelled >= 0 && mostCancelled <= 1, `a share lies between 0 and 1: ${mostCancelled}`)
  invariant(
    slowestPace >= 0 && slowestPace <= fastestPace && Number.isFinite(fastestPace),
    `the slowest pace is not above the fastest: ${slowestPace}, ${fastestPace}`,
  )
  invariant(
    Number.isSafeInteger(steadiestPieces) && steadiestPieces >= 1 && steadiestPieces <= 100,
    `volume comes in 1 to 100 pieces, not ${steadiestPieces}`,
  )
}
