import type { InstrumentId } from '../../model/ids.ts'
import type { Want, WantPriority } from '../../ports/market-feed.ts'
import type { Desk } from './desk.ts'

const RANK: Record<WantPriority, number> = { position: 3, order: 2, candidate: 1, watch: 0 }

/** Tells the feed whose prices matter now and how much, whenever the list has changed. */
export function wantPrices(desk: Desk): void {
  const wants = new Map<InstrumentId, WantPriority>()
  const add = (instrument: InstrumentId, priority: WantPriority) => {
    const before = wants.get(instrument)
    if (before === undefined || RANK[priority] > RANK[before]) wants.set(instrument, priority)
  }
  for (const position of desk.ledger.positions.keys()) add(position, 'position')
  for (const order of desk.orders.open()) add(order.instrument, 'order')
  for (const candidate of desk.candidates.waiting()) add(candidate.instrument, 'candidate')
  for (const { enabled, plays } of desk.settings.strategies ?? [])
    if (enabled) for (const instrument of plays?.instruments ?? []) add(instrument, 'watch')
  const list: Want[] = [...wants].map(([instrument, priority]) => {
    const board = desk.market.of(instrument)?.board ?? 'KRX'
    return { instrument, priority, ...(board === 'KRX' ? {} : { board }) }
  })
  const text = list.map((want) => `${want.instrument}:${want.priority}${want.board ?? ''}`).join()
  if (text === desk.notes.lastWants) return
  desk.notes.lastWants = text
  desk.out.push({ do: 'want', wants: list })
}

/** Every condition in use, buys first: the feed follows as many in real time as the broker allows. */
export function followConditions(desk: Desk): void {
  const conditions = [
    ...desk.settings.buys.filter((rule) => rule.enabled).map((rule) => rule.condition),
    ...desk.settings.sells.filter((rule) => rule.enabled).map((rule) => rule.condition),
  ]
  desk.out.push({ do: 'follow', conditions: [...new Set(conditions)] })
}
