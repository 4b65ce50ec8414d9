import { type ChildProcess, spawn } from 'node:child_process'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borrowDatabase, type Database, noRedis } from '../../adapters/jobs/testing/database.ts'
import { tradingDay } from '../../model/time.ts'
import { runCommandLine } from '../command-line.ts'
import { release, selfArguments } from '../self.ts'
import { serveTrials } from '../sweep/serve-trials.ts'
import { wallClock } from '../system.ts'
import { catalogOf, garam, tradingDays, trialsIn, wander } from '../testing/bars-catalog.ts'
import { openFolder, recordingIo } from '../testing/recording-io.ts'

const missing = await noRedis()
const DAYS = tradingDays(tradingDay('2024-01-02'), 160)
const GRID = 'ema-cross -p fast=2..5:1 -p slow=6..18:6'.split(' ')
const LONG = 'ema-cross -p fast=2..40 -p slow=5..80 --trials 120 --method random'.split(' ')

let database: Database
let folder = ''
let catalog = ''
let shared: Awaited<ReturnType<typeof openFolder>>
/** What the local sweep of these words gives. */
const local = new Map<string, { readonly lines: readonly string[]; readonly summary: unknown }>()

const summaryOf = (text: string): unknown => ({ ...JSON.parse(text), folder: '' })

/** Options of a sweep that has never seen another: what was tried before is in the ledger of the catalog, and counts. */
async function alone(name: string): Promise<readonly string[]> {
  const own = join(folder, name, 'catalog')
  await cp(catalog, own, { recursive: true })
  return ['--catalog', own, '-o', join(folder, name), '--json']
}

async function playedHere(words: readonly string[]) {
  const key = words.join(' ')
  const known = local.get(key)
  if (known) return known
  const name = `local-${local.size}`
  const { code, out, err } = await garam('sweep', ...words, ...(await alone(name)))
  expect(code, err).toBe(0)
  const played = { lines: await trialsIn(join(folder, name)), summary: summaryOf(out) }
  local.set(key, played)
  return played
}

/** A sweep over Redis in this process. */
function posted(words: readonly string[], url = database.url) {
  const io = recordingIo()
  const name = `posted-${postings++}`
  const out = join(folder, name)
  const ended = alone(name).then((own) => runCommandLine(['sweep', ...words, ...own, '--redis', url], io))
  return {
    io,
    count: async () =>
      (await readFile(join(out, 'trials.jsonl'), 'utf8').catch(() => '')).split('\n').length - 1,
    /** It ends as the local one does, line by line. */
    equals: async () => {
      expect(await ended, io.errText).toBe(0)
      const { lines, summary } = await playedHere(words)
      expect(await trialsIn(out)).toEqual(lines)
      expect(summaryOf(io.outText)).toEqual(summary)
    },
  }
}
let postings = 0

/** `garam worker` as a process of its own. */
function worker(...words: readonly string[]): ChildProcess {
  const child = spawn(
    process.execPath,
    [...selfArguments(), 'worker', '--redis', database.url, '--workers', '1', ...words],
    { stdio: 'ignore' },
  )
  children.push(child)
  return child
}
const children: ChildProcess[] = []
const endOf = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))

/** A worker in this process, until `use` has come back. */
async function whileServing<T>(
  options: { readonly release?: string; readonly allowFiles?: boolean; readonly redis?: string },
  use: (said: () => string) => Promise<T>,
): Promise<T> {
  const io = recordingIo()
  const controller = new AbortController()
  const served = serveTrials({
    redis: database.url,
    workers: 1,
    allowFiles: false,
    release: release(),
    io,
    signal: controller.signal,
    ...options,
  })
  try {
    return await use(() => io.errText)
  } finally {
    controller.abort()
    await served
  }
}

async function waitFor(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 2_000; i++) {
    if (await holds()) return
    await new Promise<void>((resolve) => wallClock.after(20, resolve))
  }
  throw new Error('it never came')
}

