import type { Bar } from '../../model/bar.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Venue } from '../../model/instrument.ts'
import type { InstrumentView } from '../../model/instrument-view.ts'
import type { Description, IndexTick, MarketEvent, Quote, Trade, ViNotice } from '../../model/market-event.ts'
import { price } from '../../model/money.ts'
import type { Phase } from '../../model/session.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import { type Bars, type BarsState, createBars } from './bars.ts'
import {
  faultOfQuote,
  faultOfTrade,
  type Impossible,
  type ImpossibleReason,
  isCrossed,
} from './impossible.ts'

export interface IndexValue {
  readonly name: IndexTick['index']
  /** × 100: 312055 is 3,120.55. */
  readonly value: number
  readonly change: number
}

/** A running volatility measure over closed bars; `createAtr` of the indicators fits. */
interface BarAverage {
  push(bar: Bar): number | undefined
  readonly value: number | undefined
}

/** What one venue's market looks like right now, built from its events alone. */
export interface MarketView {
  /** Takes the next event. Gives a tick's fault when it was not believed; such a tick changed nothing. */
  on(event: MarketEvent): Impossible | undefined
  /** `undefined` until the instrument was described. The object lives on and changes with the market: do not keep copies of it. */
  of(id: InstrumentId): InstrumentView | undefined
  readonly feedUp: boolean
  /** Average true range of one-minute bars in won, `undefined` while there are not enough of them (`period` + 1). */
  atr(id: InstrumentId, period: number): number | undefined
  /** Closed one-minute bars of the day, oldest first. */
  bars(id: InstrumentId): readonly Bar[]
  /** KOSPI, KOSDAQ; only those heard of. */
  readonly indexes: readonly IndexValue[]
  /** How many ticks were not believed, by reason. */
  readonly refused: Readonly<Partial<Record<ImpossibleReason, number>>>
  snapshot(): unknown
  restore(state: unknown): void
}

type MutableView = { -readonly [K in keyof InstrumentView]: InstrumentView[K] }

interface Held {
  readonly view: MutableView
  /** When the newest tick happened at the venue. */
  newestAt: EpochMs
  readonly bars: Bars
  /** By period; derived from the bars, never saved. */
  readonly averages: Map<number, BarAverage>
}

interface State {
  readonly feedUp: boolean
  readonly phase: Phase
  readonly interrupted: readonly InstrumentId[]
  readonly indexes: readonly IndexValue[]
  readonly refused: Partial<Record<ImpossibleReason, number>>
  readonly instruments: readonly {
    readonly view: InstrumentView
    readonly newestAt: EpochMs
    readonly bars: BarsState
  }[]
}

const NO_PRICE = price(0)
const NO_BARS: readonly Bar[] = []
const INDEX_ORDER = ['KOSPI', 'KOSDAQ'] as const
/** Phases in which orders meet at once, so that best quotes cannot stand crossed. */
const MATCHING: ReadonlySet<Phase> = new Set(['preMarket', 'continuous', 'afterMarket'])

/**
 * Stale and impossible ticks stop here: what `of` shows has passed. `createAtr` comes from the indicators, which this
 * folder does not know.
 */
