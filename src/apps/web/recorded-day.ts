import type { Order } from '../../model/order.ts'
import type { RoundTrip } from '../../model/position.ts'
import type { RecordedDay } from '../../web/server/performance.ts'
import type { ReplayedDay } from '../replay-day.ts'

/** What of a replayed day is kept for good: its figures, and each round trip with who bought it. */
export function recordedDay({ view, orders }: ReplayedDay): RecordedDay {
  const names = new Map(view.conditions.map(({ id, name }) => [id as string, name]))
  const { day, realizedPnl, unrealizedPnl, dayPnl, commission, tax, equity, corrections, counts } = view
  return {
    day,
    realizedPnl,
    unrealizedPnl,
    earlierPnl: realizedPnl + unrealizedPnl - dayPnl,
    commission,
    tax,
    equity,
    corrections,
    counts: { orders: counts.orders, fills: counts.fills, alerts: counts.alerts },
    trips: view.roundTrips.map((trip) => {
      const buyer = buyerOf(trip, orders)
      return { ...trip, strategy: buyer === undefined ? '' : (names.get(buyer) ?? buyer) }
    }),
  }
}

/** The broker tells the time of a fill in whole seconds: it may read as just before its order. */
const SECOND_MS = 1_000

/** The condition or strategy of the last purchase at or before the opening. What was carried over from an earlier day has none here. */
const buyerOf = (trip: RoundTrip, orders: readonly Order[]): string | undefined =>
  orders
    .filter(
      ({ instrument, side, filled, createdAt }) =>
        instrument === trip.instrument &&
        side === 'buy' &&
        filled > 0 &&
        createdAt < trip.openedAt + SECOND_MS,
    )
    .flatMap(({ purpose }) =>
      purpose.to === 'enter' && purpose.condition !== undefined ? [purpose.condition] : [],
    )
    .at(-1)
