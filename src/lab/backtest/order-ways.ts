import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { Stamped } from '../../model/market-event.ts'
import type { Side } from '../../model/order.ts'
import type { VenueOrder } from '../../ports/execution-client.ts'
import type { JournalRecord } from '../../ports/journal.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Effect } from '../../trading/engine/effects.ts'
import type { TraderEvent } from '../../trading/engine/events.ts'

/** How long an order was under way to the venue, and the venue's word back to us, in ms of the market's time. */
export interface Way {
  readonly thereMs: number
  readonly backMs: number
}

/** The ways of a recorded day. Orders are known by instrument, side and which one of these it is. */
export interface OrderWays {
  /** The way of the same order on that day, if there was one; the order is remembered by its id from now on. */
  made(order: Pick<VenueOrder, 'orderId' | 'instrument' | 'side'>): Way
  of(order: OrderId): Way
  /** The median of each direction. */
  readonly usual: Way
}

type Named = Pick<VenueOrder, 'orderId' | 'instrument' | 'side'>

/** Names an order by what it is, since the ids of two runs drift apart with the first difference. */
function createNames(): (order: { readonly instrument: InstrumentId; readonly side: Side }) => string {
  const counts = new Map<string, number>()
  return ({ instrument, side }) => {
    const key = `${instrument} ${side}`
    const number = (counts.get(key) ?? 0) + 1
    counts.set(key, number)
    return `${key} ${number}`
  }
}

/** Reads how long the orders of a day were under way, from the decision to the venue's acceptance and from there to us. */
export async function waysOf(day: AsyncIterable<JournalRecord>): Promise<OrderWays> {
  const ways = new Map<string, Way>()
  const sent = new Map<OrderId, { readonly name: string; readonly at: EpochMs }>()
  const nameOf = createNames()
  for await (const { kind, at, body } of day) {
    if (kind === 'effects')
      for (const effect of (body as { readonly effects: readonly Effect[] }).effects)
        if (effect.do === 'place' || effect.do === 'amend')
          sent.set(effect.order.orderId, { name: nameOf(effect.order), at })
    if (kind !== 'event') continue
    const event = body as TraderEvent
    if (event.kind !== 'accepted') continue
    const order = sent.get(event.orderId)
    if (!order || ways.has(order.name)) continue
    ways.set(order.name, wayBetween(order.at, event))
  }
  return createWays(ways)
}

/** Where the venue does not say when it had the order, it had it halfway. */
function wayBetween(sentAt: EpochMs, { at, receivedAt }: Stamped): Way {
  const wholeMs = Math.max(0, receivedAt - sentAt)
  const thereMs = at < receivedAt ? Math.max(0, at - sentAt) : Math.round(wholeMs / 2)
  return { thereMs, backMs: wholeMs - thereMs }
}

function createWays(ways: ReadonlyMap<string, Way>): OrderWays {
  const usual = {
    thereMs: middle([...ways.values()].map(({ thereMs }) => thereMs)),
    backMs: middle([...ways.values()].map(({ backMs }) => backMs)),
  }
  const nameOf = createNames()
  const byId = new Map<OrderId, Way>()
  return {
    usual,
    made: (order: Named) => {
      const way = ways.get(nameOf(order)) ?? usual
      byId.set(order.orderId, way)
      return way
    },
    of: (id) => byId.get(id) ?? usual,
  }
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
