import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createMarketClock } from '../../src/apps/market-clock.ts'
import type { Role } from '../../src/apps/processes/setup.ts'
import { wallClock } from '../../src/apps/system.ts'
import type { Health, Proof } from '../../src/apps/trader.ts'
import type { InstrumentId } from '../../src/model/ids.ts'
import { krw } from '../../src/model/money.ts'
import type { TradingSettings } from '../../src/model/settings.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../src/model/time.ts'
import { type KiwoomServer, startKiwoomServer } from '../../src/simulators/kiwoom/server.ts'
import { createKiwoomSimulator, type KiwoomSimulator } from '../../src/simulators/kiwoom/simulator.ts'
import type { TraderView } from '../../src/trading/engine/view.ts'
import type { PartTask } from '../crash/split-part.ts'
import { programArguments } from '../program.ts'
import { createHeavySeller } from './heavy-seller.ts'
import type { HostRequest, HostTask } from './host-process.ts'

const DAY = tradingDay('2026-11-20')
const HOST = programArguments('./host-process.ts', import.meta.url)
const KEY = { appKey: 'demo-app-key', secretKey: 'demo-secret-key' }

export interface Looked {
  readonly view: TraderView
  readonly health: Health
  readonly pids: Partial<Record<Role, number>>
}

/** One split system of real processes: this is its supervisor's. */
export interface Host {
  readonly process: ChildProcess
  readonly errors: () => string
  ask<T>(request: HostRequest): Promise<T>
  look(): Promise<Looked>
  proof(): Promise<Proof>
  stop(): Promise<void>
}

/** A simulated Kiwoom on real sockets, a folder for the record, and systems that trade there. */
export interface SplitStand {
  readonly core: KiwoomSimulator
  readonly server: KiwoomServer
  readonly folder: string
  /** Somebody sells so much of it that it trades at or below this price. */
  press(name: InstrumentId, to: number): Promise<void>
  begin(settings: TradingSettings, crash?: PartTask): Promise<Host>
  close(): Promise<void>
}

export interface SplitStandSettings {
  readonly at: string
  readonly speed: number
  readonly seed: number
  readonly marketSize: number
}

export async function openSplitStand({
  at,
  speed,
  seed,
  marketSize,
}: SplitStandSettings): Promise<SplitStand> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-split-'))
  const startAt = kstInstant(DAY, timeOfDay(at))
  const clock = createMarketClock({ wall: wallClock, startAt, speed })
  const dawn = kstInstant(DAY, timeOfDay('08:30'))
  const seller = createHeavySeller({ seed, day: DAY, startAt: dawn, size: marketSize })
  const core = createKiwoomSimulator({
    clock,
    wall: wallClock,
    seed,
    day: DAY,
    startAt: dawn,
    speed,
    profile: 'real',
    marketSize,
    flowProfile: 'lively',
    accounts: [{ ...KEY, number: '1234567890', cash: krw(50_000_000) }, seller.account],
  })
  const server = await startKiwoomServer(core, { port: 0 })
  core.step()
  const wallOrigin = wallClock.now()
  clock.release(wallOrigin)
  const hosts: Host[] = []
  return {
    core,
    server,
    folder,
    press: (name, to) => seller.press(core, name, to),
    begin: async (settings, crash) => {
      const where = { restUrl: server.restUrl, socketUrl: server.socketUrl, journal: folder }
      const host = await begin({
        ...where,
        speed,
        startAt,
        wallOrigin,
        settings,
        ...(crash ? { crash } : {}),
      })
      hosts.push(host)
      return host
    },
    close: async () => {
      for (const host of hosts) host.process.kill('SIGKILL')
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const READY_MS = 120_000

async function begin(task: HostTask): Promise<Host> {
  const child = spawn(process.execPath, [...HOST, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  child.stdin.on('error', () => undefined)
  const waiting: ((line: string) => void)[] = []
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line))
  const exited = new Promise<never>((_, reject) => {
    child.once('exit', (code, signal) => {
      const end = () => reject(new Error(`the supervisor ended (${signal ?? code}): ${errors}`))
      // What it said last may still be on its way.
      if (child.stdout.readableEnded) end()
      else child.stdout.once('end', end)
    })
  })
  exited.catch(() => undefined)
  const nextLine = () => Promise.race([exited, new Promise<string>((resolve) => waiting.push(resolve))])
  const slow = setTimeout(() => child.kill('SIGKILL'), READY_MS)
  await nextLine()
  clearTimeout(slow)
  const ask = async <T>(request: HostRequest): Promise<T> => {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    return JSON.parse(await nextLine()) as T
  }
  return {
    process: child,
    errors: () => errors,
    ask,
    look: () => ask<Looked>({ do: 'look' }),
    proof: () => ask<Proof>({ do: 'proof' }),
    stop: async () => {
      await ask({ do: 'stop' })
    },
  }
}
