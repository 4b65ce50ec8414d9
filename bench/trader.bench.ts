import { fork } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { WebSocket } from 'ws'
import { createNetwork } from '../src/adapters/network/network.ts'
import { demoSettings } from '../src/apps/demo-settings.ts'
import { createMarketClock } from '../src/apps/market-clock.ts'
import { startTrader } from '../src/apps/start-trader.ts'
import { wallClock } from '../src/apps/system.ts'
import type { RunningTrader } from '../src/apps/trader.ts'
import { conditionId } from '../src/model/ids.ts'
import type { TradingSettings } from '../src/model/settings.ts'
import { kstClock, kstInstant, timeOfDay, tradingDay } from '../src/model/time.ts'
import type { Bench, Benchmarks } from './harness.ts'
import { type LineOrder, type LineReport, SYMBOLS } from './line-server.ts'

const DAY = tradingDay('2026-11-20')
/** The market runs faster than the wall, so that the broker's request limits do not stretch the preparation. */
const SPEED = 30
/** The next sample waits for the order limit and for quiet, outside of what is measured. */
const ORDER_PAUSE_MS = 80
const clock = createMarketClock({
  wall: wallClock,
  startAt: kstInstant(DAY, timeOfDay('10:00')),
  speed: SPEED,
})
/** The market's time as the wire spells it. */
const at = () => kstClock(clock.now()).replaceAll(':', '')
/** Through the stop loss of a position bought at 10,000, inside the day's band. */
const STOP_PRICE = 7_500

/**
 * The whole trader on a real socket: 95 held symbols, 20 conditions, the journal on. Held against a bare `ws` client
 * that parses the same frames with `JSON.parse` and, for the latency, posts the same order with `undici`.
 */
