import type { Bar } from '../../model/bar.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Route, Venue } from '../../model/instrument.ts'
import type { BoardView, InstrumentView } from '../../model/instrument-view.ts'
import type { Description, IndexTick, MarketEvent, Quote, Trade, ViNotice } from '../../model/market-event.ts'
import { price } from '../../model/money.ts'
import type { Phase } from '../../model/session.ts'
import type { TradingDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Writable } from '../../std/writable.ts'
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

/** What the markets look like right now, built from their events alone: each venue's by itself, both together as a third. */
export interface MarketView {
  /** Takes the next event. Gives a tick's fault when it was not believed; such a tick changed nothing. */
  on(event: MarketEvent): Impossible | undefined
  /** `undefined` until the instrument was described. The object lives on and changes with the market: do not keep copies of it. */
  of(id: InstrumentId): InstrumentView | undefined
  /**
   * From now on the instrument is seen through this board: `last`, `bid` and `ask` are its own. Until it was heard last, the
   * prices of the board before stay: nobody listened to the other one meanwhile. True: it was another one before.
   */
  watch(id: InstrumentId, board: Route): boolean
  ids(): Iterable<InstrumentId>
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

type MutableBoard = { -readonly [K in keyof BoardView]: BoardView[K] } & {
  /** When its newest tick happened at the venue. */
  newestAt: EpochMs
  /** When `last` was heard. */
  lastAt: EpochMs
}

interface Held {
  readonly view: MutableView
  readonly boards: Partial<Record<Route, MutableBoard>>
  readonly bars: Bars
  /** By period; derived from the bars, never saved. */
  readonly averages: Map<number, BarAverage>
}

interface State {
  readonly feedUp: boolean
  readonly phases: Readonly<Record<Venue, Phase>>
  readonly interrupted: readonly InstrumentId[]
  readonly indexes: readonly IndexValue[]
  readonly refused: Partial<Record<ImpossibleReason, number>>
  readonly instruments: readonly {
    readonly view: Omit<InstrumentView, 'boards'>
    readonly boards: Partial<Record<Route, MutableBoard>>
    readonly bars: BarsState
  }[]
}

const NO_PRICE = price(0)
/** A description renews the last price alone: best quotes that were heard longer before it are not known any more. */
const QUOTES_KEEP_MS = 10_000
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
  const phases: Record<Venue, Phase> = { KRX: 'closed', NXT: 'closed', US: 'closed' }

  const refuse = (fault: Impossible): Impossible => {
    refused[fault.why] = (refused[fault.why] ?? 0) + 1
    return fault
  }

  /** Two books laid together may stand crossed: nobody matches across them but the router. */
  const inAuction = (view: InstrumentView, board: Route) =>
    view.inVi || board === 'SOR' || !MATCHING.has(phases[board])

  const onTrade = (trade: Trade): Impossible | undefined => {
    const held = instruments.get(trade.instrument)
    if (held === undefined) return refuse({ instrument: trade.instrument, why: 'unknownInstrument' })
    const { view } = held
    const board = held.boards[trade.venue]
    const fault = faultOfTrade(trade, view.band, board === undefined ? 0 : board.newestAt)
    if (fault) return refuse(fault)
    const own = board ?? openBoard(held, trade.venue)
    own.last = trade.price
    own.lastAt = trade.receivedAt
    // The print is real even when the quotes sent along with it are not.
    if (inAuction(view, trade.venue) || !isCrossed(trade.bid, trade.ask)) {
      own.bid = trade.bid
      own.ask = trade.ask
    }
    heard(own, trade)
    if (trade.venue !== view.board) return undefined
    show(view, own)
    if (held.bars.add(trade.at, trade.price, trade.quantity)) barClosed(held)
    return undefined
  }

  const onQuote = (quote: Quote): Impossible | undefined => {
    const held = instruments.get(quote.instrument)
    if (held === undefined) return refuse({ instrument: quote.instrument, why: 'unknownInstrument' })
    const { view } = held
    const board = held.boards[quote.venue]
    const newestAt = board === undefined ? 0 : board.newestAt
    const fault = faultOfQuote(quote, view.band, newestAt, inAuction(view, quote.venue))
    if (fault) return refuse(fault)
    const own = board ?? openBoard(held, quote.venue)
    const { askedAt = quote.receivedAt } = quote
    if (quote.last && own.lastAt <= askedAt) {
      own.last = quote.last
      own.lastAt = quote.receivedAt
    }
    if (own.pricedAt <= askedAt) {
      own.bid = quote.bid
      own.ask = quote.ask
    }
    heard(own, quote, quote.askedAt !== undefined)
    if (quote.venue === view.board) show(view, own)
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
    if (event.onNxt !== undefined) view.onNxt = event.onNxt
    // A live tick that overtook this answer knows better.
    const own = held.boards[venue] ?? openBoard(held, venue)
    if (event.last === 0 || event.at < own.newestAt || own.lastAt > (event.askedAt ?? event.receivedAt))
      return
    if (event.receivedAt - own.pricedAt > QUOTES_KEEP_MS) own.bid = own.ask = NO_PRICE
    own.last = event.last
    own.lastAt = event.receivedAt
    own.pricedAt = event.receivedAt
    // For a board that was never heard it is the best there is.
    if (view.board === venue || (held.boards[view.board]?.newestAt ?? 0) === 0) show(view, own)
  }

