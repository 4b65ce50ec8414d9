import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { kstInstant, type TimeOfDay, type TradingDay, timeOfDay, tradingDay } from '../../model/time.ts'
import type { Cancel, Clock, EpochMs } from '../../std/clock.ts'
import { attend, lineNotifier, modeFor } from '../attend.ts'
import type { CommandContext } from '../command-context.ts'
import { demoConfig } from '../config/demo-config.ts'
import { loadConfig } from '../config/load.ts'
import type { Config } from '../config/parse.ts'
import { DEMO_KEY } from '../demo-settings.ts'
import { followConfig } from '../follow-config.ts'
import { hostTrader, type Topology } from '../host-trader.ts'
import { type ExitCode, type Io, Refusal } from '../io.ts'
import { clockOf, type TimePlan } from '../market-clock.ts'
import { mustOpenDesk } from '../open-desk.ts'
import * as read from '../options.ts'
import { dayResult, proofLines, summary } from '../screen/summary.ts'
import { type SimulatorProcess, startSimulatorProcess } from '../simulator-process.ts'
import { onInterrupt, wallClock } from '../system.ts'
import { isProven, type RunningTrader } from '../trader.ts'
import { mayBrowse, startDashboard } from '../web/dashboard.ts'
import type { WebChild } from '../web/web-child.ts'
import { prove, windDown } from '../wind-down.ts'

interface DemoOptions {
  readonly speed: number
  readonly seed: number
  readonly port: number
  readonly simulatorPort: number
  readonly web: boolean
  readonly day: TradingDay
  readonly start: TimeOfDay
  readonly journal?: string
  readonly topology: Topology
  readonly headless?: true
  readonly for?: number
  readonly json?: true
}

/** A minute before the opening call is matched: at the default speed the first trades are seconds away. */
const STARTS = timeOfDay('08:59')
/** The regular session and its closing auction are over. */
const DAY_ENDS = timeOfDay('15:35')

export const demoCommand = ({ io, finish }: CommandContext): Command =>
  new Command('demo')
    .description(
      '설정 없이 바로: 모의 키움 서버와 자동매매를 함께 돌립니다\nzero-config: a simulated Kiwoom day and the whole platform against it',
    )
    .option('--speed <times>', '실제보다 몇 배 빠르게 · times faster than real', read.speed, 20)
    .option('--seed <number>', '시장의 씨앗 · seed of the market', read.wholeNumber, 7)
    .option('--port <number>', '대시보드 포트 (0: 빈 포트) · port of the dashboard', read.port, 8787)
    .option('--no-web', '대시보드를 켜지 않음 · without the dashboard')
    .option('--simulator-port <number>', '시뮬레이터 포트 (0: 빈 포트) · simulator port', read.port, 0)
    .option('--day <date>', '거래일 · trading day', read.day, tradingDay('2026-11-20'))
    .addOption(
      new Option('--start <time>', '시작 시각 · market time to start at')
        .argParser(read.time)
        .default(STARTS, '08:59'),
    )
    .option('--journal <folder>', '기록 폴더 · folder of the record (새 폴더 · a new one by default)')
    .addOption(
      new Option('--topology <kind>', '한 프로세스 또는 여럿 · one process or several')
        .choices(['single', 'split'])
        .default('single'),
    )
    .option('--headless', '화면 없이 진행 상황만 · progress lines instead of the screen')
    .option('--for <duration>', '이만큼 뒤에 끝냄 (실제 시간: 90s, 5m) · end after, real time', read.duration)
    .option('--json', '마지막 줄에 결과를 JSON으로 · the result as JSON on the last line')
    .addHelpText('after', '\n예 · example:\n  garam demo --headless --for 90s --speed 60 --seed 7 --json')
    .action(async (options: DemoOptions) => finish(await demo(options, io)))

async function demo(options: DemoOptions, io: Io): Promise<ExitCode> {
  const startAt = kstInstant(options.day, options.start)
  const started = await startSimulatorProcess(simulatorOptions(options), wallClock)
  if (!started.ok) throw new Refusal(started.error)
  const simulator = started.value
  try {
    const wallOrigin = wallClock.now()
    simulator.release(wallOrigin)
    return await trade(options, simulator, { kind: 'scaled', startAt, speed: options.speed, wallOrigin }, io)
  } finally {
    await simulator.stop()
  }
}

const simulatorOptions = (options: DemoOptions): readonly string[] => [
  ...['--port', String(options.simulatorPort)],
  ...['--speed', String(options.speed)],
  ...['--seed', String(options.seed)],
  ...['--day', options.day],
  ...['--start', clockText(options.start)],
  '--fictional',
  // Garam trades KRX in its demo; the other venue would only cost time.
  ...['--nxt', 'none'],
]