export const trader: Benchmarks = {
  name: 'trader',
  run: async (bench) => {
    await mkdir('.garam', { recursive: true })
    const folder = await mkdtemp(join('.garam', 'bench-'))
    const line = await openLine()
    const bare = await openBare(line.port)
    const running = await openTrader(line.port, folder)
    try {
      await sustainedTicks(bench, line, bare, running)
      await tickToOrder(bench, line, bare)
    } finally {
      await running.stop()
      await bare.close()
      line.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function sustainedTicks(bench: Bench, line: Line, bare: Bare, running: RunningTrader): Promise<void> {
  const frames = bench.sized(100_000, 5_000)
  const rate = async (to: LineOrder['to'], heard: () => number) => {
    const goal = heard() + frames
    const from = await line.send({ to, do: 'blast', frames, at: at() })
    while (heard() < goal) await pause(1)
    return (frames * 1e9) / Number(process.hrtime.bigint() - from)
  }
  const before = running.view().counts.events
  await bench.compare({
    name: 'trader: sustained ticks through the whole trader (95 symbols, 20 conditions, journal on)',
    unit: 'ticks/s',
    ours: () => rate('trader', () => running.health().feed.messages),
    reference: { name: 'ws + JSON.parse of the same frames', run: () => rate('bare', bare.messages) },
    rounds: bench.sized(5, 2),
  })
  const taken = running.view().counts.events - before
  if (taken < frames * bench.sized(5, 2))
    throw new Error(`the trader took ${taken} ticks, fewer than were sent`)
}

async function tickToOrder(bench: Bench, line: Line, bare: Bare): Promise<void> {
  const samples = bench.sized(7, 3)
  const next: Record<LineOrder['to'], number> = { trader: 0, bare: 0 }
  const one = async (to: LineOrder['to']): Promise<number> => {
    await pause(ORDER_PAUSE_MS)
    const ordered = line.nextOrder()
    const symbol = SYMBOLS[next[to]++] as string
    const from = await line.send({ to, do: 'tick', symbol, price: STOP_PRICE, at: at() })
    return Number((await ordered) - from) / 1_000
  }
  const p50 = async (to: LineOrder['to']) => {
    const values: number[] = []
    for (let i = 0; i < samples; i++) values.push(await one(to))
    return values.toSorted((a, b) => a - b)[Math.floor(samples / 2)] as number
  }
  bare.orderBelow(STOP_PRICE + 1)
  await bench.compare({
    name: 'trader: tick on the socket to order request at the broker, durable intent between, p50',
    unit: 'us',
    ours: () => p50('trader'),
    reference: { name: 'ws + JSON.parse + undici post, nothing decided or written', run: () => p50('bare') },
    rounds: bench.sized(9, 2),
  })
}

interface Line {
  readonly port: number
  /** Gives the moment (monotonic ns) at which the server began to send. */
  send(order: LineOrder): Promise<bigint>
  /** The moment at which the next order request arrives there. */
  nextOrder(): Promise<bigint>
  close(): void
}

async function openLine(): Promise<Line> {
  const path = fileURLToPath(new URL('./line-server.ts', import.meta.url))
  const child = fork(path, { execArgv: ['--import', 'tsx'] })
  const next = <K extends LineReport['is']>(is: K) =>
    new Promise<LineReport & { is: K }>((resolve) => {
      const hear = (report: LineReport) => {
        if (report.is !== is) return
        child.off('message', hear)
        resolve(report as LineReport & { is: K })
      }
      child.on('message', hear)
    })
  const { port } = await next('listening')
  return {
    port,
    send: async (order) => {
      const sent = next('sent')
      child.send(order)
      return BigInt((await sent).ns)
    },
    nextOrder: async () => BigInt((await next('ordered')).ns),
    close: () => child.disconnect(),
  }
}

interface Bare {
  messages(): number
  orderBelow(price: number): void
  close(): Promise<void>
}

interface BareFrame {
  readonly data: readonly { readonly values: Readonly<Record<string, string>>; readonly item: string }[]
}

async function openBare(port: number): Promise<Bare> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1 })
  const socket = new WebSocket(`ws://127.0.0.1:${port}/bare`, { perMessageDeflate: false })
  await new Promise((resolve) => socket.once('open', resolve))
  let messages = 0
  let limit = 0
  const order = async (item: string) => {
    const body = JSON.stringify({
      dmst_stex_tp: 'KRX',
      stk_cd: item,
      ord_qty: '10',
      ord_uv: '',
      trde_tp: '3',
      cond_uv: '',
    })
    const headers = { 'content-type': 'application/json;charset=UTF-8', 'api-id': 'kt10001' }
    const reply = await pool.request({ method: 'POST', path: '/api/dostk/ordr', headers, body })
    await reply.body.text()
  }
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as BareFrame
    messages += 1
    const tick = frame.data[0]
    if (tick && Math.abs(Number(tick.values['10'])) < limit) void order(tick.item)
  })
  return {
    messages: () => messages,
    orderBelow: (price) => {
      limit = price
    },
    close: async () => {
      socket.terminate()
      await pool.close()
    },
  }
}

const settings = (): TradingSettings => {
  const demo = demoSettings()
  const rule = demo.buys[0]
  if (!rule) throw new Error('the demo has buy conditions')
  const buys = Array.from({ length: 20 }, (_, i) => ({
    ...rule,
    condition: conditionId(String(i)),
    name: `조건${i}`,
  }))
  const exits = { stopLossRatio: 0.2, trailing: [{ activateRatio: 0.1, giveBackRatio: 0.01 }] }
  return {
    ...demo,
    buys,
    sells: [],
    exits: { ...exits, order: { kind: 'market' }, protectiveOrder: { kind: 'market' } },
  }
}

async function openTrader(port: number, folder: string): Promise<RunningTrader> {
  clock.release()
  const started = await startTrader({
    settings: settings(),
    environment: 'simulated',
    hosts: { rest: `http://127.0.0.1:${port}`, socket: `ws://127.0.0.1:${port}/api/dostk/websocket` },
    appKey: 'bench',
    secretKey: 'bench',
    journalFolder: folder,
    clock,
    wall: wallClock,
    network: createNetwork(),
    notifier: { notify: () => undefined },
    onFatal: (error) => {
      throw error
    },
  })
  if (!started.ok) throw new Error(started.error)
  // Every held symbol is described, one question a second and api: until then its ticks are not believed.
  const giveUp = wallClock.now() + 300_000
  while (started.value.view().positions.some((position) => position.last === 0)) {
    if (wallClock.now() > giveUp) throw new Error('the positions never got a price')
    await pause(200)
  }
  return started.value
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
