import { type ConditionId, conditionId, type InstrumentId } from '../../model/ids.ts'
import type { Route } from '../../model/instrument.ts'
import type { Book, MarketEvent, SessionNotice } from '../../model/market-event.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { Condition, Want } from '../../ports/market-feed.ts'
import type { Network } from '../../ports/network.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { plainText } from '../../std/plain-text.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { createFrameScanner } from './codec/frame-scan.ts'
import type { Stamper } from './codec/stamper.ts'
import { createConditionWatch } from './conditions.ts'
import { bookOf, marketEvent } from './map.ts'
import { createRegistrar } from './registrar.ts'
import { createSlots, type SlotPlan } from './slots.ts'
import { createSession } from './socket.ts'
import type { Tokens } from './token.ts'
import { conditionsReply, type RealEvent, realEvents } from './wire.ts'

/** What the one WebSocket brings. */
export interface LineHearer {
  onMarket(event: MarketEvent): void
  /** The whole book of an instrument that is wanted so, after its quote. */
  onBook(book: Book): void
  /** A frame of the account's own orders (`00`). */
  onOrderFrame(event: RealEvent): void
  /** Live; `again` when it had been before. */
  onLive(again: boolean): void
  /** Was live, is not any more. */
  onDown(detail: string): void
  /** A push may have been kept back or could not be read. */
  onMissed(): void
  /** Just registered: the stream says nothing of them before the next event. */
  onRegistered(instruments: readonly InstrumentId[]): void
  /** Who is heard may have changed. */
  onHeard(): void
}

export interface LineHealth {
  readonly state: 'live' | 'connecting' | 'down'
  readonly registered: number
  readonly slots: number
  readonly messages: number
  readonly lastMessageAt: number | undefined
  readonly detail: string
}

/** Everything that comes by the WebSocket of an app key. There is one, wherever it stands: in this process or another. */
export interface Line {
  /** Resolves when it is live, or with the error that ends it. */
  start(): Promise<Result<void, VenueError>>
  stop(): void
  want(wants: readonly Want[]): void
  follow(conditions: readonly ConditionId[]): void
  conditions(): Promise<Result<readonly Condition[], VenueError>>
  /** Does this instrument's price come by the line now? */
  hears(instrument: InstrumentId): boolean
  health(): LineHealth
}

/** 100 items fit on a line; the streams take 3, and two more stay free (wire reference §6: project limit). */
const REALTIME_SLOTS = 95
/** With so many registered, a refusal of one more is read as the server's limit and not as a fault of the instrument. */
const LIKELY_LIMIT = 40
const TRY_AGAIN_MS = 5_000
/** Whoever the server refused is polled so long before it is tried again. */
const REFUSED_MS = 300_000

