import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { InstrumentId } from '../model/ids.ts'
import { quantity } from '../model/money.ts'
import { isOnTick, stepTicks } from '../model/tick-size.ts'
import { kstInstant, timeOfDay, tradingDay } from '../model/time.ts'
import { createRandom } from '../std/random.ts'
import { createExchange } from './exchange.ts'
import { createFlow } from './flow.ts'
import { createMarket } from './market.ts'
import type { FlowProfile } from './participants/profile.ts'
import type { ExchangeEvent } from './types.ts'

const DAY = tradingDay('2026-11-20')
const at = (clock: string) => kstInstant(DAY, timeOfDay(clock))

interface Start {
  readonly seed: number
  readonly size: number
  readonly startAt: string
  readonly profile?: FlowProfile
  readonly onEvent?: (event: ExchangeEvent) => void
}

function start({ seed, size, startAt, profile = 'lively', onEvent = () => undefined }: Start) {
  const { listings } = createMarket({ seed, day: DAY, size })
  const random = createRandom(seed)
  const exchange = createExchange({
    venue: 'KRX',
    day: DAY,
    listings,
    random: random.fork('exchange'),
    startAt: at(startAt),
    onEvent,
  })
  const flow = createFlow({ exchange, random: random.fork('flow'), profile })
  return { listings, exchange, flow }
}

/** One digest of everything the exchange said. */
function digestOf(settings: Omit<Start, 'onEvent'>, drive: (world: ReturnType<typeof start>) => void) {
  const hash = createHash('sha256')
  let count = 0
  const world = start({
    ...settings,
    onEvent: (event) => {
      count++
      hash.update(JSON.stringify(event))
    },
  })
  drive(world)
  return { count, digest: hash.digest('hex') }
}

describe('determinism', () => {
  const settings = { seed: 3, size: 10, startAt: '08:50' }
  const once = digestOf(settings, ({ flow }) => flow.advanceTo(at('09:12')))

  it('gives the same events however finely time is advanced', () => {
    expect(once.count).toBeGreaterThan(5_000)
    const inSeconds = digestOf(settings, ({ flow }) => {
      for (let now = at('08:50'); now <= at('09:12'); now += 1_000) flow.advanceTo(now)
    })
    const steps = createRandom(1)
    const inRandomSteps = digestOf(settings, ({ flow }) => {
      for (let now = at('08:50'); now < at('09:12'); now = Math.min(at('09:12'), now + steps.int(0, 7_777)))
        flow.advanceTo(now)
      flow.advanceTo(at('09:12'))
    })
    expect(inSeconds).toEqual(once)
    expect(inRandomSteps).toEqual(once)
  })

  it('follows the seed', () => {
    expect(digestOf({ ...settings, seed: 4 }, ({ flow }) => flow.advanceTo(at('09:12')))).not.toEqual(once)
  })

  it('answers the same orders of others at the same times with the same events', () => {
    const withOrders = (step: number) =>
      digestOf(settings, ({ flow, exchange, listings }) => {
        for (let now = at('08:50'); now <= at('09:12'); now += step) {
          flow.advanceTo(now)
          if (now % 60_000 !== 0 || now < at('09:02')) continue
          const instrument = (listings[(now / 60_000) % 10] as (typeof listings)[number]).instrument.id
          const order = { owner: 'me', instrument, side: 'buy', type: 'market', timeInForce: 'day' } as const
          exchange.submit({ ...order, quantity: quantity(5) })
        }
      })
    expect(withOrders(1_000)).toEqual(withOrders(4_000))
    expect(withOrders(4_000)).not.toEqual(once)
  })
})

