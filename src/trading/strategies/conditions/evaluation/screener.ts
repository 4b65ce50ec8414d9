import type { ConditionId, InstrumentId } from '../../../../model/ids.ts'
import type { ScreenHit } from '../../../../model/market-event.ts'
import type { EpochMs } from '../../../../std/clock.ts'
import { broken, invariant } from '../../../../std/invariant.ts'
import type { ConditionNode } from '../language/tree.ts'
import { compile } from './compile.ts'
import {
  bringUpToDate,
  deliverBar,
  deliverFacts,
  deliverQuote,
  deliverTime,
  deliverTrade,
  truthOf,
} from './deliver.ts'
import { checkShape, type EvaluatorOptions, frameOf } from './evaluator.ts'
import { type Explained, explainedOf } from './explain.ts'
import type { BestQuotes, ClosedBar, DayFacts, Print } from './feeds.ts'
import type { Memory } from './memory.ts'
import { type Missing, missingOf } from './missing.ts'
import { type MemoryState, restoreMemory, snapshotOf } from './snapshot.ts'

/** A condition under the name that its changes carry. */
export interface Search {
  readonly id: ConditionId
  readonly condition: ConditionNode
}

export interface ScreenerOptions extends EvaluatorOptions {
  /** The closed bars that it will be fed, in milliseconds. */
  readonly intervalsMs: readonly number[]
}

/**
 * Searches over many instruments. What several searches share is reckoned once per instrument; nothing is allocated for a
 * bar or a tick, only for changes. Instruments are known from the first that is heard of them. Feeds: as `Evaluator`.
 */
export interface Screener {
  bar(instrument: InstrumentId, intervalMs: number, bar: ClosedBar): void
  trade(instrument: InstrumentId, trade: Print): void
  quote(instrument: InstrumentId, quote: BestQuotes): void
  facts(instrument: InstrumentId, facts: DayFacts): void
  /** Time passes for all. */
  now(at: EpochMs): void
  /**
   * Who entered (편입) and left (편출) since the last call, among the instruments that anything was heard of: in the order in
   * which they were, then in that of the searches. `initial` when the first answer of all was yes: it did not enter just
   * now. An answer that becomes unknown changes nothing.
   */
  sweep(at: EpochMs): readonly ScreenHit[]
  /** Who is in, in the order in which they were first heard of. */
  members(search: ConditionId): readonly InstrumentId[]
  explain(search: ConditionId, instrument: InstrumentId): Explained | undefined
  missing(search: ConditionId, instrument: InstrumentId): readonly Missing[] | undefined
  /** Nothing is kept of it; no change is told. */
  forget(instrument: InstrumentId): void
  snapshot(): ScreenerState
  /** Goes on from a snapshot of the same searches. */
  restore(state: ScreenerState): void
}

/** Plain data that survives JSON. */
export interface ScreenerState {
  readonly shape: string
  readonly instruments: readonly {
    readonly id: InstrumentId
    readonly answers: readonly number[]
    readonly memory: MemoryState
  }[]
}

interface Entry {
  readonly id: InstrumentId
  readonly memory: Memory
  /** By search: OUT, IN or UNASKED. */
  readonly answers: Int8Array
  /** Was anything heard since the last sweep? */
  heard: boolean
}

const OUT = 0
const IN = 1
const UNASKED = -1

const NO_CHANGES: readonly ScreenHit[] = []

/**
 * Makes searches ready for any number of instruments. Errors: two searches of one name, or an interval that one of them
 * needs is not fed, break an invariant.
 */
