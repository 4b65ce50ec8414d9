import { createTickVenue } from '../../matching/ticks/tick-venue.ts'
import type { Denial } from '../../model/denial.ts'
import type { InstrumentId, OrderId } from '../../model/ids.ts'
import type { Order, OrderType, Side } from '../../model/order.ts'
import { isOpen } from '../../model/order-table.ts'
import { phaseAt } from '../../model/sessions.ts'
import type { VenueOrder } from '../../ports/execution-client.ts'
import type { JournalRecord } from '../../ports/journal.ts'
import type { EpochMs } from '../../std/clock.ts'
import type { Effect } from '../../trading/engine/effects.ts'
import type { TraderEvent } from '../../trading/engine/events.ts'
import type { ExitLevels } from '../../trading/engine/leaving.ts'
import { createTrader, type Trader } from '../../trading/engine/trader.ts'
import type { OrderRecord } from '../analytics/backtest-result.ts'
import { createOrderBook } from './order-records.ts'
import { type OrderWays, type Way, waysOf } from './order-ways.ts'
import { createTape, type Tape } from './tape.ts'

/** A recorded day, to be read from its beginning as often as it is asked for. */
export type DayReader = () => AsyncIterable<JournalRecord>

/** `live`: the engine with everything it heard that day. `model`: with the market alone, on a modelled venue. */
export type Who = 'live' | 'model'

/** Where one engine stood, for one instrument, right after an event. */
export interface Standing {
  readonly quantity: number
  /** Won. */
  readonly cost: number
  readonly levels: ExitLevels | undefined
  readonly orders: readonly Pick<Order, 'id' | 'side' | 'type' | 'limit' | 'status' | 'quantity' | 'filled'>[]
  /** Of the newest round trip in it. */
  readonly soldAt: EpochMs | undefined
  readonly cash: number
  readonly places: number
}

/** An order, an amendment or a cancel that the engine decided on. */
export interface DayDecision {
  readonly at: EpochMs
  readonly do: 'place' | 'amend' | 'cancel'
  readonly orderId: OrderId
  readonly instrument: InstrumentId
  readonly side: Side
  readonly type: OrderType
  readonly limit?: number
  readonly quantity: number
  /** Number of the record that caused it; 0 where the modelled venue did. */
  readonly cause: number
  readonly standing: Readonly<Record<Who, Standing>>
  /** The other engine refused an order for this instrument at that very event. */
  readonly refusedThere?: Denial
}

export interface PlayedEngine {
  readonly decisions: readonly DayDecision[]
  readonly orders: readonly OrderRecord[]
  readonly trader: Trader
}

export type PlayedDay = Readonly<Record<Who, PlayedEngine>> & { readonly usual: Way }

/** What is the same for both: the market, the clock, opinions and the person. The broker's answers are not. */
const SHARED: ReadonlySet<TraderEvent['kind']> = new Set([
  'opened',
  'timer',
  'trade',
  'quote',
  'screen',
  'description',
  'descriptionFailed',
  'vi',
  'session',
  'index',
  'feed',
  'signal',
  'operator',
])
const CALLS: ReadonlySet<string> = new Set(['openingCall', 'closingCall'])

/**
 * Plays a recorded day twice, side by side: the engine with everything it heard, and the engine with the market alone, its
 * orders filled out of the recorded prints and quotes. An order is as long on its way as the same one was that day, or as
 * most were. Of the broker's accounts the first one counts; afterwards the engine's own books are all there is.
 */
export async function playRecordedDay(read: DayReader): Promise<PlayedDay> {
  const ways = await waysOf(read())
  const engines = { live: createEngine(), model: createEngine() }
  const standingOf = (instrument: InstrumentId) => ({
    live: standing(engines.live.trader, instrument),
    model: standing(engines.model.trader, instrument),
  })
  const tape = createTape(read())
  const venue = createVenue(ways, tape, (event) => {
    engines.model.note(0, event.receivedAt, engines.model.hear(event), [], standingOf)
  })
  engines.model.send = venue.send
  let accounts = 0
  for await (const { kind, seq, body } of read()) {
    if (kind !== 'event') continue
    const event = body as TraderEvent
    await tape.readTo(event.receivedAt)
    venue.until(event.receivedAt)
    const isHeard = SHARED.has(event.kind) || (event.kind === 'account' && accounts++ === 0)
    const live = engines.live.hear(event)
    const model = isHeard ? engines.model.hear(event) : []
    engines.live.note(seq, event.receivedAt, live, model, standingOf)
    engines.model.note(seq, event.receivedAt, model, live, standingOf)
  }
  return { live: engines.live.played(), model: engines.model.played(), usual: ways.usual }
}

