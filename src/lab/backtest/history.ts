import { type BarVenue, createBarVenue } from '../../matching/bars/bar-venue.ts'
import type { BrokerAccount } from '../../model/broker.ts'
import { marketCeiling } from '../../model/charges.ts'
import type { Refusal } from '../../model/denial.ts'
import { type HomeVenue, homeOf } from '../../model/home-venue.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Designation, Instrument, PriceBand } from '../../model/instrument.ts'
import { type Money, NO_WON, type Price, plus, price, quantity } from '../../model/money.ts'
import type { OrderReport } from '../../model/order-report.ts'
import type { Position, RoundTrip } from '../../model/position.ts'
import { priceBand } from '../../model/price-band.ts'
import type { Signal } from '../../model/signal.ts'
import { ceilToTick, floorToTick } from '../../model/tick-size.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import { broken } from '../../std/invariant.ts'
import type { Effect } from '../../trading/engine/effects.ts'
import type { Carried, TraderEvent } from '../../trading/engine/events.ts'
import { createTrader, type Trader } from '../../trading/engine/trader.ts'
import type { OrderRecord } from '../analytics/backtest-result.ts'
import { createDecisionHash } from './decision-hash.ts'
import { createEndings, NORMAL } from './endings.ts'
import { createOrderBook } from './order-records.ts'
import type { BacktestPlan } from './plan.ts'
import { createStandings, type Standing } from './standing.ts'
import { createUnheard } from './unheard.ts'

/** The prices of a bar, in the currency's smallest unit. */
export interface Walk {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

/**
 * The trading engine on the venue of bars, one day after the other, on the clock of the data: the same engine that trades
 * live, with its rules, its books and its decisions.
 */
export interface History {
  /** Begins a day; what is held of a listing that has ended by then is paid out first. */
  openDay(day: TradingDay, now: EpochMs): void
  /** The price of an instrument before its first trade of the day: yesterday's close, or what it was adjusted to. */
  base(index: number, basePrice: number): void
  signal(signal: Omit<Signal, 'kind' | 'at' | 'receivedAt'>, now: EpochMs): void
  /** The last price of a bar in which nothing of ours can happen: the engine hears of it when it has to judge by it. */
  pass(index: number, last: number): void
  beginBar(index: number, volume: number): void
  /** The first price of the bar, before the rest of it is walked. */
  begin(index: number, open: number, openAt: EpochMs): void
  /** Lets the price walk through the bar: first price, low, high, last price. */
  walk(index: number, bar: Walk, openAt: EpochMs, closeAt: EpochMs): void
  timer(now: EpochMs): void
  closeDay(now: EpochMs): void
  /** How things stand; it holds until anything else here is called. */
  look(): Standing
  /** What has happened on the days that are closed. */
  past(): Past
}

export interface Past {
  readonly cash: Money
  readonly held: readonly Position[]
  readonly orders: readonly OrderRecord[]
  readonly roundTrips: readonly RoundTrip[]
  readonly refusals: readonly Refusal[]
  readonly costs: { readonly commission: Money; readonly tax: Money }
  readonly decisionHash: string
}

interface Today {
  basePrice: Price
  band: PriceBand | undefined
  designations: readonly Designation[]
  isListed: boolean
}

/** Whose terms a backtest keeps. */
const ACCOUNTS = {
  KRX: { broker: 'kiwoom', environment: 'simulated', venue: 'KRX' },
  US: { broker: 'kis', environment: 'simulated', venue: 'US' },
} as const satisfies Record<HomeVenue, BrokerAccount>

const NOTHING_HELD: ReadonlyMap<InstrumentId, Position> = new Map()
/** The engine answers each event at once; more answers than this are a loop. */
const MOST_EVENTS = 10_000

type HistoryPlan = Pick<
  BacktestPlan,
  'instruments' | 'settings' | 'cash' | 'assumptions' | 'commission' | 'delistings'
>

export function createHistory(plan: HistoryPlan): History {
  const { instruments, settings, assumptions, commission } = plan
  const home = homeOf(instruments)
  const indexes = new Map(instruments.map(({ id }, index) => [id, index]))
  const endings = createEndings(plan.delistings ?? [], home)
  const today: Today[] = instruments.map(() => ({
    basePrice: price(0),
    band: undefined,
    designations: NORMAL,
    isListed: false,
  }))
  const decisions = createDecisionHash()
  const orders = createOrderBook()
  const roundTrips: RoundTrip[] = []
  const refusals: Refusal[] = []
  const standingOf = createStandings(indexes, settings.exits)
  const unheard = createUnheard(instruments.length)
  let trader: Trader = createTrader()
  let day: TradingDay
  let now: EpochMs = 0
  let carried: readonly Carried[] = []
  let cash = plan.cash
  let costs = { commission: NO_WON, tax: NO_WON }
  let queue: TraderEvent[] = []
  /** The engine's day begins when it first has something to do; while nothing is held that may be never. */
  let isOpen = false
  let opensAt: EpochMs = 0

  const onReport = (report: OrderReport) => {
    orders.report(report)
    queue.push(report)
  }
  const venue: BarVenue = createBarVenue(assumptions, onReport)

  const perform = (effect: Effect) => {
    switch (effect.do) {
      case 'place':
        orders.placed(effect.order)
        return venue.place(effect.order, now)
      case 'amend':
        orders.placed(effect.order)
        return venue.amend(effect.order, now)
      case 'cancel':
        return venue.cancel(effect.order.orderId, now)
      case 'describe':
        return describe(effect.instrument)
      case 'refuse':
        refusals.push(effect.refusal)
        return
      // The venue says everything by itself, and prices come to whatever is held.
      case 'ask':
      case 'askAccount':
      case 'want':
      case 'follow':
      case 'tell':
    }
  }

  /** Everything that waits, and everything that follows from it. */
  const settle = () => {
    let events = 0
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (++events >= MOST_EVENTS) broken(`the engine answers itself without end: ${JSON.stringify(next)}`)
      const effects = trader.on(next)
      if (effects.length === 0) continue
      decisions.add(effects)
      for (const effect of effects) perform(effect)
    }
  }

