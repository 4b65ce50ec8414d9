import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfArguments } from '../../src/apps/self.ts'
import { elapsedMs, wallClock } from '../../src/apps/system.ts'
import { startWebChild } from '../../src/apps/web/web-child.ts'
import { kstClock } from '../../src/model/time.ts'
import { sleep } from '../../src/std/clock.ts'
import { noBrowser } from '../web/browser.ts'
import { buildDashboard, until } from '../web/demo.ts'
import { inMb, median } from './hours/memory.ts'
import { type Browsers, type LongTask, openBrowsers } from './screens/browsers.ts'
import { freePort, settledHeapOf } from './screens/inspected.ts'
import { openSide, type Side } from './screens/side.ts'
import { intervalOfRatio, slopePerHour } from './screens/statistics.ts'

export interface ScreensOptions {
  /** Wall minutes. */
  readonly minutes: number
  /** Pages in browsers. */
  readonly clients: number
  readonly print: (line: string) => void
}

const MINUTE_MS = 60_000
const SAMPLES_A_MINUTE = 2
/** Of 95 positions some are left to be looked at in the end. */
const MOST_SAMPLES = 80
const FEWEST_SAMPLES = 10
/** Between the two samples of a pair. */
const BETWEEN_MS = 500
/** The memory is looked at so often; what was before the warm-up's end is not judged. */
const LOOKS = 12
const WARM_UP_SHARE = 1 / 6

/** A leak of this much would be seen on a page that is left open for a week of trading days. */
const ALLOWED_PER_HOUR = 4 * 1_048_576
/** More than this is not noise whatever the interval says. */
const HIGHEST_RATIO = 1.2

interface Look {
  readonly atHours: number
  readonly heaps: Readonly<Record<string, number>>
}

/**
 * Two traders on two lines of 95 symbols and 2,000 ticks a second each, all of it processes of their own: one has a
 * dashboard with many browser pages open, the other none. Their latencies are measured in turn, so that whatever else the
 * machine does meets both. `false` when the browsers cost the trader time, held a page up for 50 ms, or something grew.
 */
