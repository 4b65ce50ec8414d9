import { execFile, spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { dashboardFolder, selfArguments } from '../../src/apps/self.ts'
import { wallClock } from '../../src/apps/system.ts'
import { openFolder } from '../../src/apps/testing/recording-io.ts'
import { sleep } from '../../src/std/clock.ts'
import type { LiveState } from '../../src/web/contract/live.ts'
import { buildPagesInto } from './browser.ts'

/** Against hanging: a busy machine takes its time, a free one waits for none of it. */
export const PATIENCE_MS = 180_000
const LOOK_EVERY_MS = 100

/** Waits until something is there and gives it; `what` says it when it never comes. */
export async function until<T>(what: string, found: () => T | Promise<T>): Promise<NonNullable<T>> {
  const end = wallClock.now() + PATIENCE_MS
  for (;;) {
    const value = await found()
    if (value !== undefined && value !== null && value !== false) return value
    if (wallClock.now() > end) throw new Error(`never came: ${what}`)
    await sleep(wallClock, LOOK_EVERY_MS)
  }
}

export interface Demo {
  readonly url: string
  /** Lets one browser in, once. */
  readonly link: string
  readonly folder: string
  /** The process of its dashboard, while it lives. */
  webProcess(): Promise<number | undefined>
  /** As Ctrl-C ends it: 0 when the broker's account and the books agree to the won. `undefined`: it had to be killed. */
  interrupt(): Promise<number | undefined>
  /** Leaves nothing behind, however far it came. */
  end(): Promise<void>
}

/** `garam demo` as a person starts it, in a folder of its own that `prepare` may fill first. */
export async function startDemo(options: {
  readonly speed: number
  readonly seed: number
  readonly prepare?: (folder: string) => Promise<unknown>
}): Promise<Demo> {
  await buildDashboard()
  const { folder, remove } = await openFolder()
  await options.prepare?.(folder)
  const { speed, seed } = options
  const words = ['demo', '--headless', '--port', '0', '--speed', String(speed), '--seed', String(seed)]
  const child = spawn(
    process.execPath,
    [...selfArguments(), ...words, '--journal', join(folder, 'journal')],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (part) => {
    said += part
  })
  const ended = new Promise<number | undefined>((resolve) =>
    child.once('exit', (code) => resolve(code ?? undefined)),
  )
  const webProcess = () => webOf(child.pid ?? 0)
  const interrupt = async () => {
    child.kill('SIGINT')
    const giveUp = wallClock.after(PATIENCE_MS, () => child.kill('SIGKILL'))
    const code = await ended
    giveUp()
    return code
  }
  const end = async () => {
    const web = await webProcess()
    child.kill('SIGKILL')
    await ended
    // It ends with its parent, and writes into the folder until then.
    if (web !== undefined) await until('the end of the dashboard', () => !isAlive(web))
    await remove()
  }
  const told = /open the dashboard: (http:\/\/127\.0\.0\.1:\d+)(\/enter\/[\w-]{43})\n/
  try {
    const [, url = '', path = ''] = await until('the address of the dashboard', () => told.exec(said))
    return { url, link: url + path, folder, webProcess, interrupt, end }
  } catch (error) {
    await end()
    throw new Error(`the demo did not start: ${said}`, { cause: error })
  }
}

async function webOf(parent: number): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args='])
  const found = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, ppid, ...words]) => Number(ppid) === parent && words.includes('web'))
  return found && Number(found[0])
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Signs this browser in with the link that the terminal shows. */
export async function enter(page: Page, link: string): Promise<void> {
  const { origin, pathname } = new URL(link)
  await page.goto(origin)
  const status = await page.evaluate(
    async (token) =>
      (
        await fetch('/api/v1/enter', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ token }),
        })
      ).status,
    pathname.replace('/enter/', ''),
  )
  if (status !== 200) throw new Error(`the link does not let in: ${status}`)
  await page.goto(origin)
}

/** What the API answers to whoever is signed in at this page. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(new URL(`/api/v1${path}`, page.url()).href)
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()) as T
}

export const stateOf = (page: Page): Promise<LiveState> => ask<LiveState>(page, '/state')

/** Everything that a browser's console complains about, from now on. */
export function watchTroubles(page: Page): string[] {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`${page.url()} error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      troubles.push(`${page.url()} ${message.type()}: ${message.text()} ${message.location().url}`)
  })
  return troubles
}

/** Puts the pages where the dashboard's process looks for them, unless what lies there is newer than every source. */
export async function buildDashboard(): Promise<void> {
  const built = await stat(join(dashboardFolder(), 'index.html')).catch(() => undefined)
  const sources = ['src/web/dashboard', 'src/web/contract', 'vite.config.ts', 'package-lock.json']
  const newest = Math.max(...(await Promise.all(sources.map((path) => newestIn(packageFile(path))))))
  if (!built || built.mtimeMs < newest) await buildPagesInto(dashboardFolder())
}

const packageFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

async function newestIn(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isDirectory()) return found.mtimeMs
  const inside = await readdir(path)
  return Math.max(0, ...(await Promise.all(inside.map((name) => newestIn(join(path, name))))))
}
