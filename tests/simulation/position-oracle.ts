import type { MarketDay } from '../../src/simulators/kiwoom/market/market-day.ts'
import type { TraderView } from '../../src/trading/engine/view.ts'
import { STOP_LOSS_RATIO } from './lively-settings.ts'

/** Looks at the trader once a second: is what it holds protected, priced, and not in doubt for ever? */
export interface PositionOracle {
  /** `byHand`: somebody trades past us; a sale of what is gone is refused until the books are corrected. */
  look(view: TraderView, at: number, troubled: boolean, byHand: boolean): void
  /** A new life begins; what the old one owed is counted anew. */
  onLife(): void
}

/** A stop-loss leaves so soon after the price that fires it, time without trouble. */
const STOP_BOUND_MS = 5_000
/** A silent line is given up after 60 s; then quotes are polled. */
const PRICE_BOUND_MS = 75_000
const DOUBT_BOUND_MS = 90_000
/** What the market showed so long ago still counts as its price. */
const PRICES_KEPT = 10

interface Watch {
  exposedMs: number
  staleSince: number
}

export function createPositionOracle(
  market: MarketDay,
  fail: (law: string, detail: string) => void,
): PositionOracle {
  const watches = new Map<string, Watch>()
  const doubts = new Map<string, number>()
  const recent = new Map<string, number[]>()
  let lookedAt = 0

  const watchOf = (instrument: string, at: number): Watch => {
    const known = watches.get(instrument)
    if (known) return known
    const fresh = { exposedMs: 0, staleSince: at }
    watches.set(instrument, fresh)
    return fresh
  }

  const seePrices = () => {
    for (const tape of market.tapes) {
      const prices = recent.get(tape.id) ?? []
      prices.push(tape.last)
      if (prices.length > PRICES_KEPT) prices.shift()
      recent.set(tape.id, prices)
    }
  }

  const lookAtStop = (
    view: TraderView,
    position: TraderView['positions'][number],
    watch: Watch,
    ms: number,
    troubled: boolean,
  ) => {
    const { instrument, last, averagePrice } = position
    const orders = view.orders.filter((order) => order.instrument === instrument)
    const isDue = last > 0 && last <= averagePrice * (1 - STOP_LOSS_RATIO)
    const isLeaving = orders.some((order) => order.side === 'sell' && order.type === 'market')
    // Until an order's fate is known nothing more may be sent for its instrument: that wait has a law of its own.
    const waits = orders.some(({ status }) => status !== 'working')
    if (!isDue || isLeaving) watch.exposedMs = 0
    else if (!waits && !troubled) watch.exposedMs += ms
    if (watch.exposedMs > STOP_BOUND_MS)
      fail(
        'stopLoss',
        `${instrument} at ${last}, bought at ${averagePrice}: no sale for ${watch.exposedMs} ms; orders ${JSON.stringify(orders)}; refusals ${JSON.stringify(view.refusals.filter((r) => r.instrument === instrument).slice(-2))}`,
      )
  }

  const lookAtPrice = (
    view: TraderView,
    position: TraderView['positions'][number],
    watch: Watch,
    at: number,
  ) => {
    const { instrument, last } = position
    // Before its first trade of the day it has the price of yesterday.
    const isPriced = recent.get(instrument)?.some((shown) => shown === last || shown === 0) ?? false
    if (isPriced || !view.feedUp) watch.staleSince = at
    else if (at - watch.staleSince > PRICE_BOUND_MS)
      fail(
        'priced',
        `${instrument}: believed at ${last}, the market shows ${recent.get(instrument)?.join()}, no alarm`,
      )
  }

  const lookAtDoubts = (view: TraderView, ms: number, troubled: boolean) => {
    const open = new Set<string>()
    for (const { id, status } of view.orders) {
      if (status !== 'inDoubt') continue
      open.add(id)
      const waited = (doubts.get(id) ?? 0) + (troubled ? 0 : ms)
      doubts.set(id, waited)
      if (waited > DOUBT_BOUND_MS) fail('doubtSettles', `${id} is in doubt for ${waited} ms without trouble`)
    }
    for (const id of doubts.keys()) if (!open.has(id)) doubts.delete(id)
  }

  return {
    look: (view, at, troubled, byHand) => {
      const ms = lookedAt === 0 ? 0 : at - lookedAt
      lookedAt = at
      seePrices()
      const held = new Set<string>(view.positions.map(({ instrument }) => instrument))
      for (const instrument of watches.keys()) if (!held.has(instrument)) watches.delete(instrument)
      for (const position of view.positions) {
        const watch = watchOf(position.instrument, at)
        lookAtStop(view, position, watch, ms, troubled || byHand)
        lookAtPrice(view, position, watch, at)
      }
      lookAtDoubts(view, ms, troubled)
    },
    onLife: () => {
      watches.clear()
      doubts.clear()
      lookedAt = 0
    },
  }
}
