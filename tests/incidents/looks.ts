import type { Stage } from './stage.ts'

/** What scenarios wait for, and count. */

export const holds = (stage: Stage) => () => stage.trader.view().positions.length > 0

/** So many more fills than there are now. */
export function trades(stage: Stage, more = 3): () => boolean {
  const before = stage.trader.view().counts.fills
  return () => stage.trader.view().counts.fills >= before + more
}

export const isLive = (stage: Stage) => () => stage.trader.health().feed.state === 'live'

/** Shares bought and not sold again. */
export const sharesOf = (fills: readonly { readonly side: string; readonly quantity: number }[]): number =>
  fills.reduce((sum, { side, quantity }) => sum + (side === 'buy' ? quantity : -quantity), 0)

export const ownShares = (stage: Stage): number =>
  stage.trader.view().positions.reduce((sum, { quantity }) => sum + quantity, 0)
