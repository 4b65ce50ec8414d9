import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createDisk } from '../../adapters/journal/disk.ts'
import { dayFiles } from '../../adapters/journal/read.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import type { Records } from '../../web/server/records.ts'
import { type DayThread, startDayThread } from './day-thread.ts'
import { createVerifications } from './verifications.ts'

/** Days whose books are kept at once: the one that runs, and one that somebody looks at beside it. */
const MOST_DAYS = 3
/** A book that nobody asked for so long is given up, wall ms. */
const FORGET_AFTER_MS = 15 * 60_000

interface Open {
  readonly thread: DayThread
  cancel: Cancel
}

/** The records of a journal's folder. Reads only: it takes no lock and writes nothing, whoever writes there meanwhile. */
export function createRecords({ folder, wall }: { readonly folder: string; readonly wall: Clock }): Records {
  const disk = createDisk()
  const verifications = createVerifications(wall)
  /** In the order of their last question. */
  const open = new Map<string, Open>()

  const fileOf = async (day: string) => {
    const name = `${day}.jsonl`
    if (!(await dayFiles(disk, folder)).includes(name)) return undefined
    const path = join(folder, name)
    const { size, mtimeMs } = await stat(path)
    return { day, path, bytes: size, changedAt: mtimeMs }
  }

  const forget = async (day: string) => {
    const found = open.get(day)
    open.delete(day)
    found?.cancel()
    await found?.thread.close()
  }

  const threadOf = (day: string, path: string): DayThread => {
    const thread =
      open.get(day)?.thread ??
      startDayThread({ task: 'book', day, path }, { wall, onEnd: () => dropEnded(day) })
    open.get(day)?.cancel()
    open.delete(day)
    open.set(day, { thread, cancel: wall.after(FORGET_AFTER_MS, () => void forget(day)) })
    const oldest = open.size > MOST_DAYS ? open.keys().next().value : undefined
    if (oldest !== undefined) void forget(oldest)
    return thread
  }

  /** The next question begins anew. */
  const dropEnded = (day: string) => {
    open.get(day)?.cancel()
    open.delete(day)
  }

  return {
    days: async () => {
      const names = await dayFiles(disk, folder)
      const found = await Promise.all(names.map((name) => fileOf(name.slice(0, 10))))
      return found
        .flatMap((file) => (file ? [{ day: file.day, bytes: file.bytes, changedAt: file.changedAt }] : []))
        .reverse()
    },
    ask: async (day, topic, asked) => {
      const file = await fileOf(day)
      return file && threadOf(day, file.path).ask(topic, asked)
    },
    verify: async (day) => {
      const file = await fileOf(day)
      if (!file) return undefined
      verifications.begin({ task: 'verify', day, path: file.path }, file.bytes)
      return verifications.of(day, file.bytes)
    },
    verification: async (day) => {
      const file = await fileOf(day)
      return file && verifications.of(day, file.bytes)
    },
    cancelVerification: async (day) => {
      verifications.cancel(day)
      const file = await fileOf(day)
      return file && verifications.of(day, file.bytes)
    },
    close: async () => {
      await Promise.all([...[...open.keys()].map(forget), verifications.close()])
    },
  }
}
