import { createNetwork } from '../../src/adapters/network/network.ts'
import { demoSettings } from '../../src/apps/demo-settings.ts'
import { createMarketClock } from '../../src/apps/market-clock.ts'
import { startTrader } from '../../src/apps/start-trader.ts'
import { wallClock } from '../../src/apps/system.ts'
import type { Proof } from '../../src/apps/trader.ts'
import { type CrashPoint, watched } from './points.ts'

/** What the parent tells this process, as one JSON argument. */
export interface ChildTask {
  readonly restUrl: string
  readonly socketUrl: string
  readonly journal: string
  readonly speed: number
  readonly startAt: number
  readonly wallOrigin: number
  /** Kill ourselves with SIGKILL when this point is reached for the `nth` time. */
  readonly crash?: { readonly point: CrashPoint; readonly nth: number }
  /** Without a crash: buy nothing new, settle, and say what our books hold. */
  readonly settle?: boolean
}

/** What it says at the end, as one line of JSON. */
export interface Settled {
  readonly difference: Proof['difference']
  readonly open: number
  readonly fills: number
  readonly orders: number
}

const task = JSON.parse(process.argv[2] ?? '{}') as ChildTask
let left = task.crash?.nth ?? 0

const reached = (point: CrashPoint) => {
  if (point !== task.crash?.point) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

const clock = createMarketClock({ wall: wallClock, startAt: task.startAt, speed: task.speed })
clock.release(task.wallOrigin)
const started = await startTrader({
  settings: demoSettings(),
  environment: 'simulated',
  hosts: { rest: task.restUrl, socket: task.socketUrl },
  appKey: 'demo-app-key',
  secretKey: 'demo-secret-key',
  journalFolder: task.journal,
  clock,
  wall: wallClock,
  network: watched(createNetwork(), reached),
  notifier: { notify: () => undefined },
  onFatal: (error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(70)
  },
  probe: reached,
})
if (!started.ok) {
  process.stderr.write(`${started.error.text}\n`)
  process.exit(1)
}
const trader = started.value

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

if (task.settle) {
  trader.command({ do: 'pauseBuying' })
  trader.command({ do: 'flatten' })
  // Quiet: nothing open and nothing held for a while. Bounded; what is left is reported as it is.
  for (
    let waited = 0;
    waited < 240 && trader.view().orders.length + trader.view().positions.length > 0;
    waited++
  )
    await pause(250)
  await pause(500)
  const proof = await trader.proof()
  const view = trader.view()
  const settled: Settled = {
    difference: proof.difference,
    open: view.orders.length,
    fills: view.counts.fills,
    orders: view.counts.orders,
  }
  process.stdout.write(`${JSON.stringify(settled)}\n`)
  await trader.stop()
  process.exit(0)
}
