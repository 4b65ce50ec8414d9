import { isOpen } from '../../../model/order-table.ts'
import { sentenceOfVenueError } from '../../../trading/notify/sentences.ts'
import type {
  DayCurveMessage,
  FillsPage,
  FillsQuery,
  OrderGroup,
  OrderLife,
  OrdersPage,
  OrdersQuery,
  RecordedOrderMessage,
  RecordMessage,
  RefusalsPage,
  RefusalsQuery,
  TrailEntry,
  TrailPage,
  TrailQuery,
  TripsPage,
} from '../../contract/records.ts'
import { ORDER_GROUPS } from '../../contract/records.ts'
import { tripMessage } from '../live/live-state.ts'
import type { Book, BookedOrder } from './book.ts'

/** What can be asked of a day's book; each answer says how much of the record stands behind it. */

export function ordersPage(book: Book, record: RecordMessage, query: OrdersQuery): OrdersPage {
  const all = [...book.orders.values()].map((each) => orderMessage(book, each))
  const counts = Object.fromEntries(ORDER_GROUPS.map((group) => [group, 0])) as Record<OrderGroup, number>
  for (const { group } of all) counts[group]++
  const fitting = all.flatMap((order, index) =>
    (query.status === undefined || inGroup(order.group, query.status)) &&
    (query.instrument === undefined || order.instrument === query.instrument)
      ? [{ row: order, place: index + (order.group === 'doubtful' ? DOUBTFUL_FIRST : 0) }]
      : [],
  )
  const { rows, next } = newest(
    fitting.sort((a, b) => a.place - b.place),
    query,
  )
  const instruments = [...new Set(all.map(({ instrument }) => instrument))]
    .map((instrument) => ({ instrument, name: book.nameOf(instrument) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'ko'))
  return { record, orders: rows, counts, instruments, ...next }
}

/** Every place of a doubtful order stands above those of the others. */
const DOUBTFUL_FIRST = 1e9

/** A doubtful order is an open one too. */
const inGroup = (group: OrderGroup, wanted: OrderGroup): boolean =>
  group === wanted || (wanted === 'open' && group === 'doubtful')

export const everyOrder = (book: Book): readonly RecordedOrderMessage[] =>
  [...book.orders.values()].map((each) => orderMessage(book, each))

export function orderLife(book: Book, record: RecordMessage, id: string): OrderLife | undefined {
  const booked = [...book.orders.values()].find(({ order }) => order.id === id)
  return booked && { record, order: orderMessage(book, booked), steps: [...booked.steps] }
}

export function fillsPage(book: Book, record: RecordMessage, query: FillsQuery): FillsPage {
  const fitting = placed(
    book.fills,
    ({ instrument }) => query.instrument === undefined || instrument === query.instrument,
  )
  const { rows, next } = newest(fitting, query)
  return { record, fills: rows, ...next }
}

export function refusalsPage(book: Book, record: RecordMessage, query: RefusalsQuery): RefusalsPage {
  const fitting = placed(
    book.refusals,
    ({ code, instrument, source }) =>
      (query.code === undefined || code === query.code) &&
      (query.instrument === undefined || instrument === query.instrument) &&
      (query.source === undefined || source === query.source),
  )
  const { rows, next } = newest(fitting, query)
  return {
    record,
    refusals: rows,
    byCode: countBy(book.refusals, ({ code }) => code),
    bySource: countBy(book.refusals, ({ source }) => source),
    ...next,
  }
}

export function trailPage(
  book: Book,
  record: RecordMessage,
  query: TrailQuery & { readonly signIns: readonly TrailEntry[] },
): TrailPage {
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const found = placed(among(book.trail, query.signIns), (entry) => {
    if (words.length === 0) return true
    const text = [entry.ko, entry.en, entry.who, entry.instrument, entry.name, entry.order, String(entry.seq)]
      .join(' ')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const fitting = query.kind === undefined ? found : found.filter(({ row }) => row.kind === query.kind)
  const { rows, next } = newest(fitting, query, book.droppedTrail)
  return {
    record,
    entries: rows,
    counts: countBy(found, ({ row }) => row.kind),
    found: fitting.length,
    dropped: book.droppedTrail,
    ...next,
  }
}

/** The record keeps its own order. */
function among(trail: readonly TrailEntry[], signIns: readonly TrailEntry[]): readonly TrailEntry[] {
  if (signIns.length === 0) return trail
  const lines: TrailEntry[] = []
  const waiting = [...signIns].reverse()
  for (const entry of trail) {
    for (let first = waiting.at(-1); first && first.at < entry.at; first = waiting.at(-1)) {
      lines.push(first)
      waiting.pop()
    }
    lines.push(entry)
  }
  return [...lines, ...waiting.reverse()]
}

export function tripsPage(book: Book, record: RecordMessage): TripsPage {
  const trips = book.opened ? book.trader.books().roundTrips : []
  return { record, trips: trips.map((trip) => tripMessage({ ...trip, name: book.nameOf(trip.instrument) })) }
}

export const dayCurve = (book: Book, record: RecordMessage): DayCurveMessage => ({
  record,
  ...(book.startEquity !== undefined && { startEquity: book.startEquity }),
  points: [...book.curve],
})

function orderMessage(book: Book, { order, commission, tax, replacedBy }: BookedOrder): RecordedOrderMessage {
  const { id, instrument, side, type, venue, timeInForce, quantity, filled, filledValue, status, reason } =
    order
  const { createdAt, updatedAt, limit, stop, venueOrderId, replaces, continues, doubt } = order
  return {
    ...{ id, instrument, name: book.nameOf(instrument), side, type, venue, timeInForce },
    ...(limit !== undefined && { limit }),
    ...(stop !== undefined && { stop }),
    ...{ quantity, filled, filledValue, commission, tax, status, group: groupOf(order), reason },
    ...{ createdAt, updatedAt },
    ...(venueOrderId !== undefined && { venueOrderId }),
    ...(status === 'inDoubt' && doubt && { doubt: sentenceOfVenueError(doubt) }),
    ...(replaces !== undefined && { replaces }),
    ...(continues !== undefined && { continues }),
    ...(replacedBy !== undefined && { replacedBy }),
  }
}

function groupOf({ status }: BookedOrder['order']): OrderGroup {
  if (status === 'inDoubt') return 'doubtful'
  if (isOpen(status)) return 'open'
  if (status === 'filled') return 'filled'
  return status === 'rejected' || status === 'unsent' || status === 'denied' ? 'failed' : 'ended'
}

interface Placed<T> {
  readonly row: T
  /** Rises with time; where a page goes on. */
  readonly place: number
}

const placed = <T>(rows: readonly T[], fits: (row: T) => boolean): readonly Placed<T>[] =>
  rows.flatMap((row, place) => (fits(row) ? [{ row, place }] : []))

/** The newest rows before the cursor. Rows that come meanwhile stand above the first page and move nothing. */
function newest<T>(
  fitting: readonly Placed<T>[],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  dropped = 0,
): { readonly rows: T[]; readonly next: { readonly next?: string } } {
  const before = cursor === undefined ? Number.POSITIVE_INFINITY : placeOf(cursor) - dropped
  const left = fitting.filter(({ place }) => place < before)
  const page = left.slice(-limit).reverse()
  const last = page.at(-1)
  return {
    rows: page.map(({ row }) => row),
    next: last && left.length > page.length ? { next: cursorOf(last.place + dropped) } : {},
  }
}

const cursorOf = (place: number): string => Buffer.from(`p${place}`).toString('base64url')

function placeOf(cursor: string): number {
  const match = /^p(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())
  return match ? Number(match[1]) : 0
}

function countBy<T>(rows: readonly T[], key: (row: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[key(row)] = (counts[key(row)] ?? 0) + 1
  return counts
}