/** Checks every event as it comes, and keeps what is needed to check the whole at the end. */
function createAuditor(listings: ReturnType<typeof createMarket>['listings']) {
  const open = new Map<number, number>()
  const printed = new Map<InstrumentId, number>()
  const bought = new Map<InstrumentId, number>()
  const sold = new Map<InstrumentId, number>()
  const byId = new Map(listings.map((listing) => [listing.instrument.id, listing]))
  const faults: string[] = []
  let last = 0
  let mostOpen = 0
  const add = (totals: Map<InstrumentId, number>, id: InstrumentId, shares: number) =>
    totals.set(id, (totals.get(id) ?? 0) + shares)
  return {
    printed,
    bought,
    sold,
    faults,
    get mostOpen() {
      return mostOpen
    },
    hear(event: ExchangeEvent) {
      if (event.at < last) faults.push(`time goes back at ${event.kind}`)
      last = event.at
      if (event.kind === 'accepted') open.set(event.number, 0)
      if (event.kind === 'fill' && event.open === 0) open.delete(event.number)
      if (event.kind === 'closed') open.delete(event.number)
      mostOpen = Math.max(mostOpen, open.size)
      if (event.kind === 'fill') add(event.side === 'buy' ? bought : sold, event.instrument, event.quantity)
      if (event.kind !== 'print') return
      add(printed, event.instrument, event.quantity)
      const { instrument, today } = byId.get(event.instrument) as (typeof listings)[number]
      if (!isOnTick(instrument, DAY, event.price))
        faults.push(`${instrument.id} printed off tick at ${event.price}`)
      const limit = 0.3 * (instrument.leverage ?? 1)
      if (Math.abs(event.price / today.basePrice - 1) > limit)
        faults.push(`${instrument.id} left its band: ${event.price}`)
    },
  }
}

describe('laws of a simulated day', () => {
  it.each(Array.from({ length: 20 }, (_, index) => index + 100))('hold on a short day (seed %i)', (seed) => {
    const size = 8
    const auditor = createAuditor(createMarket({ seed, day: DAY, size }).listings)
    const { exchange, flow, listings } = start({ seed, size, startAt: '08:56', onEvent: auditor.hear })
    const crossed: string[] = []
    for (let now = at('08:57'); now <= at('09:06'); now += 5_000) {
      flow.advanceTo(now)
      if (exchange.phase !== 'continuous') continue
      for (const { instrument } of listings) {
        const bid = exchange.levels(instrument.id, 'buy', 1)[0]?.price
        const ask = exchange.levels(instrument.id, 'sell', 1)[0]?.price
        if (bid && ask && bid >= ask && !exchange.state(instrument.id)?.inVi)
          crossed.push(`${instrument.id} ${bid} ${ask}`)
      }
    }
    expect(auditor.faults).toEqual([])
    expect(crossed).toEqual([])
    expect(flow.refusals).toBe(0)
    expect(auditor.printed.size).toBeGreaterThanOrEqual(size - 1)
    expect(auditor.bought).toEqual(auditor.printed)
    expect(auditor.sold).toEqual(auditor.printed)
    for (const [id, volume] of auditor.printed) expect(exchange.state(id)?.volume).toBe(volume)
    expect(auditor.mostOpen).toBeLessThan(size * 80)
  })

  it('hold from the first call to the after-market, with volume in a U', () => {
    const size = 16
    const auditor = createAuditor(createMarket({ seed: 5, day: DAY, size }).listings)
    const volume = new Map<number, number>()
    const { exchange, flow, listings } = start({
      seed: 5,
      size,
      startAt: '08:30',
      profile: 'normal',
      onEvent: (event) => {
        auditor.hear(event)
        if (event.kind !== 'print') return
        const half = Math.floor((event.at - at('09:00')) / 1_800_000)
        volume.set(half, (volume.get(half) ?? 0) + event.price * event.quantity)
      },
    })
    flow.advanceTo(at('15:40'))
    const closes = listings.map(({ instrument }) => exchange.state(instrument.id)?.close ?? 0)
    expect(closes.filter((close) => close > 0)).toHaveLength(size)
    const regular = new Map(auditor.printed)
    flow.advanceTo(at('20:01'))
    expect(auditor.faults).toEqual([])
    expect(flow.refusals).toBe(0)
    expect(auditor.bought).toEqual(auditor.printed)
    expect(auditor.mostOpen).toBeLessThan(size * 80)
    const noon = ((volume.get(5) ?? 0) + (volume.get(6) ?? 0) + (volume.get(7) ?? 0)) / 3
    expect(volume.get(0)).toBeGreaterThan(1.5 * noon)
    expect(volume.get(12)).toBeGreaterThan(noon)
    for (const { instrument } of listings) {
      const late = (auditor.printed.get(instrument.id) ?? 0) - (regular.get(instrument.id) ?? 0)
      if (instrument.class === 'etf') expect(late, instrument.name).toBe(0)
    }
    expect([...auditor.printed.values()].reduce((a, b) => a + b)).toBeGreaterThan(
      [...regular.values()].reduce((a, b) => a + b),
    )
  })

  it('leaves a halted name alone and waits out a halt that comes later', () => {
    const heard: string[] = []
    const { exchange, flow, listings } = start({
      seed: 7,
      size: 24,
      startAt: '09:00',
      onEvent: (event) => 'instrument' in event && heard.push(event.instrument),
    })
    flow.advanceTo(at('09:01'))
    const halted = listings.find(({ today }) => today.halted)?.instrument.id as InstrumentId
    expect(heard).not.toContain(halted)
    const other = listings[0]?.instrument.id as InstrumentId
    exchange.halt(other, true)
    flow.advanceTo(at('09:02'))
    const before = heard.filter((id) => id === other).length
    const refusals = flow.refusals
    flow.advanceTo(at('09:04'))
    expect(heard.filter((id) => id === other).length).toBeLessThan(before + 12)
    // It tries again every half minute, with a few orders at a time.
    expect(flow.refusals - refusals).toBeLessThanOrEqual(20)
  })

  it('is busier when it is lively than when it is quiet', () => {
    const events = (profile: FlowProfile) =>
      digestOf({ seed: 9, size: 20, startAt: '09:00', profile }, ({ flow }) => flow.advanceTo(at('09:20')))
        .count
    expect(events('lively')).toBeGreaterThan(2 * events('quiet'))
  })
})

