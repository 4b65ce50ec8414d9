import type { Clock, EpochMs } from './clock.ts'

/** A clock that stands still until it is moved: for tests, replay and simulated time. */
export interface VirtualClock extends Clock {
  /** Moves to `to`, running what falls due on the way in order of time, then of registration. */
  advanceTo(to: EpochMs): void
  advance(ms: number): void
  /** When the next timer falls due, if there is one. */
  nextDue(): EpochMs | undefined
}

interface Timer {
  readonly due: EpochMs
  readonly order: number
  readonly run: () => void
}

export function createVirtualClock(start: EpochMs): VirtualClock {
  let now = start
  let count = 0
  const timers = new Set<Timer>()

  const earliest = (): Timer | undefined => {
    let best: Timer | undefined
    for (const timer of timers)
      if (!best || timer.due < best.due || (timer.due === best.due && timer.order < best.order)) best = timer
    return best
  }

  const advanceTo = (to: EpochMs) => {
    for (let next = earliest(); next && next.due <= to; next = earliest()) {
      timers.delete(next)
      now = Math.max(now, next.due)
      next.run()
    }
    now = Math.max(now, to)
  }

  return {
    now: () => now,
    after: (ms, run) => {
      const timer = { due: now + Math.max(0, ms), order: count++, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advanceTo,
    advance: (ms) => advanceTo(now + ms),
    nextDue: () => earliest()?.due,
  }
}
