import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJournal } from '../../src/adapters/journal/read.ts'
import { createMarketClock } from '../../src/apps/market-clock.ts'
import { wallClock } from '../../src/apps/system.ts'
import { krw } from '../../src/model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../src/model/time.ts'
import { startKiwoomServer } from '../../src/simulators/kiwoom/server.ts'
import { createKiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import { replay } from '../../src/trading/engine/recovery.ts'
import { createTrader } from '../../src/trading/engine/trader.ts'
import { programArguments } from '../program.ts'
import type { CrashPoint } from './points.ts'
import type { ChildTask, Settled } from './trader-child.ts'

/** One death and one recovery, against a real server, in real processes. */
export interface Drill {
  readonly seed: number
  readonly point: CrashPoint
  readonly nth: number
  /** The reply of the order under way is lost as well, after or before the broker took it. */
  readonly lose?: 'loseReplyAfterAccept' | 'loseRequestBeforeAccept'
}

export interface DrillResult {
  readonly killedBy: string | null
  /** The broker's order numbers that none of our orders carries: sent twice, or forgotten. */
  readonly strangers: readonly string[]
  readonly openAtBroker: number
  readonly difference: Settled['difference']
  readonly fills: number
  readonly replayAgrees: boolean
  readonly detail: string
}

const DAY = tradingDay('2026-11-20')
const SPEED = 60
const CHILD = programArguments('./trader-child.ts', import.meta.url)
const PATIENCE_MS = 45_000

export async function runDrill(drill: Drill): Promise<DrillResult> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-crash-'))
  const startAt = kstInstant(DAY, timeOfDay('08:59:30'))
  const clock = createMarketClock({ wall: wallClock, startAt, speed: SPEED })
  const simulator = createKiwoomSimulator({
    clock,
    wall: wallClock,
    seed: drill.seed,
    day: DAY,
    startAt: kstInstant(DAY, timeOfDay('08:30')),
    speed: SPEED,
    profile: 'real',
    marketSize: 60,
    flowProfile: 'lively',
    accounts: [
      { number: '1234567890', appKey: 'demo-app-key', secretKey: 'demo-secret-key', cash: krw(50_000_000) },
    ],
  })
  const server = await startKiwoomServer(simulator, { port: 0 })
  try {
    simulator.step()
    const wallOrigin = wallClock.now()
    clock.release(wallOrigin)
    const where = { restUrl: server.restUrl, socketUrl: server.socketUrl, journal: folder }
    const common = { ...where, speed: SPEED, startAt, wallOrigin }
    if (drill.lose) await plan(server.controlUrl, drill.lose, drill.nth)
    const first = await runChild({ ...common, crash: { point: drill.point, nth: drill.nth } })
    await fetch(`${server.controlUrl}/fault`, { method: 'DELETE' })
    const second = await runChild({ ...common, settle: true })
    const settled = JSON.parse(second.lastLine || 'null') as Settled | null
    return await judge(server.controlUrl, folder, first.signal, settled, `${first.errors}${second.errors}`)
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Every order reply from the `nth` on is lost, up to the crash. */
const plan = (controlUrl: string, kind: string, nth: number) =>
  Promise.all(
    ['kt10000', 'kt10001'].map((apiId) =>
      fetch(`${controlUrl}/fault`, { method: 'POST', body: JSON.stringify({ kind, apiId, count: nth }) }),
    ),
  )

interface BrokerOrder {
  readonly ordNo: string
  readonly state: string
  readonly typeCode: string
  readonly open: number
}

async function judge(
  controlUrl: string,
  folder: string,
  killedBy: string | null,
  settled: Settled | null,
  detail: string,
): Promise<DrillResult> {
  const truth = (await (await fetch(`${controlUrl}/orders`)).json()) as readonly BrokerOrder[]
  const trader = createTrader()
  const replayed = await replay(trader, readJournal(folder), true)
  const ours = new Set(
    trader.orders().flatMap((order) => (order.venueOrderId ? [order.venueOrderId as string] : [])),
  )
  const placed = truth.filter((order) => isOrder(order))
  return {
    killedBy,
    strangers: placed.filter((order) => !ours.has(order.ordNo)).map((order) => order.ordNo),
    openAtBroker: truth.filter((order) => order.open > 0).length,
    difference: settled?.difference ?? {
      cash: Number.NaN,
      positions: Number.NaN,
      commission: Number.NaN,
      tax: Number.NaN,
    },
    fills: settled?.fills ?? 0,
    replayAgrees: replayed.ok,
    detail: replayed.ok ? detail : `${detail}\nreplay: record ${replayed.seq}: ${replayed.reason}`,
  }
}

/** A cancel gets a number of its own at the broker, but it is no order that can fill. */
const isOrder = (order: BrokerOrder & { readonly action?: string }) => order.action !== 'cancel'

interface Ended {
  readonly signal: string | null
  readonly lastLine: string
  readonly errors: string
}

function runChild(task: ChildTask): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...CHILD, JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      errors += String(chunk)
    })
    const timer = setTimeout(() => child.kill('SIGTERM'), PATIENCE_MS)
    child.once('exit', (_, signal) => {
      clearTimeout(timer)
      resolve({ signal, lastLine: output.trim().split('\n').at(-1) ?? '', errors })
    })
  })
}
