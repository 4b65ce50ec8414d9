import { createKiwoom, type Kiwoom } from '../../src/adapters/kiwoom/kiwoom.ts'
import { createNetwork } from '../../src/adapters/network/network.ts'
import { createMarketClock, type MarketClock } from '../../src/apps/market-clock.ts'
import { wallClock } from '../../src/apps/system.ts'
import { krw } from '../../src/model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../src/model/time.ts'
import type { Network } from '../../src/ports/network.ts'
import type { ConditionRule } from '../../src/simulators/kiwoom/conditions/rules.ts'
import { type KiwoomServer, startKiwoomServer } from '../../src/simulators/kiwoom/server.ts'
import { createKiwoomSimulator, type KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'

export const DAY = tradingDay('2026-11-20')
const KEYS = { appKey: 'contract-app-key', secretKey: 'contract-secret-key' }

/** The simulator on real sockets, and clients of it. */
export interface KiwoomStand {
  readonly core: KiwoomSimulator
  readonly server: KiwoomServer
  readonly clock: MarketClock
  /** `spoil`: what lies between a client and the server. */
  connect(spoil?: (network: Network) => Network): Kiwoom
  /** How many requests of this API the clients have sent. */
  requests(apiId: string): number
  control(method: string, path: string, body?: unknown): Promise<unknown>
  /** A request with the account's key that comes from no client. */
  call(path: string, apiId: string, body: unknown): Promise<Record<string, unknown>>
  close(): Promise<void>
}

export interface KiwoomStandSettings {
  readonly at: string
  readonly speed: number
  readonly seed: number
  readonly marketSize: number
  /** The share of the stocks that NXT trades too; none when absent. */
  readonly nxt?: number
  /** The account's saved searches; the simulator's own when absent. */
  readonly conditions?: readonly ConditionRule[]
}

export async function openKiwoomStand(settings: KiwoomStandSettings): Promise<KiwoomStand> {
  const { speed, seed, marketSize } = settings
  const clock = createMarketClock({
    wall: wallClock,
    startAt: kstInstant(DAY, timeOfDay(settings.at)),
    speed,
  })
  const core = createKiwoomSimulator({
    clock,
    wall: wallClock,
    seed,
    day: DAY,
    startAt: kstInstant(DAY, timeOfDay('08:30')),
    speed,
    profile: 'real',
    marketSize,
    ...(settings.nxt === undefined ? {} : { nxt: settings.nxt }),
    ...(settings.conditions && { conditions: settings.conditions }),
    flowProfile: 'lively',
    accounts: [{ ...KEYS, number: '1234567890', cash: krw(100_000_000) }],
  })
  const server = await startKiwoomServer(core, { port: 0 })
  // The morning so far is played before anybody looks.
  core.step()
  clock.release()
  const counts = new Map<string, number>()
  const networks: Network[] = []

  const post = async (path: string, headers: Record<string, string>, body: unknown) => {
    const reply = await fetch(server.restUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
      body: JSON.stringify(body),
    })
    return (await reply.json()) as Record<string, unknown>
  }

  return {
    core,
    server,
    clock,
    connect: (spoil = (network) => network) => {
      const network = spoil(counted(createNetwork(), counts))
      networks.push(network)
      const hosts = { rest: server.restUrl, socket: server.socketUrl }
      return createKiwoom({ ...KEYS, network, clock, wall: wallClock, environment: 'simulated', hosts })
    },
    requests: (apiId) => counts.get(apiId) ?? 0,
    control: async (method, path, body) => {
      const reply = await fetch(`${server.controlUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return reply.json()
    },
    call: async (path, apiId, body) => {
      const keys = { grant_type: 'client_credentials', appkey: KEYS.appKey, secretkey: KEYS.secretKey }
      const { token } = await post('/oauth2/token', {}, keys)
      return post(path, { 'api-id': apiId, authorization: `Bearer ${token}` }, body)
    },
    close: async () => {
      await Promise.all(networks.map((network) => network.close()))
      await server.close()
    },
  }
}

function counted(network: Network, counts: Map<string, number>): Network {
  return {
    ...network,
    post: (lane, request) => {
      const id = request.headers['api-id'] ?? ''
      counts.set(id, (counts.get(id) ?? 0) + 1)
      return network.post(lane, request)
    },
  }
}
