import { createHash } from 'node:crypto'
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
  let hash = '0'.repeat(32)
  let count = 0
  return {
    add: (effects) => {
      const json = JSON.stringify(effects)
      hash = createHash('sha256').update(hash).update(json).digest('hex').slice(0, 32)
      count++
      return json
    },
    get hash() {
      return hash
    },
    get count() {
      return count
    },
    snapshot: () => ({ hash, count }),
    restore: (state) => {
      hash = state.hash
      count = state.count
    },
  }
}
