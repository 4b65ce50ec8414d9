import { type ChildProcess, spawn } from 'node:child_process'
import { createEndpoint } from '../../adapters/bus/endpoint.ts'
import { createChannelPair } from '../../adapters/bus/in-process.ts'
import type { TradingSettings } from '../../model/settings.ts'
import type { Bus } from '../../ports/bus.ts'
import type { Notice } from '../../ports/notifier.ts'
import { err, ok, type Result } from '../../std/result.ts'
import type { StartTrouble } from '../../trading/engine/runner.ts'
import type { TimePlan } from '../market-clock.ts'
import { partArguments } from '../self.ts'
import type { TraderSetup } from '../start-trader.ts'
import { environmentVariables } from '../system.ts'
import type { RunningTrader } from '../trader.ts'
import { createRemoteTrader } from './remote-trader.ts'
import {
  noticeTopic,
  type ProcessSetup,
  type Role,
  type Shown,
  setupQuestion,
  shownTopic,
  startedTopic,
} from './setup.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'

export interface SplitSetup
  extends Pick<
    TraderSetup,
    | 'settings'
    | 'environment'
    | 'hosts'
    | 'appKey'
    | 'secretKey'
    | 'journalFolder'
    | 'wall'
    | 'notifier'
    | 'onFatal'
  > {
  readonly time: TimePlan
  /** Variables of the environment that no process needs to see: the keys' own. */
  readonly hidden?: readonly string[]
  /** Resolves when the person does not want to wait for the start any longer. */
  readonly giveUp?: Promise<void>
  /** Crash drills start programs of their own. */
  readonly partArguments?: (role: Role) => readonly string[]
}

export interface SplitTrader extends RunningTrader {
  pid(role: Role): number | undefined
}

/** Composes one trader of five processes under this one. The same engine as in `startTrader`, with the same promises. */
export async function startSplit(setup: SplitSetup): Promise<Result<SplitTrader, StartTrouble>> {
  const { wall, notifier } = setup
  const tell = (level: Notice['level'], ko: string, en: string) =>
    notifier.notify({ level, at: wall.now(), ko, en })
  const supervisor = createSupervisor({
    wall,
    spawn: (role) => spawnPart(setup, role),
    events: {
      onEnded: (role, why, ms) =>
        tell(
          'warning',
          `${role} 프로세스가 끝났습니다 (${why}): ${ms} ms 뒤에 다시 시작합니다`,
          `the ${role} process ended (${why}): it starts again in ${ms} ms`,
        ),
      onGivenUp: (role, why) => {
        tell(
          'urgent',
          `${role} 프로세스를 더는 다시 시작하지 않습니다 (${why}). 나머지는 계속합니다`,
          `the ${role} process stays down (${why}); the rest goes on`,
        )
        if (role === 'trader') setup.onFatal(new Error(`trader: ${why}`))
      },
      onAbandoned: (pid) =>
        setup.onFatal(
          new Error(
            `매매 프로세스(pid ${pid})가 혼자 매매합니다: garam stop 또는 SIGTERM으로 끝내세요 · the trader (pid ${pid}) goes on alone: end it with garam stop or SIGTERM`,
          ),
        ),
      onOdd: (what) => tell('warning', what, what),
    },
  })
  let { settings } = setup
  const console = openConsole(supervisor, setup, () => settings)
  const stop = async () => {
    await supervisor.stop(console)
    console.close()
  }
  const first = began(console, setup.giveUp ?? new Promise(() => undefined), tell)
  supervisor.start()
  const started = await first
  if (!started.ok) {
    await stop()
    return started
  }
  const trader = createRemoteTrader({
    bus: console,
    wall,
    first: started.value,
    settings: setup.settings,
    journal: setup.journalFolder,
    notifier,
    onSettings: (changed) => {
      settings = changed
    },
    stop,
  })
  return ok({ ...trader, pid: (role) => supervisor.pid(role) })
}

/** This process's own end of the bus: it gives each process what it needs, and hears what people should know. */
function openConsole(supervisor: Supervisor, setup: SplitSetup, settings: () => TradingSettings): Bus {
  const [ours, hubs] = createChannelPair()
  supervisor.hub.attach('console', hubs)
  const console = createEndpoint({ name: 'console', channel: ours, wall: setup.wall })
  const { environment, hosts, time, appKey, secretKey, journalFolder } = setup
  const common: ProcessSetup = { environment, hosts, time }
  console.answer(setupQuestion, async (role) =>
    role === 'trader'
      ? { ...common, trader: { appKey, secretKey, settings: settings(), journalFolder } }
      : common,
  )
  console.subscribe(noticeTopic, (notice) => setup.notifier.notify(notice))
  console.ready()
  return console
}

/** The desk as it is first shown, or why the trader will not begin. A broker that is away is waited for. */
function began(
  console: Bus,
  giveUp: Promise<void>,
  tell: (level: Notice['level'], ko: string, en: string) => void,
): Promise<Result<Shown, StartTrouble>> {
  return new Promise((resolve) => {
    const cancels = [
      console.subscribe(shownTopic, (shown) => end(ok(shown))),
      console.subscribe(startedTopic, (outcome) => {
        if (outcome.ok) return
        if (!outcome.again) return end(err(outcome))
        tell(
          'warning',
          `아직 시작할 수 없습니다: ${outcome.text}. 다시 시도합니다`,
          `cannot begin yet: ${outcome.text}; trying again`,
        )
      }),
    ]
    const end = (result: Result<Shown, StartTrouble>) => {
      for (const cancel of cancels) cancel()
      resolve(result)
    }
    void giveUp.then(() => end(err({ text: '시작을 그만두었습니다 · given up', again: false })))
  })
}

function spawnPart(setup: SplitSetup, role: Role): ChildProcess {
  const words = (setup.partArguments ?? partArguments)(role)
  const environment = { ...environmentVariables() }
  for (const name of setup.hidden ?? []) delete environment[name]
  return spawn(process.execPath, [...words], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: environment,
  })
}