  const beginOf = (event: Description): Held => {
    const boards = {}
    const view = newView(event, boards)
    return { view, boards, bars: createBars(), averages: new Map() }
  }

  const newView = (event: Description, boards: Held['boards']): MutableView => ({
    listing: event.listing,
    day,
    basePrice: event.basePrice,
    band: event.band,
    designations: event.designations,
    halted: event.halted,
    marginRate: event.marginRate,
    board: venue,
    last: NO_PRICE,
    bid: NO_PRICE,
    ask: NO_PRICE,
    pricedAt: 0,
    inVi: interrupted.has(event.instrument),
    boards,
  })

  const onVi = (event: ViNotice) => {
    if (event.state === 'on') interrupted.add(event.instrument)
    else interrupted.delete(event.instrument)
    const held = instruments.get(event.instrument)
    if (held) held.view.inVi = event.state === 'on'
  }

  /** While the line is down prices move unseen: when it is back, each must be heard again before it counts. */
  const onFeed = (up: boolean) => {
    face.feedUp = up
    if (up) return
    for (const { view, boards } of instruments.values()) {
      view.pricedAt = 0
      for (const board of Object.values(boards)) board.pricedAt = board.lastAt = 0
    }
  }

  const averageOf = (held: Held, period: number): BarAverage => {
    const known = held.averages.get(period)
    if (known) return known
    const average = createAtr(period)
    for (const bar of held.bars.closed) average.push(bar)
    held.averages.set(period, average)
    return average
  }

  const listIndexes = () => {
    face.indexes = INDEX_ORDER.flatMap((name) => indexes.get(name) ?? [])
  }

  const face: Writable<MarketView> = {
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
          phases[event.venue] = event.phase
          return undefined
        case 'index':
          indexes.set(event.index, { name: event.index, value: event.value, change: event.change })
          listIndexes()
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
    watch: (id, board) => {
      const held = instruments.get(id)
      if (!held || held.view.board === board) return false
      held.view.board = board
      const own = held.boards[board]
      if (own && own.pricedAt > held.view.pricedAt) show(held.view, own)
      return true
    },
    ids: () => instruments.keys(),
    feedUp: false,
    atr: (id, period) => {
      const held = instruments.get(id)
      return held && averageOf(held, period).value
    },
    bars: (id) => instruments.get(id)?.bars.closed ?? NO_BARS,
    indexes: [],
    refused,
    snapshot: (): State => ({
      feedUp: face.feedUp,
      phases: { ...phases },
      interrupted: [...interrupted],
      indexes: [...indexes.values()],
      refused: { ...refused },
      instruments: [...instruments.values()].map(({ view: { boards: _, ...view }, boards, bars }) => ({
        view,
        boards: copyOf(boards),
        bars: bars.snapshot(),
      })),
    }),
    restore: (state) => {
      const saved = state as State
      face.feedUp = saved.feedUp
      Object.assign(phases, saved.phases)
      face.refused = refused = { ...saved.refused }
      interrupted.clear()
      for (const id of saved.interrupted) interrupted.add(id)
      indexes.clear()
      for (const index of saved.indexes) indexes.set(index.name, index)
      listIndexes()
      instruments.clear()
      for (const one of saved.instruments) instruments.set(one.view.listing.id, restored(one))
    },
  }
  return face
}

/** JSON leaves out what is undefined, so an instrument without a band comes back without the property. */
function restored({ view, boards, bars }: State['instruments'][number]): Held {
  const again = createBars()
  again.restore(bars)
  const own = copyOf(boards)
  return { view: { ...view, band: view.band, boards: own }, boards: own, bars: again, averages: new Map() }
}

const copyOf = (boards: Held['boards']): Held['boards'] =>
  Object.fromEntries(Object.entries(boards).map(([route, board]) => [route, { ...board }]))

function openBoard(held: Held, route: Route): MutableBoard {
  const board: MutableBoard = {
    last: NO_PRICE,
    bid: NO_PRICE,
    ask: NO_PRICE,
    pricedAt: 0,
    newestAt: 0,
    lastAt: 0,
  }
  held.boards[route] = board
  return board
}

/** What a person, a stop and a new order see. A last price that is not known yet does not hide an older one. */
function show(view: MutableView, board: BoardView): void {
  if (board.last > 0) view.last = board.last
  view.bid = board.bid
  view.ask = board.ask
  view.pricedAt = board.pricedAt
}

function heard(board: MutableBoard, event: Trade | Quote, isAnswer = false): void {
  board.pricedAt = event.receivedAt
  // Neither our own clock, which stamps answers, nor a stamp from the future may make the true ticks after it look old.
  const at = isAnswer ? 0 : Math.min(event.at, event.receivedAt)
  if (at > board.newestAt) board.newestAt = at
}

function barClosed(held: Held): void {
  const { closed } = held.bars
  const newest = closed[closed.length - 1]
  if (newest === undefined) return
  for (const average of held.averages.values()) average.push(newest)
}
