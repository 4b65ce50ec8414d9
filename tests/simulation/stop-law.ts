import type { JournalRecord } from '../../src/ports/journal.ts'
import type { TraderEvent } from '../../src/trading/engine/events.ts'
import type { Trader } from '../../src/trading/engine/trader.ts'
import type { TraderView } from '../../src/trading/engine/view.ts'

/**
 * Read from the journal when the day is over: with every price that fires a stop-loss, and once a second as long as the
 * last known price does, the shares are on their way out when the event has been decided upon.
 */
export interface StopLaw {
  /** After the trader has decided upon this record. */
  check(record: JournalRecord): void
}

/** The broker's refusal of a sale is answered by another attempt so soon at the latest. */
const REFUSED_MS = 5_000
const DENIED_MS = 1_000
/** An average price is a fraction of won: the law begins where no rounding can speak against it. */
const ROUNDING = 1
/** Denials a sale may meet. The exchange takes no order for a halted instrument. */
const HELD_UP_BY: ReadonlySet<string> = new Set(['instrumentHalted'])

export function createStopLaw(
  trader: Trader,
  ratio: number,
  fail: (law: string, detail: string) => void,
): StopLaw {
  /** The price at which the stop of a held instrument has fired for certain. */
  let floors = new Map<string, number>()
  const lasts = new Map<string, number>()
  const blockedUntil = new Map<string, number>()

  const refreshFloors = () => {
    floors = new Map(
      trader
        .view('')
        .positions.map(({ instrument, averagePrice }) => [instrument, averagePrice * (1 - ratio) - ROUNDING]),
    )
  }

  const isFired = (instrument: string): boolean => {
    const last = lasts.get(instrument) ?? 0
    return last > 0 && last <= (floors.get(instrument) ?? 0)
  }

  const checkStop = (instrument: string, seq: number, at: number) => {
    if (!isFired(instrument) || (blockedUntil.get(instrument) ?? 0) >= at) return
    const view = trader.view('')
    const position = view.positions.find((each) => each.instrument === instrument)
    // A price the trader does not believe fires nothing.
    if (!position || position.last !== lasts.get(instrument)) return
    const orders = view.orders.filter((order) => order.instrument === instrument)
    // As long as an order's fate is open nothing more may be sent for its instrument.
    if (orders.some(({ status }) => status !== 'working')) return
    const leaving = orders
      .filter(({ side, type }) => side === 'sell' && type === 'market')
      .reduce((sum, order) => sum + order.quantity - order.filled, 0)
    if (leaving >= position.quantity || isHeldUp(view, instrument)) return
    fail(
      'stopLoss',
      `record ${seq}: ${instrument} at ${position.last}, bought at ${position.averagePrice}: ${position.quantity} held, ${leaving} on their way out; orders ${JSON.stringify(orders)}; refusals ${JSON.stringify(refusalsOf(view, instrument).slice(-2))}`,
    )
  }

  const block = (instrument: string | undefined, until: number) => {
    if (instrument) blockedUntil.set(instrument, Math.max(blockedUntil.get(instrument) ?? 0, until))
  }

  const onEvent = (event: TraderEvent, seq: number) => {
    switch (event.kind) {
      case 'trade':
      case 'quote': {
        const last = event.kind === 'trade' ? event.price : event.last
        if (last === undefined) return
        lasts.set(event.instrument, last)
        return checkStop(event.instrument, seq, event.receivedAt)
      }
      case 'timer':
        for (const instrument of floors.keys()) checkStop(instrument, seq, event.receivedAt)
        return
      case 'rejected':
      case 'throttled': {
        const order = trader.orders().find(({ id }) => id === event.orderId)
        if (order?.side === 'sell') block(order.instrument, event.receivedAt + REFUSED_MS)
        return
      }
      case 'opened':
      case 'fill':
      case 'account':
        return refreshFloors()
      default:
    }
  }

  return {
    check: ({ kind, body, seq, at }) => {
      if (kind === 'event') return onEvent(body as TraderEvent, seq)
      if (kind !== 'effects') return
      const { effects } = body as { readonly effects: readonly Refused[] }
      for (const effect of effects)
        if (effect.do === 'refuse' && effect.refusal?.side === 'sell')
          block(effect.refusal.instrument, at + DENIED_MS)
    },
  }
}

interface Refused {
  readonly do: string
  readonly refusal?: { readonly side: string; readonly instrument: string }
}

const refusalsOf = (view: TraderView, instrument: string) =>
  view.refusals.filter((refusal) => refusal.instrument === instrument && refusal.side === 'sell')

/** Denied for a reason that stands: it was told when it began and is not told again. */
const isHeldUp = (view: TraderView, instrument: string): boolean =>
  HELD_UP_BY.has(refusalsOf(view, instrument).at(-1)?.denial.code ?? '')
