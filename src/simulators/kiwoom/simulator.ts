import { type AccountSettings, createAccount } from '../../matching/account.ts'
import { type Money, NO_WON } from '../../model/money.ts'
import type { TradingDay } from '../../model/time.ts'
import type { Cancel, Clock, EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import { createRandom } from '../../std/random.ts'
import type { Customer } from './brokerage/customer.ts'
import { createDesk } from './brokerage/desk.ts'
import { type ConditionRule, STANDARD_CONDITIONS } from './conditions/rules.ts'
import { createConditionDesk } from './conditions/search.ts'
import { type Control, createControl } from './control.ts'
import { createFaults } from './faults.ts'
import { createLimiter, LIMITS, type Limits } from './limits.ts'
import { createHistory } from './market/history.ts'
import { createMarketDay, type FlowProfile, type MarketDay } from './market/market-day.ts'
import type { NxtNames } from './market/nxt-names.ts'
import { createQuirks, type QuirkName } from './quirks.ts'
import { createGate } from './rest/gate.ts'
import { OFFERS } from './rest/offers.ts'
import { scheduleOf } from './rest/valuation.ts'
import type { LiveSession } from './socket/live-session.ts'
import { createPublisher } from './socket/publisher.ts'
import { createSession, SOCKET_SETTINGS, type SocketSettings } from './socket/session.ts'
import { createTokens, type KeyPair } from './tokens.ts'
import type {
  Close,
  Profile,
  Send,
  SendFrames,
  SimulatorReply,
  SimulatorRequest,
  SimulatorSession,
} from './wire.ts'

/** One account with its key pair. */
export interface SimulatedAccount extends KeyPair {
  /** Ten digits. */
  readonly number: string
  readonly holder?: string
  readonly cash: Money
  readonly holdings?: AccountSettings['holdings']
  readonly unsettled?: AccountSettings['unsettled']
}

export interface KiwoomSimulatorSettings {
  /** Market clock: trading and request limits. May run faster than the wall. */
  readonly clock: Clock
  /** Wall clock: PING, tokens, pump. */
  readonly wall: Clock
  readonly seed: number
  /** Another seed for what happens on the day: the same listings (of `seed`) then live through several days. */
  readonly daySeed?: number
  readonly day: TradingDay
  /** When the exchange begins. The simulator catches up from here to the market clock at its first step. */
  readonly startAt: EpochMs
  /** How fast the market clock runs; shown in the status, nothing depends on it. */
  readonly speed?: number
  readonly profile: Profile
  readonly accounts: readonly SimulatedAccount[]
  readonly marketSize?: number
  /** Also list the well-known names that other people's clients ask for (005930 …). */
  readonly knownNames?: boolean
  readonly flowProfile?: FlowProfile
  /** What NXT trades: `'none'` (default), a share of the stocks (0–1, the large ones first), or just these. */
  readonly nxt?: NxtNames
  readonly conditions?: readonly ConditionRule[]
  readonly limits?: Limits
  /** Oddities that are on from the start; the control port switches them later. */
  readonly quirks?: readonly QuirkName[]
  readonly socket?: Partial<SocketSettings>
  /** Wall milliseconds between two steps of the market. */
  readonly pumpEveryMs?: number
  /** A book is sent at most this often (wall milliseconds). */
  readonly bookIntervalMs?: number
}

/** The server without sockets: a transport hands requests and connections in. */
export interface KiwoomSimulator {
  handle(request: SimulatorRequest): SimulatorReply | 'drop'
  /** Without `sendFrames` the REAL frames go to `send` as well, one by one. */
  openSession(send: Send, close: Close, sendFrames?: SendFrames): SimulatorSession
  readonly control: Control
  readonly market: MarketDay
  readonly profile: Profile
  /** Steps the market to its clock and sends what is due; the pump calls it. */
  step(): void
  /** Runs once, so many wall milliseconds from now: for replies that a fault holds back. */
  after(ms: number, run: () => void): Cancel
  close(): void
}

const PUMP_EVERY_MS = 10
const BOOK_INTERVAL_MS = 50
const FIRST_FILL_NUMBER = 2_000
/** For the quirk `silentLogin`. */
const SOON_MS = 3_000

/**
 * A Kiwoom REST and WebSocket server on a simulated exchange.
 *
 * Time moves only through the two clocks and chance only through the seed, so the same calls at the same times give the
 * same answers. Errors: two accounts with one number or one key break an invariant.
 * Source of the wire: Kiwoom REST API guide and specification 2026, recorded answers; assumptions in the README.
 */
export function createKiwoomSimulator(settings: KiwoomSimulatorSettings): KiwoomSimulator {
  const { clock, wall, day, profile } = settings
  const random = createRandom(settings.daySeed ?? settings.seed)
  const socket: SocketSettings = { ...SOCKET_SETTINGS, ...settings.socket }
  const faults = createFaults()
  const quirks = createQuirks(settings.quirks ?? [])
  /** When the last connection of a key ended, wall time. */
  const endedAt = new Map<string, EpochMs>()
  const tokens = createTokens({ wall, random: random.fork('tokens'), profile, keys: settings.accounts })
  const customers = openAccounts(settings, () => market)
  const byKey = new Map([...customers.values()].map((customer) => [customer.appKey, customer]))
  invariant(byKey.size === settings.accounts.length, 'every account has a number and an app key of its own')

  const publisher = createPublisher({
    market: () => market,
    wall,
    bookIntervalMs: settings.bookIntervalMs ?? BOOK_INTERVAL_MS,
  })
  const desk = createDesk({
    venue: (venue) => market.venue(venue),
    customers,
    tell: (notice) => publisher.onNotice(notice),
  })
  const conditions = createConditionDesk({
    market: () => market,
    rules: settings.conditions ?? STANDARD_CONDITIONS,
    maxItems: socket.maxItems,
  })
  const market: MarketDay = createMarketDay({
    seed: settings.seed,
    random: random.fork('market'),
    day,
    startAt: settings.startAt,
    ...(settings.marketSize === undefined ? {} : { marketSize: settings.marketSize }),
    ...(settings.knownNames === undefined ? {} : { knownNames: settings.knownNames }),
    ...(settings.flowProfile === undefined ? {} : { flowProfile: settings.flowProfile }),
    ...(settings.nxt === undefined ? {} : { nxt: settings.nxt }),
    onEvent: (venue, event) => {
      publisher.onEvent(venue, event)
      desk.onEvent(venue, event)
    },
    onSecond: (at) => {
      publisher.onSecond(at)
      conditions.onSecond(at, publisher.sessions)
    },
  })
  const world = { market, history: createHistory(random.fork('history'), day), desk, profile }
  const catchUp = () => market.advanceTo(clock.now())
  const gate = createGate({
    profile,
    offers: OFFERS,
    tokens,
    limiter: createLimiter(clock, settings.limits ?? LIMITS[profile]),
    faults,
    quirks,
    customerOf: (appKey) => byKey.get(appKey),
    world: () => world,
    flush: publisher.flush,
    wall,
  })

  const step = () => {
    catchUp()
    publisher.flush()
  }
  let stopPump: Cancel | undefined
  const pump = () => {
    step()
    stopPump = wall.after(settings.pumpEveryMs ?? PUMP_EVERY_MS, pump)
  }
  stopPump = wall.after(0, pump)

  const sessionRandom = random.fork('sessions')
  return {
    market,
    profile,
    step,
    after: wall.after,
    handle(request) {
      catchUp()
      return gate(request)
    },
    openSession(send, close, sendFrames) {
      const session: LiveSession = createSession({
        wall,
        random: sessionRandom,
        tokens,
        conditions,
        limits: socket,
        faults,
        quirks,
        codeOf: (item) => market.quote(item)?.code ?? withoutVenue(item),
        tooSoon: (appKey) => wall.now() - (endedAt.get(appKey) ?? Number.NEGATIVE_INFINITY) < SOON_MS,
        send,
        sendFrames,
        close,
        onLogin: (fresh) => {
          for (const other of [...publisher.sessions])
            if (other !== fresh && other.appKey === fresh.appKey && !quirks.has('coexist'))
              other.end('R10001')
          publisher.sessions.add(fresh)
        },
        onClosed: (gone) => {
          publisher.sessions.delete(gone)
          if (gone.appKey !== undefined) endedAt.set(gone.appKey, wall.now())
        },
      })
      if (faults.closedUntil > wall.now()) session.drop()
      return session
    },
    control: createControl({
      settings,
      market: () => market,
      customers,
      desk,
      conditions,
      faults,
      quirks,
      tokens,
      publisher,
      wall,
      catchUp,
    }),
    close() {
      stopPump?.()
      for (const session of [...publisher.sessions]) session.drop()
    },
  }
}

/** An index, a market stream, a code nobody lists: `_AL` means nothing to it, and `_NX` has nothing to tell. */
const withoutVenue = (item: string): string | undefined =>
  item.endsWith('_NX') ? undefined : item.replace(/_AL$/, '')

function openAccounts(
  settings: KiwoomSimulatorSettings,
  market: () => MarketDay,
): ReadonlyMap<string, Customer> {
  const { day, profile } = settings
  let fills = FIRST_FILL_NUMBER
  const customers = new Map<string, Customer>()
  for (const { number, appKey, holder, cash, holdings, unsettled } of settings.accounts) {
    let orders = 0
    const account = createAccount({
      owner: number,
      cash,
      day,
      schedule: scheduleOf(profile, day),
      listing: (instrument) => market().tape(instrument)?.listing.instrument,
      holdings: holdings ?? [],
      unsettled: unsettled ?? { buy: NO_WON, sell: NO_WON },
      nextFillNumber: () => ++fills,
    })
    customers.set(number, {
      appKey,
      number,
      holder: holder ?? '김가람',
      account,
      tickets: new Map(),
      nextNumber: () => ++orders,
    })
  }
  return customers
}
