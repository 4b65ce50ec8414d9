import type { EpochMs } from '../std/clock.ts'

/**
 * One line of the day's record. `event` is an input of the engine; `effects` are the decisions that followed from the
 * event before it; `open` begins a journal (settings, versions); `note` is for people and changes nothing.
 */
export type JournalKind = 'open' | 'event' | 'effects' | 'note'

export interface JournalRecord {
  /** 1, 2, 3 … within one journal. */
  readonly seq: number
  readonly at: EpochMs
  readonly kind: JournalKind
  /** JSON. */
  readonly body: unknown
}

/**
 * The append-only truth. `append` only queues; after `commit` resolves, everything appended before the call is on disk
 * (fdatasync returned). Commits that wait together share one sync. A failed write rejects and the journal stays failed:
 * nothing may be sent any more.
 */
export interface Journal {
  /** `bodyJson` is the record's body, already serialised: a hot path may build it by hand. */
  append(at: EpochMs, kind: JournalKind, bodyJson: string): number
  commit(): Promise<void>
  close(): Promise<void>
  readonly lastSeq: number
  /** Where it lives, for people. */
  readonly place: string
}

/** What a journal holds of a day. */
export interface DayRecords {
  /** The number of its first record. */
  readonly firstSeq: number
  /** Its records from number `seq` on; those before are not read again. */
  from(seq: number): AsyncIterable<JournalRecord>
}

/** Snapshots of the engine's state, so that recovery does not replay the whole day. */
export interface SnapshotStore {
  save(seq: number, stateJson: string): Promise<void>
  /** The newest snapshot that verifies, at or before `seq`. */
  load(seq: number): Promise<{ readonly seq: number; readonly stateJson: string } | undefined>
}
