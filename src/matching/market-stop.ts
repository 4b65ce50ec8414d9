import { expireFixed } from './fixed-board.ts'
import { bookChanged, type Floor } from './floor.ts'
import { type InstrumentMarket, referencePrice } from './instrument-market.ts'
import { abandonOwnCall, setViRates, startCall } from './own-call.ts'
import { expireOrders } from './regular-close.ts'

/** A circuit breaker stops the instrument: its book stays, only cancels are taken, a call of its own ends without a price. */
export function standStill(floor: Floor, market: InstrumentMarket): void {
  if (market.ownCall !== undefined) abandonOwnCall(floor, market)
  market.phase = 'halted'
  market.expected = undefined
  floor.stale.delete(market)
}

/**
 * Orders are collected for the first price after a circuit breaker. What trades in single prices anyway has that price in its
 * next round. When the closing call has come meanwhile, it is part of that one.
 */
export function collectAgain(floor: Floor, market: InstrumentMarket, lasts: number): void {
  if (market.phase !== 'halted') return
  market.phase = floor.phase
  setViRates(floor, market)
  if (market.singlePriceEveryMs === undefined) startCall(floor, market, { why: 'breaker' }, lasts)
  else market.ownCall = { why: 'singlePrice' }
  bookChanged(floor, market)
}

/** The third stage: what is open expires, the last price is the close, and no session of the day follows. */
export function endForToday(floor: Floor, market: InstrumentMarket): void {
  standStill(floor, market)
  expireOrders(floor, market)
  expireFixed(floor, market)
  market.close = referencePrice(market)
  market.phase = 'closed'
  market.isOver = true
}
