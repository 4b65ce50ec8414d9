import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJournal } from '../../src/adapters/journal/read.ts'
import { createNetwork } from '../../src/adapters/network/network.ts'
import { DEMO_CASH, DEMO_KEY, demoSettings } from '../../src/apps/demo-settings.ts'
import { createMarketClock } from '../../src/apps/market-clock.ts'
import { startTrader } from '../../src/apps/start-trader.ts'
import { wallClock } from '../../src/apps/system.ts'
import type { Proof, RunningTrader } from '../../src/apps/trader.ts'
import type { AccountFill, AccountOrder } from '../../src/matching/account-records.ts'
import type { TradingSettings } from '../../src/model/settings.ts'
import { kstInstant, type TradingDay, timeOfDay, tradingDay } from '../../src/model/time.ts'
import type { JournalRecord } from '../../src/ports/journal.ts'
import type { Network } from '../../src/ports/network.ts'
import type { Notice } from '../../src/ports/notifier.ts'
import type { Fault, FaultKind } from '../../src/simulators/kiwoom/faults.ts'
import type { Tape } from '../../src/simulators/kiwoom/market/tape.ts'
import { startKiwoomServer } from '../../src/simulators/kiwoom/server.ts'
import { createKiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import type { Profile } from '../../src/simulators/kiwoom/wire.ts'
import { replay } from '../../src/trading/engine/recovery.ts'
import { createTrader } from '../../src/trading/engine/trader.ts'

export type BrokerOrder = AccountOrder & { readonly ordNo: string; readonly route: string }

/** What the broker says to an order. */
export interface Answer {
  readonly return_code: number
  readonly return_msg: string
}

/** One request as it left. */
interface Sent {
  readonly api: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A trader and a broker with real sockets between them, sixty times as fast as the day. */
export interface Stage {
  readonly day: TradingDay
  readonly trader: RunningTrader
  readonly notices: readonly Notice[]
  /** API ids of all requests so far. */
  readonly requests: readonly string[]
  /** Orders, amends and cancels so far. */
  readonly sent: readonly Sent[]
  /** Where the simulated broker listens. */
  readonly hosts: { readonly rest: string; readonly socket: string }
  fault(kind: FaultKind, more?: Partial<Omit<Fault, 'kind'>>): Promise<void>
  forget(): Promise<void>
  /** Every planned fault that was counted has struck. */
  struck(): Promise<void>
  /** The broker's own truth. */
  orders(): Promise<readonly BrokerOrder[]>
  fills(): Promise<readonly AccountFill[]>
  /** Wall milliseconds. */
  wait(ms: number): Promise<void>
  until(holds: () => boolean | Promise<boolean>, what: string, patienceMs?: number): Promise<void>
  /** Broker numbers that no order of our journal carries. Throws when the journal does not replay to what was decided. */
  strangers(): Promise<readonly string[]>
  /** All that the trader heard and decided so far. */
  record(): AsyncIterable<JournalRecord>
  /** Ends the trader and starts another on the same journal; `between` finds nobody at home in its folder. */
  restart(between?: (folder: string) => Promise<void>): Promise<void>
  /** A market order of the account that did not come from the trader (phone, HTS). */
  byPhone(): Promise<void>
  /** Any other request of the account that did not come from the trader. */
  elsewhere(api: string, body: object): Promise<Answer>
  /** An instrument that trades continuously, with a bid and an ask. */
  quoted(): Tape | undefined
  /** Faults forgotten, nothing bought, everything sold, nothing under way; then what the books say. */
  settle(): Promise<Proof>
  close(): Promise<void>
}

const SPEED = 60
/** Planned this often, a fault is the weather and not an event. */
export const ENDLESS = 10_000
const PATIENCE_MS = 45_000

export interface StageSettings {
  readonly seed: number
  readonly settings?: TradingSettings
  /** How much faster than the wall the trader's own time-outs run; 60 s of silence are long. */
  readonly hurry?: number
  /** A trading day; it begins at 08:59:40. */
  readonly day?: string
  /** Whose limits and fees the simulated server has. */
  readonly profile?: Profile
  /** The share of the stocks that NXT trades as well; absent: there is no NXT. */
  readonly nxt?: number
}

export async function openStage({
  seed,
  settings = demoSettings(),
  hurry = 1,
  day = '2026-11-20',
  profile = 'real',
  nxt,
}: StageSettings): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-incident-'))
  const today = tradingDay(day)
  const startAt = kstInstant(today, timeOfDay('08:59:40'))
  const clock = createMarketClock({ wall: wallClock, startAt, speed: SPEED })
  const wall = createMarketClock({ wall: wallClock, startAt: wallClock.now(), speed: hurry })
  const simulator = createKiwoomSimulator({
    clock,
    wall: wallClock,
    seed,
    day: today,
    startAt: kstInstant(today, timeOfDay('08:30')),
    speed: SPEED,
    profile,
    marketSize: 40,
    flowProfile: 'lively',
    ...(nxt === undefined ? {} : { nxt }),
    accounts: [{ ...DEMO_KEY, number: '1234567890', cash: DEMO_CASH }],
  })
  const server = await startKiwoomServer(simulator, { port: 0 })
  simulator.step()
  clock.release()
  wall.release()
  const notices: Notice[] = []
  const requests: string[] = []
  const sent: Sent[] = []
  const hosts = { rest: server.restUrl, socket: server.socketUrl }
  let network: Network = createNetwork()

  const start = async (): Promise<RunningTrader> => {
    network = createNetwork()
    const started = await startTrader({
      ...DEMO_KEY,
      settings,
      environment: 'simulated',
      hosts,
      journalFolder: folder,
      clock,
      wall,
      network: counted(network, requests, sent),
      notifier: { notify: (notice) => notices.push(notice) },
      onFatal: (error) => {
        throw error
      },
    })
    if (!started.ok) throw new Error(started.error.text)
    return started.value
  }
  let trader = await start()
  const end = async () => {
    await trader.stop()
    await network.close()
  }

  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const reply = await fetch(`${server.controlUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return reply.json()
  }
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const until: Stage['until'] = async (holds, what, patienceMs = PATIENCE_MS) => {
    for (const end = Date.now() + patienceMs; !(await holds()); await wait(50))
      if (Date.now() > end) throw new Error(`did not happen: ${what}\n${tail(trader)}`)
  }
  const forget = async () => {
    await control('DELETE', '/fault')
  }

  return {
    day: today,
    get trader() {
      return trader
    },
    notices,
    requests,
    sent,
    hosts,
    fault: async (kind, more = {}) => {
      await control('POST', '/fault', { kind, ...more })
    },
    forget,
    struck: () =>
      until(async () => {
        const { faults } = (await control('GET', '/status')) as { readonly faults: readonly Fault[] }
        return faults.every(({ count }) => count >= ENDLESS / 2)
      }, 'every planned fault strikes'),
    orders: async () => (await control('GET', '/orders')) as readonly BrokerOrder[],
    fills: async () =>
      ((await control('GET', '/account')) as { readonly fills: readonly AccountFill[] }).fills,
    wait,
    until,
    strangers: async () => {
      const replayed = createTrader()
      const result = await replay(replayed, readJournal(folder), true)
      if (!result.ok) throw new Error(`record ${result.seq}: ${result.reason}`)
      const ours = new Set<string>(replayed.orders().flatMap(({ venueOrderId }) => venueOrderId ?? []))
      const orders = (await control('GET', '/orders')) as readonly BrokerOrder[]
      return orders.filter((order) => isPlaced(order) && !ours.has(order.ordNo)).map(({ ordNo }) => ordNo)
    },
    record: () => readJournal(folder),
    restart: async (between) => {
      await end()
      await between?.(folder)
      trader = await start()
    },
    byPhone: async () => {
      const stk_cd = simulator.market.tapes.find(isQuoted)?.id
      const order = { dmst_stex_tp: 'KRX', stk_cd, ord_qty: '3', ord_uv: '', trde_tp: '3', cond_uv: '' }
      const reply = await orderElsewhere(server.restUrl, 'kt10000', order)
      if (reply.return_code !== 0) throw new Error(reply.return_msg)
    },
    elsewhere: (api, body) => orderElsewhere(server.restUrl, api, body),
    quoted: () =>
      simulator.market.exchange.phase === 'continuous'
        ? simulator.market.tapes.find((tape) => isQuoted(tape) && isPlain(tape))
        : undefined,
    settle: async () => {
      await forget()
      trader.command({ do: 'pauseBuying' })
      trader.command({ do: 'flatten' })
      const isQuiet = () => trader.view().orders.length + trader.view().positions.length === 0
      await until(isQuiet, 'a quiet end', PATIENCE_MS)
      await wait(300)
      return trader.proof()
    },
    close: async () => {
      await end()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A cancel has a number too, but it is no order. */
const isPlaced = ({ action, state }: BrokerOrder): boolean => action !== 'cancel' && state !== 'refused'

const isQuoted = (tape: { readonly bid: number; readonly ask: number; readonly inVi: boolean }): boolean =>
  tape.bid > 0 && tape.ask > 0 && !tape.inVi

/** A designated name may trade in single prices, which take fewer order types. */
const isPlain = ({ listing }: Tape): boolean => listing.today.designations.length === 0

const tail = (trader: RunningTrader): string => {
  const { orders, positions, happenings, refusals } = trader.view()
  const lines = happenings.slice(-8).map(({ ko }) => ko)
  const denied = refusals.slice(-4).map(({ name, denial }) => `${name} ${denial.code}`)
  const open = orders.map(({ id, side, status }) => `${id} ${side} ${status}`)
  const held = positions.map(({ name, quantity }) => `${name} ${quantity}`)
  return [...lines, ...denied, ...open, ...held].join('\n')
}

function counted(network: Network, requests: string[], sent: Sent[]): Network {
  return {
    ...network,
    post: (lane, request) => {
      const api = request.headers['api-id'] ?? ''
      requests.push(api)
      if (api.startsWith('kt1000')) sent.push({ api, body: JSON.parse(request.body) as Sent['body'] })
      return network.post(lane, request)
    },
  }
}

async function orderElsewhere(restUrl: string, api: string, order: object): Promise<Answer> {
  const post = async (path: string, headers: Record<string, string>, body: object): Promise<unknown> => {
    const reply = await fetch(restUrl + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return reply.json()
  }
  const keys = { grant_type: 'client_credentials', appkey: DEMO_KEY.appKey, secretkey: DEMO_KEY.secretKey }
  const { token } = (await post('/oauth2/token', {}, keys)) as { readonly token: string }
  const headers = { 'api-id': api, authorization: `Bearer ${token}` }
  return (await post('/api/dostk/ordr', headers, order)) as Answer
}