describe('the first ninety minutes of the lively day of seed 7', () => {
  interface Minute {
    readonly minute: number
    readonly open: number
    high: number
    low: number
    close: number
    volume: number
  }
  const minutes = new Map<InstrumentId, Minute[]>()
  let events = 0
  let vis = 0
  const enter = (event: ExchangeEvent) => {
    events++
    if (event.kind === 'vi' && event.state === 'on') vis++
    if (event.kind !== 'print') return
    const { instrument, price } = event
    const minute = Math.floor((event.at - at('09:00')) / 60_000)
    const bars = minutes.get(instrument) ?? []
    minutes.set(instrument, bars)
    const bar = bars.at(-1)
    if (!bar || bar.minute !== minute)
      bars.push({ minute, open: price, high: price, low: price, close: price, volume: event.quantity })
    else {
      bar.high = Math.max(bar.high, price)
      bar.low = Math.min(bar.low, price)
      bar.close = price
      bar.volume += event.quantity
    }
  }
  const { exchange, flow, listings } = start({ seed: 7, size: 120, startAt: '08:58', onEvent: enter })

  /** How many of our limit buys, `ticks` below the best bid for one minute, fill. */
  const patience = { tried: 0, filled: 0 }
  const chance = createRandom(5)
  for (let now = at('08:59'); now <= at('10:30'); now += 60_000) {
    flow.advanceTo(now)
    if (now < at('09:02') || exchange.phase !== 'continuous') continue
    const { instrument } = chance.pick(listings)
    const bid = exchange.levels(instrument.id, 'buy', 1)[0]?.price
    if (!bid || exchange.state(instrument.id)?.inVi) continue
    const limit = stepTicks(instrument, DAY, bid, -3)
    const wish = {
      owner: 'me',
      instrument: instrument.id,
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      limit,
    } as const
    const order = exchange.submit({ ...wish, quantity: quantity(1) })
    flow.advanceTo(now + 59_000)
    if (!order.ok) continue
    patience.tried++
    if (exchange.order(order.number)?.open === 0) patience.filled++
    else exchange.cancel(order.number, quantity(0))
  }

  const stocks = listings.filter(({ instrument }) => instrument.class === 'stock')
  const change = (id: InstrumentId, pick: 'open' | 'high' | 'low' | 'last') => {
    const state = exchange.state(id)
    return state && state.open > 0 ? state[pick] / state.listing.today.basePrice - 1 : 0
  }
  const count = (holds: (id: InstrumentId) => boolean) =>
    stocks.filter(({ instrument }) => holds(instrument.id)).length

  /** A minute with three times the usual volume that rises to a new high: what a buy condition looks for. */
  const breakouts = [...minutes].flatMap(([id, bars]) =>
    bars.flatMap((bar, index) => {
      const before = bars.slice(0, index)
      if (bar.minute < 3 || before.length < 4) return []
      const usual = before.reduce((all, { volume }) => all + volume, 0) / before.length
      const isHigh = bar.close > Math.max(...before.map(({ high }) => high))
      return isHigh && bar.volume > 3 * usual && bar.close > bar.open * 1.008
        ? [{ id, index, bar, after: bars.slice(index + 1) }]
        : []
    }),
  )

  const outcome = ({ bar, after }: (typeof breakouts)[number]): string => {
    let peak = bar.close
    for (const { minute, high, low } of after) {
      if (minute > bar.minute + 20) return 'time'
      if (high >= bar.close * 1.05) return 'takeProfit'
      if (low <= bar.close * 0.975) return 'stopLoss'
      if (peak > bar.close * 1.02 && low < peak * 0.985) return 'trailing'
      peak = Math.max(peak, high)
    }
    return 'time'
  }

  it('never has an order refused', () => {
    expect(flow.refusals).toBe(0)
  })

  it('opens dozens of names away from yesterday', () => {
    expect(count((id) => change(id, 'open') > 0.02)).toBeGreaterThanOrEqual(12)
    expect(count((id) => Math.abs(change(id, 'open')) > 0.015)).toBeGreaterThanOrEqual(24)
  })

  it('has surges, crashes, give-backs, and volatility interruptions', () => {
    expect(count((id) => change(id, 'high') > 0.08)).toBeGreaterThanOrEqual(25)
    expect(count((id) => change(id, 'low') < -0.04)).toBeGreaterThanOrEqual(10)
    expect(count((id) => change(id, 'high') - change(id, 'last') > 0.04)).toBeGreaterThanOrEqual(20)
    expect(vis).toBeGreaterThanOrEqual(15)
    expect(vis).toBeLessThanOrEqual(120)
  })

  it('gives a condition trader break-outs that end in every way', () => {
    expect(breakouts.length).toBeGreaterThanOrEqual(60)
    const ends = new Map<string, number>()
    for (const breakout of breakouts) ends.set(outcome(breakout), (ends.get(outcome(breakout)) ?? 0) + 1)
    for (const end of ['takeProfit', 'stopLoss', 'trailing', 'time'])
      expect(ends.get(end) ?? 0, `${end} of ${JSON.stringify([...ends])}`).toBeGreaterThanOrEqual(8)
  })

  it('fills some patient limit orders and leaves others', () => {
    expect(patience.tried).toBeGreaterThan(60)
    expect(patience.filled / patience.tried).toBeGreaterThan(0.05)
    expect(patience.filled / patience.tried).toBeLessThan(0.8)
  })

  it('stays at a pace a demo can follow: one to four events a second and name', () => {
    const perSecond = events / 5_400 / listings.length
    expect(perSecond).toBeGreaterThan(1)
    expect(perSecond).toBeLessThan(4)
  })
})
