import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { createDisk } from '../../adapters/journal/disk.ts'
import { dayFiles } from '../../adapters/journal/read.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Clock } from '../../std/clock.ts'
import type { PerformanceSource } from '../../web/contract/performance.ts'
import type { History, HistoryDays, RecordedDay } from '../../web/server/performance.ts'
import { startThread } from '../backtest/strategy-thread.ts'

export interface HistoryOptions {
  readonly sources: readonly (PerformanceSource & {
    /** Its journal. */
    readonly folder: string
  })[]
  /** Days that were read are kept here: a record that is finished does not change. */
  readonly cache: string
  readonly wall: Pick<Clock, 'now'>
}

export interface OwnedHistory extends History {
  close(): Promise<void>
}

/** Raised when a kept day has another shape; older ones are read again. */
const VERSION = 2
/** A record that grew within so long belongs to a day that goes on, wall ms. */
const OPEN_MS = 10 * 60_000
/** A day that goes on is read again no more often, wall ms. */
const AGAIN_MS = 60_000

interface Read {
  /** Of the file when it was read. */
  readonly bytes: number
  readonly readAt: number
  readonly day?: RecordedDay
  readonly why?: Sentence
}

/** The days of journals, read in a thread of its own, each of them once. */
export function createHistory({ sources, cache, wall }: HistoryOptions): OwnedHistory {
  const reads = new Map<string, Read>()
  const asked = new Map<string, (read: Pick<Read, 'day' | 'why'>) => void>()
  let thread: Worker | undefined
  let closed = false

  function answer(file: string, read: Pick<Read, 'day' | 'why'>): void {
    asked.get(file)?.(read)
    asked.delete(file)
    if (asked.size === 0) {
      void thread?.terminate()
      thread = undefined
    }
  }

  /** Whoever dies takes what it was asked with it; those days are told as damaged and asked again when their file grows. */
  function lost(died: Worker, why: string): void {
    if (thread !== died) return
    thread = undefined
    for (const file of [...asked.keys()])
      answer(file, { why: { ko: `읽지 못했습니다: ${why}`, en: `not read: ${why}` } })
  }

  function begin(): Worker {
    const begun = startThread('web/history-worker', {})
    begun.on('message', ({ file, day, trouble }: Answer) =>
      answer(file, day ? { day } : { why: whyOf(trouble) }),
    )
    begun.on('error', (error) => lost(begun, error.message))
    begun.on('exit', (code) => lost(begun, `exit ${code}`))
    // A page that nobody waits for does not keep the process alive.
    begun.unref()
    return begun
  }

  function ask(file: string, bytes: number, keep: string): void {
    if (asked.has(file) || closed) return
    asked.set(file, (found) => {
      const read: Read = { bytes, readAt: wall.now(), ...found }
      reads.set(file, read)
      void keepRead(keep, read)
    })
    thread ??= begin()
    thread.postMessage(file)
  }

  async function read(source: string): Promise<HistoryDays | undefined> {
    const found = sources.find(({ id }) => id === source)
    if (!found) return undefined
    const names = await dayFiles(createDisk(), found.folder).catch(() => [])
    const days: RecordedDay[] = []
    const damaged: { day: string; why: Sentence }[] = []
    let pending = 0
    let openDay: string | undefined
    for (const name of names) {
      const file = join(found.folder, name)
      const day = name.slice(0, 10)
      const now = await stat(file).catch(() => undefined)
      if (!now) continue
      const keep = join(cache, source, `${day}.json`)
      const known = reads.get(file) ?? (await keptRead(keep))
      if (known) reads.set(file, known)
      const isOpen = name === names.at(-1) && wall.now() - now.mtimeMs < OPEN_MS
      if (isOpen) openDay = day
      const isOld = known && known.bytes !== now.size && !(isOpen && wall.now() - known.readAt < AGAIN_MS)
      if (!known || isOld) ask(file, now.size, keep)
      if (!known) pending++
      else if (known.day) days.push(known.day)
      else if (known.why) damaged.push({ day, why: known.why })
    }
    return { days, pending, damaged, ...(openDay !== undefined && { openDay }) }
  }

  return {
    sources: sources.map(({ id, title, environment }) => ({ id, title, environment })),
    read,
    close: async () => {
      closed = true
      const last = thread
      thread = undefined
      asked.clear()
      await last?.terminate()
    },
  }
}

interface Answer {
  readonly file: string
  readonly day?: RecordedDay
  readonly trouble?: string
}

function whyOf(trouble = ''): Sentence {
  const [ko = '', en = ko] = trouble.split('\n')
  return { ko, en }
}

/** What cannot be kept is read again the next time. */
async function keepRead(path: string, read: Read): Promise<void> {
  try {
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(`${path}.new`, JSON.stringify({ version: VERSION, ...read }))
    await rename(`${path}.new`, path)
  } catch {
    // The disk is full or read-only; the page still has it.
  }
}

/** Our own file: only its version is looked at. */
async function keptRead(path: string): Promise<Read | undefined> {
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as Read & { readonly version: number }
    return kept.version === VERSION ? kept : undefined
  } catch {
    return undefined
  }
}
