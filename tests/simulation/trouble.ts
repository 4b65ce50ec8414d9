import type { Clock } from '../../src/std/clock.ts'

/** Until when which trouble counts as going on: laws that are bounded in time do not count it. */
export interface Trouble {
  /** Something that asks, waits or starts anew may be held up for so long. */
  holdsUp(ms: number): void
  /** News may be lost without a trace for so long: the wait of a patient asker begins. */
  losesNews(): void
  readonly isHeldUp: boolean
  readonly isNewsLost: boolean
}

/** An order of which nothing is heard is asked about every 30 s; an answer takes a few seconds more. */
const UNHEARD_MS = 40_000

export function createTrouble(clock: Clock): Trouble {
  let heldUpUntil = 0
  let newsLostUntil = 0
  return {
    holdsUp: (ms) => {
      heldUpUntil = Math.max(heldUpUntil, clock.now() + ms)
    },
    losesNews: () => {
      newsLostUntil = clock.now() + UNHEARD_MS
    },
    get isHeldUp() {
      return clock.now() < heldUpUntil
    },
    get isNewsLost() {
      return clock.now() < newsLostUntil
    },
  }
}
