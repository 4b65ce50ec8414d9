import type { KoreanVenue } from '../model/instrument.ts'
import { exchangeAccepts } from '../model/order-rules.ts'
import { closePriceSessionsOf, sessionsOf } from '../model/sessions.ts'
import type { TradingDay } from '../model/time.ts'
import type { EpochMs } from '../std/clock.ts'
import { invariant } from '../std/invariant.ts'
import type { Random } from '../std/random.ts'
import { entryPrice, refuseKind } from './admission.ts'
import { createAgenda } from './agenda.ts'
import { amendOrder, cancelOrder } from './amendment.ts'
import { NO_PRICE, visibleLevels } from './book-side.ts'
import { createBreaker } from './breaker.ts'
import { matchCollected } from './collected-orders.ts'
import { enterOrder } from './continuous.ts'
import { expectationOf, tellExpectations } from './expectation.ts'
import { crossFixed, enterFixed, type FixedBoard } from './fixed-board.ts'
import type { Floor } from './floor.ts'
import { bookOf, createInstrumentMarket, deemedPrice, type InstrumentMarket } from './instrument-market.ts'
import { planDay } from './market-day.ts'
import { acceptOrder } from './new-order.ts'
import { planNxtDay } from './nxt-day.ts'
import { toExchangeOrder } from './order-queue.ts'
import { createOrderRegistry } from './order-registry.ts'
import { emitHalt, resumeTrading } from './own-call.ts'
import { settle } from './settlement.ts'
import { createSidecarWatch } from './sidecar-watch.ts'
import type { Exchange, ExchangeEvent, ExchangeRefusal, InstrumentState, Listing, NewOrder } from './types.ts'

export interface ExchangeSettings {
  /** NXT lives off KRX's closes, halts and limits, which somebody has to tell it: `createNationalMarket` does. */
  readonly venue: KoreanVenue
  readonly day: TradingDay
  readonly listings: readonly Listing[]
  /** Gives the random ends of call auctions, one draw for each. */
  readonly random: Random
  /** Where the day begins for this exchange; what the timetable has before it does not happen. */
  readonly startAt: EpochMs
  /** Called at once and in order. It may read the exchange but not enter orders or move time. */
  readonly onEvent: (event: ExchangeEvent) => void
}

/** The expected price of the opening call is published from ten minutes after its beginning. Source: rule book §1.2. */
const UNPUBLISHED_MS = 600_000

/**
 * One day of a venue: price-time priority, call auctions, volatility interruptions, circuit breakers, halts and sessions of the
 * date. Blocks are not matched. Two orders of one owner never trade with each other: the one that comes, in an auction the
 * newest, is cancelled (assumed for the simulator, rule book §1.9).
 *
 * Errors: orders entered from inside `onEvent` break an invariant.
 * Source: KRX English site, trading hours, order types, matching, volatility interruption; rule book §1.2–§1.10, §1.13.
 */
