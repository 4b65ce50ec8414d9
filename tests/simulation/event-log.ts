import { createHash } from 'node:crypto'
import { kstClock } from '../../src/model/time.ts'
import type { Clock } from '../../src/std/clock.ts'
import { createRing } from '../../src/std/ring.ts'

/** All that happened, as a digest, and the end of it in words. */
export interface EventLog {
  note(text: string): void
  readonly digest: string
  readonly last: readonly string[]
}

const KEPT = 60
const LONGEST = 300

/** `digests`: the digest is wanted; it costs a hash over every frame of the day. */
export function createEventLog(clock: Clock, digests: boolean): EventLog {
  const hash = createHash('sha256')
  const last = createRing<readonly [number, string]>(KEPT)
  let pending = ''
  const flush = () => {
    hash.update(pending)
    pending = ''
  }
  return {
    note: (text) => {
      if (digests) pending += `${clock.now()} ${text}\n`
      if (pending.length > 1 << 16) flush()
      if (!text.startsWith('frame ') || text.includes('"type":"00"')) last.push([clock.now(), text])
    },
    get digest() {
      if (!digests) return ''
      flush()
      return hash.copy().digest('hex').slice(0, 32)
    },
    get last() {
      return last
        .toArray()
        .map(
          ([at, text]) => `${kstClock(at)}.${String(at % 1000).padStart(3, '0')} ${text.slice(0, LONGEST)}`,
        )
    },
  }
}
