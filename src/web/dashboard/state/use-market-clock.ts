import type { LiveState } from '../../contract/live.ts'
import { useLive } from './live.ts'
import { useNow } from './use-now.ts'

/** The market's clock as this screen knows it. */
export interface MarketClock {
  /** Market ms. While no news comes it is reckoned on, so that what is shown goes on ageing. */
  readonly now: number
  readonly phase: LiveState['clock']['phase']
  /** No news comes: whatever is shown is old. */
  readonly isCut: boolean
}

export function useMarketClock(): MarketClock | undefined {
  const clock = useLive(({ state }) => state?.clock)
  const isLive = useLive(({ connection }) => connection === 'live')
  const heardAt = useLive((live) => live.heardAt)
  const skewMs = useLive((live) => live.skewMs)
  const health = useLive(({ state }) => state?.health)
  const now = useNow(!isLive || health?.line === 'down')
  if (!clock || !health) return undefined
  const cutMs = !isLive ? now - heardAt : health.line === 'down' ? now + skewMs - health.shownAt : 0
  return { now: clock.now + Math.max(0, cutMs) * clock.speed, phase: clock.phase, isCut: cutMs > 0 }
}
