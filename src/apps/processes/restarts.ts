/** Waits before a process is started again, wall ms: the first, and the longest. */
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 30_000
/** One that lived so long has its deaths forgiven as far as the wait goes. */
const STEADY_MS = 60_000
/** So many deaths in such a time, and it stays down. */
const MOST_DEATHS = 6
const WINDOW_MS = 600_000

export type Restart =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'giveUp'; readonly deaths: number }

export interface Restarts {
  /**
   * It ended after having lived so long (wall ms). `excused`: it could not begin for a reason outside of us; that is tried
   * again for ever, ever more slowly.
   */
  died(now: number, livedMs: number, excused: boolean): Restart
}

/** When a process that died is started again: back-off and a budget. */
export function createRestarts(): Restarts {
  let deaths: number[] = []
  let waitMs = FIRST_WAIT_MS

  return {
    died: (now, livedMs, excused) => {
      if (!excused) {
        deaths = [...deaths.filter((at) => now - at < WINDOW_MS), now]
        if (deaths.length > MOST_DEATHS) return { do: 'giveUp', deaths: deaths.length }
      }
      if (livedMs >= STEADY_MS) waitMs = FIRST_WAIT_MS
      const ms = waitMs
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
      return { do: 'wait', ms }
    },
  }
}
