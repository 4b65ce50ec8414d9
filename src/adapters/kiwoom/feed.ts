import { type ConditionId, conditionId, type InstrumentId } from '../../model/ids.ts'
import type { MarketEvent, SessionNotice } from '../../model/market-event.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { Condition, FeedHealth, MarketFeed, Want } from '../../ports/market-feed.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { createFrameScanner } from './codec/frame-scan.ts'
import type { Stamper } from './codec/stamper.ts'
import { createConditionWatch } from './conditions.ts'
import { createDescriber } from './describer.ts'
import type { KiwoomHttp } from './http.ts'
import { marketEvent } from './map.ts'
import { createPoller } from './poller.ts'
import { createRegistrar } from './registrar.ts'
import { createSlots, type SlotPlan } from './slots.ts'
import type { Session } from './socket.ts'
import { conditionsReply, type RealEvent } from './wire.ts'

/** What the session tells the feed. */
export interface KiwoomFeed extends MarketFeed {
  onText(text: string): boolean
  onReal(event: RealEvent): void
  onLogin(): Promise<Result<void, VenueError>>
  onLive(): void
  onDown(detail: string): void
  onQuiet(): void
}

/** 100 items fit on a line; the streams take 3, and two more stay free (wire reference §6: project limit). */
const REALTIME_SLOTS = 95
/** With so many registered, a refusal of one more is read as the server's limit and not as a fault of the instrument. */
const LIKELY_LIMIT = 40
const TRY_AGAIN_MS = 5_000
/** Whoever the server refused is polled so long before it is tried again. */
const REFUSED_MS = 300_000

export function createFeed(options: {
  readonly session: Session
  readonly http: KiwoomHttp
  readonly clock: Clock
  readonly stamper: Stamper
  readonly startSession: () => Promise<Result<void, VenueError>>
  readonly stopSession: () => void
  readonly preloadListings: boolean
  readonly log: (line: string) => void
}): KiwoomFeed {
  const { session, http, clock, stamper, log } = options
  const scanner = createFrameScanner(stamper)
  const slots = createSlots()
  const scanned: MarketEvent[] = []
  let sink: ((event: MarketEvent) => void) | undefined
  let wants: readonly Want[] = []
  let plan: SlotPlan = { holders: new Set(), polled: [], nextAt: undefined }
  let capacity = REALTIME_SLOTS
  let messages = 0
  let lastMessageAt: number | undefined
  let cancelPlan: Cancel | undefined
  let toldLive = false
  const refusedUntil = new Map<InstrumentId, number>()
  const phases = new Map<string, SessionNotice['phase']>()

  const emit = (event: MarketEvent) => sink?.(event)
  const trouble = (what: string) => log(`kiwoom feed: ${what}`)
  const ask = session.ask

  const registrar = createRegistrar({
    ask,
    onRegistered: (instruments) => poller.lookOnce(instruments),
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
  const describer = createDescriber({ http, stamper, emit })
  const conditions = createConditionWatch({ ask, clock, stamper, emit, onTrouble: trouble })
  const poller = createPoller({
    http,
    clock,
    stamper,
    emit,
    onTrouble: trouble,
    targets: () => {
      const priority = new Map(wants.map((want) => [want.instrument, want.priority]))
      const missing = unheard()
      const isUrgent = (id: InstrumentId) => priority.get(id) === 'position' || priority.get(id) === 'order'
      return { urgent: missing.filter(isUrgent), others: missing.filter((id) => !isUrgent(id)) }
    },
  })

  /** Every want, while the line is down or says nothing: a stop-loss must not go blind. */
  const unheard = (): InstrumentId[] => {
    const all = uniqueByPriority(wants)
    const isHeard = session.state === 'live' && !session.quiet
    return isHeard ? all.filter((instrument) => !registrar.registered.has(instrument)) : all
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
    if (session.state === 'live' || session.state === 'registering') void registrar.aim(plan.holders)
    poller.wake()
  }

  const replanIn = (ms: number) => {
    cancelPlan?.()
    cancelPlan = clock.after(ms, replan)
  }

  /** Countdown frames repeat a phase; only a change is news. */
  const isNews = (event: MarketEvent): boolean => {
    if (event.kind !== 'session') return true
    if (phases.get(event.venue) === event.phase) return false
    phases.set(event.venue, event.phase)
    return true
  }

  const notice = (state: 'live' | 'down', detail: string) => {
    const now = stamper.now()
    toldLive = state === 'live' && sink !== undefined
    emit({ kind: 'feed', at: now, receivedAt: now, state, detail })
  }

  return {
    start: async (receive) => {
      sink = receive
      const started = await options.startSession()
      // The session may have been live before anyone listened here.
      if (started.ok && !toldLive) notice('live', '')
      if (started.ok && options.preloadListings) void describer.preload()
      return started
    },
    stop: async () => {
      sink = undefined
      cancelPlan?.()
      conditions.stop()
      poller.stop()
      options.stopSession()
    },
    want: (list) => {
      wants = list
      replan()
    },
    conditions: async () => {
      const reply = await ask('session', { trnm: 'CNSRLST' })
      if (!reply.ok) return reply
      const parsed = conditionsReply.safeParse(reply.value)
      if (!parsed.success)
        return err({
          kind: 'unavailable',
          code: 'shape',
          text: '조건 목록을 읽을 수 없습니다 · unreadable condition list',
        })
      return ok(
        parsed.data.data.map(
          ([seq, name]): Condition => ({ id: conditionId(seq.trim()), name: name.trim() }),
        ),
      )
    },
    follow: (ids: readonly ConditionId[]) => conditions.follow(ids),
    describe: (instrument) => describer.describe(instrument),
    health: (): FeedHealth => ({
      state:
        session.state === 'live'
          ? 'live'
          : session.state === 'ended' || session.state === 'idle'
            ? 'down'
            : 'connecting',
      registered: registrar.registered.size,
      polled: unheard().length,
      slots: capacity,
      messages,
      lastMessageAt,
      detail: session.detail,
    }),
    onText: (text) => {
      messages++
      lastMessageAt = stamper.now()
      if (!scanner.scan(text, scanned)) return false
      for (const event of scanned) emit(event)
      scanned.length = 0
      return true
    },
    onReal: (event) => {
      if (event.type === '02') return conditions.onEvent(event)
      const known = marketEvent(event, stamper)
      if (known && isNews(known)) emit(known)
    },
    onLogin: async () => {
      capacity = REALTIME_SLOTS
      // A line that broke while it registered was never live and never told down: nothing of it counts here.
      registrar.forget()
      const streams = await registrar.registerStreams()
      if (!streams.ok) return streams
      replan()
      await registrar.aim(plan.holders)
      return ok(undefined)
    },
    onLive: () => {
      conditions.restore()
      notice('live', '')
      replan()
    },
    onDown: (detail) => {
      registrar.forget()
      conditions.forget()
      notice('down', detail)
      poller.wake()
    },
    onQuiet: () => poller.wake(),
  }
}

const ORDER = { position: 0, order: 1, candidate: 2, watch: 3 } as const

function uniqueByPriority(wants: readonly Want[]): InstrumentId[] {
  const sorted = [...wants].sort((a, b) => ORDER[a.priority] - ORDER[b.priority])
  return [...new Set(sorted.map((want) => want.instrument))]
}
