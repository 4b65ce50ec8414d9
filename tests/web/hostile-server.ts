import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { every, secretBytes, wallClock } from '../../src/apps/system.ts'
import { catalogOf, garam, tradingDays, wander } from '../../src/apps/testing/bars-catalog.ts'
import { openFolder } from '../../src/apps/testing/recording-io.ts'
import { createJobs } from '../../src/apps/web/jobs.ts'
import { openDashboard } from '../../src/apps/web/open-dashboard.ts'
import { tradingDay } from '../../src/model/time.ts'
import { sleep } from '../../src/std/clock.ts'
import type { RunRequest } from '../../src/web/contract/backtest.ts'
import { digestOf } from '../../src/web/server/security/people.ts'
import type { Passkey, Stored, User } from '../../src/web/server/security/store.ts'
import { createCannedLine } from '../../src/web/server/testing/canned-line.ts'
import { buildDashboard } from './demo.ts'
import { CONDITIONS, lineToDay, recordHostileDay } from './hostile-day.ts'
import { ATTRIBUTE, END, FORMULA, FRAME, IMAGE, PLUS, SCRIPT, VECTOR } from './hostile-texts.ts'

export interface HostileServer {
  readonly url: string
  /** Of the owner, who is signed in with a fresh second factor. */
  readonly cookie: { readonly name: string; readonly value: string; readonly url: string }
  /** A backtest of instruments with hostile names, a sweep, and a backtest that failed of its hostile text. */
  readonly runs: { readonly backtest: string; readonly sweep: string; readonly failed: string }
  close(): Promise<void>
}

/** The whole dashboard as it is shipped, over a day, settings, people and backtests whose every name is hostile. */
export async function openHostileServer(): Promise<HostileServer> {
  await buildDashboard()
  const { folder, remove } = await openFolder()
  const [journalFolder, stateFolder] = [join(folder, 'journal'), join(folder, 'web')]
  const trader = await recordHostileDay(journalFolder)
  await mkdir(stateFolder)
  const secret = Buffer.from(secretBytes(32)).toString('base64url')
  await writeFile(join(stateFolder, 'web.json'), JSON.stringify(people(secret)))
  const configFile = join(folder, 'garam.yaml')
  await writeFile(configFile, SETTINGS)
  const runs = await play(folder, stateFolder)
  const line = lineToDay(createCannedLine(wallClock), trader)
  const dashboard = await openDashboard({
    line,
    wall: wallClock,
    journalFolder,
    stateFolder,
    configFile,
    environment: 'simulated',
    demo: false,
    host: '127.0.0.1',
    port: 0,
    behindProxy: false,
    allow: [],
    onEntered: () => undefined,
  })
  const stopMoving = every(wallClock, 250, () => line.move())
  const { url } = await dashboard.listen()
  return {
    url,
    cookie: { name: `garam-${new URL(url).port}`, value: secret, url },
    runs,
    close: async () => {
      stopMoving()
      await dashboard.close()
      await remove()
    },
  }
}

const SETTINGS = `# ${END}
broker:
  name: kiwoom
  environment: paper
  appkey: env:KIWOOM_APPKEY
  secretkey: env:KIWOOM_SECRETKEY
buy:
  - condition: ${JSON.stringify(CONDITIONS.buy)}
    amount_krw: 1000000
  - condition: ${JSON.stringify(IMAGE)}
    amount_krw: 1000000
sell:
  - condition: ${JSON.stringify(CONDITIONS.sell)}
`

/** As a file that somebody wrote into would hold them: by the screen no person can be given such a name. */
function people(secret: string): Stored {
  const now = wallClock.now()
  const user = (id: string, name: string): User => ({
    id,
    name,
    role: 'owner',
    createdAt: now,
    disabled: false,
    recovery: [],
    passkeys: [passkey(id, now)],
  })
  const session = { user: 'me', createdAt: now, lastSeenAt: now, secondFactorAt: now, address: '127.0.0.1' }
  const token = { scopes: ['read'] as const, createdAt: now, expiresAt: now + 86_400_000, lastUsedAt: 0 }
  return {
    version: 1,
    users: [user('me', SCRIPT), user('other', IMAGE)],
    sessions: [{ ...session, id: 'here', hash: digestOf(secret), device: VECTOR }],
    tokens: [ATTRIBUTE, FRAME].map((name, index) => ({
      ...token,
      id: `token-${index}`,
      hash: digestOf(name),
      user: 'me',
      name,
    })),
    links: [],
  }
}

const passkey = (user: string, now: number): Passkey => ({
  id: `key-of-${user}`,
  publicKey: '',
  counter: 0,
  transports: [],
  name: END,
  createdAt: now,
  lastUsedAt: now,
})

const NAMES = { '005930': FORMULA, '000660': IMAGE }

/** Both of them through the very program that a person's run starts. */
async function play(folder: string, stateFolder: string): Promise<HostileServer['runs']> {
  const days = tradingDays(tradingDay('2024-01-02'), 250)
  const rows = Object.keys(NAMES).flatMap((code, index) => wander(code, index + 1, days))
  const catalog = await catalogOf(folder, rows)
  const file = join(folder, 'names.csv')
  const quoted = Object.entries(NAMES).map(
    ([code, name]) => `${code},"${name.replaceAll('"', '""')}",2020-01-02`,
  )
  await writeFile(file, ['symbol,name,listed', ...quoted, ''].join('\n'))
  const kind = ['--kind', 'instruments', '--market', 'KRX']
  const columns = ['--columns', 'symbol=symbol,name=name,listed=listed']
  const imported = await garam('data', 'import', file, ...kind, ...columns, '--catalog', catalog)
  if (imported.code !== 0) throw new Error(imported.err)
  const jobs = await createJobs({ folder: join(stateFolder, 'runs'), catalog, wall: wallClock, workers: 1 })
  const market = { data: 'bars/1d/KRX/none', slippage: { kind: 'none' } } as const
  const strategy = { kind: 'known', id: 'ema-cross' } as const
  const wanted: readonly RunRequest[] = [
    {
      kind: 'backtest',
      request: { strategy, parameters: { fast: 3, slow: 10 }, market, note: PLUS },
    },
    {
      kind: 'sweep',
      request: {
        strategy,
        turned: { fast: '3,5', slow: '10' },
        market,
        method: 'grid',
        objective: 'return',
        note: IMAGE,
      },
    },
    {
      kind: 'backtest',
      request: { strategy: { kind: 'conditions', entry: END }, parameters: {}, market, note: SCRIPT },
    },
  ]
  const ids: string[] = []
  for (const each of wanted) {
    const begun = await jobs.start(each, SCRIPT)
    if (!begun.ok) throw new Error(begun.error.en)
    ids.push(begun.value.id)
  }
  while (jobs.list().some(({ state }) => state === 'queued' || state === 'running'))
    await sleep(wallClock, 100)
  await jobs.close()
  const [backtest = '', sweep = '', failed = ''] = ids
  return { backtest, sweep, failed }
}
