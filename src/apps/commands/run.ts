import { Command } from 'commander'
import { routingOf } from '../../model/settings.ts'
import { kstClock } from '../../model/time.ts'
import { attend, lineNotifier, modeFor } from '../attend.ts'
import type { CommandContext } from '../command-context.ts'
import { loadConfig } from '../config/load.ts'
import type { Config } from '../config/parse.ts'
import { PASSPHRASE_VARIABLE, resolveSecret, type SecretSources, secretSources } from '../config/secrets.ts'
import { followConfig } from '../follow-config.ts'
import { type HostSetup, hostTrader } from '../host-trader.ts'
import { type ExitCode, type Io, Refusal, refuse } from '../io.ts'
import { hostsOf } from '../kiwoom-hosts.ts'
import type { TimePlan } from '../market-clock.ts'
import { mustOpenDesk } from '../open-desk.ts'
import * as read from '../options.ts'
import { dayResult, summary } from '../screen/summary.ts'
import { simulatedTime } from '../simulated-time.ts'
import { environmentVariable, onInterrupt, wallClock } from '../system.ts'
import type { RunningTrader } from '../trader.ts'
import { tradingSpan } from '../trading-span.ts'
import { startDashboard } from '../web/dashboard.ts'
import type { WebChild } from '../web/web-child.ts'

interface RunOptions {
  readonly config: string
  readonly headless?: true
  readonly for?: number
  readonly json?: true
  readonly web: boolean
}

export const runCommand = ({ io, finish }: CommandContext): Command =>
  new Command('run')
    .description(
      '설정 파일의 환경(simulated, paper)에서 매매합니다. 실전(live)은 아직 열리지 않았습니다\ntrades in the environment the config names; live is not open yet',
    )
    .option('-c, --config <file>', '설정 파일 · config file', 'garam.yaml')
    .option('--headless', '화면 없이 진행 상황만 · progress lines instead of the screen')
    .option('--for <duration>', '이만큼 뒤에 끝냄 (90s, 5m, 7h) · end after', read.duration)
    .option('--no-web', '대시보드를 켜지 않음 · without the dashboard')
    .option('--json', '마지막 줄에 결과를 JSON으로 · the result as JSON on the last line')
    .addHelpText('after', '\n예 · example:\n  garam run --config garam.yaml --headless')
    .action(async (options: RunOptions) => finish(await run(options, io)))

async function run(options: RunOptions, io: Io): Promise<ExitCode> {
  const config = await loadConfig(options.config)
  await keysOf(config) // What is missing is said now, not in the morning.
  const endAt = options.for === undefined ? Number.POSITIVE_INFINITY : wallClock.now() + options.for
  // Requests before the trader stands are answered honestly instead of being lost.
  let trader: RunningTrader | undefined
  let speed = 1
  const desk = await mustOpenDesk({
    journalFolder: config.journalFolder,
    wall: wallClock,
    trader: () => trader,
    environment: config.broker.environment,
    speed: () => speed,
  })
  const dashboard = options.web && config.web.enabled ? dashboardOf(config, options, io) : undefined
  try {
    for (;;) {
      const untilMs = await dayToTrade(config, endAt, io)
      if (untilMs === undefined) return 0
      const now = await loadConfig(options.config)
      const time = await timeOf(now)
      speed = time.kind === 'scaled' ? time.speed : 1
      const day: Day = { config: now, time, options, io, forMs: untilMs, link: () => dashboard?.url() }
      const ended = await tradeDay(day, (started) => {
        trader = started
      })
      trader = undefined
      if (ended === 'person' || wallClock.now() >= endAt || config.broker.environment === 'simulated')
        return 0
    }
  } finally {
    await dashboard?.stop()
    await desk.close()
  }
}

/** A process of its own, for all days: its death never touches trading. */
const dashboardOf = (config: Config, options: RunOptions, io: Io): WebChild =>
  startDashboard({
    journalFolder: config.journalFolder,
    configFile: options.config,
    orFree: config.web.port === 0,
    demo: false,
    hidden: hiddenVariables(config),
    mode: modeFor(options.headless === true),
    browse: false,
    io,
  })

/**
 * Waits for the market's next day. Gives how long to trade from now, wall ms; `undefined` when the person or `--for`
 * ended the waiting. A simulated market has its own time and is always open.
 */
async function dayToTrade(config: Config, endAt: number, io: Io): Promise<number | undefined> {
  const left = () => endAt - wallClock.now()
  if (config.broker.environment === 'simulated') return left()
  const span = tradingSpan(wallClock.now(), routingOf(config.settings))
  const waitMs = span.startAt - wallClock.now()
  if (waitMs > 0) {
    const when = `${span.day} ${kstClock(span.startAt)}`
    io.err(`다음 거래일을 기다립니다: ${when} · waiting for the next trading day`)
    if (!(await waited(Math.min(waitMs, left())))) return undefined
  }
  return left() <= 0 ? undefined : Math.min(span.endAt - wallClock.now(), left())
}

