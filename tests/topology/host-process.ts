import { createInterface } from 'node:readline'
import { ROLES, type Role } from '../../src/apps/processes/setup.ts'
import { startSplit } from '../../src/apps/processes/start-split.ts'
import { wallClock } from '../../src/apps/system.ts'
import type { Command } from '../../src/apps/trader.ts'
import type { TradingSettings } from '../../src/model/settings.ts'
import type { PartTask } from '../crash/split-part.ts'
import { programArguments } from '../program.ts'

/** What the test tells this process, as one JSON argument: it is the supervisor of one split system. */
export interface HostTask {
  readonly restUrl: string
  readonly socketUrl: string
  readonly journal: string
  readonly speed: number
  readonly startAt: number
  readonly wallOrigin: number
  readonly settings: TradingSettings
  /** One process kills itself on its way; it is told so at its first start only. */
  readonly crash?: PartTask
}

/** One line of its standard input; each is answered by one line of JSON. */
export type HostRequest =
  | { readonly do: 'look' }
  | { readonly do: 'command'; readonly command: Command }
  | { readonly do: 'settings'; readonly settings: TradingSettings }
  | { readonly do: 'proof' }
  | { readonly do: 'stop' }

const task = JSON.parse(process.argv[2] ?? '{}') as HostTask
const PART = programArguments('../crash/split-part.ts', import.meta.url)
const begun = new Set<Role>()
const drilled = (crash: PartTask) => (role: Role) => {
  const isFirst = !begun.has(role)
  begun.add(role)
  return [...PART, JSON.stringify(isFirst ? crash : null), role]
}
const say = (answer: unknown) => void process.stdout.write(`${JSON.stringify(answer)}\n`)

const time = {
  kind: 'scaled',
  startAt: task.startAt,
  speed: task.speed,
  wallOrigin: task.wallOrigin,
} as const
const started = await startSplit({
  settings: task.settings,
  environment: 'simulated',
  hosts: { rest: task.restUrl, socket: task.socketUrl },
  appKey: 'demo-app-key',
  secretKey: 'demo-secret-key',
  journalFolder: task.journal,
  time,
  wall: wallClock,
  notifier: { notify: ({ level, en }) => void process.stderr.write(`${level}: ${en}\n`) },
  onFatal: (error) => {
    process.stderr.write(`fatal: ${error.message}\n`)
    process.exit(1)
  },
  ...(task.crash ? { partArguments: drilled(task.crash) } : {}),
})
if (!started.ok) {
  process.stderr.write(`${started.error.text}\n`)
  process.exit(1)
}
const trader = started.value

const answer = async (request: HostRequest): Promise<unknown> => {
  switch (request.do) {
    case 'look':
      return {
        view: trader.view(),
        health: trader.health(),
        pids: Object.fromEntries(ROLES.map((role) => [role, trader.pid(role)])),
      }
    case 'command':
      trader.command(request.command)
      return {}
    case 'settings':
      return trader.changeSettings(request.settings)
    case 'proof':
      return trader.proof().catch((error: unknown) => ({ error: String(error) }))
    case 'stop':
      await trader.stop()
      return {}
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line) as HostRequest
  void answer(request).then((answered) => {
    say(answered)
    if (request.do === 'stop') process.exit(0)
  })
})
say({ ready: true })
