import { createBenchClock } from '../../../bench/bench-clock.ts'
import { heldSettings } from '../../../bench/held-settings.ts'
import { createNetwork } from '../../../src/adapters/network/network.ts'
import { mustOpenDesk } from '../../../src/apps/open-desk.ts'
import { startTrader } from '../../../src/apps/start-trader.ts'
import { wallClock } from '../../../src/apps/system.ts'
import type { RunningTrader } from '../../../src/apps/trader.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../src/model/time.ts'
import type { EpochMs } from '../../../src/std/clock.ts'
import { serveParent } from '../hours/parent-line.ts'

export interface TraderCalls {
  /** Resolved when every held symbol has its price, at the clock's `speed`. */
  start(port: number, folder: string): Promise<void>
  /** From now on in the wall's pace. Gives the market's time. */
  inRealTime(): Promise<EpochMs>
  figures(): Promise<Figures>
  stop(): Promise<void>
}

export interface Figures {
  /** Processor of the whole process since it began, µs. */
  readonly cpu: number
  readonly events: number
  readonly fills: number
  readonly positions: number
}

/** The broker's request limits are in market time: 95 descriptions at one a second would take minutes. */
const PREPARING = 30
const GIVE_UP_MS = 300_000

const clock = createBenchClock(wallClock, kstInstant(tradingDay('2026-11-20'), timeOfDay('10:00')))
const network = createNetwork()
let trader: RunningTrader | undefined

async function start(port: number, folder: string): Promise<void> {
  clock.runAt(PREPARING)
  await mustOpenDesk({
    journalFolder: folder,
    wall: wallClock,
    trader: () => trader,
    environment: 'simulated',
    speed: () => 1,
  })
  const started = await startTrader({
    settings: heldSettings(),
    environment: 'simulated',
    hosts: { rest: `http://127.0.0.1:${port}`, socket: `ws://127.0.0.1:${port}/api/dostk/websocket` },
    appKey: 'soak',
    secretKey: 'soak',
    journalFolder: folder,
    clock,
    wall: wallClock,
    network,
    notifier: { notify: () => undefined },
    onFatal: (error) => {
      throw error
    },
  })
  if (!started.ok) throw new Error(started.error.text)
  trader = started.value
  const giveUp = wallClock.now() + GIVE_UP_MS
  while (trader.view().positions.some(({ last }) => last === 0)) {
    if (wallClock.now() > giveUp) throw new Error('the positions never got a price')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

serveParent<TraderCalls>({
  start,
  inRealTime: async () => {
    clock.runAt(1)
    return clock.now()
  },
  figures: async () => {
    if (!trader) throw new Error('no trader')
    const { user, system } = process.cpuUsage()
    const { counts, positions } = trader.view()
    return {
      cpu: user + system,
      events: counts.events,
      fills: counts.fills,
      positions: positions.length,
    }
  },
  stop: async () => {
    await trader?.stop()
    await network.close()
  },
})
