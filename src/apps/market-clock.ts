import type { Cancel, Clock, EpochMs } from '../std/clock.ts'
import { invariant } from '../std/invariant.ts'

/**
 * The market's time in a simulation: a scaled wall clock that stands at `startAt` until it is released.
 * Two processes that release theirs with the same origin show the same market time, without a word between them.
 */
export interface MarketClock extends Clock {
  readonly speed: number
  readonly released: boolean
  /** Lets time run. `wallOrigin` is the wall instant at which the market stood at `startAt`; now when left out. */
  release(wallOrigin?: EpochMs): void
}

interface Waiting {
  readonly due: EpochMs
  readonly run: () => void
  cancel: Cancel
}

const nothing: Cancel = () => undefined

/**
 * Market now = startAt + (wall now − wallOrigin) × speed, in whole milliseconds, never before `startAt`.
 * Errors: a speed that is not above 0 breaks an invariant; so does a second release.
 */
export function createMarketClock(options: {
  readonly wall: Clock
  readonly startAt: EpochMs
  readonly speed: number
}): MarketClock {
  const { wall, startAt, speed } = options
  invariant(Number.isFinite(speed) && speed > 0, `a clock runs at a speed above 0, not ${speed}`)
  const held = new Set<Waiting>()
  let origin: EpochMs | undefined

  const now = (): EpochMs =>
    origin === undefined ? startAt : Math.max(startAt, Math.floor(startAt + (wall.now() - origin) * speed))

  /** A wall timer may ring a millisecond early or the division may round: then it is armed again. */
  const arm = (waiting: Waiting) => {
    const left = Math.max(0, Math.ceil((waiting.due - now()) / speed))
    waiting.cancel = wall.after(left, () => (now() < waiting.due ? arm(waiting) : waiting.run()))
  }

  return {
    speed,
    now,
    get released() {
      return origin !== undefined
    },
    after: (ms, run) => {
      const waiting: Waiting = { due: now() + Math.max(0, ms), run, cancel: nothing }
      if (origin === undefined) held.add(waiting)
      else arm(waiting)
      return () => {
        held.delete(waiting)
        waiting.cancel()
      }
    },
    release: (wallOrigin = wall.now()) => {
      invariant(origin === undefined, 'a market clock is released once')
      origin = wallOrigin
      for (const waiting of held) arm(waiting)
      held.clear()
    },
  }
}

/** The market's time, as data: processes that are given the same plan show the same time. */
export type TimePlan =
  | { readonly kind: 'wall' }
  | { readonly kind: 'scaled'; readonly startAt: number; readonly speed: number; readonly wallOrigin: number }

export function clockOf(plan: TimePlan, wall: Clock): Clock {
  if (plan.kind === 'wall') return wall
  const clock = createMarketClock({ wall, startAt: plan.startAt, speed: plan.speed })
  clock.release(plan.wallOrigin)
  return clock
}
