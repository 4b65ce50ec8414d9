import { hash } from 'node:crypto'
import fs from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../../std/clock.ts'
import type { AuditMessage } from '../../contract/session.ts'
import { PRIVATE_FILE, readPrivate } from './files.ts'
import { withoutSecrets } from './without-secrets.ts'

export type AuditEntry = Omit<AuditMessage, 'seq' | 'at'>

/**
 * Who did what, from where; only ever appended to. One entry is one line, a JSON object that ends with `"hash"`: the first half of
 * SHA-256 over the hash before it followed by the line up to `,"hash"`. A changed, lost or added line in the middle shows.
 */
export interface Audit {
  /** Handed to the system at once and to the disk soon. Never throws: a full disk must not keep anybody from stopping the trader. */
  add(entry: AuditEntry): void
  /** Newest first; `before` is the number of an entry. */
  page(
    before: number | undefined,
    limit: number,
  ): Promise<{ entries: readonly AuditMessage[]; next?: number }>
  /** Resolves when everything added so far is on the disk. */
  flushed(): Promise<void>
  close(): Promise<void>
}

const HASH_DIGITS = 32
const FIRST_HASH = '0'.repeat(HASH_DIGITS)
/** `,"hash":"` + digits + `"}` */
const SEAL_LENGTH = 9 + HASH_DIGITS + 2

const hashOf = (before: string, payload: string): string =>
  hash('sha256', before + payload, 'hex').slice(0, HASH_DIGITS)

interface Checked {
  /** Where each whole line begins; the last number is the end of the good part. */
  readonly offsets: number[]
  readonly lastHash: string
  readonly verdict: 'good' | 'torn' | 'damaged'
}

/** A last line without its line feed was cut off by a crash; anything else that does not fit was not written by us. */
export function checkAudit(bytes: Uint8Array): Checked {
  const offsets = [0]
  let lastHash = FIRST_HASH
  let from = 0
  while (from < bytes.length) {
    const to = bytes.indexOf(10, from)
    if (to < 0) return { offsets, lastHash, verdict: 'torn' }
    const line = Buffer.from(bytes.subarray(from, to)).toString('utf8')
    const payload = line.slice(0, -SEAL_LENGTH)
    const digest = hashOf(lastHash, payload)
    if (line.slice(-SEAL_LENGTH) !== `,"hash":"${digest}"}`) return { offsets, lastHash, verdict: 'damaged' }
    lastHash = digest
    from = to + 1
    offsets.push(from)
  }
  return { offsets, lastHash, verdict: 'good' }
}

/** Opens `audit.jsonl`. A damaged one is put aside under another name, and the new one begins by saying so. */
export async function openAudit(folder: string, clock: Clock): Promise<Audit> {
  const path = join(folder, 'audit.jsonl')
  const bytes = (await readPrivate(path)) ?? Buffer.alloc(0)
  const checked = checkAudit(bytes)
  if (checked.verdict !== 'damaged') return begin(path, clock, checked, bytes.length)
  const aside = join(folder, `audit.damaged-${clock.now()}.jsonl`)
  await rename(path, aside)
  const audit = await begin(path, clock, { offsets: [0], lastHash: FIRST_HASH, verdict: 'good' }, 0)
  const about = `entry ${checked.offsets.length} does not follow the one before; kept as ${aside}`
  audit.add({ who: '-', from: '-', via: 'none', what: 'audit-damaged', about })
  return audit
}

async function begin(path: string, clock: Clock, checked: Checked, size: number): Promise<Audit> {
  const handle = await open(path, 'a+', PRIVATE_FILE)
  const end = checked.offsets.at(-1) ?? 0
  if (end < size) await handle.truncate(end)
  return createAudit(handle, clock, checked)
}

function createAudit(handle: FileHandle, clock: Clock, { offsets, lastHash: first }: Checked): Audit {
  let lastHash = first
  let lost = 0
  let syncing: Promise<void> | undefined
  let again = false

  const lineOf = (entry: AuditEntry) => {
    const { who, from, via, what, about, before, after } = entry
    const payload = JSON.stringify({
      seq: offsets.length,
      at: clock.now(),
      who: who.slice(0, 64),
      from: from.slice(0, 64),
      via,
      what,
      about: about?.slice(0, 300),
      before: withoutSecrets(before),
      after: withoutSecrets(after),
      ...(lost > 0 && { lost }),
    }).slice(0, -1)
    const digest = hashOf(lastHash, payload)
    return { digest, line: Buffer.from(`${payload},"hash":"${digest}"}\n`) }
  }

  const write = (line: Buffer, end: number) => {
    try {
      for (let done = 0; done < line.length; ) done += fs.writeSync(handle.fd, line, done)
      return true
    } catch {
      cutBack(handle.fd, end)
      return false
    }
  }

  const sync = (): Promise<void> => {
    again = true
    syncing ??= (async () => {
      while (again) {
        again = false
        await handle.datasync().catch(() => undefined)
      }
      syncing = undefined
    })()
    return syncing
  }

  return {
    add: (entry) => {
      const end = offsets.at(-1) ?? 0
      const { digest, line } = lineOf(entry)
      if (!write(line, end)) {
        lost++
        return
      }
      lost = 0
      lastHash = digest
      offsets.push(end + line.length)
      void sync()
    },
    page: (before, limit) => pageOf(handle, offsets, before, limit),
    flushed: async () => {
      await syncing
    },
    close: async () => {
      await syncing
      await handle.close()
    },
  }
}

/** Half a line must not stay: the next one would be taken for its end. */
function cutBack(fd: number, end: number): void {
  try {
    fs.ftruncateSync(fd, end)
  } catch {
    // The next start finds the damage and says so.
  }
}

async function pageOf(
  handle: FileHandle,
  offsets: readonly number[],
  before: number | undefined,
  limit: number,
): Promise<{ entries: readonly AuditMessage[]; next?: number }> {
  const last = Math.min((before ?? Number.POSITIVE_INFINITY) - 1, offsets.length - 1)
  const first = Math.max(1, last - limit + 1)
  if (last < first) return { entries: [] }
  const from = offsets[first - 1] ?? 0
  const bytes = Buffer.alloc((offsets[last] ?? from) - from)
  await handle.read(bytes, 0, bytes.length, from)
  const entries = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): AuditMessage => JSON.parse(line))
    .reverse()
  return first > 1 ? { entries, next: first } : { entries }
}
