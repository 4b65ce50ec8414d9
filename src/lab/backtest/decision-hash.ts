import { createHash } from 'node:crypto'
import type { Effect } from '../../trading/engine/effects.ts'

/** Names everything a run has ordered and refused, in its order: the same text, the same decisions to the last won. */
export interface DecisionHash {
  add(effects: readonly Effect[]): void
  /** SHA-256, 32 digits, of all that was added. */
  readonly text: string
}

/** So many letters are hashed at once: each by itself would cost as much as the decision. */
const CHUNK = 1 << 16

export function createDecisionHash(): DecisionHash {
  const hash = createHash('sha256')
  let waiting = ''
  return {
    add: (effects) => {
      for (const effect of effects) if (isDecision(effect)) waiting += `${JSON.stringify(effect)}\n`
      if (waiting.length < CHUNK) return
      hash.update(waiting)
      waiting = ''
    },
    get text() {
      return hash.copy().update(waiting).digest('hex').slice(0, 32)
    },
  }
}

/** What is told, asked and listened to changes nothing that anybody owns. */
const isDecision = (effect: Effect): boolean =>
  effect.do === 'place' || effect.do === 'amend' || effect.do === 'cancel' || effect.do === 'refuse'
