import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tradingDay } from '../../../model/time.ts'
import type { JournalKind } from '../../../ports/journal.ts'
import { createDisk, type Disk, type DiskFile } from '../disk.ts'
import { type FileJournal, openJournal } from '../journal.ts'

export const DAY = tradingDay('2026-11-20')
export const NEXT_DAY = tradingDay('2026-11-23')
/** 2026-11-20 09:00 in Korea. */
export const AT = Date.UTC(2026, 10, 20)

/** An empty folder that goes away with the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'garam-journal-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Opens, appends, commits and closes; gives the path of the day file. */
export async function written(
  folder: string,
  bodies: readonly unknown[],
  { day = DAY, kind = 'event' }: { day?: typeof DAY; kind?: JournalKind } = {},
): Promise<string> {
  const { journal } = await openJournal({ folder, day, at: AT })
  for (const [index, body] of bodies.entries()) journal.append(AT + index, kind, JSON.stringify(body))
  await journal.close()
  return join(folder, `${day}.jsonl`)
}

export const linesOf = async (path: string): Promise<string[]> =>
  (await readFile(path, 'utf8')).split('\n').slice(0, -1)

/** Replaces the file's bytes. */
export const rewrite = (path: string, bytes: Uint8Array | string) => writeFile(path, bytes)
export const extend = (path: string, bytes: Uint8Array | string) => appendFile(path, bytes)

/** A real disk whose day file counts its writes and syncs and fails or waits when told to. */
export interface FaultyDisk extends Disk {
  writes: number
  syncs: number
  /** Those that an order waited for. */
  urgentSyncs: number
  failWrite: Error | undefined
  failSync: Error | undefined
  /** While set, syncs wait for it. */
  gate: Promise<void> | undefined
}

export function faultyDisk(): FaultyDisk {
  const real = createDisk()
  const disk: FaultyDisk = {
    ...real,
    writes: 0,
    syncs: 0,
    urgentSyncs: 0,
    failWrite: undefined,
    failSync: undefined,
    gate: undefined,
    openAppend: async (path) => watched(disk, await real.openAppend(path)),
  }
  return disk
}

function watched(disk: FaultyDisk, file: DiskFile): DiskFile {
  return {
    write: (bytes) => {
      disk.writes += 1
      if (disk.failWrite) {
        file.write(bytes.subarray(0, bytes.length >> 1)) // a full disk takes what still fits
        throw disk.failWrite
      }
      file.write(bytes)
    },
    datasync: async (urgent) => {
      disk.syncs += 1
      if (urgent) disk.urgentSyncs += 1
      await disk.gate
      if (disk.failSync) throw disk.failSync
      await file.datasync(urgent)
    },
    close: file.close,
  }
}

export async function openOn(disk: Disk, folder: string): Promise<FileJournal> {
  return (await openJournal({ folder, day: DAY, at: AT, disk })).journal
}
