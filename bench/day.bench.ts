import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bench, Benchmarks } from './harness.ts'

/** The built program, as a user starts it: `npm run build` comes first. */
const PROGRAM = ['bin/garam.js', 'demo', '--port', '0']
/** In a line of news (`매수 체결 4주`) or of progress (`체결 1`). */
const FIRST_TRADE = / 체결 [1-9]/
const GIVE_UP_MS = 120_000
const SAMPLE_MS = 250

/** How soon the user sees something, and how much memory a day takes. */
export const day: Benchmarks = {
  name: 'day',
  run: async (bench) => {
    await mkdir('.garam', { recursive: true })
    const folder = await mkdtemp(join('.garam', 'bench-'))
    try {
      await firstTrade(bench, join(folder, 'start'))
      await memory(bench, join(folder, 'day'))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** From the command to the first line that tells of a fill of ours. */
async function firstTrade(bench: Bench, journal: string): Promise<void> {
  const from = process.hrtime.bigint()
  const child = start(['--journal', journal])
  const seconds = await new Promise<number>((resolve) => {
    const giveUp = setTimeout(() => resolve(Number.POSITIVE_INFINITY), GIVE_UP_MS)
    const hear = (text: unknown) => {
      if (!FIRST_TRADE.test(String(text))) return
      clearTimeout(giveUp)
      resolve(Number(process.hrtime.bigint() - from) / 1e9)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
  })
  await ended(child)
  bench.hold({
    name: 'day: npm start to the first trade on the screen',
    goal: 'E9',
    unit: 's',
    ours: seconds,
    limit: 10,
  })
}

/** Highest resident memory of the trader's process; the simulator has its own. */
async function memory(bench: Bench, journal: string): Promise<void> {
  const time = bench.short ? ['--speed', '60', '--for', '15s'] : ['--speed', '120']
  const child = start(['--journal', journal, '--headless', ...time])
  let highest = 0
  const timer = setInterval(
    () => void residentMb(child).then((mb) => (highest = Math.max(highest, mb))),
    SAMPLE_MS,
  )
  await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(timer)
  const what = bench.short ? 'the first quarter of an hour' : 'a whole simulated day'
  bench.hold({
    name: `day: memory of the live trader over ${what}`,
    goal: 'E8',
    unit: 'MB',
    ours: highest,
    limit: 300,
  })
}

const start = (more: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...PROGRAM, ...more], { stdio: ['ignore', 'pipe', 'pipe'] })

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await gone
}

/** Linux only: elsewhere 0, which no limit is held against. */
async function residentMb(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}
