import { hash } from 'node:crypto'
import type { JournalKind } from '../../ports/journal.ts'
import type { EpochMs } from '../../std/clock.ts'

/**
 * One record is one line, a JSON object:
 *
 *     {"seq":12,"at":1763600000000,"kind":"event","body":{…},"hash":"<32 hex digits>"}
 *
 * `hash` is the first half of SHA-256 over the hash before it followed by the line up to `,"hash"`. The first line of
 * a file begins with `"prev"`, the hash before it, so that each file can be checked alone and tied to the one before.
 */
const HASH_DIGITS = 32

/** What stands before the very first record. */
export const FIRST_HASH = '0'.repeat(HASH_DIGITS)

/** `,"hash":"` + digits + `"}` */
const SEAL_LENGTH = 9 + HASH_DIGITS + 2
const PREV_START = '{"prev":"'

export const hashOf = (previous: string, payload: string): string =>
  hash('sha256', previous + payload, 'hex').slice(0, HASH_DIGITS)

/** The line up to its hash. */
export const payloadOf = (
  seq: number,
  at: EpochMs,
  kind: JournalKind,
  bodyJson: string,
  firstAfter: string | undefined,
): string =>
  firstAfter === undefined
    ? `{"seq":${seq},"at":${at},"kind":"${kind}","body":${bodyJson}`
    : `{"prev":"${firstAfter}","seq":${seq},"at":${at},"kind":"${kind}","body":${bodyJson}`

export const sealed = (payload: string, digest: string): string => `${payload},"hash":"${digest}"}\n`

/** Splits a line (without its line feed) into payload and hash; `undefined` when it has no place for a hash. */
export function unseal(line: string): { readonly payload: string; readonly digest: string } | undefined {
  const cut = line.length - SEAL_LENGTH
  if (cut <= 0 || !line.startsWith(',"hash":"', cut) || !line.endsWith('"}')) return undefined
  return { payload: line.slice(0, cut), digest: line.slice(cut + 9, -2) }
}

/** The hash a file's first line says it follows. */
export function prevOf(line: string): string | undefined {
  if (!line.startsWith(PREV_START)) return undefined
  const end = PREV_START.length + HASH_DIGITS
  return line.startsWith('","seq":', end) ? line.slice(PREV_START.length, end) : undefined
}

/** The sequence number a line says it has, as far as it can be read. */
export function seqOf(line: string): number | undefined {
  const match = /^\{(?:"prev":"[^"]*",)?"seq":(\d{1,15}),/.exec(line)
  return match ? Number(match[1]) : undefined
}

/** What stands before the body of a sealed line, and the body's own text; `undefined` for a line that is none of ours. */
export function partsOf(
  line: string,
): { readonly at: EpochMs; readonly kind: JournalKind; readonly bodyJson: string } | undefined {
  const match = HEAD.exec(line.slice(0, LONGEST_HEAD))
  if (!match) return undefined
  const bodyJson = line.slice(match[0].length, line.length - SEAL_LENGTH)
  return { at: Number(match[1]), kind: match[2] as JournalKind, bodyJson }
}

const HEAD =
  /^\{(?:"prev":"[^"]*",)?"seq":\d+,"at":(-?\d+(?:\.\d+)?),"kind":"(open|event|effects|note)","body":/
const LONGEST_HEAD = 160
