import { isUtf8 } from 'node:buffer'
import { err, ok, type Result } from '../../std/result.ts'
import type { Disk } from './disk.ts'
import { FIRST_HASH, hashOf, prevOf, seqOf, unseal } from './line.ts'
import type { Damage } from './trouble.ts'

/** The last record that is known to be good. */
export interface ChainEnd {
  readonly seq: number
  readonly hash: string
}

export interface GoodLine extends ChainEnd {
  readonly line: string
}

export interface Trouble {
  readonly reason: Damage
  /** The number the damaged record has, or should have. */
  readonly seq: number
  /** The byte of the file at which it begins. */
  readonly offset: number
  /** False when it has no line feed yet: these are the last bytes of the file, so many. */
  readonly finished: boolean
  readonly bytes: number
}

/** A place in a day file: behind this record, and so many bytes from the beginning. */
export interface Place extends ChainEnd {
  readonly offset: number
}

export interface Batch {
  /** Where the batch begins. */
  readonly start: Place
  readonly good: readonly GoodLine[]
  /** The first line that is not the next record; nothing behind it is looked at. */
  readonly trouble?: Trouble
}

/**
 * The lines of one day file in batches, each checked to follow the one before it. `after` is the last record of the
 * file before, or a place of this file that was checked before; when neither is known, the file's own word is taken.
 */
export async function* checkFile(
  disk: Disk,
  path: string,
  after: ChainEnd | Place | undefined,
): AsyncGenerator<Batch> {
  let end: ChainEnd | undefined = after
  const from = after && 'offset' in after ? after.offset : 0
  let isFirst = from === 0
  for await (const lines of wholeLines(disk, path, from)) {
    const batch = checkLines(lines, end, isFirst)
    yield batch
    if (batch.trouble) return
    end = batch.good.at(-1) ?? end
    isFirst = false
  }
}

function checkLines(lines: Lines, after: ChainEnd | undefined, beginsFile: boolean): Batch {
  const { text, finished } = lines
  const good: GoodLine[] = []
  let end = after ?? startingPoint(text.slice(0, START_LENGTH))
  const start: Place = { seq: end.seq, hash: end.hash, offset: lines.offset }
  for (let from = 0; from < text.length; ) {
    const to = finished ? text.indexOf('\n', from) : text.length
    const line = text.slice(from, to)
    const seq = end.seq + 1
    const isFirst = beginsFile && good.length === 0
    const hash = finished ? hashIfNext(line, end, isFirst) : err<Damage>('notARecord')
    if (!hash.ok) return { start, good, trouble: { reason: hash.error, seq, ...placeOf(lines, good.length) } }
    const next: GoodLine = { line, seq, hash: hash.value }
    good.push(next)
    end = next
    from = to + 1
  }
  return { start, good }
}

/** Where line `index` of a batch begins, and how many bytes there are from there on. */
function placeOf(
  { bytes, offset, finished }: Lines,
  index: number,
): Pick<Trouble, 'offset' | 'finished' | 'bytes'> {
  let start = 0
  for (let line = 0; line < index; line++) start = bytes.indexOf(LINE_FEED, start) + 1
  return { offset: offset + start, finished, bytes: bytes.length - start }
}

/** The sequence number of a file's first record; `undefined` when it has none. */
export async function firstSeq(disk: Disk, path: string): Promise<number | undefined> {
  for await (const { text } of wholeLines(disk, path)) return seqOf(text.slice(0, START_LENGTH))
  return undefined
}

/** The line's own hash, if the line is the record that follows `before`. */
function hashIfNext(line: string, before: ChainEnd, isFirst: boolean): Result<string, Damage> {
  const parts = unseal(line)
  if (!parts) return err('notARecord')
  if (isFirst) {
    const prev = prevOf(line)
    if (prev === undefined) return err('notARecord')
    if (prev !== before.hash) return err('wrongPredecessor')
    if (seqOf(line) !== before.seq + 1) return err('sequenceGap')
  } else if (!line.startsWith(`{"seq":${before.seq + 1},`)) {
    return err(seqOf(line) === undefined ? 'notARecord' : 'sequenceGap')
  }
  return hashOf(before.hash, parts.payload) === parts.digest ? ok(parts.digest) : err('hashMismatch')
}

/** The beginning of a file's first line: predecessor and sequence number stand in it. */
const START_LENGTH = 100

/** Where a file begins when nothing is known of the one before: what its first line says, but record 1 follows nothing. */
function startingPoint(line: string): ChainEnd {
  const seq = seqOf(line) ?? 1
  return { seq: seq - 1, hash: (seq > 1 ? prevOf(line) : undefined) ?? FIRST_HASH }
}

interface Lines {
  readonly text: string
  readonly bytes: Uint8Array
  /** Where `bytes` begins in the file. */
  readonly offset: number
  /** True: whole lines, each with its line feed. False: what stands behind the last one. */
  readonly finished: boolean
}

const LINE_FEED = 10

async function* wholeLines(disk: Disk, path: string, from = 0): AsyncGenerator<Lines> {
  let rest: Buffer = Buffer.alloc(0)
  let offset = from
  for await (const chunk of disk.read(path, from)) {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1)
    if (whole.length > 0) yield { text: decoded(whole), bytes: whole, offset, finished: true }
    rest = bytes.subarray(whole.length)
    offset += whole.length
  }
  if (rest.length > 0) yield { text: rest.toString('latin1'), bytes: rest, offset, finished: false }
}

/** A line that is not UTF-8 was never written by us; the NUL in front keeps it from passing for a record. */
function decoded(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const lines: string[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf(LINE_FEED, from) + 1
    const line = bytes.subarray(from, to)
    lines.push(isUtf8(line) ? line.toString('utf8') : `\0${line.toString('latin1')}`)
    from = to
  }
  return lines.join('')
}