export function createExchange(settings: ExchangeSettings): Exchange {
  const { venue, day, listings, random, startAt, onEvent } = settings
  const floor: Floor = {
    venue,
    now: startAt,
    phase: 'closed',
    day,
    random,
    agenda: createAgenda(),
    orders: createOrderRegistry(),
    stale: new Set(),
    unsettled: new Set(),
    watch: undefined,
    emit: onEvent,
    matchCollected: (market, afterVi) => matchCollected(floor, market, afterVi),
  }
  const markets = new Map(
    listings.map((listing) => [listing.instrument.id, createInstrumentMarket(listing, day)]),
  )
  const publishedFrom = (sessionsOf(venue, day)[0]?.from ?? startAt) + UNPUBLISHED_MS
  const plan = venue === 'KRX' ? planDay : planNxtDay
  plan(floor, [...markets.values()])
  const breaker = venue === 'KRX' ? createBreaker(floor, [...markets.values()]) : undefined
  floor.watch = breaker?.watch
  const noteFutures = createSidecarWatch(floor)
  // An instant at which time stops, so that what was held back is told then however far the next step goes.
  if (publishedFrom > startAt) floor.agenda.at(publishedFrom, () => undefined)

  let isBusy = false
  const alone = <T>(run: () => T): T => {
    invariant(!isBusy, 'the exchange is not entered from inside its own events')
    isBusy = true
    try {
      const answer = run()
      settle(floor)
      return answer
    } finally {
      isBusy = false
    }
  }
  const moveTo = (to: EpochMs) => {
    if (to <= floor.now) return
    tellExpectations(floor, publishedFrom)
    floor.now = to
  }
  const openOrder = (number: number) => {
    const order = floor.orders.find(number)
    const market = order === undefined ? undefined : markets.get(order.instrument)
    return order === undefined || market === undefined || order.open === 0 ? undefined : { order, market }
  }

  return {
    venue,
    day,
    get now() {
      return floor.now
    },
    get phase() {
      return floor.phase
    },
    advanceTo: (to) =>
      alone(() => {
        for (let next = floor.agenda.take(to); next !== undefined; next = floor.agenda.take(to)) {
          moveTo(next.due)
          next.run()
          settle(floor)
        }
        moveTo(to)
      }),
    nextDue: () => floor.agenda.nextDue(),
    submit: (order) =>
      alone(() => {
        const market = markets.get(order.instrument)
        if (market === undefined) return refuse({ code: 'unknownInstrument' })
        return order.type === 'preClose' || order.type === 'postClose'
          ? submitFixed(floor, venue, market, order)
          : submitMain(floor, venue, market, order)
      }),
    amend: (number, change) =>
      alone(() => {
        const found = openOrder(number)
        if (found === undefined) return refuse({ code: 'nothingOpen' })
        const result = amendOrder(floor, venue, found.market, found.order, change)
        return 'code' in result
          ? refuse(result)
          : { ok: true, number: result.number, quantity: result.quantity }
      }),
    cancel: (number, shares) =>
      alone(() => {
        const found = openOrder(number)
        if (found === undefined) return refuse({ code: 'nothingOpen' })
        return { ok: true, quantity: cancelOrder(floor, found.market, found.order, shares) }
      }),
    order: (number) => {
      const order = floor.orders.find(number)
      return order === undefined ? undefined : toExchangeOrder(order)
    },
    state: (instrument) => {
      const market = markets.get(instrument)
      return market === undefined ? undefined : stateOf(market)
    },
    levels: (instrument, side, depth) => {
      const market = markets.get(instrument)
      if (market === undefined) return []
      return visibleLevels(bookOf(market, side), deemedPrice(market, side, NO_PRICE), depth)
    },
    halt: (instrument, halted) =>
      alone(() => {
        const market = markets.get(instrument)
        if (market === undefined || market.isHalted === halted) return
        market.isHalted = halted
        if (halted) emitHalt(floor, market, 'halted')
        else resumeTrading(floor, market)
      }),
    followClose: (instrument, close) =>
      alone(() => {
        invariant(venue === 'NXT', 'KRX makes its own close')
        const market = markets.get(instrument)
        if (market === undefined) return
        market.close = close
        if (fixedBoardAt(floor, venue) !== undefined) crossFixed(floor, market)
      }),
    trip: (market, stage) => alone(() => breaker?.trip(market, stage) ?? false),
    noteFutures: (market, move) => alone(() => noteFutures(market, move)),
    listings: () => listings,
  }
}

type Submitted = ReturnType<Exchange['submit']>

const refuse = (refusal: ExchangeRefusal) => ({ ok: false, refusal }) as const

function submitMain(floor: Floor, venue: KoreanVenue, market: InstrumentMarket, order: NewOrder): Submitted {
  if (order.quantity === 0) return refuse({ code: 'quantityZero' })
  const refusal = refuseKind(venue, market, order)
  if (refusal !== undefined) return refuse(refusal)
  const limit = entryPrice(market, order)
  if (typeof limit === 'object') return refuse(limit)
  const accepted = acceptOrder(floor, market, order, limit)
  enterOrder(floor, market, accepted)
  return { ok: true, number: accepted.number }
}

function submitFixed(floor: Floor, venue: KoreanVenue, market: InstrumentMarket, order: NewOrder): Submitted {
  if (order.quantity === 0) return refuse({ code: 'quantityZero' })
  const board = fixedBoardAt(floor, venue)
  const { type, timeInForce } = order
  const isItsTime = board !== undefined && (board === 'preClose') === (type === 'preClose')
  if (!isItsTime) return refuse({ code: 'marketClosed', phase: floor.phase })
  if (market.isOver) return refuse({ code: 'marketClosed', phase: market.phase })
  if (market.isHalted) return refuse({ code: 'instrumentHalted' })
  const { class: kind } = market.listing.instrument
  if (!exchangeAccepts({ venue, phase: board, type, timeInForce, class: kind }))
    return refuse({ code: 'typeNotAllowed', type, timeInForce, phase: board })
  const accepted = acceptOrder(floor, market, order, NO_PRICE)
  enterFixed(floor, market, accepted, board)
  return { ok: true, number: accepted.number }
}

/** The board of fixed closing prices keeps its own hours: the morning one runs beside the opening call. */
function fixedBoardAt({ now, day }: Floor, venue: KoreanVenue): FixedBoard | undefined {
  const phase = closePriceSessionsOf(venue, day).find(({ from, to }) => now >= from && now < to)?.phase
  return phase === 'preClose' || phase === 'postCloseEntry' || phase === 'postClose' ? phase : undefined
}

function stateOf(market: InstrumentMarket): InstrumentState {
  const { listing, band, last, open, high, low, close, volume, value, buyVolume, sellVolume } = market
  const { viCount, ownCall, phase, isHalted: halted } = market
  const inVi = ownCall?.why === 'vi'
  const expected = expectationOf(market)
  return {
    listing,
    band,
    last,
    open,
    high,
    low,
    close,
    volume,
    value,
    buyVolume,
    sellVolume,
    phase,
    halted,
    viCount,
    inVi,
    inOwnCall: ownCall !== undefined,
    expected,
  }
}