  const feed = (event: TraderEvent) => {
    queue.push(event)
    settle()
  }

  const list = (index: number) => {
    const its = today[index] as Today
    const listing = instruments[index] as Instrument
    if (its.isListed || its.basePrice === 0) return
    its.isListed = true
    its.designations = endings.designations(listing.id, day)
    its.band = priceBand(listing, day, its)
    const ceiling = marketCeiling(listing.market, its.basePrice)
    venue.list(listing.id, { listing, band: its.band, ceiling })
  }

  const describe = (id: InstrumentId) => {
    const index = indexes.get(id)
    const its = index === undefined ? undefined : today[index]
    if (index === undefined || !its || its.basePrice === 0) {
      queue.push({ kind: 'descriptionFailed', instrument: id, at: now, receivedAt: now } as TraderEvent)
      return
    }
    list(index)
    queue.push({
      kind: 'description',
      instrument: id,
      listing: instruments[index] as Instrument,
      basePrice: its.basePrice,
      last: its.basePrice,
      ...(its.band && { band: its.band }),
      designations: its.designations,
      halted: false,
      marginRate: { numerator: 1, denominator: 1 },
      at: now,
      receivedAt: now,
    })
  }

  const listingId = (index: number) => (instruments[index] as Instrument).id
  const listingOf = (id: InstrumentId) => instruments[indexes.get(id) ?? -1] as Instrument
  const at = () => ({ at: now, receivedAt: now })

  /** Tells the engine the last prices of quiet bars, before it has to size or to judge by them. */
  const catchUp = () => unheard.tell((index, last) => tell(listingId(index), last))

  /** The price reaches the venue first: what rests there is filled before the engine can react. */
  const reach = (id: InstrumentId, to: number) => {
    venue.reach(id, price(to), now)
    settle()
    tell(id, to)
  }

