import { describe, expect, it } from 'vitest'
import type { InstrumentId } from '../model/ids.ts'
import type { OrderType, Side } from '../model/order.ts'
import { floorToTick, isOnTick } from '../model/tick-size.ts'
import { createRandom, type Random } from '../std/random.ts'
import { createExchange } from './exchange.ts'
import { at, DAY, listing, shares, won } from './testing/test-exchange.ts'
import type { Exchange, ExchangeEvent } from './types.ts'

const LISTINGS = [
  listing({ id: '000010', basePrice: 19_950 }),
  listing({ id: '000020', basePrice: 2_010, instrument: { viGroup: 'narrow', market: 'KOSDAQ' } }),
  listing({ id: '000030', basePrice: 5_000, designations: ['overheated'] }),
  listing({ id: '000040', basePrice: 1_500, designations: ['liquidation'] }),
]
const IDS = LISTINGS.map(({ instrument }) => instrument.id)

interface Day {
  readonly events: ExchangeEvent[]
  readonly exchange: Exchange
  /** What was asked of each number: side, instrument, quantity. */
  readonly asked: Map<number, { side: Side; instrument: InstrumentId; quantity: number }>
}

/** A whole day of rough orders: prices walk far enough for VIs, halts come and go. `stepMs` cuts the waiting into pieces. */
function randomDay(seed: number, each: (exchange: Exchange) => void, stepMs = Number.POSITIVE_INFINITY): Day {
  const random = createRandom(seed)
  const events: ExchangeEvent[] = []
  const exchange = createExchange({
    venue: 'KRX',
    day: DAY,
    listings: LISTINGS,
    random: random.fork('exchange'),
    startAt: at('08:25'),
    onEvent: (event) => events.push(event),
  })
  const asked: Day['asked'] = new Map()
  const drift = new Map(IDS.map((id) => [id, 0]))
  for (let now = at('08:25'); now < at('20:05'); now += Math.ceil(random.exponential(20_000))) {
    for (let to = exchange.now + stepMs; to < now; to += stepMs) exchange.advanceTo(to)
    exchange.advanceTo(now)
    act(exchange, random, asked, drift)
    each(exchange)
  }
  exchange.advanceTo(at('20:30'))
  return { events, exchange, asked }
}

function act(
  exchange: Exchange,
  random: Random,
  asked: Day['asked'],
  drift: Map<InstrumentId, number>,
): void {
  const dice = random.next()
  const number = random.int(1, asked.size + 1)
  const known = asked.get(number)
  if (dice < 0.1) exchange.cancel(number, shares(random.int(0, 5)))
  else if (dice < 0.2 && known !== undefined) {
    const limit = random.next() < 0.5 ? {} : { limit: limitOf(exchange, random, known.instrument, drift) }
    const result = exchange.amend(number, { quantity: shares(random.int(0, 30)), ...limit })
    if (result.ok) asked.set(result.number, { ...known, quantity: result.quantity })
  } else if (dice < 0.205) exchange.halt(random.pick(IDS), random.next() < 0.2)
  else submit(exchange, random, asked, drift)
}

function submit(
  exchange: Exchange,
  random: Random,
  asked: Day['asked'],
  drift: Map<InstrumentId, number>,
): void {
  const instrument = random.pick(IDS)
  const side = random.pick<Side>(['buy', 'sell'])
  const type = random.pick<OrderType>([
    'limit',
    'limit',
    'limit',
    'limit',
    'market',
    'conditional',
    'best',
    'priority',
    'preClose',
    'postClose',
  ])
  const quantity = shares(random.int(1, 40))
  const result = exchange.submit({
    owner: `owner-${random.int(1, 12)}`,
    instrument,
    side,
    type,
    timeInForce: random.pick(['day', 'day', 'day', 'ioc', 'fok']),
    limit: limitOf(exchange, random, instrument, drift),
    quantity,
  })
  if (result.ok) asked.set(result.number, { side, instrument, quantity })
}

function limitOf(exchange: Exchange, random: Random, id: InstrumentId, drift: Map<InstrumentId, number>) {
  const state = exchange.state(id)
  if (state === undefined) throw new Error(`${id} is not listed`)
  const { band, listing: listed } = state
  const moved = (drift.get(id) ?? 0) + random.normal() * 0.01
  drift.set(id, moved)
  const near = listed.today.basePrice * Math.exp(moved + random.normal() * 0.02)
  const bounded = Math.min(band?.upper ?? 1e6, Math.max(band?.lower ?? 100, near))
  return floorToTick(listed.instrument, DAY, won(Math.floor(bounded)))
}

