import { dirname, join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { sleep } from '../../std/clock.ts'
import type { CommandContext } from '../command-context.ts'
import { isLoopback } from '../config/addresses.ts'
import { loadConfig } from '../config/load.ts'
import type { WebConfig } from '../config/parse.ts'
import { type Io, refuse } from '../io.ts'
import * as read from '../options.ts'
import { onInterrupt, wallClock } from '../system.ts'
import { meetParent, type Parent } from '../web/parent.ts'
import { isTaken, type RunningWeb, type StartWeb, startWeb } from '../web/start-web.ts'

interface WebOptions {
  readonly config?: string
  readonly journal?: string
  readonly state?: string
  readonly port?: number
  readonly host?: string
  readonly orFree?: true
  readonly attached?: true
}

/** Wall. */
const CLOSE_PATIENCE_MS = 2_000

const ALONE: Omit<WebConfig, 'enabled'> = { host: '127.0.0.1', port: 8787, behindProxy: false, allow: [] }

export const webCommand = ({ io, finish }: CommandContext): Command =>
  new Command('web')
    .description(
      '실행 중인 매매 옆에서 대시보드를 켭니다 (garam run과 demo는 스스로 켭니다)\nthe dashboard beside a running trader (garam run and demo start it by themselves)',
    )
    .option(
      '-c, --config <file>',
      '설정 파일: 기록 폴더와 web 블록 · config file: journal folder and web block',
    )
    .option('--journal <folder>', '매매의 기록 폴더 · journal folder of the trader')
    .option('--port <number>', '포트 (0: 빈 포트) · port, 8787', read.port)
    .option('--host <address>', '여는 주소 · address to listen on, 127.0.0.1')
    .option('--state <folder>', '계정과 로그인의 폴더 · folder of accounts and sessions')
    .addOption(new Option('--or-free', 'any free port when the given one is taken').hideHelp())
    .addOption(new Option('--attached', 'runs as the child of a trader and ends with it').hideHelp())
    .addHelpText('after', '\n예 · example:\n  garam web --config garam.yaml --port 8787')
    .action(async (options: WebOptions) => {
      await serve(options, io)
      finish(0)
    })

async function serve(options: WebOptions, io: Io): Promise<void> {
  const parent = options.attached ? await meetParent() : undefined
  const web = await open(await setupOf(options, parent))
  const { url, link } = web
  parent?.tell({ say: 'listening', url, ...(link !== undefined && { link }) })
  if (!parent) io.out(`대시보드 · dashboard: ${url}${link ?? ''}`)
  await (parent ? parent.gone : interrupted())
  // Pages that are still open do not keep it alive.
  await Promise.race([web.close(), sleep(wallClock, CLOSE_PATIENCE_MS)])
}

async function setupOf(options: WebOptions, parent: Parent | undefined): Promise<StartWeb> {
  const config = options.config === undefined ? undefined : await loadConfig(options.config)
  const { enabled: _, ...block } = config?.web ?? { enabled: true, ...ALONE }
  const journalFolder = options.journal ?? config?.journalFolder
  if (journalFolder === undefined)
    return refuse(
      '어느 매매의 대시보드인지 알려 주세요: --config garam.yaml 또는 --journal <기록 폴더>',
      'say whose dashboard it is: --config garam.yaml or --journal <folder>',
    )
  const host = options.host ?? block.host
  if (!isLoopback(host) && block.tls === undefined && !block.behindProxy)
    return refuse(
      `${host}는 다른 컴퓨터에서도 열립니다: 설정의 web 블록에 tls나 behind_proxy: true가 필요합니다`,
      `${host} is open to other machines: the web block of the config needs tls, or behind_proxy: true`,
    )
  return {
    ...block,
    host,
    port: options.port ?? block.port,
    orFree: options.orFree === true,
    wall: wallClock,
    journalFolder: resolve(journalFolder),
    stateFolder: resolve(options.state ?? join(dirname(journalFolder), 'web')),
    ...(options.config === undefined ? {} : { configFile: resolve(options.config) }),
    environment: config?.broker.environment ?? 'simulated',
    demo: parent?.demo === true,
    onEntered: () => parent?.tell({ say: 'entered' }),
  }
}

const open = (setup: StartWeb): Promise<RunningWeb> =>
  startWeb(setup).catch((error: unknown) => {
    if (!isTaken(error)) throw error
    return refuse(
      `${setup.host}:${setup.port} 을(를) 열 수 없습니다: --port 0 은 빈 포트를 고릅니다`,
      `cannot listen on ${setup.host}:${setup.port}; --port 0 takes any free one`,
    )
  })

const interrupted = () =>
  new Promise<void>((done) => {
    onInterrupt(() => done())
  })
