import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Environment } from '../../ports/execution-client.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import type { LiveState } from '../../web/contract/live.ts'
import { backtestRoutes } from '../../web/server/backtest-routes.ts'
import { createBarStore } from '../../web/server/bar-store.ts'
import { chartRoutes } from '../../web/server/chart.ts'
import { commandRoutes, isLowering } from '../../web/server/commands.ts'
import { conditionRoutes } from '../../web/server/conditions.ts'
import type { DeskLine } from '../../web/server/desk-line.ts'
import { performanceRoutes } from '../../web/server/performance-routes.ts'
import { createPushDesk } from '../../web/server/push/desk.ts'
import { pushRoutes } from '../../web/server/push.ts'
import { recordsRoutes } from '../../web/server/records-routes.ts'
import { riskRoutes } from '../../web/server/risk.ts'
import type { Routes, Server } from '../../web/server/routes.ts'
import { installSecurity } from '../../web/server/security/install.ts'
import { isExposed, mayListen } from '../../web/server/security/may-listen.ts'
import type { Security, Tls } from '../../web/server/security/security.ts'
import { createSignIns } from '../../web/server/security/sign-ins.ts'
import type { SecurityState } from '../../web/server/security/state.ts'
import { settingsRoutes } from '../../web/server/settings.ts'
import { strategyRoutes } from '../../web/server/strategies.ts'
import { createWebServer } from '../../web/server/web-server.ts'
import { DEFAULT_CATALOG } from '../commands/data-catalog.ts'
import type { WebConfig } from '../config/parse.ts'
import { refuse } from '../io.ts'
import { dashboardFolder, version } from '../self.ts'
import { secretBytes, secretWord } from '../system.ts'
import { openWebState } from '../web-state.ts'
import { createHistory } from './history.ts'
import { createJobs } from './jobs.ts'
import { createPushStore } from './push-store.ts'
import { createRecords } from './records.ts'
import { createResearch } from './research.ts'
import { createSettingsFile, noSettingsFile } from './settings-file.ts'
import { strategyAdder } from './strategy-adder.ts'

export interface DashboardSetup extends Omit<WebConfig, 'enabled'> {
  readonly line: DeskLine
  readonly wall: Clock
  readonly journalFolder: string
  /** Accounts, sessions, tokens, runs. */
  readonly stateFolder: string
  /** The file whose settings the trader follows, where it is known. */
  readonly configFile?: string
  readonly environment: Environment
  /** Nothing real is traded: the link signs in without a password. */
  readonly demo: boolean
  /** The one-time link was used: it opens nothing any more. */
  readonly onEntered: () => void
}

export interface Dashboard {
  /** `link`: the path that signs in once, when there is nobody yet (or in a demo). Errors: rejects when the port is taken. */
  listen(): Promise<{ readonly url: string; readonly link?: string }>
  close(): Promise<void>
  /** For checks of the whole: every route of it. */
  readonly server: Server
}

/** Everything behind the screen, put together: the one place that knows all topics. */
export async function openDashboard(setup: DashboardSetup): Promise<Dashboard> {
  const { wall, line, host, port } = setup
  const state = await openState(setup)
  const parts = await createParts(setup)
  let security: Security | undefined
  try {
    const web = await createWebServer({
      line,
      wall,
      stream: secretWord(),
      version: version(),
      host,
      port,
      assets: dashboardFolder(),
      ...(setup.tls && { tls: await certificate(setup.tls) }),
      trustProxy: setup.behindProxy,
      secure: async (server) => {
        const guard = await installSecurity(server, {
          state,
          clock: wall,
          secretBytes,
          hosts: hostsOf(setup),
          tls: tlsOf(setup),
          demo: setup.demo,
          exposed: isExposed({ address: host, tls: tlsOf(setup) }),
          ...(setup.allow.length > 0 && { allow: setup.allow }),
        })
        security = guard
        server.addHook('onResponse', async (request, reply) => {
          if (request.url === '/api/v1/enter' && reply.statusCode === 200) setup.onEntered()
        })
        return {
          topics: [guard.routes, ...topicsOf(setup, guard, parts)],
          watchers: [(shown: LiveState) => parts.push.hear(shown)],
          whenSignedOut: guard.whenSignedOut,
        }
      },
    })
    return {
      server: web.server,
      listen: async () => {
        const { url } = await web.listen()
        const link = await security?.entryLink()
        return { url: setup.publicUrl ?? url, ...(link?.ok && { link: link.value }) }
      },
      close: async () => {
        await web.close()
        await parts.close()
        await state.close()
      },
    }
  } catch (error) {
    await parts.close()
    await state.close()
    throw error
  }
}

