import type { VenueOrderId } from '../../model/ids.ts'
import type { Venue } from '../../model/instrument.ts'
import { kstTimeOfDay, timeOfDay } from '../../model/time.ts'
import type { VenueOrder } from '../../ports/execution-client.ts'
import type { EpochMs } from '../../std/clock.ts'
import { isNoOrder, magnitude, orderNumber, timeOfDayMs, wonPrice } from './codec/values.ts'
import { type FillStep, splitExactly } from './fills.ts'
import { type ListedOrder, tradedAt } from './map-orders.ts'
import type { FillRow } from './wire.ts'

/** Reading the day's order list (kt00007) and fill list (kt00009) for one of our orders. Pure. */

/** How far the broker's stamp may lie before our own. */
const EARLIER_MS = 5_000
/** The machine's clock and the broker's are never further apart than this. */
const CLOCKS_APART_MS = 600_000
/** `comm_ord_tp` of orders that came through this API. */
const CHANNEL = 'REST API'

/** What a lost order looked like. There is no client order id: this has to do (wire reference §9.5). */
export interface Fingerprint {
  readonly order: VenueOrder
  /** Given for an amend: the order it was to replace, by number when we know it. */
  readonly replaces?: { readonly number: VenueOrderId | undefined }
}

/**
 * Is this row the lost order? Whatever a row leaves blank or spells in an unknown way speaks for it: too many
 * candidates leave the order in doubt, too few would let it be sent twice.
 */
export const looksLike = (row: ListedOrder, fingerprint: Fingerprint, now: EpochMs): boolean =>
  hasShapeOf(row, fingerprint) && isInWindow(row.time, fingerprint.order.createdAt, now, EARLIER_MS)

/** All but the time agrees, and clocks that differ would explain the time: no proof that it is ours, none of absence. */
export const looksUntimely = (row: ListedOrder, fingerprint: Fingerprint, now: EpochMs): boolean =>
  hasShapeOf(row, fingerprint) && isInWindow(row.time, fingerprint.order.createdAt, now, CLOCKS_APART_MS)

function hasShapeOf(row: ListedOrder, { order, replaces }: Fingerprint): boolean {
  if (row.instrument !== order.instrument || row.side !== order.side) return false
  if (row.channel !== '' && row.channel !== CHANNEL) return false
  // An order that the broker routes may be listed under the venue it went to.
  const listedAt = tradedAt(row.venue)
  if (listedAt !== undefined && order.venue !== 'SOR' && listedAt !== order.venue) return false
  if (order.stop !== undefined && row.stop > 0 && row.stop !== order.stop) return false
  if (row.type && (row.type.type !== order.type || row.type.timeInForce !== order.timeInForce)) return false
  if (order.limit === undefined ? row.type === undefined && row.price !== 0 : row.price !== order.limit)
    return false
  if (!replaces) return row.action === 'new' && row.original === undefined && row.quantity === order.quantity
  if (row.action === 'cancel' || row.original === undefined) return false
  return (
    (replaces.number === undefined || row.original === orderNumber(replaces.number)) &&
    row.quantity <= order.quantity
  )
}

function isInWindow(time: number | undefined, createdAt: EpochMs, now: EpochMs, slackMs: number): boolean {
  if (time === undefined) return true
  // Stamps have whole seconds: 10:05:01.900 is written 10:05:01.
  const from = Math.floor((kstTimeOfDay(createdAt) - slackMs) / 1000) * 1000
  return time >= from && time <= kstTimeOfDay(now) + slackMs
}

export type ListedState = 'open' | 'filled' | 'rejected' | 'cancelled' | 'replaced' | 'expired' | 'entered'

/** Day orders of KRX end with its regular session; those of NXT live through its after-market, as those of KRX's own after-market do. */
const CLOSE = timeOfDay('15:30')
const EVENING_CLOSE = timeOfDay('20:00')
const EVENING = timeOfDay('16:00')
const endOf = ({ venue, time }: ListedOrder) =>
  (venue === '' || tradedAt(venue) === 'KRX') && (time ?? 0) < EVENING ? CLOSE : EVENING_CLOSE