/** False when the person did not want to wait any longer. */
function waited(ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (value: boolean) => {
      unlisten()
      cancel()
      resolve(value)
    }
    const unlisten = onInterrupt(() => end(false))
    const cancel = wallClock.after(ms, () => end(true))
  })
}

async function keysOf({ broker }: Config) {
  const sources = await secretSources([broker.appKey, broker.secretKey], environmentVariable)
  return { appKey: secret(broker.appKey, sources), secretKey: secret(broker.secretKey, sources) }
}

function secret(reference: string, sources: SecretSources): string {
  const resolved = resolveSecret(reference, sources)
  return resolved.ok ? resolved.value : refuse(resolved.error.ko, resolved.error.en)
}

/** What the other processes have no need to read. */
const hiddenVariables = ({ broker }: Config): readonly string[] => [
  PASSPHRASE_VARIABLE,
  ...[broker.appKey, broker.secretKey].map((reference) => reference.replace(/^env:/, '')),
]

interface Day {
  readonly config: Config
  readonly time: TimePlan
  readonly options: RunOptions
  readonly io: Io
  /** Wall ms until the day is over; infinite without an end. */
  readonly forMs: number
  /** Where the dashboard is. */
  readonly link: () => string | undefined
}

async function tradeDay(
  { config, time, options, io, forMs, link }: Day,
  ready: (trader: RunningTrader) => void,
): Promise<'person' | 'time'> {
  const mode = modeFor(options.headless === true)
  let fail: (reason: string) => void = () => undefined
  const failed = new Promise<string>((resolve) => {
    fail = resolve
  })
  const trader = await begin(
    {
      settings: config.settings,
      environment: config.broker.environment,
      hosts: hostsOf(config.broker),
      ...(await keysOf(config)),
      hidden: hiddenVariables(config),
      journalFolder: config.journalFolder,
      topology: config.topology,
      deadman: config.deadman,
      time,
      wall: wallClock,
      notifier: lineNotifier(mode, io),
      onFatal: (error) => fail(error.message),
    },
    wallClock.now() + forMs,
    io,
  )
  if (trader === undefined) return 'person'
  ready(trader)
  const unwatch = followConfig(config, options.config, trader, io)
  try {
    const watch = { mode, title: titleOf(config), speed: 1, wall: wallClock, io, link }
    const ending = await attend(trader, Number.isFinite(forMs) ? { ...watch, forMs } : watch, failed)
    conclude(trader, options, io)
    if (ending.by === 'trouble') throw new Refusal(ending.reason)
    return ending.by
  } finally {
    unwatch()
    await trader.stop()
  }
}

/** A start that failed for a reason outside of us is tried again after so long, then twice as long … (wall). */
const FIRST_AGAIN_MS = 5_000
const LONGEST_AGAIN_MS = 60_000

/** The broker may be away at the start: that is no reason to end. `undefined` when the person, or `--for`, does not want to wait. */
async function begin(setup: HostSetup, endAt: number, io: Io): Promise<RunningTrader | undefined> {
  let giveUp: () => void = () => undefined
  const given = new Promise<void>((resolve) => {
    giveUp = resolve
  })
  // In a single process the start cannot be cut short: a Ctrl-C there ends it at once.
  const unlisten = setup.topology === 'split' ? onInterrupt(giveUp) : () => undefined
  try {
    for (let waitMs = FIRST_AGAIN_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_AGAIN_MS)) {
      const started = await hostTrader({ ...setup, giveUp: given })
      if (started.ok) return started.value
      if (!started.error.again) throw new Refusal(started.error.text)
      const left = endAt - wallClock.now()
      if (left <= 0) throw new Refusal(started.error.text)
      io.err(
        `아직 시작할 수 없습니다: ${started.error.text}. ${waitMs / 1000}초 뒤에 다시 합니다 · cannot begin yet, trying again in ${waitMs / 1000} s`,
      )
      if (!(await waited(Math.min(waitMs, left)))) return undefined
    }
  } finally {
    unlisten()
  }
}

/** A real market lives in the machine's time; a simulated one has a day and a speed of its own. */
const timeOf = async ({ broker }: Config): Promise<TimePlan> =>
  broker.environment === 'simulated' ? simulatedTime(hostsOf(broker).rest, wallClock) : { kind: 'wall' }

const titleOf = (config: Config): string =>
  config.broker.environment === 'paper' ? '모의투자 paper' : '시뮬레이션 simulated'

const WIDTH = 100

/** Positions stay where they are, and nobody watches them while the program is off: that must be said. */
function conclude(trader: RunningTrader, options: RunOptions, io: Io): void {
  const view = trader.view()
  for (const line of summary(view, { width: WIDTH, journal: trader.journal }))
    options.json ? io.err(line) : io.out(line)
  if (view.positions.length > 0)
    io.err(
      `보유 ${view.positions.length}종목: 가람이 꺼져 있는 동안 손절이 나가지 않습니다 · ${view.positions.length} positions have no stop-loss while Garam is off`,
    )
  if (options.json) io.out(JSON.stringify(dayResult(view, trader.journal, undefined)))
}
