import { basename, dirname, join } from 'node:path'
import { type ChainEnd, checkFile } from '../../adapters/journal/chain.ts'
import type { Disk } from '../../adapters/journal/disk.ts'
import { FIRST_HASH, seqOf, unseal } from '../../adapters/journal/line.ts'
import { dayFiles } from '../../adapters/journal/read.ts'
import { type Damage, damageSentence } from '../../adapters/journal/trouble.ts'
import type { VerificationMessage } from '../../web/contract/records.ts'

/** What a check has found so far, or in the end. */
export type Checked = Pick<
  VerificationMessage,
  'doneBytes' | 'records' | 'lastHash' | 'unfinishedBytes' | 'followsDayBefore' | 'broken'
>

/**
 * Checks every record of a day file: number, hash, JSON, and that it follows the day before, whose last record is read for that.
 * Tells how far it is after each piece.
 */
export async function verifyDay(
  disk: Disk,
  path: string,
  onProgress: (checked: Checked) => void,
): Promise<Checked> {
  const before = await endOfDayBefore(disk, path)
  let checked: Checked = {
    doneBytes: 0,
    records: 0,
    lastHash: FIRST_HASH,
    ...(before && { followsDayBefore: true }),
  }
  for await (const { start, good, trouble } of checkFile(disk, path, before)) {
    const notJson = good.find(({ line }) => !isJson(line))
    const broken: { readonly seq: number; readonly reason: Damage } | undefined = notJson
      ? { seq: notJson.seq, reason: 'notJson' }
      : trouble?.finished
        ? trouble
        : undefined
    checked = {
      ...checked,
      doneBytes: start.offset,
      records: checked.records + good.length,
      lastHash: good.at(-1)?.hash ?? checked.lastHash ?? FIRST_HASH,
      ...(trouble?.finished === false && { unfinishedBytes: trouble.bytes }),
      ...(broken && { broken: { seq: broken.seq, ...damageSentence(broken.reason) } }),
    }
    if (broken) return checked
    onProgress(checked)
  }
  return checked
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** A record of the engine is far shorter: its opening carries the settings, a want list names a hundred instruments. */
const LONGEST_RECORD = 4 << 20

/** The last whole record of the day file before this one; `undefined` when there is none, or it is no record. */
async function endOfDayBefore(disk: Disk, path: string): Promise<ChainEnd | undefined> {
  const [folder, name] = [dirname(path), basename(path)]
  const earlier = (await dayFiles(disk, folder)).filter((file) => file < name).at(-1)
  if (earlier === undefined) return undefined
  let tail = Buffer.alloc(0)
  for await (const chunk of disk.read(join(folder, earlier)))
    tail = Buffer.concat([tail, chunk]).subarray(-LONGEST_RECORD)
  const end = tail.lastIndexOf(10)
  if (end < 0) return undefined
  const line = tail.subarray(tail.subarray(0, end).lastIndexOf(10) + 1, end).toString('utf8')
  const [seq, sealed] = [seqOf(line), unseal(line)]
  return seq === undefined || !sealed ? undefined : { seq, hash: sealed.digest }
}
