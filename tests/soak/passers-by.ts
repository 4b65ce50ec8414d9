import type { Exchange, Listing } from '../../src/matching/types.ts'
import { price, quantity } from '../../src/model/money.ts'
import type { OrderType, Side, TimeInForce } from '../../src/model/order.ts'
import { clampToBand } from '../../src/model/price-band.ts'
import { stepTicks } from '../../src/model/tick-size.ts'
import type { Random } from '../../src/std/random.ts'

/**
 * A few owners at the exchange itself, with every kind of order on both sides: they meet each other on the boards at a
 * fixed price, where the flow never is, and they meet themselves. `quiet` is a name in which nobody else trades: its book
 * is empty now and then, on one side or on both, and its auctions end at the limit.
 */
export interface PassersBy {
  act(): void
}

const TYPES: readonly OrderType[] = [
  'limit',
  'limit',
  'market',
  'conditional',
  'best',
  'priority',
  'preClose',
  'preClose',
  'postClose',
  'postClose',
  'mid',
  'stopLimit',
]
const OWNERS = 3
/** The newest orders of theirs that they still think of. */
const REMEMBERED = 40

/** So often they go to the quiet name, and there so often to an end of its band. */
const QUIET_SHARE = 0.5
const LIMIT_SHARE = 0.2
/** And so often they take back all that has a price on one side of it: market orders are then left alone with the other. */
const CLEAR_SHARE = 0.15

export function createPassersBy(
  exchange: Exchange,
  listings: readonly Listing[],
  quiet: Listing | undefined,
  random: Random,
): PassersBy {
  const numbers: number[] = []
  /** Their orders in the quiet name; bounded by what they enter in a day. */
  const inQuiet = new Set<number>()

  const near = (listing: Listing) => {
    const { instrument, today } = listing
    const state = exchange.state(instrument.id)
    if (listing === quiet && state?.band && random.next() < LIMIT_SHARE)
      return random.pick([state.band.upper, state.band.upper, state.band.lower])
    const at = price(state?.last || today.basePrice)
    return clampToBand(stepTicks(instrument, exchange.day, at, random.int(-8, 8)), state?.band)
  }
  const remember = (number: number) => {
    numbers.push(number)
    if (numbers.length > REMEMBERED) numbers.shift()
  }
  const clear = (side: Side) => {
    for (const number of inQuiet) {
      const found = exchange.order(number)
      if (found === undefined || found.open === 0) inQuiet.delete(number)
      else if (found.side === side && found.limit !== undefined) exchange.cancel(number, quantity(0))
    }
  }
  const order = (listing: Listing) => {
    const entered = exchange.submit({
      owner: `passer-by-${random.int(1, OWNERS)}`,
      instrument: listing.instrument.id,
      side: random.pick<Side>(['buy', 'sell']),
      type: random.pick(TYPES),
      timeInForce: random.pick<TimeInForce>(['day', 'day', 'day', 'ioc', 'fok']),
      limit: near(listing),
      stop: near(listing),
      quantity: quantity(random.int(1, 30) * (random.next() < 0.2 ? 20 : 1)),
    })
    if (!entered.ok) return
    remember(entered.number)
    if (listing === quiet) inQuiet.add(entered.number)
  }
  const change = (listing: Listing) => {
    const number = random.pick(numbers)
    if (random.next() < 0.5) return void exchange.cancel(number, quantity(random.int(0, 5)))
    // At the same price with fewer shares it keeps its place, else it loses it.
    const limit = exchange.order(number)?.instrument === listing.instrument.id ? { limit: near(listing) } : {}
    const amended = exchange.amend(number, { ...limit, quantity: quantity(random.int(0, 12)) })
    if (!amended.ok) return
    remember(amended.number)
    if (inQuiet.has(number)) inQuiet.add(amended.number)
  }

  return {
    act() {
      const listing = quiet !== undefined && random.next() < QUIET_SHARE ? quiet : random.pick(listings)
      if (listing === quiet && random.next() < CLEAR_SHARE) clear(random.pick(['buy', 'sell']))
      else if (numbers.length > 0 && random.next() < 0.3) change(listing)
      else order(listing)
    },
  }
}