  const tell = (id: InstrumentId, to: number) => {
    if (!trader.books().positions.has(id)) return
    const [here, no, one] = [price(to), price(0), quantity(1)]
    const trade = { kind: 'trade', instrument: id, venue: home, price: here, quantity: one } as const
    feed({ bid: no, ask: no, dayVolume: one, at: now, receivedAt: now, ...trade })
  }

  /** On its way down to `to` the price meets the stop first. */
  const fall = (id: InstrumentId, to: number) => {
    const stop = trader.levels(id)?.stop ?? 0
    if (stop > to) reach(id, Math.max(to, floorToTick(listingOf(id), day, stop as Price)))
    reach(id, to)
  }

  /** On its way up it meets the target first. */
  const rise = (id: InstrumentId, to: number) => {
    const target = trader.levels(id)?.target
    if (target !== undefined && target < to) reach(id, Math.min(to, ceilToTick(listingOf(id), day, target)))
    reach(id, to)
  }

  const open = () => {
    isOpen = true
    now = opensAt
    trader = createTrader()
    queue = []
    feed({
      kind: 'opened',
      day,
      ...ACCOUNTS[home],
      settings,
      carried,
      ...(commission && { commission }),
      ...at(),
    })
    feed({
      kind: 'account',
      cash,
      buyingPower: cash,
      holdings: holdingsOf(carried, instruments, indexes),
      ...at(),
    })
    for (const { position } of carried) {
      const ended = endings.of(position, day)
      if (ended)
        feed({ kind: 'delisted', instrument: ended.instrument, paid: ended.paid ?? price(0), ...at() })
    }
    feed({ kind: 'feed', state: 'live', detail: '', ...at() })
  }

  return {
    openDay: (next, openAt) => {
      day = next
      opensAt = openAt
      isOpen = false
      venue.openDay(day)
      for (const its of today) its.isListed = false
      if (carried.length > 0) open()
    },
    base: (index, basePrice) => {
      const its = today[index] as Today
      its.basePrice = price(basePrice)
    },
    signal: (signal, at_) => {
      if (!isOpen) open()
      now = at_
      catchUp()
      feed({ kind: 'signal', at: now, receivedAt: now, ...signal })
    },
    pass: unheard.note,
    beginBar: (index, volume) => {
      list(index)
      venue.beginBar(listingId(index), volume)
    },
    begin: (index, open, openAt) => {
      now = openAt
      unheard.forget(index)
      reach(listingId(index), open)
    },
    walk: (index, bar, openAt, closeAt) => {
      const id = listingId(index)
      unheard.forget(index)
      const { open, high, low, close } = bar
      now = openAt
      reach(id, open)
      const middle = openAt + Math.floor((closeAt - openAt) / 2)
      now = middle
      if (low < open) fall(id, low)
      if (high > open) rise(id, high)
      now = closeAt
      fall(id, close)
    },
    timer: (at_) => {
      now = at_
      catchUp()
      feed({ kind: 'timer', ...at() })
    },
    closeDay: (closeAt) => {
      if (!isOpen) return
      now = closeAt
      catchUp()
      venue.closeDay(now)
      settle()
      const books = trader.books()
      carried = trader.carried()
      cash = books.cash
      roundTrips.push(...books.roundTrips)
      costs = { commission: plus(costs.commission, books.commission), tax: plus(costs.tax, books.tax) }
    },
    look: () => {
      const books = isOpen ? trader.books() : { cash, positions: NOTHING_HELD }
      return standingOf(books, trader.levels, venue.resting())
    },
    past: () => ({
      cash,
      held: carried.map(({ position }) => position),
      orders: orders.records(),
      roundTrips,
      refusals,
      costs,
      decisionHash: decisions.text,
    }),
  }
}

const holdingsOf = (
  carried: readonly Carried[],
  instruments: readonly Instrument[],
  indexes: ReadonlyMap<InstrumentId, number>,
) =>
  carried.map(({ position: { instrument, quantity: shares, cost } }) => ({
    instrument,
    name: instruments[indexes.get(instrument) ?? -1]?.name ?? instrument,
    quantity: shares,
    sellable: shares,
    cost,
  }))
