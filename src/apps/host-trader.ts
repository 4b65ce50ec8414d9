import { createNetwork } from '../adapters/network/network.ts'
import type { Clock } from '../std/clock.ts'
import { ok, type Result } from '../std/result.ts'
import type { StartTrouble } from '../trading/engine/runner.ts'
import { startHeartbeat } from './deadman/heartbeat.ts'
import { spawnDeadman } from './deadman/spawn.ts'
import { clockOf } from './market-clock.ts'
import { type SplitSetup, startSplit } from './processes/start-split.ts'
import { startTrader } from './start-trader.ts'
import { every } from './system.ts'
import type { RunningTrader } from './trader.ts'

export type Topology = 'single' | 'split'

export interface HostSetup extends Omit<SplitSetup, 'partArguments'> {
  readonly topology: Topology
  /** Start a dead-man's switch beside a split system. */
  readonly deadman: boolean
}

/** A start that takes longer than this is told of, again and again (wall). */
const STILL_WAITING_MS = 15_000

/** Starts the trader in one process or in several: the same engine, record and promises. */
export const hostTrader = (setup: HostSetup): Promise<Result<RunningTrader, StartTrouble>> =>
  setup.topology === 'split' ? hostSplit(setup) : hostSingle(setup)

async function hostSplit(setup: HostSetup): Promise<Result<RunningTrader, StartTrouble>> {
  const started = await startSplit(setup)
  if (started.ok && setup.deadman) spawnDeadman(setup.journalFolder)
  return started
}

async function hostSingle(setup: HostSetup): Promise<Result<RunningTrader, StartTrouble>> {
  const { wall, journalFolder } = setup
  const clock = clockOf(setup.time, wall)
  const network = createNetwork()
  const quiet = tellWhileWaiting(setup, clock)
  const started = await startTrader({ ...setup, clock, network }).finally(quiet)
  if (!started.ok) {
    await network.close()
    return started
  }
  const trader = started.value
  const beats = startHeartbeat({
    trader,
    folder: journalFolder,
    wall,
    onTrouble: (error) =>
      setup.notifier.notify({
        level: 'warning',
        at: clock.now(),
        ko: `생존 신호를 쓸 수 없습니다: ${String(error)}`,
        en: `the heartbeat cannot be written: ${String(error)}`,
      }),
  })
  return ok({
    ...trader,
    stop: async () => {
      await trader.stop()
      await beats.end()
      await network.close()
    },
  })
}

/** The broker may be away for long; the line tries again by itself. */
function tellWhileWaiting({ wall, notifier }: HostSetup, clock: Clock): () => void {
  return every(wall, STILL_WAITING_MS, () =>
    notifier.notify({
      level: 'warning',
      at: clock.now(),
      ko: '아직 증권사에 연결되지 않았습니다. 계속 시도합니다 (Ctrl-C로 그만둠)',
      en: 'the broker cannot be reached yet; trying on (Ctrl-C gives up)',
    }),
  )
}
