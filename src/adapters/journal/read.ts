import { basename, dirname, join } from 'node:path'
import type { JournalRecord } from '../../ports/journal.ts'
import { type ChainEnd, checkFile, firstSeq, type GoodLine, type Place } from './chain.ts'
import { createDisk, type Disk } from './disk.ts'
import { FIRST_HASH } from './line.ts'
import { type Damage, JournalBroken } from './trouble.ts'

/** The names of the day files, oldest first. */
export const dayFiles = async (disk: Disk, folder: string): Promise<readonly string[]> =>
  (await disk.list(folder)).filter((name) => /^\d{4}-\d{2}-\d{2}\.jsonl$/.test(name)).sort()

/**
 * The verified records of a journal, oldest first: of a folder, or of one day file. Reads as a stream. A last line
 * without its line feed is still being written (or torn) and is left out.
 *
 * `from`: the first sequence number that is wanted; day files before it are not read. `places`: checked before, in the one
 * file that is read; it begins at the last of them that stands before `from`.
 * Errors: `JournalBroken` at the first record that is damaged; everything given before it is good.
 */
export async function* readJournal(
  place: string,
  {
    from = 1,
    disk = createDisk(),
    places = [],
  }: { readonly from?: number; readonly disk?: Disk; readonly places?: readonly Place[] } = {},
): AsyncGenerator<JournalRecord, void, void> {
  const start = places.findLast(({ seq }) => seq < from)
  for await (const { file, good } of goodLines(disk, place, from, start))
    for (const { line, seq } of good) if (seq >= from) yield parsed(line, seq, file)
}

export type Verdict =
  | {
      readonly ok: true
      readonly records: number
      readonly lastHash: string
      readonly unfinishedBytes: number
    }
  | { readonly ok: false; readonly file: string; readonly seq: number; readonly reason: Damage }

/**
 * Checks every record of a folder or a day file: hash, sequence, JSON, and that each file follows the one before.
 * `unfinishedBytes` stand behind the last whole line: a writer at work, or a torn end that the next opening cuts off.
 */
export async function verifyJournal(
  place: string,
  { disk = createDisk() }: { readonly disk?: Disk } = {},
): Promise<Verdict> {
  let records = 0
  let lastHash = FIRST_HASH
  let unfinishedBytes = 0
  try {
    for await (const batch of goodLines(disk, place, 1)) {
      unfinishedBytes = batch.unfinishedBytes
      for (const { line, seq } of batch.good) parsed(line, seq, batch.file)
      records += batch.good.length
      lastHash = batch.good.at(-1)?.hash ?? lastHash
    }
  } catch (error) {
    if (!(error instanceof JournalBroken)) throw error
    return { ok: false, file: error.file, seq: error.seq, reason: error.reason }
  }
  return { ok: true, records, lastHash, unfinishedBytes }
}

interface GoodLines {
  readonly file: string
  readonly good: readonly GoodLine[]
  readonly unfinishedBytes: number
}

async function* goodLines(disk: Disk, place: string, from: number, start?: Place): AsyncGenerator<GoodLines> {
  const isFile = place.endsWith('.jsonl')
  const folder = isFile ? dirname(place) : place
  let end: ChainEnd | Place | undefined = start
  let unfinished: JournalBroken | undefined
  for (const file of isFile ? [basename(place)] : await filesFrom(disk, folder, from))
    for await (const { good, trouble } of checkFile(disk, join(folder, file), end)) {
      if (unfinished) throw unfinished // a file that is followed by another was finished when that one began
      yield { file, good, unfinishedBytes: trouble?.finished === false ? trouble.bytes : 0 }
      end = good.at(-1) ?? end
      const broken = trouble && new JournalBroken(file, trouble.seq, trouble.reason)
      if (trouble?.finished) throw broken
      unfinished = broken
    }
}

/** The day files from the one that holds record `from`; without such a one, all. */
async function filesFrom(disk: Disk, folder: string, from: number): Promise<readonly string[]> {
  const files = await dayFiles(disk, folder)
  for (let index = files.length - 1; index > 0 && from > 1; index--) {
    const first = await firstSeq(disk, join(folder, files[index] ?? ''))
    if (first !== undefined && first <= from) return files.slice(index)
  }
  return files
}

/** The record of a line that is known to be sealed. */
function parsed(line: string, seq: number, file: string): JournalRecord {
  try {
    return JSON.parse(line) as JournalRecord
  } catch {
    throw new JournalBroken(file, seq, 'notJson')
  }
}
