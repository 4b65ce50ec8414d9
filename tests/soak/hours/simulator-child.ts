import { createMarketClock, type MarketClock } from '../../../src/apps/market-clock.ts'
import { wallClock } from '../../../src/apps/system.ts'
import { sessionsOf } from '../../../src/model/sessions.ts'
import { kstDay } from '../../../src/model/time.ts'
import { type KiwoomServer, startKiwoomServer } from '../../../src/simulators/kiwoom/server.ts'
import { createKiwoomSimulator, type SimulatedAccount } from '../../../src/simulators/kiwoom/simulator.ts'
import type { EpochMs } from '../../../src/std/clock.ts'
import { serveParent } from './parent-line.ts'

/** One market day: the listings are those of `seed`, what happens is of `daySeed`. */
export interface MarketOrder {
  readonly seed: number
  readonly daySeed: number
  readonly size: number
  readonly startAt: EpochMs
  readonly speed: number
  readonly account: SimulatedAccount
}

export interface Addresses {
  readonly rest: string
  readonly socket: string
  readonly control: string
}

export interface SimulatorCalls {
  /** Builds the day and catches up to `startAt`; the market stands there until it is released. */
  open(order: MarketOrder): Promise<Addresses>
  release(wallOrigin: EpochMs): Promise<void>
  close(): Promise<void>
}

let server: KiwoomServer | undefined
let clock: MarketClock | undefined

serveParent<SimulatorCalls>({
  open: async ({ seed, daySeed, size, startAt, speed, account }) => {
    const day = kstDay(startAt)
    clock = createMarketClock({ wall: wallClock, startAt, speed })
    const simulator = createKiwoomSimulator({
      clock,
      wall: wallClock,
      seed,
      daySeed,
      day,
      startAt: Math.min(startAt, sessionsOf('KRX', day)[0]?.from ?? startAt),
      speed,
      profile: 'real',
      marketSize: size,
      flowProfile: 'lively',
      accounts: [account],
    })
    simulator.step()
    server = await startKiwoomServer(simulator, { port: 0 })
    return { rest: server.restUrl, socket: server.socketUrl, control: server.controlUrl }
  },
  release: async (wallOrigin) => clock?.release(wallOrigin),
  close: async () => {
    await server?.close()
    server = undefined
    clock = undefined
  },
})
