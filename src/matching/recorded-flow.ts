import type { InstrumentId } from '../model/ids.ts'
import { NO_SHARES, type Price, type Quantity } from '../model/money.ts'
import type { Side } from '../model/order.ts'
import { clampToBand } from '../model/price-band.ts'
import { floorToTick } from '../model/tick-size.ts'
import type { EpochMs } from '../std/clock.ts'
import { invariant } from '../std/invariant.ts'
import type { Flow } from './flow.ts'
import type { Exchange } from './types.ts'

/** One print of a recorded day. */
export interface RecordedTrade {
  readonly at: EpochMs
  readonly instrument: InstrumentId
  readonly price: Price
  readonly quantity: Quantity
  /** Who crossed; when it is not recorded, a buyer unless the price fell. */
  readonly aggressor?: Side
}

export interface RecordedFlowSettings {
  readonly exchange: Exchange
  /** In order of time. */
  readonly trades: readonly RecordedTrade[]
}

/**
 * Plays a recorded day through the exchange: for each trade a resting order and one that takes it, both synthetic, so that
 * the exchange prints it. Others' orders come first where their price is better or as good: a bid of ours at or above a
 * recorded price is filled from the recorded seller, and what then finds no partner is cancelled, so never more is
 * printed than was recorded.
 *
 * In a call auction both orders wait for it. A half-tick print (mid-price orders) is printed one grid price lower, a price
 * outside the band at its edge; a trade of an unknown instrument, or outside all sessions, is counted as refused.
 * The exchange's own rules stay in force: a VI that the recording did not have stops it here, and the other way round.
 * Errors: trades out of order break an invariant.
 */
export function createRecordedFlow({ exchange, trades }: RecordedFlowSettings): Flow {
  const lastPrice = new Map<InstrumentId, Price>()
  let next = 0
  let refusals = 0

  const print = (trade: RecordedTrade) => {
    const { instrument, quantity } = trade
    const state = exchange.state(instrument)
    if (state === undefined) {
      refusals++
      return
    }
    const listed = state.listing.instrument
    const at = clampToBand(floorToTick(listed, exchange.day, trade.price), state.band)
    const before = lastPrice.get(instrument) ?? state.listing.today.basePrice
    const taker = trade.aggressor ?? (trade.price < before ? 'sell' : 'buy')
    lastPrice.set(instrument, trade.price)
    const send = (side: Side) =>
      exchange.submit({
        owner: `recorded.${side}`,
        instrument,
        side,
        type: 'limit',
        timeInForce: 'day',
        limit: at,
        quantity,
      })
    const resting = send(taker === 'buy' ? 'sell' : 'buy')
    const taking = send(taker)
    if (!resting.ok || !taking.ok) refusals++
    if (exchange.phase !== 'continuous' && exchange.phase !== 'afterMarket') return
    if (exchange.state(instrument)?.inVi) return
    for (const order of [resting, taking]) if (order.ok) withdraw(order.number)
  }

  const withdraw = (number: number) => {
    if ((exchange.order(number)?.open ?? NO_SHARES) > 0) exchange.cancel(number, NO_SHARES)
  }

  return {
    advanceTo(to) {
      for (let trade = trades[next]; trade !== undefined && trade.at <= to; trade = trades[next]) {
        invariant(
          trade.at >= (trades[next - 1]?.at ?? 0),
          `recorded trades come in order of time: number ${next}`,
        )
        exchange.advanceTo(trade.at)
        print(trade)
        next++
      }
      exchange.advanceTo(to)
    },
    get refusals() {
      return refusals
    },
  }
}
