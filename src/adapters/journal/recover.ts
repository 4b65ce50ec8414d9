import { join } from 'node:path'
import { type ChainEnd, checkFile, type Place, type Trouble } from './chain.ts'
import type { Disk } from './disk.ts'
import { FIRST_HASH } from './line.ts'
import { dayFiles } from './read.ts'
import { type Damage, JournalBroken } from './trouble.ts'

/** A last record that did not reach the disk whole. It was never confirmed, so nothing was sent on its word. */
export interface Torn {
  readonly file: string
  readonly seq: number
  readonly reason: Damage
  readonly bytes: number
  /** Where the cut-off bytes are kept. */
  readonly keptAs: string
}

/** What the opening found. */
export interface JournalTail {
  readonly lastSeq: number
  readonly lastHash: string
  /** The file that holds the last record, if there is one. */
  readonly file: string | undefined
  readonly torn: readonly Torn[]
  /** Checked places of that file, one in about 256 KiB; the first is its beginning. */
  readonly places: readonly Place[]
}

/**
 * Checks the newest day file, cuts off a torn end (a copy is kept beside it) and tells where the chain ends.
 * Errors: `JournalBroken` when anything stands behind a damaged record; nothing is changed then.
 */
export async function recoverTail(disk: Disk, folder: string): Promise<JournalTail> {
  const torn: Torn[] = []
  const files = await dayFiles(disk, folder)
  for (const file of files.toReversed()) {
    let end: ChainEnd | undefined
    const places: Place[] = []
    for await (const { start, good, trouble } of checkFile(disk, join(folder, file), undefined)) {
      if (good.length > 0) places.push(start)
      end = good.at(-1) ?? end
      if (!trouble) continue
      // An older file was whole when the newest one was begun: what is wrong there now did not come from a crash.
      if (file !== files.at(-1)) throw new JournalBroken(file, trouble.seq, trouble.reason)
      torn.push(await cutOff(disk, folder, file, trouble))
    }
    if (end) return { lastSeq: end.seq, lastHash: end.hash, file, torn, places }
  }
  return { lastSeq: 0, lastHash: FIRST_HASH, file: undefined, torn, places: [] }
}

async function cutOff(disk: Disk, folder: string, file: string, trouble: Trouble): Promise<Torn> {
  const path = join(folder, file)
  const { seq, reason, offset } = trouble
  const bytes = await lastRecordFrom(disk, path, offset)
  if (!bytes) throw new JournalBroken(file, seq, reason)
  const keptAs = await freeName(disk, folder, `${file}.${seq}`)
  await disk.keep(join(folder, keptAs), bytes)
  await disk.cut(path, offset)
  return { file, seq, reason, bytes: bytes.length, keptAs }
}

/** The bytes from `offset` to the end of the file, if they are one record at most. */
async function lastRecordFrom(disk: Disk, path: string, offset: number): Promise<Uint8Array | undefined> {
  let bytes = Buffer.alloc(0)
  for await (const chunk of disk.read(path, offset)) {
    bytes = Buffer.concat([bytes, chunk])
    const end = bytes.indexOf(10)
    if (end >= 0 && end < bytes.length - 1) return undefined
  }
  return HIDDEN_RECORD.test(bytes.toString('latin1')) ? undefined : bytes
}

/** A sealed record with another behind it: the line feed between them was damaged, so this is no torn end. */
const HIDDEN_RECORD = /"hash":"[0-9a-f]{32}"\}[\s\S]?\{"seq":\d/

async function freeName(disk: Disk, folder: string, stem: string): Promise<string> {
  const taken = new Set(await disk.list(folder))
  for (let count = 1; ; count++) {
    const name = count === 1 ? `${stem}.torn` : `${stem}-${count}.torn`
    if (!taken.has(name)) return name
  }
}