/** What is wrong with the books now: in continuous trading, quotes that should have traded with each other. */
function crossed(exchange: Exchange): string[] {
  if (exchange.phase !== 'continuous' && exchange.phase !== 'afterMarket') return []
  return IDS.filter((id) => {
    const [bid, ask] = [exchange.levels(id, 'buy', 1)[0], exchange.levels(id, 'sell', 1)[0]]
    if (bid === undefined || ask === undefined || bid.price < ask.price) return false
    // Orders of a call stay crossed until it ends, and while a halt keeps it from ending.
    const state = exchange.state(id)
    return !(state?.inVi || state?.halted || state?.expected !== undefined)
  }).map((id) => `${id} is crossed at ${exchange.now}`)
}

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1)

describe('on any day', () => {
  it.each(SEEDS)('shares are conserved and prices legal (seed %d)', (seed) => {
    const wrong: string[] = []
    const { events, exchange, asked } = randomDay(seed, (running) => wrong.push(...crossed(running)))
    const filled = new Map<number, number>()
    const closed = new Map<number, number>()
    const turnover = new Map<string, number>()
    const add = <K>(to: Map<K, number>, key: K, amount: number) => to.set(key, (to.get(key) ?? 0) + amount)
    for (const event of events) {
      if (event.kind === 'fill') {
        add(filled, event.number, event.quantity)
        add(turnover, `${event.instrument}/${event.side}`, event.quantity)
      }
      if (event.kind === 'closed') add(closed, event.number, event.quantity)
      if (event.kind === 'print') {
        add(turnover, `${event.instrument}/print`, event.quantity)
        const { listing: listed, band } = exchange.state(event.instrument) ?? {}
        const isLegal =
          listed !== undefined &&
          isOnTick(listed.instrument, DAY, event.price) &&
          event.price >= (band?.lower ?? 1) &&
          event.price <= (band?.upper ?? 1e9)
        if (!isLegal) wrong.push(`${event.instrument} printed at ${event.price}`)
      }
    }
    expect(filled.size).toBeGreaterThan(100)
    for (const [number, { quantity }] of asked)
      if ((filled.get(number) ?? 0) + (closed.get(number) ?? 0) !== quantity)
        wrong.push(`order ${number} of ${quantity}`)
    expect(wrong).toEqual([])
    for (const id of IDS) {
      const total = exchange.state(id)?.volume
      for (const part of ['buy', 'sell', 'print']) expect(turnover.get(`${id}/${part}`) ?? 0).toBe(total)
      for (const side of ['buy', 'sell'] as const) expect(exchange.levels(id, side, 10)).toEqual([])
    }
  })

  it('volatility interruptions, auctions and every way to end an order occur among these days', () => {
    const seen = new Set<string>()
    for (const seed of SEEDS.slice(0, 8))
      for (const event of randomDay(seed, () => undefined).events) {
        if (event.kind === 'closed') seen.add(event.why)
        if (event.kind === 'vi') seen.add(`vi ${event.state} ${event.cause}`)
        if (event.kind === 'print') seen.add(event.aggressor ?? event.board ?? 'auction')
      }
    expect([...seen].sort()).toEqual(
      [
        'auction',
        'buy',
        'cancelled',
        'closePrice',
        'expired',
        'replaced',
        'selfTrade',
        'sell',
        'unfilledRemainder',
        'vi off both',
        'vi off dynamic',
        'vi off static',
        'vi on both',
        'vi on dynamic',
        'vi on static',
      ].sort(),
    )
  })

  it('nobody trades with himself in continuous trading', () => {
    const { events } = randomDay(3, () => undefined)
    const owners = events.flatMap((event) => (event.kind === 'fill' ? [event.owner] : []))
    const pairs = events.flatMap((event, index) => {
      const [maker, taker] = [events[index - 2], events[index - 1]]
      if (event.kind !== 'print' || event.aggressor === undefined) return []
      return maker?.kind === 'fill' && taker?.kind === 'fill' ? [[maker.owner, taker.owner]] : [['', '']]
    })
    expect(owners.length).toBeGreaterThan(100)
    expect(pairs.filter(([maker, taker]) => maker === taker)).toEqual([])
  })

  it('the same calls give the same events, however finely time is cut', () => {
    for (const seed of [1, 2, 3]) {
      const { events } = randomDay(seed, () => undefined)
      expect(randomDay(seed, () => undefined).events).toEqual(events)
      expect(randomDay(seed, () => undefined, 700).events).toEqual(events)
    }
  })
})
