import { createInterface } from 'node:readline'
import { Command, Option } from 'commander'
import { isTradingDay, previousTradingDay } from '../../model/calendar.ts'
import type { Venue } from '../../model/instrument.ts'
import { krw } from '../../model/money.ts'
import { sessionsOf } from '../../model/sessions.ts'
import { kstClock, kstDay, kstInstant, type TimeOfDay, type TradingDay, timeOfDay } from '../../model/time.ts'
import { STANDARD_CONDITIONS } from '../../simulators/kiwoom/conditions/rules.ts'
import type { NxtNames } from '../../simulators/kiwoom/market/nxt-names.ts'
import { QUIRK_NAMES, type QuirkName } from '../../simulators/kiwoom/quirks.ts'
import { type KiwoomServer, startKiwoomServer } from '../../simulators/kiwoom/server.ts'
import { createKiwoomSimulator } from '../../simulators/kiwoom/simulator.ts'
import type { EpochMs } from '../../std/clock.ts'
import { count } from '../../std/numbers.ts'
import type { CommandContext } from '../command-context.ts'
import { DEMO_CASH, DEMO_KEY } from '../demo-settings.ts'
import { type Io, refuse } from '../io.ts'
import { createMarketClock, type MarketClock } from '../market-clock.ts'
import * as read from '../options.ts'
import { onInterrupt, wallClock } from '../system.ts'

interface SimulateOptions {
  readonly port: number
  readonly speed: number
  readonly seed: number
  readonly day?: TradingDay
  readonly start: TimeOfDay
  readonly profile: 'real' | 'mock'
  readonly size?: number
  readonly fictional?: true
  readonly appkey: string
  readonly secretkey: string
  readonly cash: number
  readonly nxt: NxtNames
  readonly quirk?: readonly QuirkName[]
  readonly attached?: true
  readonly json?: true
}

const ACCOUNT_NUMBER = '8012345611'
/** The real list is a part of the market, its larger names; how large a part is our choice. */
const NXT_SHARE = 0.3

export const simulateCommand = (context: CommandContext): Command =>
  new Command('simulate')
    .description('실제 서버와 같은 전문을 쓰는 모의 서버 · wire-faithful local servers')
    .addCommand(kiwoomCommand(context))

const kiwoomCommand = ({ io, finish }: CommandContext): Command =>
  new Command('kiwoom')
    .description(
      '키움 REST·WebSocket 서버를 이 컴퓨터에서 돌립니다: 주소만 바꾸면 어떤 클라이언트든 붙습니다\na Kiwoom server on this machine, for any client that changes its base URL',
    )
    .option(
      '--port <number>',
      'REST와 WebSocket이 함께 쓰는 포트 (0: 빈 포트) · port of both',
      read.port,
      9443,
    )
    .option('--speed <times>', '실제보다 몇 배 빠르게 · times faster than real', read.speed, 1)
    .option('--seed <number>', '시장의 씨앗 · seed of the market', read.wholeNumber, 7)
    .option('--day <date>', '거래일 (기본: 오늘 또는 직전 거래일) · trading day', read.day)
    .addOption(
      new Option('--start <time>', '시작 시각 · market time to start at')
        .argParser(read.time)
        .default(timeOfDay('09:05'), '09:05'),
    )
    .addOption(
      new Option('--profile <name>', '실서버 또는 모의투자 서버의 규칙 · whose limits and fees')
        .choices(['real', 'mock'])
        .default('real'),
    )
    .option('--fictional', '지어낸 종목만 (005930 등 실제 코드 제외) · invented names only')
    .option('--size <count>', '상장 종목 수 · listed instruments', read.wholeNumber)
    .addOption(
      new Option(
        '--nxt <names>',
        'NXT에서도 거래되는 종목: none, 주식 중 비율(0–1), 또는 코드 · names NXT trades too: none, a share, or codes (garam demo: none)',
      )
        .argParser(read.nxtNames)
        .default(NXT_SHARE, String(NXT_SHARE)),
    )
    .option('--appkey <key>', '받아 줄 앱 키 · app key to accept', DEMO_KEY.appKey)
    .option('--secretkey <key>', '그 비밀 키 · its secret', DEMO_KEY.secretKey)
    .option('--cash <won>', '예수금 · cash of the account', read.wholeNumber, DEMO_CASH)
    .addOption(
      new Option('--attached', 'hold until "release <wall ms>" is read, end with standard input').hideHelp(),
    )
    .addOption(
      new Option('--quirk <name...>', '실서버의 버릇을 켭니다 · oddities of the real server').choices(
        QUIRK_NAMES,
      ),
    )
    .option('--json', '준비되면 주소를 JSON 한 줄로 · the addresses as one line of JSON')
    .addHelpText('after', '\n예 · example:\n  garam simulate kiwoom --port 9443 --speed 20 --start 08:55')
    .action(async (options: SimulateOptions) => {
      await serve(options, io)
      finish(0)
    })

