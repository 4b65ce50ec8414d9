import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { elapsedMs } from '../../src/apps/system.ts'
import { createRandom } from '../../src/std/random.ts'
import { inMb, judgeMemory } from './hours/memory.ts'
import { openHours } from './hours/run-of-days.ts'

export interface HoursOptions {
  /** Wall hours. */
  readonly hours: number
  /** Market seconds in a wall second. */
  readonly speed: number
  readonly seed: number
  readonly size: number
  readonly print: (line: string) => void
}

/** 08:30 to 15:40, with the closing auction's last reports. */
const FULL_DAY_MS = 430 * 60_000
/** A short run still goes over a night. */
const FEWEST_DAYS = 2
const HOUR_MS = 3_600_000

/**
 * A simulator and a trader as processes of their own, on real sockets and a real disk, for wall hours: one trading day
 * after the other, positions and cash carried over, every fault of the simulator in turn, the trader killed on every
 * sixth day. `false` when the books ever stayed apart from the account, an order was doubled or forgotten, a journal did
 * not replay, a process did what it must not, or its memory grew.
 */
export async function soakHours({ hours, speed, seed, size, print }: HoursOptions): Promise<boolean> {
  const startedAt = elapsedMs()
  const days = Math.max(FEWEST_DAYS, Math.round((hours * HOUR_MS * speed) / FULL_DAY_MS))
  const dayMs = Math.min(FULL_DAY_MS, (hours * HOUR_MS * speed) / days)
  const journal = await mkdtemp(join(tmpdir(), 'garam-hours-'))
  const troubles: string[] = []
  const trouble = (text: string) => {
    troubles.push(text)
    print(`TROUBLE ${text}`)
  }
  print(`${days} days of ${Math.round(dayMs / 60_000)} market minutes at ${speed}×, seed ${seed}`)
  const run = openHours({
    random: createRandom(seed).fork('hours'),
    seed,
    size,
    speed,
    dayMs,
    journal,
    elapsedMs: () => elapsedMs() - startedAt,
    trouble,
    print,
  })
  try {
    for (let day = 0; day < days; day++) {
      await run.playDay()
      await forgetOldDays(journal)
    }
  } catch (error) {
    trouble(error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    await run.end()
    await rm(journal, { recursive: true, force: true })
  }
  const isFlat = reportMemory(run.memory, print)
  const { fills, orders, checks, kills, faults } = run.totals
  print(
    `--hours ${hours} --speed ${speed} --seed ${seed}: ${troubles.length} troubles, memory ${isFlat ? 'flat' : 'GROWS'} · ` +
      `${days} days, ${orders} orders, ${fills} fills, ${checks} comparisons of the books, ${faults} faults, ${kills} kills · ` +
      `${((elapsedMs() - startedAt) / 60_000).toFixed(1)} min`,
  )
  return troubles.length === 0 && isFlat
}

const KEPT_DAYS = 2

/** The record of a day at 60× is as large as a real one's; the newest file is all that tomorrow needs. */
async function forgetOldDays(journal: string): Promise<void> {
  const files = (await readdir(journal)).filter((name) => name.endsWith('.jsonl')).sort()
  for (const name of files.slice(0, -KEPT_DAYS)) await rm(join(journal, name))
}

type Measured = ReturnType<typeof openHours>['memory']

function reportMemory(memory: Measured, print: (line: string) => void): boolean {
  let isFlat = true
  for (const [process, days] of Object.entries(memory)) {
    print(`${process.padEnd(10)} day life settled: heap   rss    heap     rss rss peak (MB)`)
    for (const { day, life, settledHeap, settledRss, heap, rss, peakRss } of days) {
      const columns = [settledHeap, settledRss, heap, rss, peakRss].map((bytes) => inMb(bytes).padStart(8))
      print(`${''.padEnd(10)} ${String(day).padStart(3)} ${String(life).padStart(4)} ${columns.join(' ')}`)
    }
    const verdicts = judgeMemory(process, days)
    if (verdicts.length === 0) print(`${process}: too few days to judge a slope`)
    for (const { what, perDay, allowedPerDay, pairs } of verdicts) {
      const holds = perDay <= allowedPerDay
      isFlat &&= holds
      print(
        `${what}: ${inMb(perDay)} MB a day over ${pairs} pairs of days, allowed ${inMb(allowedPerDay)}: ` +
          `${holds ? 'flat' : 'GROWS'}`,
      )
    }
  }
  return isFlat
}
