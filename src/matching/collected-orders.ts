import { bestLevel } from './book-side.ts'
import { trade } from './continuous.ts'
import { bookChanged, closeOrder, type Floor } from './floor.ts'
import { type InstrumentMarket, isMatching, referencePrice } from './instrument-market.ts'
import type { LiveOrder } from './order-queue.ts'
import { startVi, viCauseAt } from './own-call.ts'

/**
 * NXT has no auction for what was collected while nothing matched (order entry before the after-market, a VI that only
 * stops): the best orders of both sides meet one pair after another, at the price of the older one.
 *
 * `afterVi`: the first execution is what the stop was for and is not measured again; the next ones are, from its price.
 * Assumed: no source says in which order NXT lets them meet. Source of the sessions: rule book §1.4.
 */
export function matchCollected(floor: Floor, market: InstrumentMarket, afterVi: boolean): void {
  let isMeasured = !afterVi
  let met = false
  for (let pair = crossedPair(market); pair !== undefined; pair = crossedPair(market)) {
    const [older, newer] = pair
    const at = older.limit
    const reference = referencePrice(market)
    const cause = isMeasured ? viCauseAt(market, at, reference) : undefined
    met = true
    if (older.owner === newer.owner) closeOrder(floor, market, newer, 'selfTrade')
    else if (cause !== undefined) startVi(floor, market, cause, at, reference)
    else {
      trade(floor, market, older, newer, at)
      isMeasured = true
    }
  }
  if (met) bookChanged(floor, market)
}

/** The best order of each side, the older one first, when they would trade now. */
function crossedPair(market: InstrumentMarket): readonly [older: LiveOrder, newer: LiveOrder] | undefined {
  const bid = bestLevel(market.buys)?.head
  const ask = bestLevel(market.sells)?.head
  if (!isMatching(market) || bid === undefined || ask === undefined || bid.limit < ask.limit) return undefined
  return bid.priority < ask.priority ? [bid, ask] : [ask, bid]
}