async function serve(options: SimulateOptions, io: Io): Promise<void> {
  // From the first moment on, so that a Ctrl-C while the market is built ends politely too.
  const interrupts = interrupted()
  const startAt = kstInstant(options.day ?? lastTradingDay(kstDay(wallClock.now())), options.start)
  const clock = createMarketClock({ wall: wallClock, startAt, speed: options.speed })
  const server = await open(options, clock)
  if (options.json) io.out(JSON.stringify(addressesOf(server)))
  else introduce(options, clock, server, io)
  if (options.attached) await parentEnded(clock)
  else {
    clock.release()
    await interrupts
  }
  await server.close()
}

const addressesOf = ({ restUrl, socketUrl, controlUrl }: KiwoomServer) => ({ restUrl, socketUrl, controlUrl })

/** Today where it is a trading day, else the last one: a weekend evening is when people try things. */
const lastTradingDay = (today: TradingDay): TradingDay =>
  isTradingDay(today) ? today : previousTradingDay(today)

async function open(options: SimulateOptions, clock: MarketClock): Promise<KiwoomServer> {
  const startAt = clock.now()
  const day = kstDay(startAt)
  const simulator = createKiwoomSimulator({
    clock,
    wall: wallClock,
    seed: options.seed,
    day,
    startAt: Math.min(startAt, marketOpens(options, day) ?? startAt),
    nxt: options.nxt,
    speed: options.speed,
    profile: options.profile,
    accounts: [
      {
        number: ACCOUNT_NUMBER,
        appKey: options.appkey,
        secretKey: options.secretkey,
        cash: krw(options.cash),
      },
    ],
    knownNames: options.fictional !== true,
    ...(options.quirk && { quirks: options.quirk }),
    ...(options.size !== undefined && { marketSize: options.size }),
  })
  // The market has been open since its opening call; whoever connects finds prices, books and a history.
  simulator.step()
  return startKiwoomServer(simulator, { port: options.port }).catch((error: unknown) => {
    simulator.close()
    return refuse(
      `포트 ${options.port} 을(를) 열 수 없습니다: ${String(error)}. --port 0 은 빈 포트를 고릅니다`,
      `cannot listen on port ${options.port}; --port 0 takes any free one`,
    )
  })
}

/** When the first of the venues opens that day. */
function marketOpens({ nxt }: SimulateOptions, day: TradingDay): EpochMs | undefined {
  const venues: readonly Venue[] = nxt === 'none' ? ['KRX'] : ['KRX', 'NXT']
  const opened = venues.flatMap((venue) => sessionsOf(venue, day)[0]?.from ?? [])
  return opened.length === 0 ? undefined : Math.min(...opened)
}

const interrupted = () =>
  new Promise<void>((resolve) => {
    onInterrupt(() => resolve())
  })

/**
 * Run by another `garam`: it says when time begins, and when it is gone so are we. A Ctrl-C reaches the whole terminal
 * at once, but the parent must still settle its day with us, so an interrupt (heard above) does not end us here.
 */
function parentEnded(clock: MarketClock): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin })
    lines.on('line', (line) => {
      const origin = /^release (\d+)$/.exec(line)?.[1]
      if (origin !== undefined && !clock.released) clock.release(Number(origin))
    })
    lines.on('close', resolve)
  })
}

function introduce(options: SimulateOptions, clock: MarketClock, server: KiwoomServer, io: Io): void {
  io.out(
    `키움 시뮬레이터 · Kiwoom simulator  ${kstDay(clock.now())} ${kstClock(clock.now())} ×${options.speed} seed ${options.seed}`,
  )
  io.out(`  REST       ${server.restUrl}`)
  io.out(`  WebSocket  ${server.socketUrl}`)
  io.out(`  제어 control ${server.controlUrl}/status`)
  io.out(`  appkey     ${options.appkey}   secretkey ${options.secretkey}`)
  io.out(`  계좌 account ${ACCOUNT_NUMBER}, 예수금 cash ${count(options.cash)}원`)
  io.out(`  조건식 conditions: ${STANDARD_CONDITIONS.map((rule) => `${rule.seq} ${rule.name}`).join(' · ')}`)
  io.out('끝내기 · stop: Ctrl-C')
}
