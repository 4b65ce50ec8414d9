import { NO_SHARES } from '../model/money.ts'
import type { EpochMs } from '../std/clock.ts'
import { NO_PRICE } from './book-side.ts'
import type { Floor } from './floor.ts'
import { type InstrumentMarket, isInCall } from './instrument-market.ts'
import type { BookLevel } from './types.ts'
import { expectedOutcome } from './uncross.ts'

/** The outcome the running call would have now; `undefined` outside a call and when nothing would trade. */
export function expectationOf(market: InstrumentMarket): BookLevel | undefined {
  const isCollecting = isInCall(market) && !market.isHalted && !market.ownCall?.isStop
  return isCollecting ? expectedOutcome(market) : undefined
}

/**
 * Tells the expected price and quantity of every call that changed since it was last told. Done when time moves on, so that
 * a burst of orders at one instant is one event. Silent before `publishedFrom` in the opening call.
 */
export function tellExpectations(floor: Floor, publishedFrom: EpochMs): void {
  if (floor.stale.size === 0 || (floor.phase === 'openingCall' && floor.now < publishedFrom)) return
  for (const market of floor.stale) {
    const expected = expectationOf(market)
    const told = market.expected
    market.expected = expected
    if (expected?.price === told?.price && expected?.quantity === told?.quantity) continue
    const { price, quantity } = expected ?? { price: NO_PRICE, quantity: NO_SHARES }
    floor.emit({ kind: 'expected', instrument: market.id, price, quantity, at: floor.now })
  }
  floor.stale.clear()
}
