import { hash } from 'node:crypto'
import type { Effect } from './effects.ts'

/**
 * The hash chain over everything the engine decided. It depends on the recorded events alone: two replays of one
 * journal, in two processes, give the same text.
 */
export interface DecisionLog {
  /** Gives the JSON that was hashed, for the journal. */
  add(effects: readonly Effect[]): string
  readonly hash: string
  readonly count: number
  snapshot(): { readonly hash: string; readonly count: number }
  restore(state: { readonly hash: string; readonly count: number }): void
}

export function createDecisionLog(): DecisionLog {
  const log = {
    hash: '0'.repeat(32),
    count: 0,
    add: (effects: readonly Effect[]) => {
      const json = JSON.stringify(effects)
      log.hash = hash('sha256', log.hash + json).slice(0, 32)
      log.count++
      return json
    },
    snapshot: () => ({ hash: log.hash, count: log.count }),
    restore: (state: { readonly hash: string; readonly count: number }) => {
      log.hash = state.hash
      log.count = state.count
    },
  }
  return log
}
