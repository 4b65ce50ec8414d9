import type { BookLevel, ExchangeEvent } from '../../../matching/types.ts'
import type { KoreanVenue } from '../../../model/instrument.ts'
import type { Side } from '../../../model/order.ts'
import type { Phase } from '../../../model/session.ts'
import type { Clock, EpochMs } from '../../../std/clock.ts'
import type { Notice } from '../brokerage/desk.ts'
import { refreshIndex } from '../market/indices.ts'
import type { MarketDay } from '../market/market-day.ts'
import { type SessionMark, sessionMarks } from '../market/session-marks.ts'
import type { Tape } from '../market/tape.ts'
import { balanceValues, orderValues } from './account-values.ts'
import { type BookMemory, bookValues, createBookMemory } from './book-values.ts'
import { eventText, type RealEvent, type RealType, realEvent } from './frame.ts'
import type { LiveSession } from './live-session.ts'
import { sessionValues, statusValues, viValues } from './market-values.ts'
import { createSessionStreams } from './session-streams.ts'
import {
  bestValues,
  breadthValues,
  expectedValues,
  indexValues,
  type Session,
  tradeValues,
} from './trade-values.ts'

const DEPTH = 10

/** Turns what happens into REAL events for the connections that registered it. */
export interface Publisher {
  readonly sessions: Set<LiveSession>
  onEvent(venue: KoreanVenue, event: ExchangeEvent): void
  onNotice(notice: Notice): void
  onSecond(at: EpochMs): void
  /** Publishes the books that changed and sends all that is queued. */
  flush(): void
  /** REAL events handed out so far. */
  readonly published: number
}

export function createPublisher(settings: {
  readonly market: () => MarketDay
  readonly wall: Clock
  /** Books are conflated: an instrument's book is sent at most this often, in wall time. */
  readonly bookIntervalMs: number
}): Publisher {
  const { wall, bookIntervalMs } = settings
  const sessions = new Set<LiveSession>()
  const dirtyBooks = new Set<Tape>()
  const dirtyExpected = new Set<Tape>()
  const books = new Map<Tape, { memory: BookMemory; sentAt: EpochMs; ask: number; bid: number }>()
  const timetable = createTimetable(settings.market)
  let published = 0

  /** `build` runs only when somebody listens. */
  const publish = (type: RealType, code: string, build: () => string) => {
    let values: string | undefined
    // Two hundred connections hear the same two texts: each is made once.
    const made = new Map<string, RealEvent>()
    for (const session of sessions)
      for (const item of session.registrations.itemsFor(type, code)) {
        values ??= build()
        const valuesFirst = session.valuesFirst()
        const key = valuesFirst ? item : `-${item}`
        const event = made.get(key) ?? realEvent(eventText(type, item, values, valuesFirst))
        made.set(key, event)
        session.queue(event)
        published++
      }
  }

  const streams = createSessionStreams({ market: settings.market, publish })

  const wanted = (type: RealType, code: string): boolean => {
    for (const session of sessions) if (session.registrations.itemsFor(type, code).length > 0) return true
    return false
  }

  const onVi = (tape: Tape, event: Extract<ExchangeEvent, { kind: 'vi' }>) => {
    const cause = event.state === 'on' ? event.cause : undefined
    publish('0g', tape.code, () => statusValues(tape, cause))
    // The stream of all interruptions (item "") names the instrument all the same; it is that of KRX (assumed).
    for (const session of sessions) {
      const all = tape.form === 'KRX' ? session.registrations.itemsFor('1h', '') : []
      const items = new Set([
        ...(all.length > 0 ? [tape.id] : []),
        ...session.registrations.itemsFor('1h', tape.code),
      ])
      for (const item of items) {
        session.queue(realEvent(eventText('1h', item, viValues(tape, event), session.valuesFirst())))
        published++
      }
    }
  }

  const publishBook = (tape: Tape, now: EpochMs) => {
    const state = books.get(tape) ?? { memory: createBookMemory(), sentAt: 0, ask: 0, bid: 0 }
    books.set(tape, state)
    if (now - state.sentAt < bookIntervalMs) return
    dirtyBooks.delete(tape)
    state.sentAt = now
    if (wanted('0D', tape.code)) {
      const market = settings.market()
      const sides = (levels: (side: Side) => readonly BookLevel[]) => ({
        asks: levels('sell'),
        bids: levels('buy'),
      })
      const book = sides((side) => market.levels(tape, side, DEPTH))
      const part = (venue: KoreanVenue) =>
        sides((side) => market.venue(venue)?.levels(tape.id, side, DEPTH) ?? [])
      publish('0D', tape.code, () => bookValues(tape, book, part, market.now(), state.memory))
    } else if (state.memory.published) state.memory = createBookMemory()
    if (tape.ask === state.ask && tape.bid === state.bid) return
    state.ask = tape.ask
    state.bid = tape.bid
    publish('0C', tape.code, () => bestValues(tape))
  }

  return {
    sessions,
    onEvent(venue, event) {
      if (sessions.size === 0) return
      if (venue === 'KRX') streams.onEvent(event)
      if (!('instrument' in event)) return
      for (const tape of settings.market().showing(venue, event.instrument)) {
        if (event.kind === 'print') {
          publish('0B', tape.code, () =>
            tradeValues(tape, event.at, timetable.session(venue), timetable.elapsed(event.at)),
          )
        } else if (event.kind === 'book') dirtyBooks.add(tape)
        // Auctions and interruptions of NXT are shown as its own only.
        else if (tape.form === 'combined' && venue === 'NXT') continue
        else if (event.kind === 'expected') dirtyExpected.add(tape)
        else if (event.kind === 'vi') onVi(tape, event)
      }
    },
    onNotice(notice) {
      const code = notice.kind === 'order' ? notice.ticket.tape.id : notice.tape.id
      const type = notice.kind === 'order' ? '00' : '04'
      const { now, showing } = settings.market()
      const at = now()
      for (const session of sessions) {
        if (session.appKey !== notice.customer.appKey) continue
        if (session.registrations.itemsFor(type, '').length === 0) continue
        const values =
          notice.kind === 'order'
            ? orderValues(notice, showing(notice.ticket.venue, code)[0] ?? notice.ticket.tape, at)
            : balanceValues(notice.customer, notice.tape, notice.side)
        session.queue(realEvent(eventText(type, code, values, session.valuesFirst())))
        published++
      }
    },
    onSecond(at) {
      for (const index of settings.market().indices) {
        if (!refreshIndex(index, at)) continue
        publish('0J', index.code, () => indexValues(index, at))
        publish('0U', index.code, () => breadthValues(index, at))
      }
      if (sessions.size > 0) streams.onSecond(at)
      for (const mark of timetable.due(at))
        publish('0s', '', () => sessionValues(mark.code, mark.time, mark.remaining))
    },
    flush() {
      const now = wall.now()
      const at = settings.market().now()
      for (const tape of dirtyExpected) publish('0H', tape.code, () => expectedValues(tape, at))
      dirtyExpected.clear()
      for (const tape of dirtyBooks) publishBook(tape, now)
      for (const session of sessions) session.flush()
    },
    get published() {
      return published
    },
  }
}

