import { join } from 'node:path'
import type { TradingDay } from '../../model/time.ts'
import type { DayRecords, Journal } from '../../ports/journal.ts'
import type { EpochMs } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import { createDisk, type Disk, type DiskFile } from './disk.ts'
import { hashOf, payloadOf, sealed } from './line.ts'
import { readJournal } from './read.ts'
import { type JournalTail, recoverTail } from './recover.ts'
import { JournalFailed } from './trouble.ts'

/** Records wait in memory up to this many bytes; then they are written without waiting for a commit. */
const PENDING_MAX = 1 << 18
/** Bytes that one UTF-16 unit can take in UTF-8. */
const MAX_BYTES_PER_UNIT = 3

export interface OpenJournal {
  readonly folder: string
  readonly day: TradingDay
  /** Now; written into the lock file for people. */
  readonly at: EpochMs
  readonly disk?: Disk
}

export interface FileJournal extends Journal {
  /**
   * Writes what waits in memory without a sync: it then survives the death of this process, though not a loss of
   * power. A failure shows in the next commit.
   */
  flush(): void
  /** Why the journal can no longer be written; it stays so until it is opened anew. */
  readonly failure: Error | undefined
  /** The hash of the newest record. */
  readonly lastHash: string
}

export interface OpenedJournal {
  readonly journal: FileJournal
  readonly tail: JournalTail
  /** What the day held when it was opened; `undefined` when it had not begun. */
  readonly today: DayRecords | undefined
}

/**
 * Opens the journal of a trading day for writing: one file per day (`2026-11-20.jsonl`), one record per line, each
 * sealed with a hash over the record before it; `line.ts` has the format. Sequence numbers go on over the days.
 *
 * A torn last record is cut off, kept in a `.torn` file and reported in `tail.torn`.
 * Errors: `JournalBroken` names the damaged record; `JournalLocked` when another process writes this folder.
 */
export async function openJournal(options: OpenJournal): Promise<OpenedJournal> {
  const { folder, day, at, disk = createDisk() } = options
  await disk.makeFolder(folder)
  const unlock = await disk.lock(folder, new Date(at).toISOString())
  try {
    const tail = await recoverTail(disk, folder)
    const name = `${day}.jsonl`
    invariant(
      tail.file === undefined || tail.file <= name,
      `a journal goes forward: it has ${tail.file}, the day to open is ${day}`,
    )
    const file = await disk.openAppend(join(folder, name))
    const today = tail.file === name ? recordsOf(disk, folder, tail) : undefined
    return { journal: createWriter(file, folder, name, tail, unlock), tail, today }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** The opening has checked the whole file: who needs the end of it may begin close to there. */
const recordsOf = (disk: Disk, folder: string, { file, places }: JournalTail): DayRecords | undefined =>
  file === undefined || places[0] === undefined
    ? undefined
    : {
        firstSeq: places[0].seq + 1,
        from: (seq) => readJournal(join(folder, file), { disk, from: seq, places }),
      }

function createWriter(
  file: DiskFile,
  folder: string,
  name: string,
  tail: JournalTail,
  unlock: () => Promise<void>,
): FileJournal {
  let lastSeq = tail.lastSeq
  let lastHash = tail.lastHash
  let durableSeq = lastSeq
  /** The newest record of decisions: until it is on the disk, orders wait. */
  let decidedSeq = lastSeq
  let isNewFile = tail.file !== name
  const pending = Buffer.allocUnsafe(PENDING_MAX)
  let pendingBytes = 0
  let failure: JournalFailed | undefined
  let closed = false
  /** The sync that runs, and the one that starts when it ends: whoever asks meanwhile shares that one. */
  let running: Promise<void> | undefined
  let waiting: Promise<void> | undefined

  const fail = (cause: unknown): JournalFailed => {
    failure ??= new JournalFailed(name, cause)
    return failure
  }

  const write = (bytes: Uint8Array) => {
    if (failure || bytes.length === 0) return
    try {
      file.write(bytes)
    } catch (error) {
      // Part of it may stand in the file: the next opening finds the torn record and cuts it off.
      fail(error)
    }
  }

  const flush = () => {
    write(pending.subarray(0, pendingBytes))
    pendingBytes = 0
  }

  const queue = (line: string) => {
    const most = line.length * MAX_BYTES_PER_UNIT
    if (most > PENDING_MAX - pendingBytes) flush()
    if (most > PENDING_MAX) write(Buffer.from(line))
    else pendingBytes += pending.write(line, pendingBytes)
  }

  const sync = async () => {
    running = waiting
    waiting = undefined
    flush()
    if (failure) throw failure
    const upTo = lastSeq
    try {
      await file.datasync(decidedSeq > durableSeq)
    } catch (error) {
      // After a failed sync the system may have dropped the pages, and a second one would report success.
      throw fail(error)
    }
    durableSeq = upTo
    running = undefined
  }

  const commit = (): Promise<void> => {
    if (failure) return Promise.reject(failure)
    if (durableSeq === lastSeq) return Promise.resolve()
    // Starting a microtask late lets commits of the same moment share one sync.
    waiting ??= (running ?? Promise.resolve()).then(sync)
    return waiting
  }

  return {
    append: (at, kind, bodyJson) => {
      invariant(!closed, 'nothing is appended to a closed journal')
      invariant(!bodyJson.includes('\n'), 'a journal body is one line of JSON')
      lastSeq += 1
      if (kind === 'effects') decidedSeq = lastSeq
      if (failure) return lastSeq
      const payload = payloadOf(lastSeq, at, kind, bodyJson, isNewFile ? lastHash : undefined)
      isNewFile = false
      lastHash = hashOf(lastHash, payload)
      queue(sealed(payload, lastHash))
      return lastSeq
    },
    commit,
    flush,
    close: async () => {
      if (closed) return
      closed = true
      try {
        await commit()
      } finally {
        await running?.catch(() => undefined) // whoever asked for that sync hears of its failure
        await file.close()
        await unlock()
      }
    },
    get lastSeq() {
      return lastSeq
    },
    get lastHash() {
      return lastHash
    },
    get failure() {
      return failure
    },
    place: folder,
  }
}