describe.skipIf(missing)(`garam worker${missing ? ` (left out: ${missing})` : ''}`, () => {
  beforeAll(async () => {
    database = await borrowDatabase()
    shared = await openFolder()
    folder = shared.folder
    catalog = await catalogOf(folder, wander('005930', 3, DAYS))
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await database.release()
    await shared.remove()
  })

  describe('as two processes', () => {
    let one: ChildProcess
    let two: ChildProcess
    beforeAll(() => {
      one = worker()
      two = worker()
    })

    it('plays a sweep to the bit as one machine does', () => posted(GRID).equals())

    it('loses nothing when one of them is killed', async () => {
      const sweep = posted(LONG)
      await waitFor(async () => (await sweep.count()) > 20)
      one.kill('SIGKILL')
      await sweep.equals()
      const ended = endOf(two)
      two.kill('SIGINT')
      expect(await ended).toBe(0)
    })
  })

  it('gives back at Ctrl-C what it has at work, and the sweep waits for the next', async () => {
    const first = worker()
    const sweep = posted(LONG)
    await waitFor(async () => (await sweep.count()) > 20)
    const ended = endOf(first)
    first.kill('SIGINT')
    expect(await ended).toBe(0)
    await waitFor(() => sweep.io.errText.includes('일하는 컴퓨터가 없습니다: garam worker --redis'))
    await whileServing({}, () => sweep.equals())
  })

  it('refuses a sweep of another version, and says so on both sides', () =>
    whileServing({ release: 'garam 0.0.1, V8 1.1' }, async (said) => {
      const sweep = posted(GRID)
      const why = /가람이 달라.*garam 0\.0\.1, V8 1\.1\. 같은 버전으로/
      await waitFor(() => why.test(sweep.io.errText))
      expect(said()).toMatch(why)
      await whileServing({}, () => sweep.equals())
    }))

  it('takes a strategy file only where it was allowed to', async () => {
    const file = join(folder, 'mine.ts')
    await writeFile(file, MINE)
    const words = [file, '-p', 'days=2..9:1', '--patience', '2s']
    await whileServing({}, async (said) => {
      const sweep = posted(words)
      await waitFor(() => /garam worker --allow-files 로/.test(sweep.io.errText))
      expect(said()).toMatch(/take such only from a Redis you trust/)
      await whileServing({ allowFiles: true }, () => sweep.equals())
    })
    const { lines } = await playedHere(words)
    expect(lines.filter((line) => /RangeError: seven|exit 3/.test(line))).toHaveLength(2)
  })

  it('does not mix sweeps that run at once', () =>
    whileServing({}, async () => {
      const other = [...GRID, '--cash', '5000000']
      const [one, two] = [posted(GRID), posted(other)]
      await Promise.all([one.equals(), two.equals()])
      expect((await playedHere(other)).lines).not.toEqual((await playedHere(GRID)).lines)
    }))

  it('goes on when Redis went away or forgot everything', async () => {
    const way = await openWay(new URL(database.url))
    try {
      await whileServing({ redis: way.url }, async (said) => {
        const sweep = posted(LONG, way.url)
        await waitFor(async () => (await sweep.count()) > 20)
        way.cut()
        await waitFor(() => sweep.io.errText.includes('Redis와 끊겼습니다'))
        const before = await sweep.count()
        way.mend()
        await waitFor(async () => (await sweep.count()) > before + 20)
        expect(said()).toMatch(/Redis와 다시 이어졌습니다/)
        await database.empty()
        await sweep.equals()
      })
    } finally {
      way.close()
    }
  })

  it('leaves nothing of a sweep in Redis that does not expire', async () => {
    // A slow machine may still be taking the last sweep down; −1 is a key that stays for ever.
    const staying = async () => {
      const keys = (await database.redis.keys('garam:*')).filter((key) => !key.includes('borrowed'))
      const lives = await Promise.all(keys.map((key) => database.redis.ttl(key)))
      return keys.filter((_, i) => lives[i] === -1)
    }
    await expect.poll(staying, { timeout: 20_000, interval: 200 }).toEqual([])
  })
})

describe('garam worker without Redis', () => {
  it('says that nobody answers, as the sweep does, and never shows the password', async () => {
    const url = 'redis://:secret@127.0.0.1:1'
    const { code, err } = await garam('worker', '--redis', url)
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/Redis에 붙을 수 없습니다/) })
    expect(err).not.toContain('secret')
    expect((await garam('worker')).code).toBe(2)
    expect((await garam('worker', '--redis', 'localhost')).code).toBe(2)
    const both = ['sweep', 'ema-cross', '--redis', url, '--workers', '2']
    expect((await garam(...both)).code).toBe(2)
  })
})

/** One trial ends its thread and one throws. */
const MINE = `
import { defineStrategy } from 'garam/strategy'
export default defineStrategy({
  id: 'mine',
  title: { ko: '내 전략', en: 'mine' },
  parameters: { days: { kind: 'whole', from: 1, to: 50, default: 3, label: { ko: '일수', en: 'days' } } },
  needs: () => ({ warmUpBars: 0 }),
  each: ({ days }) => {
    let bars = 0
    return {
      onBar: () => {
        bars++
        if (days === 5) process.exit(3)
        if (days === 7) throw new RangeError('seven')
        return bars % days === 0 ? { want: bars % (2 * days) === 0 ? 'flat' : 'long', reason: { ko: '', en: '' } } : undefined
      },
    }
  },
})
`

/** A way to Redis that can be cut. */
async function openWay(to: URL) {
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(to.port), to.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => other.destroy())
      one.pipe(other)
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const cut = () => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  return {
    url: `redis://127.0.0.1:${port}${to.pathname}`,
    cut,
    mend: () => {
      isCut = false
    },
    close: () => {
      cut()
      server.close()
    },
  }
}
