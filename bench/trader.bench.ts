import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createDisk } from '../src/adapters/journal/disk.ts'
import { openJournal } from '../src/adapters/journal/journal.ts'
import { createSnapshotStore } from '../src/adapters/journal/snapshots.ts'
import { createNetwork } from '../src/adapters/network/network.ts'
import { startTrader } from '../src/apps/start-trader.ts'
import { wallClock } from '../src/apps/system.ts'
import type { RunningTrader } from '../src/apps/trader.ts'
import { kstClock, kstInstant, timeOfDay, tradingDay } from '../src/model/time.ts'
import { createDecisionLog } from '../src/trading/engine/decisions.ts'
import { recover } from '../src/trading/engine/recovery.ts'
import { createTrader } from '../src/trading/engine/trader.ts'
import { createBenchClock } from './bench-clock.ts'
import { type Bench, type Benchmarks, microsecondsOf } from './harness.ts'
import { heldSettings, STOP_PRICE } from './held-settings.ts'
import { type Line, openLine } from './line.ts'
import { type Bare, openBare, openRaw } from './line-clients.ts'
import { SYMBOLS } from './line-frames.ts'
import type { LineOrder } from './line-server.ts'
import { createStages, type Stages } from './stages.ts'

const DAY = tradingDay('2026-11-20')
/** The market runs faster than the wall, so that the broker's request limits do not stretch the preparation. */
const SPEED = 30
/** A sample is taken in real time: at thirty times it, what the trader does once a second would often stand before it. */
const REAL_TIME = 1
/** Between two samples the order limit passes, and then what was under way, outside of what is measured. */
const ORDER_PAUSE_MS = 80
const QUIET_MS = 30
/** A stop is reached in a market that moves: 95 names bring about a thousand ticks a second. */
const TICKS_BEFORE = 50
const clock = createBenchClock(wallClock, kstInstant(DAY, timeOfDay('10:00')))
/** The market's time as the wire spells it. */
const at = () => kstClock(clock.now()).replaceAll(':', '')

/**
 * The whole trader on a real socket: 95 held symbols, 20 conditions, the journal on. Held against a bare `ws` client
 * that parses the same frames with `JSON.parse`, and for the latency against the least that could do the same work.
 */
export const trader: Benchmarks = {
  name: 'trader',
  run: async (bench) => {
    await mkdir('.garam', { recursive: true })
    const folder = await mkdtemp(join('.garam', 'bench-'))
    const line = await openLine()
    const bare = await openBare(line.port)
    const raw = await openRaw(line.port, join(folder, 'raw'))
    const stages = createStages()
    const running = await openTrader(line.port, folder, stages)
    try {
      await sustainedTicks(bench, line, bare, running)
      await tickToOrder(bench, line, raw, stages)
      await running.stop()
      await recovery(bench, folder)
    } finally {
      await running.stop()
      await bare.close()
      await raw.close()
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
    goal: 'E4',
    unit: 'ticks/s',
    ours: () => rate('trader', () => running.health().feed.messages),
    reference: { name: 'ws + JSON.parse of the same frames', run: () => rate('bare', bare.messages) },
    gate: '>= 1',
    rounds: bench.sized(5, 2),
  })
  const taken = running.view().counts.events - before
  if (taken < frames * bench.sized(5, 2))
    throw new Error(`the trader took ${taken} ticks, fewer than were sent`)
}

async function tickToOrder(bench: Bench, line: Line, raw: Bare, stages: Stages): Promise<void> {
  const next = { trader: 0, raw: 0 }
  const one = async (to: 'trader' | 'raw'): Promise<number> => {
    clock.runAt(SPEED)
    await pause(ORDER_PAUSE_MS)
    clock.runAt(REAL_TIME)
    await pause(QUIET_MS)
    const ordered = line.nextOrder()
    const symbol = SYMBOLS[next[to]++ % SYMBOLS.length] as string
    const from = await line.send({
      to,
      do: 'tick',
      symbol,
      price: STOP_PRICE,
      at: at(),
      before: TICKS_BEFORE,
    })
    const arrived = await ordered
    if (to === 'trader') stages.keep(from, arrived)
    return Number(arrived - from) / 1_000
  }
  raw.orderBelow(STOP_PRICE + 1)
  await bench.compare({
    name: 'trader: tick on the socket to order request at the broker, durable intent between, p50',
    goal: 'E5',
    unit: 'us',
    ours: () => one('trader'),
    reference: { name: 'scan + raw sockets + one write and fdatasync', run: () => one('raw') },
    gate: '<= 1.6',
    // Each sample sells one of the 95 positions.
    rounds: bench.sized(90, 10),
  })
  bench.explain('trader: where the time from tick to order goes, p50', 'us', stages.medians())
}

/** The journal that the comparisons before have written, read again as a start after a crash does. */
async function recovery(bench: Bench, folder: string): Promise<void> {
  const file = join(folder, `${DAY}.jsonl`)
  const snapshots = createSnapshotStore(join(folder, 'snapshots'), { day: DAY })
  const start = async () => {
    const { journal, today } = await openJournal({ folder, day: DAY, at: clock.now() })
    const { begun } = await recover(createTrader(), createDecisionLog(), snapshots, today, journal.lastSeq)
    await journal.close()
    if (!begun) throw new Error('nothing was recovered')
  }
  const read = async () => (await readFile(file, 'utf8')).split('\n').length
  const orders = SYMBOLS.length
  const megabytes = Math.round((await stat(file)).size / 1e6)
  const what = `of the day just recorded (${megabytes} MB of ticks, ${orders} positions)`
  const reference = { name: 'reading the same file as lines of text', run: () => microsecondsOf(read) }
  const rounds = bench.sized(5, 2)
  await bench.compare({
    name: `trader: recovery ${what}`,
    goal: 'E6',
    unit: 'us',
    ours: () => microsecondsOf(start),
    reference,
    gate: '<= 4',
    rounds,
  })
}

async function openTrader(port: number, folder: string, stages: Stages): Promise<RunningTrader> {
  clock.runAt(SPEED)
  const started = await startTrader({
    settings: heldSettings(),
    environment: 'simulated',
    hosts: { rest: `http://127.0.0.1:${port}`, socket: `ws://127.0.0.1:${port}/api/dostk/websocket` },
    appKey: 'bench',
    secretKey: 'bench',
    journalFolder: folder,
    clock,
    wall: wallClock,
    network: stages.network(createNetwork()),
    disk: stages.disk(createDisk()),
    notifier: { notify: () => undefined },
    onFatal: (error) => {
      throw error
    },
  })
  if (!started.ok) throw new Error(started.error.text)
  // Every held symbol is described, one question a second and api: until then its ticks are not believed.
  const giveUp = wallClock.now() + 300_000
  while (started.value.view().positions.some((position) => position.last === 0)) {
    if (wallClock.now() > giveUp) throw new Error('the positions never got a price')
    await pause(200)
  }
  return started.value
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
