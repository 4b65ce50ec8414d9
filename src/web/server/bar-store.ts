import type { Bar } from '../../model/bar.ts'
import type { InstrumentId } from '../../model/ids.ts'
import type { Interval } from '../../model/interval.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Clock, EpochMs } from '../../std/clock.ts'
import type { Result } from '../../std/result.ts'
import type { DeskLine } from './desk-line.ts'

type Answer = Result<readonly Bar[], Sentence>

/** The broker's chart is asked about an instrument and interval at most so often, wall ms: it has a limit of its own. */
const KEPT_MS = { intraday: 3_000, day: 60_000 } as const
/** A refusal is not asked about again at once. */
const REFUSED_MS = 2_000
/** Charts kept at a time; the one asked for longest ago goes first. */
const MOST = 200

export interface BarStore {
  bars(instrument: InstrumentId, interval: Interval): Promise<Answer>
}

/** Bars as the broker has them, remembered for a moment: many screens ask once, and one question is under way at a time. */
export function createBarStore({ line, wall }: { readonly line: DeskLine; readonly wall: Clock }): BarStore {
  const kept = new Map<string, { until: EpochMs; readonly answer: Promise<Answer> }>()
  return {
    bars: (instrument, interval) => {
      const key = `${instrument} ${interval}`
      const known = kept.get(key)
      if (known && wall.now() < known.until) return known.answer
      const answer = line.bars(instrument, interval)
      const entry = { until: Number.POSITIVE_INFINITY, answer }
      kept.delete(key)
      kept.set(key, entry)
      const [oldest] = kept.keys()
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
      const settle = (keptMs: number) => {
        entry.until = wall.now() + keptMs
      }
      answer.then(
        ({ ok }) => settle(ok ? (interval === '1d' ? KEPT_MS.day : KEPT_MS.intraday) : REFUSED_MS),
        () => settle(0),
      )
      return answer
    },
  }
}