const clockText = (time: TimeOfDay): string => new Date(time).toISOString().slice(11, 19)

const journalFolder = (options: DemoOptions, now: EpochMs): string =>
  resolve(options.journal ?? `.garam/demo/${new Date(now).toISOString().replace(/[:.]/g, '-')}`)

/** How long the day still lasts on the wall clock; at most what `--for` asks. */
function lasting(options: DemoOptions, clock: Clock): number {
  const left = (kstInstant(options.day, DAY_ENDS) - clock.now()) / options.speed
  return Math.max(0, Math.min(left, options.for ?? Number.POSITIVE_INFINITY))
}

async function trade(
  options: DemoOptions,
  simulator: SimulatorProcess,
  time: TimePlan,
  io: Io,
): Promise<ExitCode> {
  const mode = modeFor(options.headless === true)
  const notifier = lineNotifier(mode, io)
  let fail: (reason: string) => void = () => undefined
  const failed = new Promise<string>((resolve) => {
    fail = resolve
  })
  let trader: RunningTrader | undefined
  const folder = journalFolder(options, wallClock.now())
  const { restUrl: rest, socketUrl: socket } = simulator.addresses
  const file = join(folder, 'garam.yaml')
  const config = await ownConfig(file, demoConfig({ rest, socket }, folder))
  const desk = await mustOpenDesk({
    journalFolder: folder,
    wall: wallClock,
    trader: () => trader,
    environment: 'simulated',
    speed: () => options.speed,
  })
  const dashboard = options.web ? dashboardOf(options, folder, file, io) : undefined
  let unwatch: Cancel = () => undefined
  try {
    const started = await hostTrader({
      settings: config.settings,
      environment: 'simulated',
      hosts: { rest, socket },
      ...DEMO_KEY,
      journalFolder: folder,
      topology: options.topology,
      // The market of a demo ends with it: nobody has to be woken.
      deadman: false,
      time,
      wall: wallClock,
      notifier,
      onFatal: (error) => fail(error.message),
    })
    if (!started.ok) throw new Refusal(started.error.text)
    trader = started.value
    unwatch = followConfig(config, file, trader, io)
    const watch = {
      mode,
      title: '시뮬레이션 simulated',
      speed: options.speed,
      wall: wallClock,
      io,
      forMs: lasting(options, clockOf(time, wallClock)),
      link: () => dashboard?.url(),
    }
    const ending = await attend(trader, watch, Promise.race([failed, simulator.died]))
    if (ending.by === 'trouble') {
      await trader.stop().catch(() => undefined)
      throw new Refusal(ending.reason)
    }
    notifier.mute()
    unwatch()
    return await conclude(trader, options, io)
  } finally {
    unwatch()
    await dashboard?.stop()
    await desk.close()
  }
}

/** What stands there already is the person's own. */
async function ownConfig(file: string, text: string): Promise<Config> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  return loadConfig(file)
}

/** Whoever sees this terminal is let in; its accounts end with the folder of the demo. */
const dashboardOf = (options: DemoOptions, folder: string, file: string, io: Io): WebChild =>
  startDashboard({
    journalFolder: folder,
    configFile: file,
    port: options.port,
    orFree: true,
    stateFolder: join(folder, 'web'),
    demo: true,
    mode: modeFor(options.headless === true),
    browse: mayBrowse(options.headless === true),
    io,
  })

const SUMMARY_WIDTH = 100

/** Winds the day down, proves it against the simulator's account and prints the page. 0 only when nothing differs. */
async function conclude(trader: RunningTrader, options: DemoOptions, io: Io): Promise<ExitCode> {
  io.err('마무리합니다: 매수 중지, 미체결 취소 · winding down')
  onInterrupt((times) => {
    if (times > 1) process.exit(130)
    io.err('마무리하는 중입니다. 한 번 더 누르면 바로 끝냅니다 · winding down; once more ends at once')
  })
  // The halt below keeps exits from leaving, and each of them raises an alert that says nothing about the day.
  const { alerts } = trader.view().counts
  if (!(await windDown(trader, wallClock)))
    io.err('미체결이 남은 채로 끝냅니다 · some orders are still working')
  const proof = await prove(trader, wallClock)
  // Only a trader that has stopped decides nothing more: its hash is then the one a replay of the record gives.
  await trader.stop()
  const ended = trader.view()
  const view = { ...ended, counts: { ...ended.counts, alerts } }
  const lines = summary(view, { width: SUMMARY_WIDTH, journal: trader.journal, proof: proofLines(proof) })
  for (const line of lines) options.json ? io.err(line) : io.out(line)
  if (options.json) io.out(JSON.stringify(dayResult(view, trader.journal, proof)))
  return proof && isProven(proof) ? 0 : 1
}
