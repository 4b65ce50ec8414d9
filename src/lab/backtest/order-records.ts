import type { OrderId } from '../../model/ids.ts'
import type { OrderReport } from '../../model/order-report.ts'
import type { VenueOrder } from '../../ports/execution-client.ts'
import type { OrderRecord } from '../analytics/backtest-result.ts'

/** Every order of a backtest with its fills and its end, in the order in which they were placed. */
export interface OrderBook {
  placed(order: VenueOrder): void
  report(report: OrderReport): void
  records(): readonly OrderRecord[]
}

interface Growing {
  readonly order: VenueOrder
  readonly fills: OrderRecord['fills'][number][]
  end: OrderRecord['end']
}

export function createOrderBook(): OrderBook {
  const orders: Growing[] = []
  const byId = new Map<OrderId, Growing>()
  return {
    placed: (order) => {
      // What nothing ends has been filled.
      const growing: Growing = { order, fills: [], end: 'filled' }
      orders.push(growing)
      byId.set(order.orderId, growing)
    },
    report: (report) => {
      const known = 'orderId' in report ? byId.get(report.orderId) : undefined
      if (!known) return
      if (report.kind === 'fill') {
        const { price, quantity, at } = report
        known.fills.push({ price, quantity, at })
      } else if (report.kind === 'closed') known.end = report.why
      else if (report.kind === 'rejected') known.end = 'rejected'
    },
    records: () => orders,
  }
}
