import type { InstrumentId } from '../../model/ids.ts'
import { NO_SHARES, type Price, quantity } from '../../model/money.ts'
import type { Side, TimeInForce } from '../../model/order.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Exchange } from '../types.ts'

/** How the participants of one name reach the exchange. Whole shares, at least one; a refusal gives 0 and is counted. */
export interface OrderDesk {
  limit(who: string, side: Side, at: Price, shares: number, timeInForce?: TimeInForce): number
  market(who: string, side: Side, shares: number, timeInForce?: TimeInForce): number
  /** Moves what is open of a resting order to another price; gives its new number, 0 when nothing was open. */
  move(number: number, to: Price): number
  cancel(number: number): void
  isOpen(number: number): boolean
  /** Remembers a resting order, to be cancelled at `until`, or earlier when more than `capacity` rest. */
  keep(number: number, until: EpochMs): void
  /** Cancels what is past its time, at most `most` of them. */
  tidy(now: EpochMs, most: number): void
  /** Cancels all that is kept: everyone steps aside. */
  clear(): void
  readonly refusals: number
}

interface Kept {
  readonly number: number
  readonly until: EpochMs
}

/** No owner ever buys and sells: participants never trade with themselves. */
const ownerOf = (who: string, side: Side) => `flow.${who}.${side}`

export function createOrderDesk(exchange: Exchange, instrument: InstrumentId, capacity: number): OrderDesk {
  const kept: Kept[] = []
  let refusals = 0

  const send = (order: Parameters<Exchange['submit']>[0]): number => {
    const answer = exchange.submit(order)
    if (answer.ok) return answer.number
    refusals++
    return 0
  }
  const cancel = (number: number) => {
    if (isOpen(number)) exchange.cancel(number, NO_SHARES)
  }
  const isOpen = (number: number) => (exchange.order(number)?.open ?? NO_SHARES) > 0

  return {
    limit: (who, side, limit, shares, timeInForce = 'day') =>
      send({
        owner: ownerOf(who, side),
        instrument,
        side,
        type: 'limit',
        timeInForce,
        limit,
        quantity: quantity(Math.max(1, Math.round(shares))),
      }),
    market: (who, side, shares, timeInForce = 'day') =>
      send({
        owner: ownerOf(who, side),
        instrument,
        side,
        type: 'market',
        timeInForce,
        quantity: quantity(Math.max(1, Math.round(shares))),
      }),
    move(number, to) {
      if (!isOpen(number)) return 0
      const answer = exchange.amend(number, { limit: to, quantity: NO_SHARES })
      if (answer.ok) return answer.number
      refusals++
      return 0
    },
    cancel,
    isOpen,
    keep(number, until) {
      if (number === 0) return
      kept.push({ number, until })
      if (kept.length > capacity) cancel((kept.shift() as Kept).number)
    },
    tidy(now, most) {
      for (let count = 0; count < most && (kept[0]?.until ?? Number.POSITIVE_INFINITY) <= now; count++)
        cancel((kept.shift() as Kept).number)
    },
    clear() {
      for (const { number } of kept.splice(0)) cancel(number)
    },
    get refusals() {
      return refusals
    },
  }
}
