import { isOpen } from '../model/order-table.ts'
import { type Clock, sleep } from '../std/clock.ts'
import { isProven, type Proof, type RunningTrader } from './trader.ts'

/** How long working orders may take to end, and how often we look; wall ms. */
const QUIET_PATIENCE_MS = 20_000
const LOOK_MS = 200
/** Nothing may have happened for so many looks in a row. */
const QUIET_LOOKS = 4
const PROOF_TRIES = 3

/**
 * Ends a simulated day: no more buying, working orders cancelled, nothing new leaves (exits too: the day is over).
 * Resolves with true once no order is open and nothing fills any more, with false when that takes too long.
 */
export async function windDown(trader: RunningTrader, wall: Clock): Promise<boolean> {
  trader.command({ do: 'pauseBuying' })
  trader.command({ do: 'cancelAll' })
  trader.command({ do: 'setHalt', state: 'halted' })
  const giveUpAt = wall.now() + QUIET_PATIENCE_MS
  let quietLooks = 0
  let fills = -1
  while (quietLooks < QUIET_LOOKS) {
    if (wall.now() >= giveUpAt) return false
    await sleep(wall, LOOK_MS)
    const view = trader.view()
    const quiet = view.counts.fills === fills && !view.orders.some((order) => isOpen(order.status))
    quietLooks = quiet ? quietLooks + 1 : 0
    fills = view.counts.fills
  }
  return true
}

/** Our ledger beside the broker's account. Asked again when it fails or differs: a report may still be on its way. */
export async function prove(trader: RunningTrader, wall: Clock): Promise<Proof | undefined> {
  let proof: Proof | undefined
  for (let tries = 0; tries < PROOF_TRIES; tries++) {
    proof = await trader.proof().catch(() => undefined)
    if (proof && isProven(proof)) return proof
    await sleep(wall, LOOK_MS * 5)
  }
  return proof
}
