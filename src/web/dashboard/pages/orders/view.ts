import type { LiveState, OrderMessage, SentenceMessage } from '../../../contract/live.ts'
import type { OrderGroup, OrderStepMessage, RecordedOrderMessage } from '../../../contract/records.ts'
import { clockText } from '../../state/numbers.ts'

/** An order as the page shows it: from the record, with what the live line says of it now on top. */
export interface OrderRow {
  readonly id: string
  readonly instrument: string
  readonly name: string
  readonly side: 'buy' | 'sell'
  readonly type: string
  readonly venue: string
  readonly limit: number | undefined
  readonly stop: number | undefined
  readonly quantity: number
  readonly filled: number
  readonly status: string
  readonly group: OrderGroup
  readonly reason: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly doubt: SentenceMessage | undefined
  readonly venueOrderId: string | undefined
  /** What only the record knows. */
  readonly booked: RecordedOrderMessage | undefined
}

export interface OrderFilter {
  readonly group: OrderGroup | ''
  readonly instrument: string
}

/** Rows of a day: the record's, those of the live line on top of them. What is in doubt first, then the newest. */
export function orderRows(
  recorded: readonly RecordedOrderMessage[],
  live: LiveState['orders'] | undefined,
  filter: OrderFilter,
): readonly OrderRow[] {
  const rows = new Map(recorded.map((order) => [order.id, fromRecord(order)]))
  for (const order of Object.values(live ?? {})) rows.set(order.id, fromLive(order, rows.get(order.id)))
  return [...rows.values()]
    .filter(
      ({ group, instrument }) =>
        fits(group, filter.group) && (filter.instrument === '' || instrument === filter.instrument),
    )
    .sort(
      (a, b) =>
        Number(b.group === 'doubtful') - Number(a.group === 'doubtful') ||
        b.createdAt - a.createdAt ||
        (a.id < b.id ? 1 : -1),
    )
}

const fits = (group: OrderGroup, wanted: OrderGroup | ''): boolean =>
  wanted === '' || group === wanted || (wanted === 'open' && group === 'doubtful')

function fromRecord(order: RecordedOrderMessage): OrderRow {
  const { limit, stop, doubt, venueOrderId } = order
  return { ...order, limit, stop, doubt, venueOrderId, booked: order }
}

/** The live line knows open orders alone, and knows them better. */
export function fromLive(order: OrderMessage, known?: OrderRow): OrderRow {
  const { limit, stop, doubt, venueOrderId, status } = order
  return {
    ...order,
    limit,
    stop,
    venueOrderId,
    group: status === 'inDoubt' ? 'doubtful' : 'open',
    doubt: doubt === undefined ? undefined : { ko: doubt, en: doubt },
    booked: known?.booked,
  }
}

export const averagePrice = ({ booked }: OrderRow): number | undefined =>
  booked && booked.filled > 0 ? booked.filledValue / booked.filled : undefined

export const costs = ({ booked }: OrderRow): number => (booked ? booked.commission + booked.tax : 0)

/** Only a limit order that rests at the venue has a price to move. */
export const canAmend = ({ status, type, limit, venueOrderId }: OrderRow): boolean =>
  status === 'working' && type === 'limit' && limit !== undefined && venueOrderId !== undefined

/** A person may settle a doubt only after the broker's list had so long to do it, market ms. */
const SETTLE_AFTER_MS = 60_000

/** How long until this doubt may be settled by hand; 0: now. */
export const settleInMs = ({ updatedAt }: OrderRow, now: number): number =>
  Math.max(0, updatedAt + SETTLE_AFTER_MS - now)

/** Why a new price is not one, in words; `undefined` when it may be sent. */
export function amendTrouble(order: OrderRow, limit: number | undefined): SentenceMessage | undefined {
  if (limit === undefined || !Number.isSafeInteger(limit) || limit <= 0)
    return { ko: '가격을 원 단위로 쓰세요', en: 'Write a price in won' }
  if (limit === order.limit) return { ko: '지금 가격과 같습니다', en: 'That is its price already' }
  return undefined
}

/** Digits and separators as somebody types them → won. */
export function priceOf(text: string): number | undefined {
  const digits = text.replaceAll(/[,\s원]/g, '')
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined
}

export type Tone = 'ours' | 'venue' | 'fill' | 'bad' | 'end'

/** How a step looks on the line: what we did, what the venue said, money that moved, trouble, the end. */
export function toneOf({ kind }: Pick<OrderStepMessage, 'kind'>): Tone {
  switch (kind) {
    case 'decided':
    case 'sent':
    case 'asked':
    case 'amendAsked':
    case 'cancelAsked':
      return 'ours'
    case 'accepted':
    case 'settled':
      return 'venue'
    case 'fill':
      return 'fill'
    case 'doubted':
    case 'unsettled':
    case 'cancelRefused':
    case 'cancelLost':
    case 'rejected':
    case 'throttled':
      return 'bad'
    case 'cancelled':
    case 'replaced':
    case 'expired':
    case 'absent':
      return 'end'
  }
}

/** 09:05:12.345 */
export const millisText = (at: number): string =>
  `${clockText(at)}.${String(Math.floor(((at % 1_000) + 1_000) % 1_000)).padStart(3, '0')}`

/** How long after the step before: `+0.480 s`, `+2분`; nothing for the first, or for the same instant. */
export function gapText(ms: number | undefined): string {
  if (ms === undefined || ms <= 0) return ''
  if (ms < 60_000) return `+${(ms / 1_000).toFixed(3)}s`
  const [minutes, seconds] = [Math.floor(ms / 60_000), Math.floor(ms / 1_000) % 60]
  return minutes < 60 ? `+${minutes}m ${seconds}s` : `+${Math.floor(minutes / 60)}h ${minutes % 60}m`
}

/** `20261120-000001` belongs to 2026-11-20. */
export function dayOfOrder(id: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})-/.exec(id)
  return match ? match.slice(1, 4).join('-') : undefined
}