const tlsOf = ({ tls, behindProxy }: DashboardSetup): Tls => (tls ? 'own' : behindProxy ? 'proxy' : 'none')

/** What it is called by: its address, and the name people use from outside. */
const hostsOf = ({ host, publicUrl }: DashboardSetup): readonly string[] => [
  host,
  ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname]),
]

const certificate = async ({ cert, key }: { readonly cert: string; readonly key: string }) => ({
  cert: await readFile(cert, 'utf8'),
  key: await readFile(key, 'utf8'),
})

async function openState(setup: DashboardSetup): Promise<SecurityState> {
  const opened = await openWebState(setup.stateFolder, setup.wall)
  if (!opened.ok) return refuse(opened.error.ko, opened.error.en)
  const state = opened.value
  const may = mayListen({ address: setup.host, tls: tlsOf(setup), demo: setup.demo, store: state.store })
  if (may.ok) return state
  await state.close()
  return refuse(may.error.ko, may.error.en)
}

const TITLES = {
  simulated: { ko: '시뮬레이션 계좌', en: 'Simulated account' },
  paper: { ko: '모의투자 계좌', en: 'Paper account' },
  live: { ko: '실전 계좌', en: 'Live account' },
} as const

type Parts = Awaited<ReturnType<typeof createParts>>

/** What the topics stand on, and its end. */
async function createParts({ wall, line, stateFolder, journalFolder, environment }: DashboardSetup) {
  const records = createRecords({ folder: journalFolder, wall })
  const jobs = await createJobs({ folder: join(stateFolder, 'runs'), catalog: CATALOG, wall })
  const history = createHistory({
    sources: [{ id: 'account', title: TITLES[environment], environment, folder: journalFolder }],
    cache: join(stateFolder, 'days'),
    wall,
  })
  const push = await createPushDesk({ wall, store: createPushStore(stateFolder), contact: CONTACT })
  const ends: readonly (() => Promise<void> | void | Cancel)[] = [
    () => push.close(),
    () => jobs.close(),
    () => history.close(),
    () => records.close(),
  ]
  return {
    records,
    jobs,
    history,
    push,
    bars: createBarStore({ line, wall }),
    research: createResearch(CATALOG),
    close: async () => {
      for (const end of ends) await end()
    },
  }
}

/** Runs are children with a folder of their own: a path relative to ours would lead them elsewhere. */
const CATALOG = resolve(DEFAULT_CATALOG)

/** Push services want to know whom to write to about a sender that misbehaves. */
const CONTACT = 'https://github.com/garam-trading/garam'

function topicsOf(
  { line, wall, configFile }: DashboardSetup,
  guard: Security,
  parts: Parts,
): readonly Routes[] {
  const { bars, records, jobs, research, history, push } = parts
  const file = configFile === undefined ? undefined : createSettingsFile(configFile)
  return [
    commandRoutes({
      line,
      requireFresh: (request) => guard.requireSecondFactor(request),
      once: (request, body, act) => guard.once(request, act, { urgent: isLowering(body) }),
    }),
    chartRoutes({ line, bars }),
    riskRoutes({ line, bars, wall }),
    recordsRoutes({ records, signIns: createSignIns(guard.audit) }),
    conditionRoutes({ line }),
    strategyRoutes(),
    backtestRoutes({ jobs, research, ...(file && { addStrategy: strategyAdder(file) }) }),
    performanceRoutes({ history }),
    pushRoutes({ desk: push }),
    settingsRoutes({ file: file ?? noSettingsFile, audit: (entry) => guard.audit.add(entry) }),
  ]
}