const BEFORE: ReadonlySet<Phase> = new Set(['preClose', 'preMarket'])
const AFTER: ReadonlySet<Phase> = new Set([
  'postCloseEntry',
  'postClose',
  'offHoursSingle',
  'afterMarketEntry',
  'afterMarket',
])

/** Where the day stands for FIDs 290 and 851, and which `0s` marks fall due. */
function createTimetable(market: () => MarketDay) {
  let made:
    | { readonly marks: readonly SessionMark[]; readonly open: EpochMs; readonly close: EpochMs }
    | undefined
  let next = 0
  const plan = () => {
    if (made) return made
    const marks = sessionMarks(market().day, market().venue('NXT') !== undefined)
    const at = (code: string) => marks.find((mark) => mark.code === code)?.at ?? 0
    made = { marks, open: at('3'), close: at('4') }
    return made
  }
  return {
    session: (venue: KoreanVenue): Session => {
      const phase = market().venue(venue)?.phase ?? 'closed'
      return BEFORE.has(phase) ? '1' : AFTER.has(phase) ? '3' : '2'
    },
    /** Share of the regular session that has passed. */
    elapsed: (now: EpochMs): number => {
      const { open, close } = plan()
      return close === open ? 1 : Math.min(1, Math.max(0, (now - open) / (close - open)))
    },
    due: (now: EpochMs): readonly SessionMark[] => {
      const { marks } = plan()
      const from = next
      while ((marks[next]?.at ?? Number.POSITIVE_INFINITY) <= now) next++
      return marks.slice(from, next).filter((mark) => now - mark.at < MARK_FRESH_MS)
    },
  }
}

/** Marks passed before the simulation began are not told late. */
const MARK_FRESH_MS = 60_000
