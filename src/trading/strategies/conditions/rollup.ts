import { DAY_MS } from '../../../model/time.ts'
import type { ClosedBar } from './evaluation/feeds.ts'
import { KOREAN_TIME } from './evaluation/feeds.ts'

/** Longer bars from shorter ones that have closed. */
export interface Rollup {
  /** The longer bars that this one closes, oldest first: the one before when a new one begins, its own when it is the last inside. */
  push(bar: ClosedBar): readonly ClosedBar[]
}

const NONE: readonly ClosedBar[] = []

/**
 * Bars of `intervalMs` on the grid of the local day. One closes with the shorter bar that reaches its end; where the end of a
 * stretch had no trade (and for a daily bar, whose end is that of the session) it closes with the first bar behind it.
 */
export function createRollup(intervalMs: number): Rollup {
  let forming: { bar: ClosedBar; slot: number } | undefined
  return {
    push: (bar) => {
      const day = KOREAN_TIME.day(bar.openAt)
      const inDay = intervalMs >= DAY_MS ? 0 : Math.floor(KOREAN_TIME.timeOfDay(bar.openAt) / intervalMs)
      const slot = day * DAY_MS + inDay
      const before = forming && forming.slot !== slot ? forming.bar : undefined
      const joined = forming?.slot === slot ? join(forming.bar, bar) : { ...bar }
      const endsAt = bar.openAt - KOREAN_TIME.timeOfDay(bar.openAt) + (inDay + 1) * intervalMs
      const isWhole = intervalMs < DAY_MS && bar.closeAt >= endsAt
      forming = isWhole ? undefined : { bar: joined, slot }
      if (!before && !isWhole) return NONE
      return [...(before ? [before] : []), ...(isWhole ? [joined] : [])]
    },
  }
}

const join = (first: ClosedBar, next: ClosedBar): ClosedBar => ({
  ...first,
  closeAt: next.closeAt,
  high: Math.max(first.high, next.high),
  low: Math.min(first.low, next.low),
  close: next.close,
  volume: first.volume + next.volume,
})
