import type { Account } from '../../src/matching/account.ts'
import type { AccountOrder } from '../../src/matching/account-records.ts'
import type { Answer, SmallBroker } from '../../src/matching/testing/small-broker.ts'
import type { Exchange, Listing, NewOrder } from '../../src/matching/types.ts'
import { instrumentId } from '../../src/model/ids.ts'
import { type Price, price, quantity } from '../../src/model/money.ts'
import type { OrderType, Side, TimeInForce } from '../../src/model/order.ts'
import { clampToBand } from '../../src/model/price-band.ts'
import { stepTicks, tickSize } from '../../src/model/tick-size.ts'
import type { Random } from '../../src/std/random.ts'

type Wish = Omit<NewOrder, 'owner'>

/** Somebody who orders at random, sensibly and not, through a broker, and finds out whether he should have been refused. */
export interface Outsider {
  act(): void
  readonly faults: readonly string[]
  readonly counts: { readonly sensible: number; readonly senseless: number }
}

export interface OutsiderSettings {
  readonly exchange: Exchange
  readonly account: Account
  readonly broker: SmallBroker
  readonly listings: readonly Listing[]
  readonly random: Random
}

const KINDS: readonly (readonly [OrderType, TimeInForce])[] = [
  ['limit', 'day'],
  ['limit', 'day'],
  ['limit', 'day'],
  ['market', 'day'],
  ['market', 'ioc'],
  ['limit', 'ioc'],
  ['limit', 'fok'],
  ['conditional', 'day'],
  ['best', 'day'],
  ['priority', 'day'],
  ['preClose', 'day'],
  ['postClose', 'day'],
  ['mid', 'day'],
  ['mid', 'ioc'],
  ['stopLimit', 'day'],
]
const PRICED: ReadonlySet<OrderType> = new Set(['limit', 'conditional', 'stopLimit'])

export function createOutsider(settings: OutsiderSettings): Outsider {
  const { exchange, account, broker, listings, random } = settings
  const faults: string[] = []
  const counts = { sensible: 0, senseless: 0 }

  const near = ({ instrument, today }: Listing): Price => {
    const state = exchange.state(instrument.id)
    const at = price(state?.last || today.basePrice)
    return clampToBand(stepTicks(instrument, exchange.day, at, random.int(-6, 6)), state?.band)
  }

  const sensible = (listing: Listing): Wish => {
    const { id } = listing.instrument
    const sellable = account.holding(id)?.sellable ?? 0
    const side: Side = sellable > 0 && random.next() < 0.5 ? 'sell' : 'buy'
    const [type, timeInForce] = random.pick(KINDS)
    const most = side === 'sell' ? sellable : 40
    const limit = PRICED.has(type) ? { limit: near(listing) } : {}
    const stop = type === 'stopLimit' ? { stop: near(listing) } : {}
    const shares = quantity(random.int(1, most))
    return { instrument: id, side, type, timeInForce, ...limit, ...stop, quantity: shares }
  }

  /** In plain trading a plain order that can be paid has to be taken. */
  const mustBeTaken = ({ type, timeInForce, instrument }: Wish): boolean => {
    const state = exchange.state(instrument)
    return type === 'limit' && timeInForce === 'day' && state?.phase === 'continuous' && !state.halted
  }

  const orderSensibly = (listing: Listing) => {
    const wish = sensible(listing)
    counts.sensible++
    const answer = broker.place(wish)
    if (answer.ok || ['cashShort', 'sharesShort'].includes(answer.refusal.code) || !mustBeTaken(wish)) return
    faults.push(`${describe(wish)} refused: ${JSON.stringify(answer.refusal)}`)
  }

  const orderSenselessly = (listing: Listing) => {
    const wish = random.pick(nonsense(listing, near(listing), settings))
    if (wish === undefined) return
    counts.senseless++
    const answer = broker.place(wish)
    if (answer.ok) faults.push(`taken: ${describe(wish)}`)
  }

  /** Amends may come too late or break a rule; then the order stays as it was. */
  const amend = (listing: Listing, order: AccountOrder) => {
    if (order.instrument !== listing.instrument.id) return
    const before = JSON.stringify(account.order(order.number))
    const part = random.next() < 0.5 ? 0 : random.int(1, order.open)
    const limit = near(listing) + (random.next() < 0.2 ? 1 : 0)
    const answer: Answer = broker.amend(order.number, limit, quantity(part))
    if (!answer.ok && JSON.stringify(account.order(order.number)) !== before)
      faults.push(`a refused amend changed order ${order.number}`)
  }

  return {
    faults,
    counts,
    act() {
      const listing = random.pick(listings)
      const open = account.orders().filter((order) => order.open > 0)
      const draw = random.next()
      if (draw < 0.5 || open.length === 0) orderSensibly(listing)
      else if (draw < 0.65) orderSenselessly(listing)
      else if (draw < 0.8) amend(listing, random.pick(open))
      else {
        const order = random.pick(open)
        broker.cancel(order.number, quantity(random.int(0, order.open)))
      }
    },
  }
}

/** Orders that nobody may take at any time of the day. */
function nonsense(
  { instrument, today }: Listing,
  at: Price,
  { exchange, account, random }: OutsiderSettings,
): readonly (Wish | undefined)[] {
  const { id } = instrument
  const band = exchange.state(id)?.band
  const tick = tickSize(instrument, exchange.day, at)
  const buy = { instrument: id, side: 'buy', type: 'limit', timeInForce: 'day' } as const
  const one = quantity(1)
  const beyond = (edge: Price, ticks: number) => stepTicks(instrument, exchange.day, edge, ticks)
  const held = account.holding(id)?.sellable ?? 0
  return [
    tick > 1 ? { ...buy, limit: price(at + random.int(1, tick - 1)), quantity: one } : undefined,
    band && { ...buy, limit: beyond(band.upper, 1), quantity: one },
    band && beyond(band.lower, -1) < band.lower
      ? { ...buy, limit: beyond(band.lower, -1), quantity: one }
      : undefined,
    { ...buy, limit: at, quantity: quantity(0) },
    { ...buy, instrument: instrumentId('999990'), limit: at, quantity: one },
    { ...buy, side: 'sell', limit: at, quantity: quantity(held + 1) },
    { ...buy, limit: at, quantity: quantity(Math.ceil(1e10 / today.basePrice)) },
    { ...buy, type: 'stopLimit', limit: at, quantity: one },
  ]
}

const describe = (wish: Wish) => JSON.stringify(wish)