/** The line in this process: session, registrations, slots, conditions, decoding. */
export function createLine(options: {
  readonly network: Network
  readonly url: string
  readonly tokens: Tokens
  readonly clock: Clock
  readonly wall: Clock
  readonly stamper: Stamper
  readonly hearer: LineHearer
  readonly log: (line: string) => void
}): Line {
  const { clock, stamper, hearer, log } = options
  const whole = new Set<InstrumentId>()
  const scanner = createFrameScanner(stamper, whole)
  const slots = createSlots()
  let wants: readonly Want[] = []
  let plan: SlotPlan = { holders: new Set(), polled: [], nextAt: undefined }
  let capacity = REALTIME_SLOTS
  let messages = 0
  let lastMessageAt: number | undefined
  let cancelPlan: Cancel | undefined
  const refusedUntil = new Map<InstrumentId, number>()
  const phases = new Map<string, SessionNotice['phase']>()

  const onMarket = (event: MarketEvent) => hearer.onMarket(event)
  const trouble = (what: string) => log(`kiwoom feed: ${what}`)

  const session = createSession({
    network: options.network,
    url: options.url,
    tokens: options.tokens,
    clock,
    wall: options.wall,
    handlers: {
      onFrame: (frame) => {
        messages++
        lastMessageAt = stamper.now()
        return scanner.scan(frame, onMarket)
      },
      onReal: (frame) => {
        const { events, odd } = realEvents(frame)
        if (odd > 0) {
          log('kiwoom: a REAL frame with parts that cannot be read')
          hearer.onMissed()
        }
        for (const event of events) event.type === '00' ? hearer.onOrderFrame(event) : onReal(event)
      },
      onLogin: async () => {
        capacity = REALTIME_SLOTS
        // A line that broke while it registered was never live and never told down: nothing of it counts here.
        registrar.forget()
        const streams = await registrar.registerStreams()
        if (!streams.ok) return streams
        replan()
        await registrar.aim(boardsOf(plan.holders))
        return ok(undefined)
      },
      onLive: (again) => {
        conditions.restore()
        hearer.onLive(again)
        replan()
      },
      onDown: (detail) => {
        registrar.forget()
        conditions.forget()
        hearer.onDown(detail)
        hearer.onHeard()
      },
      onQuiet: () => {
        hearer.onMissed()
        hearer.onHeard()
      },
      onOdd: (what) => log(`kiwoom: ${what}`),
    },
  })

  const registrar = createRegistrar({
    ask: session.ask,
    onRegistered: (instruments) => hearer.onRegistered(instruments),
    onRefused: (instrument, error) => {
      trouble(`REG ${instrument} ${error.code} ${error.text}`)
      const taken = registrar.registered.size
      const isLimit = taken >= LIKELY_LIMIT && taken < capacity
      if (isLimit) capacity = taken
      else refusedUntil.set(instrument, clock.now() + REFUSED_MS)
      replan()
      return isLimit
    },
    onTrouble: (error) => {
      trouble(`REG ${error.code} ${error.text}`)
      replanIn(TRY_AGAIN_MS)
    },
  })
  const conditions = createConditionWatch({
    ask: session.ask,
    clock,
    stamper,
    emit: (hit) => hearer.onMarket(hit),
    onTrouble: trouble,
  })

  const boardsOf = (holders: SlotPlan['holders']): ReadonlyMap<InstrumentId, Route> => {
    const wanted = new Map(wants.map(({ instrument, board }) => [instrument, board ?? 'KRX'] as const))
    return new Map(
      [...holders].map(
        (each) => [each, wanted.get(each) ?? registrar.registered.get(each) ?? 'KRX'] as const,
      ),
    )
  }

  const replan = () => {
    cancelPlan?.()
    cancelPlan = undefined
    const now = clock.now()
    for (const [instrument, until] of refusedUntil) if (until <= now) refusedUntil.delete(instrument)
    plan = slots.assign(
      wants.filter((want) => !refusedUntil.has(want.instrument)),
      capacity,
      now,
    )
    if (plan.nextAt !== undefined) replanIn(plan.nextAt - now)
    if (session.state === 'live' || session.state === 'registering')
      void registrar.aim(boardsOf(plan.holders))
    hearer.onHeard()
  }

  const replanIn = (ms: number) => {
    cancelPlan?.()
    cancelPlan = clock.after(ms, replan)
  }

  const onReal = (event: RealEvent) => {
    if (event.type === '02') return conditions.onEvent(event)
    const known = marketEvent(event, stamper)
    if (known && isNews(known)) hearer.onMarket(known)
    if (event.type === '0D' && known?.kind === 'quote' && whole.has(known.instrument)) {
      const book = bookOf(event, stamper)
      if (book) hearer.onBook(book)
    }
  }

  /** Countdown frames repeat a phase; only a change is news. */
  const isNews = (event: MarketEvent): boolean => {
    if (event.kind !== 'session') return true
    if (phases.get(event.venue) === event.phase) return false
    phases.set(event.venue, event.phase)
    return true
  }

  return {
    start: () => session.start(),
    stop: () => {
      cancelPlan?.()
      conditions.stop()
      session.stop()
    },
    want: (list) => {
      wants = list
      whole.clear()
      for (const { instrument, wholeBook } of list) if (wholeBook) whole.add(instrument)
      replan()
    },
    follow: (ids) => conditions.follow(ids),
    conditions: async () => {
      const reply = await session.ask('session', { trnm: 'CNSRLST' })
      return reply.ok ? readConditions(reply.value) : reply
    },
    hears: (instrument) => session.state === 'live' && !session.quiet && registrar.registered.has(instrument),
    health: () => ({
      state:
        session.state === 'live'
          ? 'live'
          : session.state === 'ended' || session.state === 'idle'
            ? 'down'
            : 'connecting',
      registered: registrar.registered.size,
      slots: capacity,
      messages,
      lastMessageAt,
      detail: session.detail,
    }),
  }
}

function readConditions(frame: unknown): Result<readonly Condition[], VenueError> {
  const parsed = conditionsReply.safeParse(frame)
  if (!parsed.success)
    return err({
      kind: 'unavailable',
      code: 'shape',
      text: '조건 목록을 읽을 수 없습니다 · unreadable condition list',
    })
  return ok(
    parsed.data.data.map(
      ([seq, name]): Condition => ({ id: conditionId(seq.trim()), name: plainText(name) }),
    ),
  )
}