/** What the list says of an order. `entered`: an amend that was taken but not yet confirmed. */
export function stateOf(row: ListedOrder, rows: readonly ListedOrder[], now: EpochMs): ListedState {
  if (row.refused) return 'rejected'
  if (row.filled >= row.quantity) return 'filled'
  if (row.open > 0) return 'open'
  if (row.action === 'amend' && row.confirmed === 0 && row.filled === 0) return 'entered'
  const followers = rows.filter((other) => other.original === row.number && !other.refused)
  if (followers.some((other) => other.action === 'amend')) return 'replaced'
  if (followers.some((other) => other.action === 'cancel')) return 'cancelled'
  return kstTimeOfDay(now) >= endOf(row) ? 'expired' : 'cancelled'
}

/** Was a cancel of it entered? `refused`: entered and turned down. */
export function cancelOf(row: ListedOrder, rows: readonly ListedOrder[]): 'none' | 'entered' | 'refused' {
  const cancels = rows.filter((other) => other.original === row.number && other.action === 'cancel')
  if (cancels.length === 0) return 'none'
  return cancels.every((cancel) => cancel.refused) ? 'refused' : 'entered'
}

export interface MissingFill extends FillStep {
  readonly time: number | undefined
  /** `undefined`: the list does not say. */
  readonly venue: Venue | undefined
}

/**
 * The fills of an order beyond the first `filled` shares, in order of time, from the fill list; what that list does not
 * hold comes from the order's own row, at its average price. `undefined`: a row cannot be read.
 */
export function missingFills(
  row: ListedOrder,
  fillRows: readonly FillRow[],
  filled: number,
  value: number | undefined,
): MissingFill[] | undefined {
  const parts: MissingFill[] = []
  let counted = 0
  let worth = 0
  for (const fill of distinct(fillRows.filter((other) => orderNumber(other.ord_no) === row.number))) {
    const size = magnitude(fill.cntr_qty)
    const each = wonPrice(fill.cntr_uv)
    if (size === undefined || each === undefined) return undefined
    if (size === 0 || each === 0) continue
    const time = timeOfDayMs(fill.cntr_tm)
    const venue = tradedAt(fill.dmst_stex_tp)
    const known = Math.min(size, Math.max(0, filled - counted))
    counted += size
    // More than was ordered: these rows are not the fills of this order.
    if (counted > row.quantity) return undefined
    worth += size * each
    if (known === size) continue
    parts.push(
      ...restOf({ price: each, quantity: size, time, venue }, known, counted === size ? value : undefined),
    )
  }
  const rest = row.filled - Math.max(counted, filled)
  if (rest <= 0) return parts
  const each = row.averagePrice
  if (each === 0) return undefined
  const steps = counted > 0 ? splitExactly(row.filled * each - worth, row.filled - counted) : undefined
  const whole = steps && counted >= filled ? steps : [{ price: each, quantity: rest }]
  return [...parts, ...whole.map((step) => ({ ...step, time: undefined, venue: tradedAt(row.venue) }))]
}

/**
 * The part of a row beyond `known` shares. When the row is the first one, covers several fills at an average and the
 * worth of the known ones is known, the rest gets the price that makes the sum exact.
 */
function restOf(row: MissingFill, known: number, value: number | undefined): MissingFill[] {
  const quantity = row.quantity - known
  const exact =
    known > 0 && value !== undefined ? splitExactly(row.price * row.quantity - value, quantity) : undefined
  return (exact ?? [{ price: row.price, quantity }]).map((step) => ({
    ...step,
    time: row.time,
    venue: row.venue,
  }))
}

/** Pages have been seen to hold rows twice; a fill has a number of its own. In order of that number. */
function distinct(rows: readonly FillRow[]): FillRow[] {
  const seen = new Set<string>()
  const kept = rows.filter((row) => {
    const id = isNoOrder(row.cntr_no) ? '' : row.cntr_no.trim()
    if (id === '') return true
    if (seen.has(id)) return false
    seen.add(id)
    return true
  })
  return kept.sort((a, b) => orderNumber(a.cntr_no).localeCompare(orderNumber(b.cntr_no)))
}
