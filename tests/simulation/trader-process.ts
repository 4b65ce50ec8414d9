import { startTrader } from '../../src/apps/start-trader.ts'
import type { RunningTrader } from '../../src/apps/trader.ts'
import type { TradingSettings } from '../../src/model/settings.ts'
import type { Notice } from '../../src/ports/notifier.ts'
import type { Clock } from '../../src/std/clock.ts'
import type { ProbePoint } from '../../src/trading/engine/runner.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import type { SimulatedNetwork } from './simulated-network.ts'
import { createProcessClock } from './world-clock.ts'

export const JOURNAL = 'journal'
export const KEY = { appKey: 'demo-app-key', secretKey: 'demo-secret-key' } as const

/** One life of the trader: what it waits for and what it holds ends with it. */
export interface TraderProcess {
  /** Undefined while it starts. */
  readonly trader: RunningTrader | undefined
  readonly alive: boolean
  /** As SIGKILL does it; with `power`, as a plug pulled out does. */
  kill(power: boolean): void
}

export interface TraderProcessParts {
  readonly world: Clock
  readonly disk: SimulatedDisk
  readonly network: SimulatedNetwork
  readonly settings: TradingSettings
  readonly onNotice: (notice: Notice) => void
  readonly probe: (point: ProbePoint) => void
  /** It ended by itself: it could not start, or it may not go on. */
  readonly onEnd: (error: Error) => void
}

export function startProcess(parts: TraderProcessParts): TraderProcess {
  const clock = createProcessClock(parts.world)
  const mount = parts.disk.mount(clock)
  const plug = parts.network.plug(clock)
  let alive = true
  let trader: RunningTrader | undefined

  const kill = (power: boolean) => {
    if (!alive) return
    alive = false
    clock.kill()
    mount.kill(power)
    plug.kill(power)
  }

  const end = (error: Error) => {
    if (!alive) return
    kill(false)
    parts.onEnd(error)
  }

  const whileAlive =
    <T>(run: (told: T) => void) =>
    (told: T) => {
      if (alive) run(told)
    }

  void startTrader({
    settings: parts.settings,
    environment: 'simulated',
    hosts: { rest: 'http://127.0.0.1:9', socket: 'ws://127.0.0.1:9' },
    ...KEY,
    journalFolder: JOURNAL,
    clock,
    wall: clock,
    network: plug.network,
    disk: mount.disk,
    notifier: { notify: whileAlive(parts.onNotice) },
    onFatal: end,
    probe: whileAlive(parts.probe),
  }).then(
    (started) => {
      if (started.ok) trader = started.value
      else end(new Error(started.error.text))
    },
    (error: unknown) => end(error instanceof Error ? error : new Error(String(error))),
  )

  return {
    get trader() {
      return alive ? trader : undefined
    },
    get alive() {
      return alive
    },
    kill,
  }
}