export async function soakScreens({ minutes, clients, print }: ScreensOptions): Promise<boolean> {
  const missing = noBrowser()
  if (missing !== undefined) throw new Error(missing)
  await buildDashboard()
  const troubles: string[] = []
  const trouble = (text: string) => {
    troubles.push(text)
    print(`TROUBLE ${text}`)
  }
  const folder = await mkdtemp(join(tmpdir(), 'garam-screens-'))
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    const side = async (name: string) => {
      await mkdir(join(folder, name))
      const opened = await openSide(join(folder, name), trouble)
      closing.push(opened.close)
      return opened
    }
    const watched = await side('watched')
    const alone = await side('alone')
    const inspector = await freePort()
    const web = startWebChild({
      wall: wallClock,
      words: () => [`--inspect=127.0.0.1:${inspector}`, ...webWords(join(folder, 'watched'))],
      demo: true,
      onTrouble: ({ en }) => trouble(en),
    })
    closing.push(web.stop)
    const browsers = await openBrowsers(await until('the dashboard', () => web.url()), clients, trouble)
    closing.push(browsers.close)
    print(`${clients} clients look`)
    const measured = await measure({
      watched,
      alone,
      browsers,
      minutes,
      web: () => settledHeapOf(inspector),
      print,
      trouble,
    })
    return judge(measured, troubles, { minutes, clients, print })
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

const webWords = (folder: string): readonly string[] => [
  ...[...selfArguments(), 'web', '--attached', '--port', '0'],
  ...['--journal', folder, '--state', join(folder, 'web')],
]

interface Stand {
  readonly watched: Side
  readonly alone: Side
  readonly browsers: Browsers
  readonly minutes: number
  readonly web: () => Promise<number>
  readonly print: (line: string) => void
  readonly trouble: (text: string) => void
}

interface Measured {
  readonly watched: readonly number[]
  readonly alone: readonly number[]
  readonly looks: readonly Look[]
  readonly longTasks: readonly (readonly LongTask[])[]
  /** Ticks a second that the watched trader took. */
  readonly rate: number
  /** Processor of the two traders, shares of a core. */
  readonly cores: { readonly watched: number; readonly alone: number }
}

async function measure(stand: Stand): Promise<Measured> {
  const { watched, alone, browsers, minutes, print, trouble } = stand
  const pairs = Math.min(MOST_SAMPLES, Math.max(FEWEST_SAMPLES, minutes * SAMPLES_A_MINUTE))
  const startedAt = elapsedMs()
  const lastedMs = () => elapsedMs() - startedAt
  const before = { watched: await watched.figures(), alone: await alone.figures() }
  const latencies = { watched: [] as number[], alone: [] as number[] }
  const looks: Look[] = []
  await browsers.heard()
  for (let pair = 0; pair < pairs; pair++) {
    await sleep(wallClock, Math.max(0, (pair * minutes * MINUTE_MS) / pairs - lastedMs()))
    const first = pair % 2 === 0 ? ('watched' as const) : ('alone' as const)
    const second = pair % 2 === 0 ? ('alone' as const) : ('watched' as const)
    latencies[first].push(await stand[first].sample())
    await sleep(wallClock, BETWEEN_MS)
    latencies[second].push(await stand[second].sample())
    if (lastedMs() < (looks.length * minutes * MINUTE_MS) / LOOKS) continue
    const heard = await browsers.heard()
    const deaf = heard.flatMap((count, client) => (count === 0 && looks.length > 0 ? [client] : []))
    if (deaf.length > 0) trouble(`clients that heard nothing: ${deaf.join(', ')}`)
    const look = { atHours: lastedMs() / 3_600_000, heaps: await heapsOf(stand) }
    looks.push(look)
    print(
      `${(lastedMs() / MINUTE_MS).toFixed(1)} min · tick to order ${Math.round(median(latencies.watched))} µs with browsers, ` +
        `${Math.round(median(latencies.alone))} without · heaps, MB: ${describeHeaps(look.heaps)} · ` +
        `long tasks of the pages: ${describeTasks(await browsers.longTasks())}`,
    )
  }
  await sleep(wallClock, Math.max(0, minutes * MINUTE_MS - lastedMs()))
  looks.push({ atHours: lastedMs() / 3_600_000, heaps: await heapsOf(stand) })
  const after = { watched: await watched.figures(), alone: await alone.figures() }
  if (after.watched.fills !== pairs) trouble(`${after.watched.fills} fills of ${pairs}`)
  const seconds = lastedMs() / 1_000
  const share = (name: 'watched' | 'alone') => (after[name].cpu - before[name].cpu) / 1e6 / seconds
  return {
    ...latencies,
    looks,
    longTasks: await browsers.longTasks(),
    rate: (after.watched.events - before.watched.events) / seconds,
    cores: { watched: share('watched'), alone: share('alone') },
  }
}

async function heapsOf({ watched, web, browsers }: Stand): Promise<Look['heaps']> {
  const pages = await browsers.heaps()
  return {
    trader: await watched.heap(),
    dashboard: await web(),
    ...Object.fromEntries(pages.map((bytes, page) => [`page ${page}`, bytes])),
  }
}

function describeHeaps({ trader = 0, dashboard = 0, ...pages }: Look['heaps']): string {
  const bytes = Object.values(pages)
  return `trader ${inMb(trader)}, dashboard ${inMb(dashboard)}, pages ${inMb(median(bytes))} (most ${inMb(Math.max(...bytes))})`
}

/** Of each page `none`, or its tasks with the time of day they began at. */
const describeTasks = (pages: readonly (readonly LongTask[])[]): string =>
  pages
    .map((tasks) => tasks.map(({ at, ms }) => `${ms} ms at ${kstClock(at)}`).join(' + ') || 'none')
    .join(', ')

function judge(
  { watched, alone, looks, longTasks, rate, cores }: Measured,
  troubles: readonly string[],
  { minutes, clients, print }: ScreensOptions,
): boolean {
  const ratio = median(watched) / median(alone)
  const [low, high] = intervalOfRatio(watched, alone)
  const isSame = low <= 1 && ratio <= HIGHEST_RATIO
  const warmUp = (looks.at(-1)?.atHours ?? 0) * WARM_UP_SHARE
  const judged = looks.filter(({ atHours }) => atHours >= warmUp)
  const slopes = Object.keys(judged[0]?.heaps ?? {}).map((name) => ({
    name,
    perHour: slopePerHour(judged.map(({ atHours, heaps }) => ({ atHours, bytes: heaps[name] ?? 0 }))),
  }))
  const growing = slopes.filter(({ perHour }) => perHour > ALLOWED_PER_HOUR)
  for (const { name, perHour } of slopes)
    print(`${name}: ${inMb(perHour)} MB an hour (allowed ${inMb(ALLOWED_PER_HOUR)})`)
  print(
    `--minutes ${minutes} --clients ${clients}: ${Math.round(rate)} ticks/s · tick to order, p50 of ${watched.length}: ` +
      `${Math.round(median(watched))} µs with browsers, ${Math.round(median(alone))} µs without, ratio ${ratio.toFixed(3)} ` +
      `(95 %: ${low.toFixed(2)} to ${high.toFixed(2)}) · trader ${cores.watched.toFixed(3)} of a core, ` +
      `${cores.alone.toFixed(3)} without · long tasks of the pages: ${describeTasks(longTasks)} · memory ${growing.length === 0 ? 'flat' : 'GROWS'} · ` +
      `${troubles.length} troubles`,
  )
  return (
    isSame && longTasks.every((tasks) => tasks.length === 0) && growing.length === 0 && troubles.length === 0
  )
}
