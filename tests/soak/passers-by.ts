import type { Exchange, Listing } from '../../src/matching/types.ts'
import { price, quantity } from '../../src/model/money.ts'
import type { OrderType, Side, TimeInForce } from '../../src/model/order.ts'
import { clampToBand } from '../../src/model/price-band.ts'
import { stepTicks } from '../../src/model/tick-size.ts'
import type { Random } from '../../src/std/random.ts'

/**
 * A few owners at the exchange itself, with every kind of order on both sides: they meet each other on the boards at a
 * fixed price, where the flow never is, and they meet themselves.
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
]
const OWNERS = 3
/** The newest orders of theirs that they still think of. */
const REMEMBERED = 40

export function createPassersBy(exchange: Exchange, listings: readonly Listing[], random: Random): PassersBy {
  const numbers: number[] = []

  const near = ({ instrument, today }: Listing) => {
    const state = exchange.state(instrument.id)
    const at = price(state?.last || today.basePrice)
    return clampToBand(stepTicks(instrument, exchange.day, at, random.int(-8, 8)), state?.band)
  }
  const remember = (number: number) => {
    numbers.push(number)
    if (numbers.length > REMEMBERED) numbers.shift()
  }
  const order = (listing: Listing) => {
    const entered = exchange.submit({
      owner: `passer-by-${random.int(1, OWNERS)}`,
      instrument: listing.instrument.id,
      side: random.pick<Side>(['buy', 'sell']),
      type: random.pick(TYPES),
      timeInForce: random.pick<TimeInForce>(['day', 'day', 'day', 'ioc', 'fok']),
      limit: near(listing),
      quantity: quantity(random.int(1, 30)),
    })
    if (entered.ok) remember(entered.number)
  }
  const change = (listing: Listing) => {
    const number = random.pick(numbers)
    if (random.next() < 0.5) return void exchange.cancel(number, quantity(random.int(0, 5)))
    // At the same price with fewer shares it keeps its place, else it loses it.
    const limit = exchange.order(number)?.instrument === listing.instrument.id ? { limit: near(listing) } : {}
    const amended = exchange.amend(number, { ...limit, quantity: quantity(random.int(0, 12)) })
    if (amended.ok) remember(amended.number)
  }

  return {
    act() {
      const listing = random.pick(listings)
      if (numbers.length > 0 && random.next() < 0.3) change(listing)
      else order(listing)
    },
  }
}
