import type { EpochMs } from '../std/clock.ts'

/** What falls due later, in order of time, then of registration. */
export interface Agenda {
  at(due: EpochMs, run: () => void): void
  nextDue(): EpochMs | undefined
  /** Takes out what is due next, if it is due by `until`. */
  take(until: EpochMs): { readonly due: EpochMs; readonly run: () => void } | undefined
}

export function createAgenda(): Agenda {
  // Latest first: a day has some hundred entries, and few of them are open at once.
  const entries: { readonly due: EpochMs; readonly run: () => void }[] = []
  return {
    at: (due, run) => {
      let index = entries.length
      while (index > 0 && (entries[index - 1]?.due ?? 0) <= due) index--
      entries.splice(index, 0, { due, run })
    },
    nextDue: () => entries.at(-1)?.due,
    take: (until) => ((entries.at(-1)?.due ?? Number.POSITIVE_INFINITY) <= until ? entries.pop() : undefined),
  }
}
