import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { wallClock } from '../src/apps/system.ts'
import { krw } from '../src/model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../src/model/time.ts'
import { startKiwoomServer } from '../src/simulators/kiwoom/server.ts'
import { createKiwoomSimulator } from '../src/simulators/kiwoom/simulator.ts'
import { frameText } from '../src/simulators/kiwoom/socket/frame.ts'
import { createVirtualClock } from '../src/std/virtual-clock.ts'

/** The simulator, and a plain broadcaster beside it, in a process of their own. The market moves only when it is told to. */

export const CLIENTS = 200
export const keyOf = (client: number) => ({ appkey: `fan-key-${client}`, secretkey: `fan-secret-${client}` })

export type FanOrder =
  | { readonly do: 'market'; readonly seconds: number }
  | { readonly do: 'broadcast'; readonly frames: number }
export type FanReport =
  | {
      readonly is: 'listening'
      readonly rest: string
      readonly socket: string
      readonly plain: string
      readonly symbols: string[]
    }
  /** How many frames were handed to all sockets together, and when the work began (monotonic ns). */
  | { readonly is: 'sent'; readonly frames: number; readonly ns: string }

const DAY = tradingDay('2026-11-20')
const SYMBOLS = 95
/** Market seconds of one step, as the pump of a demo at 20x takes them. */
const STEP_MS = 200
/** Of so many frames of the simulator the one of middle length is what the plain server sends. */
const SAMPLES = 20_000

const tell = (report: FanReport) => process.send?.(report)
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function serve(): Promise<void> {
  const startAt = kstInstant(DAY, timeOfDay('08:50'))
  const clock = createVirtualClock(startAt)
  const core = createKiwoomSimulator({
    clock,
    wall: wallClock,
    seed: 7,
    day: DAY,
    startAt,
    profile: 'real',
    marketSize: SYMBOLS,
    flowProfile: 'lively',
    pumpEveryMs: 3_600_000,
    bookIntervalMs: 0,
    // Nobody here answers a PING, and nobody is thrown out for it.
    socket: { pingEveryMs: 3_600_000 },
    accounts: Array.from({ length: CLIENTS }, (_, i) => ({
      appKey: keyOf(i).appkey,
      secretKey: keyOf(i).secretkey,
      number: String(1_000_000_000 + i),
      cash: krw(100_000_000),
    })),
  })
  let sent = 0
  const samples: string[] = []
  const counted = {
    ...core,
    openSession: (...[send, close, sendFrames]: Parameters<typeof core.openSession>) =>
      core.openSession(send, close, (frames) => {
        sent += frames.length
        if (samples.length < SAMPLES) samples.push(...frames.map(frameText))
        sendFrames?.(frames)
      }),
  }
  const server = await startKiwoomServer(counted, { port: 0 })
  const http = createServer()
  const plain = new WebSocketServer({ server: http, perMessageDeflate: false })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  // Past the opening auction, so that every step has its trades.
  clock.advanceTo(kstInstant(DAY, timeOfDay('09:05')))
  core.step()

  const market = async (seconds: number) => {
    for (let step = 0; step < (seconds * 1_000) / STEP_MS; step++) {
      clock.advanceTo(clock.now() + STEP_MS)
      core.step()
      await turn()
    }
  }
  const broadcast = async (frames: number) => {
    const frame = samples.toSorted((a, b) => a.length - b.length)[samples.length >> 1] ?? ''
    for (let turns = 0; turns < frames; turns++) {
      for (const client of plain.clients) client.send(frame)
      sent += plain.clients.size
      if (turns % 10 === 9) await turn()
    }
  }
  process.on('message', (order: FanOrder) => {
    const before = sent
    const ns = String(process.hrtime.bigint())
    void (order.do === 'market' ? market(order.seconds) : broadcast(order.frames)).then(() =>
      tell({ is: 'sent', frames: sent - before, ns }),
    )
  })
  process.on('disconnect', () => process.exit(0))
  tell({
    is: 'listening',
    rest: server.restUrl,
    socket: server.socketUrl,
    plain: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    symbols: core.market.tapes.map(({ id }) => id).slice(0, SYMBOLS),
  })
}

if (process.send) await serve()
