import type { InstrumentId } from '../../model/ids.ts'
import type { Description, DescriptionFailed, ScreenHit, Stamped } from '../../model/market-event.ts'

/** Whose shares are held now: a hit of theirs may be an exit. */
export interface HeldNotice extends Stamped {
  readonly kind: 'held'
  readonly instruments: readonly InstrumentId[]
}

/** Time passes. */
export interface AnalyzerTimer extends Stamped {
  readonly kind: 'timer'
}

export type AnalyzerEvent = ScreenHit | Description | DescriptionFailed | HeldNotice | AnalyzerTimer

export type AnalyzerEffect =
  | { readonly do: 'describe'; readonly instrument: InstrumentId }
  | { readonly do: 'forward'; readonly event: ScreenHit | Description }

/** What stands before the trader in a split system: hits in, hits with their basic information out. */
export interface Analyzer {
  /** The returned list belongs to the caller. */
  on(event: AnalyzerEvent): readonly AnalyzerEffect[]
}

/** Basic information this young needs no second question (as in the trader's own `entering.ts`). */
const FRESH_MS = 3_000
/** A hit waits so long for its information; then it goes on without, and the trader asks for itself. */
const PATIENCE_MS = 3_000
/** Instruments that wait. One more goes on at once. */
const MOST_WAITING = 200

interface Waiting {
  readonly since: number
  readonly hits: ScreenHit[]
}

/**
 * Nothing is decided here and nothing is left out: every hit is forwarded once, those of one instrument in order. A hit
 * that took an instrument in waits for its basic information, so that the trader can decide at once; whatever may lead
 * out of a position does not wait. Pure, as the trader is: the same events give the same effects.
 */
export function createAnalyzer(): Analyzer {
  const waiting = new Map<InstrumentId, Waiting>()
  const describedAt = new Map<InstrumentId, number>()
  let held: ReadonlySet<InstrumentId> = new Set()

  const forward = (event: ScreenHit | Description): AnalyzerEffect => ({ do: 'forward', event })

  const letGo = (instrument: InstrumentId): AnalyzerEffect[] => {
    const hits = waiting.get(instrument)?.hits ?? []
    waiting.delete(instrument)
    return hits.map(forward)
  }

  const onHit = (hit: ScreenHit): AnalyzerEffect[] => {
    const { instrument } = hit
    if (held.has(instrument)) return [...letGo(instrument), forward(hit)]
    const before = waiting.get(instrument)
    if (before) {
      before.hits.push(hit)
      return []
    }
    if (!needsInformation(hit) || waiting.size >= MOST_WAITING) return [forward(hit)]
    waiting.set(instrument, { since: hit.receivedAt, hits: [hit] })
    return [{ do: 'describe', instrument }]
  }

  const needsInformation = (hit: ScreenHit): boolean => {
    if (hit.change === 'leave' || hit.initial) return false
    const at = describedAt.get(hit.instrument)
    return at === undefined || hit.receivedAt - at >= FRESH_MS
  }

  const onTimer = (now: number): AnalyzerEffect[] => {
    for (const [instrument, at] of describedAt) if (now - at >= FRESH_MS) describedAt.delete(instrument)
    return [...waiting].flatMap(([instrument, { since }]) =>
      now - since >= PATIENCE_MS ? letGo(instrument) : [],
    )
  }

  return {
    on: (event) => {
      switch (event.kind) {
        case 'screen':
          return onHit(event)
        case 'description':
          describedAt.set(event.instrument, event.receivedAt)
          return [forward(event), ...letGo(event.instrument)]
        case 'descriptionFailed':
          return letGo(event.instrument)
        case 'held':
          held = new Set(event.instruments)
          return [...held].flatMap(letGo)
        case 'timer':
          return onTimer(event.receivedAt)
      }
    },
  }
}
