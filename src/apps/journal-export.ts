import { readJournal } from '../adapters/journal/read.ts'
import { kstClock, kstDay } from '../model/time.ts'
import { csvLine } from '../std/csv.ts'
import type { Effect } from '../trading/engine/effects.ts'
import type { TraderEvent } from '../trading/engine/events.ts'
import type { TraderView } from '../trading/engine/view.ts'
import { sentenceOf } from '../trading/notify/sentences.ts'
import { type ReplayedDay, replayDay } from './replay-day.ts'

export type ExportTable = 'trips' | 'orders' | 'fills' | 'refusals'

/** The table of one day file as CSV lines (RFC 4180), the heading first. Errors: `JournalBroken`. */
export async function exportRows(file: string, what: ExportTable): Promise<readonly string[]> {
  switch (what) {
    case 'trips':
      return tripRows((await replayDay(file, false)).view)
    case 'orders':
      return orderRows(await replayDay(file, false))
    case 'fills':
      return fillRows(file)
    case 'refusals':
      return refusalRows(file)
  }
}

const row = (...values: readonly (string | number | undefined)[]): string => csvLine(values)

const tripRows = (view: TraderView): readonly string[] => [
  row(
    'day',
    'bought',
    'sold',
    'code',
    'name',
    'quantity',
    'buyValue',
    'sellValue',
    'fees',
    'tax',
    'pnl',
    'entry',
    'exit',
    'reason',
  ),
  ...view.roundTrips.map((trip) =>
    row(
      view.day,
      kstClock(trip.openedAt),
      kstClock(trip.closedAt),
      trip.instrument,
      trip.name,
      trip.quantity,
      trip.buyValue,
      trip.sellValue,
      trip.buyFees + trip.sellFees,
      trip.tax,
      trip.realizedPnl,
      trip.entry,
      trip.exit,
      trip.exitReason,
    ),
  ),
]

const orderRows = ({ view, orders }: ReplayedDay): readonly string[] => [
  row(
    'day',
    'created',
    'id',
    'venueId',
    'code',
    'side',
    'type',
    'limit',
    'quantity',
    'filled',
    'filledValue',
    'status',
    'reason',
  ),
  ...orders.map((order) =>
    row(
      view.day,
      kstClock(order.createdAt),
      order.id,
      order.venueOrderId,
      order.instrument,
      order.side,
      order.type,
      order.limit,
      order.quantity,
      order.filled,
      order.filledValue,
      order.status,
      order.reason,
    ),
  ),
]

async function fillRows(file: string): Promise<readonly string[]> {
  const rows = [row('day', 'at', 'order', 'venueId', 'price', 'quantity', 'cumulative')]
  for await (const record of readJournal(file)) {
    if (record.kind !== 'event') continue
    const event = record.body as TraderEvent
    if (event.kind !== 'fill') continue
    rows.push(
      row(
        kstDay(event.at),
        kstClock(event.at),
        event.orderId,
        event.venueOrderId,
        event.price,
        event.quantity,
        event.cumulative,
      ),
    )
  }
  return rows
}

async function refusalRows(file: string): Promise<readonly string[]> {
  const rows = [row('day', 'at', 'code', 'side', 'source', 'rule', 'why')]
  for await (const record of readJournal(file)) {
    if (record.kind !== 'effects') continue
    const { effects } = record.body as { readonly effects: readonly Effect[] }
    for (const effect of effects) {
      if (effect.do !== 'refuse') continue
      const { at, instrument, side, source, denial } = effect.refusal
      rows.push(row(kstDay(at), kstClock(at), instrument, side, source, denial.code, sentenceOf(denial).ko))
    }
  }
  return rows
}
