import { createEndpoint } from '../../adapters/bus/endpoint.ts'
import { channelToParent } from '../../adapters/bus/process-channel.ts'
import { createNetwork } from '../../adapters/network/network.ts'
import { kstClock } from '../../model/time.ts'
import type { Bus } from '../../ports/bus.ts'
import type { Network } from '../../ports/network.ts'
import type { Notice } from '../../ports/notifier.ts'
import type { ProbePoint } from '../../trading/engine/runner.ts'
import { writeCrashReport } from '../crash.ts'
import { clockOf } from '../market-clock.ts'
import { wallClock } from '../system.ts'
import { EXIT } from './exit-codes.ts'
import type { Part, PartContext } from './part.ts'
import { noticeTopic, type Role, setupQuestion, stopQuestion } from './setup.ts'

/** Each process loads its own part and nothing of the others. */
const PARTS: Readonly<Record<Role, () => Promise<(context: PartContext) => Promise<Part>>>> = {
  collector: async () => (await import('./collector.ts')).startCollector,
  analyzer: async () => (await import('./analyzer.ts')).startAnalyzer,
  query: async () => (await import('./query.ts')).startQuery,
  orders: async () => (await import('./orders.ts')).startOrders,
  trader: async () => (await import('./trader.ts')).startTrader,
}

/** The supervisor answers this before anything else. */
const SETUP_PATIENCE_MS = 10_000
const STOP_PATIENCE_MS = 8_000

/** For crash drills: what stands between a process and its wire, and who hears the named points. */
export interface ChildHooks {
  readonly network?: (network: Network) => Network
  readonly probe?: (point: ProbePoint) => void
}

/** One process of a split system, from its first word with the supervisor to its end. Returns when it runs. */
export async function runChild(role: Role, hooks: ChildHooks = {}): Promise<void> {
  const channel = channelToParent()
  if (!channel) {
    process.stderr.write('가람이 스스로 시작하는 프로세스입니다 · Garam starts this process by itself\n')
    process.exit(EXIT.refused)
  }
  const log = (line: string) => void process.stderr.write(`${role}: ${line}\n`)
  process.on('uncaughtException', (error) => die(role, error))
  process.on('unhandledRejection', (error) => die(role, error))
  // Ctrl-C in a terminal reaches the whole family: the supervisor decides in which order we end.
  process.on('SIGINT', () => undefined)
  const bus = createEndpoint({ name: role, channel, wall: wallClock, odd: (what) => log(`bus: ${what}`) })
  // Nobody to answer to: the trader alone goes on, by what it does when it hears of this.
  if (role !== 'trader') bus.onCut(() => process.exit(EXIT.done))
  const setup = await bus.ask(setupQuestion, role, SETUP_PATIENCE_MS)
  if (!setup.ok) {
    log(`no setup: ${setup.error.why}`)
    process.exit(EXIT.again)
  }
  const network = createNetwork()
  const start = await PARTS[role]()
  const part = await start({
    bus,
    setup: setup.value,
    clock: clockOf(setup.value.time, wallClock),
    wall: wallClock,
    network: hooks.network?.(network) ?? network,
    notifier: { notify: (notice) => tell(bus, notice) },
    log,
    exit: (code) => process.exit(code),
    ...(hooks.probe ? { probe: hooks.probe } : {}),
  })
  bus.answer(stopQuestion(role), async () => {
    const giveUp = wallClock.after(STOP_PATIENCE_MS, () => process.exit(EXIT.bug))
    await part.stop()
    giveUp()
    await network.close()
    // The answer goes out first.
    wallClock.after(50, () => process.exit(EXIT.done))
    return true
  })
}

/** To the person at the supervisor; when nobody is there any more, to our own error output. */
function tell(bus: Bus, notice: Notice): void {
  if (bus.peer('console') === 'up') bus.publish(noticeTopic, notice)
  else if (notice.level !== 'info')
    process.stderr.write(`${kstClock(notice.at)} ${notice.ko}  ·  ${notice.en}\n`)
}

function die(role: Role, error: unknown): void {
  const path = writeCrashReport(error, wallClock.now(), ['process', role])
  process.stderr.write(`${role}: ${error instanceof Error ? error.message : String(error)} (${path})\n`)
  process.exit(EXIT.bug)
}
