import type { Place } from '../../adapters/journal/chain.ts'
import type { EpochMs } from '../../std/clock.ts'

/** The engine after record `seq`, from where a replay goes on. */
export interface Checkpoint {
  /** The newest instant of the records so far. */
  readonly at: EpochMs
  readonly seq: number
  /** A checked place of the file at or before that record. */
  readonly place: Place
  /** Its JSON, as bytes: text with Korean in it would take twice the room. */
  readonly state: Uint8Array
}

export interface Checkpoints {
  isDue(at: EpochMs): boolean
  add(checkpoint: Checkpoint): void
  /** The newest that stands at or before the instant. */
  before(at: EpochMs): Checkpoint | undefined
}

const FIRST_EVERY_MS = 2 * 60_000
/** Bytes of all states together; with more, every second one goes and the next ones stand twice as far apart. */
const MOST_BYTES = 48_000_000

export function createCheckpoints(most = MOST_BYTES): Checkpoints {
  let kept: Checkpoint[] = []
  let everyMs = FIRST_EVERY_MS
  let bytes = 0
  return {
    isDue: (at) => at - (kept.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= everyMs,
    add: (checkpoint) => {
      kept.push(checkpoint)
      bytes += checkpoint.state.length
      while (bytes > most && kept.length > 1) {
        kept = kept.filter((_, index) => index % 2 === 0)
        bytes = kept.reduce((sum, { state }) => sum + state.length, 0)
        everyMs *= 2
      }
    },
    before: (at) => kept.findLast((each) => each.at <= at),
  }
}