export function createMarketView(options: {
  readonly day: TradingDay
  readonly venue: Venue
  readonly createAtr: (period: number) => BarAverage
}): MarketView {
  const { day, venue, createAtr } = options
  const instruments = new Map<InstrumentId, Held>()
  /** Names in a volatility interruption, also those not described yet. */
  const interrupted = new Set<InstrumentId>()
  const indexes = new Map<IndexTick['index'], IndexValue>()
  let refused: Partial<Record<ImpossibleReason, number>> = {}
  let feedUp = false
  let phase: Phase = 'closed'

  const refuse = (fault: Impossible): Impossible => {
    refused[fault.why] = (refused[fault.why] ?? 0) + 1
    return fault
  }

  const inAuction = (view: InstrumentView) => view.inVi || !MATCHING.has(phase)

  const onTrade = (trade: Trade): Impossible | undefined => {
    if (trade.venue !== venue)
      return refuse({ instrument: trade.instrument, why: 'otherVenue', venue: trade.venue })
    const held = instruments.get(trade.instrument)
    if (held === undefined) return refuse({ instrument: trade.instrument, why: 'unknownInstrument' })
    const { view } = held
    const fault = faultOfTrade(trade, view.band, held.newestAt)
    if (fault) return refuse(fault)
    view.last = trade.price
    // The print is real even when the quotes sent along with it are not.
    if (inAuction(view) || !isCrossed(trade.bid, trade.ask)) {
      view.bid = trade.bid
      view.ask = trade.ask
    }
    heard(held, trade)
    if (held.bars.add(trade.at, trade.price, trade.quantity)) barClosed(held)
    return undefined
  }

  const onQuote = (quote: Quote): Impossible | undefined => {
    if (quote.venue !== venue)
      return refuse({ instrument: quote.instrument, why: 'otherVenue', venue: quote.venue })
    const held = instruments.get(quote.instrument)
    if (held === undefined) return refuse({ instrument: quote.instrument, why: 'unknownInstrument' })
    const { view } = held
    const fault = faultOfQuote(quote, view.band, held.newestAt, inAuction(view))
    if (fault) return refuse(fault)
    view.bid = quote.bid
    view.ask = quote.ask
    if (quote.last) view.last = quote.last
    heard(held, quote)
    return undefined
  }

  const onDescription = (event: Description) => {
    const held = instruments.get(event.instrument) ?? beginOf(event)
    instruments.set(event.instrument, held)
    const { view } = held
    view.listing = event.listing
    view.basePrice = event.basePrice
    view.band = event.band
    view.designations = event.designations
    view.halted = event.halted
    view.marginRate = event.marginRate
    // A live tick that overtook this answer knows better.
    if (event.last === 0 || event.at < held.newestAt) return
    view.last = event.last
    view.pricedAt = event.receivedAt
  }

  const beginOf = (event: Description): Held => ({
    view: {
      listing: event.listing,
      day,
      basePrice: event.basePrice,
      band: event.band,
      designations: event.designations,
      halted: event.halted,
      marginRate: event.marginRate,
      last: NO_PRICE,
      bid: NO_PRICE,
      ask: NO_PRICE,
      pricedAt: 0,
      inVi: interrupted.has(event.instrument),
    },
    newestAt: 0,
    bars: createBars(),
    averages: new Map(),
  })

  const onVi = (event: ViNotice) => {
    if (event.state === 'on') interrupted.add(event.instrument)
    else interrupted.delete(event.instrument)
    const held = instruments.get(event.instrument)
    if (held) held.view.inVi = event.state === 'on'
  }

  /** While the line is down prices move unseen: when it is back, each must be heard again before it counts. */
  const onFeed = (up: boolean) => {
    feedUp = up
    if (up) return
    for (const { view } of instruments.values()) view.pricedAt = 0
  }

  const averageOf = (held: Held, period: number): BarAverage => {
    const known = held.averages.get(period)
    if (known) return known
    const average = createAtr(period)
    for (const bar of held.bars.closed) average.push(bar)
    held.averages.set(period, average)
    return average
  }

  return {
    on: (event) => {
      switch (event.kind) {
        case 'trade':
          return onTrade(event)
        case 'quote':
          return onQuote(event)
        case 'description':
          onDescription(event)
          return undefined
        case 'vi':
          onVi(event)
          return undefined
        case 'session':
          if (event.venue === venue) phase = event.phase
          return undefined
        case 'index':
          indexes.set(event.index, { name: event.index, value: event.value, change: event.change })
          return undefined
        case 'feed':
          onFeed(event.state === 'live')
          return undefined
        case 'screen':
        case 'descriptionFailed':
          return undefined
      }
    },
    of: (id) => instruments.get(id)?.view,
    get feedUp() {
      return feedUp
    },
    atr: (id, period) => {
      const held = instruments.get(id)
      return held && averageOf(held, period).value
    },
    bars: (id) => instruments.get(id)?.bars.closed ?? NO_BARS,
    get indexes() {
      return INDEX_ORDER.flatMap((name) => indexes.get(name) ?? [])
    },
    get refused() {
      return refused
    },
    snapshot: (): State => ({
      feedUp,
      phase,
      interrupted: [...interrupted],
      indexes: [...indexes.values()],
      refused: { ...refused },
      instruments: [...instruments.values()].map(({ view, newestAt, bars }) => ({
        view: { ...view },
        newestAt,
        bars: bars.snapshot(),
      })),
    }),
    restore: (state) => {
      const saved = state as State
      feedUp = saved.feedUp
      phase = saved.phase
      refused = { ...saved.refused }
      interrupted.clear()
      for (const id of saved.interrupted) interrupted.add(id)
      indexes.clear()
      for (const index of saved.indexes) indexes.set(index.name, index)
      instruments.clear()
      for (const one of saved.instruments) instruments.set(one.view.listing.id, restored(one))
    },
  }
}

/** JSON leaves out what is undefined, so an instrument without a band comes back without the property. */
function restored({ view, newestAt, bars }: State['instruments'][number]): Held {
  const again = createBars()
  again.restore(bars)
  return { view: { ...view, band: view.band }, newestAt, bars: again, averages: new Map() }
}

function heard(held: Held, event: Trade | Quote): void {
  // A stamp from the future must not make the true ticks after it look old.
  const at = Math.min(event.at, event.receivedAt)
  if (at > held.newestAt) held.newestAt = at
  held.view.pricedAt = event.receivedAt
}

function barClosed(held: Held): void {
  const { closed } = held.bars
  const newest = closed[closed.length - 1]
  if (newest === undefined) return
  for (const average of held.averages.values()) average.push(newest)
}