export function createScreener(searches: readonly Search[], options: ScreenerOptions): Screener {
  invariant(
    new Set(searches.map(({ id }) => id)).size === searches.length,
    `each search has a name of its own: ${searches.map(({ id }) => id).join(', ')}`,
  )
  const program = compile(
    searches.map(({ condition }) => condition),
    frameOf(options.intervalsMs, options),
  )
  const entries = new Map<InstrumentId, Entry>()
  const heard: Entry[] = []

  const entryOf = (id: InstrumentId): Entry => {
    const known = entries.get(id)
    if (known) return known
    const fresh = {
      id,
      memory: program.newMemory(),
      answers: new Int8Array(searches.length).fill(UNASKED),
      heard: false,
    }
    entries.set(id, fresh)
    return fresh
  }
  const hear = (id: InstrumentId): Memory => {
    const entry = entryOf(id)
    if (!entry.heard) {
      entry.heard = true
      heard.push(entry)
    }
    return entry.memory
  }
  const indexOf = (search: ConditionId): number => {
    const index = searches.findIndex(({ id }) => id === search)
    return index >= 0 ? index : broken(`no search is called ${search}`)
  }
  const looking = <T>(
    search: ConditionId,
    instrument: InstrumentId,
    look: (memory: Memory, condition: ConditionNode) => T,
  ): T | undefined => {
    const condition = searches[indexOf(search)]?.condition
    const memory = entries.get(instrument)?.memory
    if (!memory || !condition) return undefined
    bringUpToDate(program, memory)
    return look(memory, condition)
  }

  const changesOf = (entry: Entry, at: EpochMs, found: ScreenHit[] | undefined): ScreenHit[] | undefined => {
    let changes = found
    const { answers, id: instrument } = entry
    for (let i = 0; i < searches.length; i++) {
      const truth = truthOf(program, entry.memory, i)
      if (truth === undefined) continue
      const before = answers[i] as number
      const now = truth ? IN : OUT
      if (now === before) continue
      answers[i] = now
      if (before === UNASKED && now === OUT) continue
      const condition = (searches[i] as Search).id
      const change = truth ? 'enter' : 'leave'
      changes ??= []
      changes.push({
        ...{ kind: 'screen', condition, instrument, change, initial: before === UNASKED },
        ...{ at, receivedAt: at },
      })
    }
    return changes
  }

  return {
    bar: (id, intervalMs, bar) => deliverBar(program, hear(id), intervalMs, bar),
    trade: (id, trade) => deliverTrade(program, hear(id), trade),
    quote: (id, quote) => deliverQuote(program, hear(id), quote),
    facts: (id, facts) => deliverFacts(program, hear(id), facts),
    now: (at) => {
      for (const id of entries.keys()) deliverTime(program, hear(id), at)
    },
    sweep: (at) => {
      let changes: ScreenHit[] | undefined
      for (const entry of heard) {
        entry.heard = false
        bringUpToDate(program, entry.memory)
        changes = changesOf(entry, at, changes)
      }
      heard.length = 0
      return changes ?? NO_CHANGES
    },
    members: (search) => {
      const index = indexOf(search)
      return [...entries.values()].filter(({ answers }) => answers[index] === IN).map(({ id }) => id)
    },
    explain: (search, instrument) =>
      looking(search, instrument, (memory, condition) => explainedOf(program, memory, condition)),
    missing: (search, instrument) =>
      looking(search, instrument, (memory, condition) => missingOf(program, memory, condition)),
    forget: (id) => {
      const entry = entries.get(id)
      if (!entry) return
      entries.delete(id)
      if (entry.heard) heard.splice(heard.indexOf(entry), 1)
    },
    snapshot: () => ({
      shape: program.shape,
      instruments: [...entries.values()].map(({ id, answers, memory }) => ({
        id,
        answers: [...answers],
        memory: snapshotOf(memory),
      })),
    }),
    restore: (state) => {
      checkShape(program, state.shape)
      entries.clear()
      heard.length = 0
      for (const { id, answers, memory } of state.instruments) {
        const entry = entryOf(id)
        entry.answers.set(answers)
        restoreMemory(entry.memory, memory)
        // What was fed before the snapshot and not yet swept is asked for again.
        hear(id)
      }
    },
  }
}
