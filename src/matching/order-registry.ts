import type { LiveOrder } from './order-queue.ts'

/** How many ended orders can still be looked up: a simulated day has millions of orders, a reader wants the latest. */
const REMEMBERED = 100_000

/** Orders by the exchange's number. */
export interface OrderRegistry {
  nextNumber(): number
  /** The youngest number so far. */
  lastNumber(): number
  add(order: LiveOrder): void
  find(number: number): LiveOrder | undefined
  /** The order has ended; it will be forgotten when 100,000 more have. */
  retire(order: LiveOrder): void
}

export function createOrderRegistry(): OrderRegistry {
  const orders = new Map<number, LiveOrder>()
  const ended: number[] = []
  let count = 0
  let oldest = 0
  return {
    nextNumber: () => ++count,
    lastNumber: () => count,
    add: (order) => void orders.set(order.number, order),
    find: (number) => orders.get(number),
    retire: ({ number }) => {
      const forgotten = ended[oldest]
      if (forgotten !== undefined) orders.delete(forgotten)
      ended[oldest] = number
      oldest = (oldest + 1) % REMEMBERED
    },
  }
}
