import type { DayRecords, JournalRecord, SnapshotStore } from '../../ports/journal.ts'
import { createDecisionLog, type DecisionLog } from './decisions.ts'
import type { Carried, TraderEvent } from './events.ts'
import { createTrader, type Trader } from './trader.ts'

/** Bump when a snapshot of an older engine can no longer be read: recovery then replays the whole day. */
const SNAPSHOT_VERSION = 3

interface Saved {
  readonly version: number
  readonly trader: unknown
  readonly decisions: { readonly hash: string; readonly count: number }
}

export const snapshotJson = (trader: Trader, decisions: DecisionLog): string =>
  JSON.stringify({
    version: SNAPSHOT_VERSION,
    trader: trader.snapshot(),
    decisions: decisions.snapshot(),
  } satisfies Saved)

/** The body of an `effects` record: what followed from the event `of`. */
export const effectsJson = (of: number, effects: string): string => `{"of":${of},"effects":${effects}}`

export type History = AsyncIterable<JournalRecord>

/**
 * Start is recovery: the newest good snapshot of the day, then every recorded event after it, decided again but not
 * performed. What was under way when the process died is asked of the venue afterwards, on the `restarted` event.
 *
 * `today` holds the records of this day only. `begun`: it has an event.
 */
export async function recover(
  trader: Trader,
  decisions: DecisionLog,
  snapshots: SnapshotStore,
  today: DayRecords | undefined,
  lastSeq: number,
): Promise<{ readonly begun: boolean; readonly unrecorded?: string }> {
  if (!today) return { begun: false }
  const from = await restoreSnapshot(trader, decisions, snapshots, today.firstSeq, lastSeq)
  let begun = from > 0
  // The record of the last event's decisions can be missing: the process died between the two writes.
  let unrecorded: string | undefined
  for await (const record of today.from(from + 1)) {
    if (record.kind === 'effects') unrecorded = undefined
    if (record.kind !== 'event') continue
    begun = true
    const effects = trader.on(record.body as TraderEvent)
    unrecorded = effects.length > 0 ? effectsJson(record.seq, decisions.add(effects)) : undefined
  }
  return { begun, ...(unrecorded === undefined ? {} : { unrecorded }) }
}

/** What the newest good snapshot of an earlier day knows of its positions. */
export async function carriedFrom(snapshots: SnapshotStore): Promise<readonly Carried[]> {
  const stored = await snapshots.load(Number.MAX_SAFE_INTEGER)
  if (!stored) return []
  const saved = JSON.parse(stored.stateJson) as Saved
  if (saved.version !== SNAPSHOT_VERSION) return []
  const trader = createTrader()
  trader.restore(saved.trader)
  return trader.carried()
}

/** Gives the record up to which the snapshot reaches, 0 without a usable one. One of an earlier day is not usable. */
async function restoreSnapshot(
  trader: Trader,
  decisions: DecisionLog,
  snapshots: SnapshotStore,
  firstSeq: number,
  lastSeq: number,
): Promise<number> {
  const stored = await snapshots.load(lastSeq)
  if (!stored || stored.seq < firstSeq) return 0
  const saved = JSON.parse(stored.stateJson) as Saved
  if (saved.version !== SNAPSHOT_VERSION) return 0
  trader.restore(saved.trader)
  decisions.restore(saved.decisions)
  return stored.seq
}

export type ReplayResult =
  | { readonly ok: true; readonly events: number; readonly decisions: number; readonly decisionHash: string }
  | { readonly ok: false; readonly seq: number; readonly reason: string; readonly decisionHash: string }

/**
 * Feeds a recorded day through a fresh trader. With `verify`, every decision must equal the recorded one, to the
 * letter; the first that differs, or that is missing, names its record.
 */
export async function replay(trader: Trader, history: History, verify: boolean): Promise<ReplayResult> {
  const log = createDecisionLog()
  let events = 0
  let decisions = 0
  let expected: { readonly seq: number; readonly json: string } | undefined
  for await (const record of history) {
    if (record.kind === 'event') {
      if (verify && expected)
        return {
          ok: false,
          seq: expected.seq,
          reason: 'a decision made now is missing in the record',
          decisionHash: log.hash,
        }
      events++
      const effects = trader.on(record.body as TraderEvent)
      expected = undefined
      if (effects.length === 0) continue
      decisions++
      expected = { seq: record.seq, json: log.add(effects) }
    } else if (record.kind === 'effects') {
      const body = record.body as { readonly of: number; readonly effects: unknown }
      if (verify && expected?.json !== JSON.stringify(body.effects))
        return {
          ok: false,
          seq: record.seq,
          reason: 'the recorded decision differs from the one made now',
          decisionHash: log.hash,
        }
      expected = undefined
    }
  }
  return { ok: true, events, decisions, decisionHash: log.hash }
}
