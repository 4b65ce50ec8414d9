import type { InstrumentId } from '../../model/ids.ts'
import type { Book, MarketEvent } from '../../model/market-event.ts'
import type { VenueError } from '../../model/venue-error.ts'
import type { FeedHealth, MarketFeed, Want } from '../../ports/market-feed.ts'
import type { Clock } from '../../std/clock.ts'
import type { Result } from '../../std/result.ts'
import type { Stamper } from './codec/stamper.ts'
import { createDescriber } from './describer.ts'
import type { KiwoomHttp } from './http.ts'
import type { Line } from './line.ts'
import { createPoller } from './poller.ts'

/** What the line tells the feed. */
export interface KiwoomFeed extends MarketFeed {
  onMarket(event: MarketEvent): void
  hearBook(book: Book): void
  onLive(): void
  onDown(detail: string): void
  onRegistered(instruments: readonly InstrumentId[]): void
  onHeard(): void
}

/**
 * Prices and basic information: what the line brings, and by REST whatever it does not. The two halves may stand in
 * different processes; the half that asks stays with the trader, so that no death leaves a stop-loss blind.
 */
export function createFeed(options: {
  readonly line: Line
  readonly http: KiwoomHttp
  readonly clock: Clock
  readonly stamper: Stamper
  readonly startLine: () => Promise<Result<void, VenueError>>
  readonly stopLine: () => void
  readonly preloadListings: boolean
  readonly log: (line: string) => void
}): KiwoomFeed {
  const { line, http, clock, stamper, log } = options
  let sink: ((event: MarketEvent) => void) | undefined
  let wants: readonly Want[] = []
  let toldLive = false
  const bookHearers = new Set<(book: Book) => void>()

  const emit = (event: MarketEvent) => sink?.(event)
  const describer = createDescriber({ http, stamper, emit })
  const poller = createPoller({
    http,
    clock,
    stamper,
    emit,
    onTrouble: (what) => log(`kiwoom feed: ${what}`),
    targets: () => {
      const priority = new Map(wants.map((want) => [want.instrument, want.priority]))
      const missing = unheard()
      const isUrgent = (id: InstrumentId) => priority.get(id) === 'position' || priority.get(id) === 'order'
      const boards = new Map(wants.flatMap(({ instrument, board }) => (board ? [[instrument, board]] : [])))
      const checked = wants.flatMap(({ instrument, priority }) =>
        priority === 'position' && !missing.includes(instrument) ? [instrument] : [],
      )
      return {
        urgent: missing.filter(isUrgent),
        others: missing.filter((id) => !isUrgent(id)),
        checked,
        boards,
      }
    },
  })

  /** Every want, while the line is down or says nothing: a stop-loss must not go blind. */
  const unheard = (): InstrumentId[] =>
    uniqueByPriority(wants).filter((instrument) => !line.hears(instrument))

  const notice = (state: 'live' | 'down', detail: string) => {
    const now = stamper.now()
    toldLive = state === 'live' && sink !== undefined
    emit({ kind: 'feed', at: now, receivedAt: now, state, detail })
  }

  return {
    start: async (receive) => {
      sink = receive
      const started = await options.startLine()
      // The line may have been live before anyone listened here.
      if (started.ok && !toldLive && line.health().state === 'live') notice('live', '')
      if (started.ok && options.preloadListings) void describer.preload()
      return started
    },
    stop: async () => {
      sink = undefined
      poller.stop()
      options.stopLine()
    },
    want: (list) => {
      wants = list
      line.want(list)
      poller.wake()
    },
    conditions: () => line.conditions(),
    onBook: (hear) => {
      bookHearers.add(hear)
      return () => void bookHearers.delete(hear)
    },
    hearBook: (book) => {
      for (const hear of bookHearers) hear(book)
    },
    follow: (ids) => line.follow(ids),
    describe: (instrument) => describer.describe(instrument),
    health: (): FeedHealth => ({ ...line.health(), polled: unheard().length }),
    onMarket: emit,
    onLive: () => notice('live', ''),
    onDown: (detail) => notice('down', detail),
    onRegistered: (instruments) => poller.lookOnce(instruments),
    onHeard: () => poller.wake(),
  }
}

const ORDER = { position: 0, order: 1, candidate: 2, watch: 3 } as const

function uniqueByPriority(wants: readonly Want[]): InstrumentId[] {
  const sorted = [...wants].sort((a, b) => ORDER[a.priority] - ORDER[b.priority])
  return [...new Set(sorted.map((want) => want.instrument))]
}