interface Engine {
  readonly trader: Trader
  /** Where its orders go; nowhere for the one that was live. */
  send: (effect: Effect) => void
  hear(event: TraderEvent): readonly Effect[]
  note(
    cause: number,
    at: EpochMs,
    own: readonly Effect[],
    others: readonly Effect[],
    standingOf: (instrument: InstrumentId) => DayDecision['standing'],
  ): void
  played(): PlayedEngine
}

function createEngine(): Engine {
  const trader = createTrader()
  const book = createOrderBook()
  const placed = new Map<OrderId, VenueOrder>()
  const decisions: DayDecision[] = []
  const engine: Engine = {
    trader,
    send: () => undefined,
    hear: (event) => {
      if ('orderId' in event) book.report(event as Parameters<typeof book.report>[0])
      const effects = trader.on(event)
      for (const effect of effects) {
        if (effect.do === 'place' || effect.do === 'amend') {
          placed.set(effect.order.orderId, effect.order)
          book.placed(effect.order)
        }
        engine.send(effect)
      }
      return effects
    },
    note: (cause, at, own, others, standingOf) => {
      for (const effect of own) {
        if (effect.do !== 'place' && effect.do !== 'amend' && effect.do !== 'cancel') continue
        const order = placed.get(effect.order.orderId)
        if (!order) continue
        const { orderId, instrument, side, type, limit, quantity } = order
        const refused = others.find(
          (other) => other.do === 'refuse' && other.refusal.instrument === instrument,
        )
        decisions.push({
          at,
          do: effect.do,
          orderId,
          instrument,
          side,
          type,
          ...(limit === undefined ? {} : { limit }),
          quantity,
          cause,
          standing: standingOf(instrument),
          ...(refused?.do === 'refuse' ? { refusedThere: refused.refusal.denial } : {}),
        })
      }
    },
    played: () => ({ decisions, orders: book.records(), trader }),
  }
  return engine
}

function standing(trader: Trader, instrument: InstrumentId): Standing {
  const { positions, roundTrips, cash } = trader.books()
  const position = positions.get(instrument)
  return {
    quantity: position?.quantity ?? 0,
    cost: position?.cost ?? 0,
    levels: trader.levels(instrument),
    orders: trader
      .orders()
      .filter((order) => order.instrument === instrument && isOpen(order.status))
      .map(({ id, side, type, limit, status, quantity, filled }) => ({
        id,
        side,
        type,
        status,
        quantity,
        filled,
        ...(limit === undefined ? {} : { limit }),
      })),
    soldAt: roundTrips.findLast((trip) => trip.instrument === instrument)?.closedAt,
    cash,
    places: positions.size,
  }
}

interface Due {
  readonly at: EpochMs
  readonly run: (now: EpochMs) => void
}

/** The modelled venue on the tape, with the ways to it and back. `report`: the engine hears of it. */
function createVenue(ways: OrderWays, tape: Tape, report: (event: TraderEvent) => void) {
  let agenda: readonly Due[] = []
  let now: EpochMs = 0
  const later = (at: EpochMs, run: Due['run']) => {
    const due = { at: Math.max(at, now), run }
    const place = agenda.findIndex((other) => other.at > due.at)
    agenda = place < 0 ? [...agenda, due] : agenda.toSpliced(place, 0, due)
  }
  /** What is said of an order arrives in the order in which it was said. */
  const heardAt = new Map<OrderId, EpochMs>()
  const venue = createTickVenue((said) => {
    if (said.kind === 'foreign') return
    const { orderId } = said
    const at = Math.max(now, heardAt.get(orderId) ?? 0, said.at + ways.of(orderId).backMs)
    heardAt.set(orderId, at)
    later(at, (receivedAt) => report({ ...said, receivedAt }))
  })
  const rollTo = (to: EpochMs) => {
    for (let event = tape.next(to); event; event = tape.next(to)) {
      if (event.kind === 'vi') venue.collect(event.instrument, event.state === 'on')
      else if (event.venue !== 'KRX') continue
      else if (event.kind === 'trade') venue.onTrade(event)
      else venue.onQuote(event)
    }
    venue.collectAll(CALLS.has(phaseAt('KRX', to)))
  }
  return {
    send: (effect: Effect) => {
      if (effect.do === 'place')
        later(now + ways.made(effect.order).thereMs, (at) => venue.place(effect.order, at))
      else if (effect.do === 'amend')
        later(now + ways.made(effect.order).thereMs, (at) => venue.amend(effect.order, at))
      else if (effect.do === 'cancel')
        later(now + ways.usual.thereMs, (at) => venue.cancel(effect.order.orderId, at))
    },
    /** Everything that is due by then happens. */
    until: (to: EpochMs) => {
      for (let due = agenda[0]; due !== undefined && due.at <= to; due = agenda[0]) {
        rollTo(due.at)
        // The tape may have filled something whose report is due before.
        const [first] = agenda
        if (!first || first.at > to) break
        agenda = agenda.slice(1)
        now = first.at
        first.run(now)
      }
      rollTo(to)
      now = Math.max(now, to)
    },
  }
}
