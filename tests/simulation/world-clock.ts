import type { Cancel, Clock, EpochMs } from '../../src/std/clock.ts'

/** Simulated time for a whole world: one timer at a time, so that promises can settle between two of them. */
export interface WorldClock extends Clock {
  /** Runs the next timer if it falls due by `until`; false when there is none. */
  runNext(until: EpochMs): boolean
}

interface Timer {
  readonly due: EpochMs
  readonly order: number
  run: (() => void) | undefined
}

/** Timers run by time, then in the order in which they were set. Set and run cost the logarithm of their number. */
export function createWorldClock(start: EpochMs): WorldClock {
  const heap: Timer[] = []
  let now = start
  let count = 0

  const before = (a: Timer, b: Timer) => a.due < b.due || (a.due === b.due && a.order < b.order)

  const push = (timer: Timer) => {
    let at = heap.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] as Timer
      if (before(above, timer)) break
      heap[at] = above
      at = parent
    }
    heap[at] = timer
  }

  const pop = () => {
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= heap.length) break
      const right = left + 1
      const child = right < heap.length && before(heap[right] as Timer, heap[left] as Timer) ? right : left
      if (before(last, heap[child] as Timer)) break
      heap[at] = heap[child] as Timer
      at = child
    }
    heap[at] = last
  }

  return {
    now: () => now,
    after: (ms, run): Cancel => {
      const timer: Timer = { due: now + Math.max(0, ms), order: count++, run }
      push(timer)
      return () => {
        timer.run = undefined
      }
    },
    runNext: (until) => {
      for (let next = heap[0]; next && next.due <= until; next = heap[0]) {
        pop()
        const { run } = next
        if (!run) continue
        now = next.due
        next.run = undefined
        run()
        return true
      }
      now = Math.max(now, until)
      return false
    },
  }
}

/**
 * Resolves when nothing is left that promises alone can do. Node runs a `nextTick` set up inside a promise job only when
 * the queue of promise jobs is empty, however long the chains in it are; nobody else in the system uses `nextTick`.
 */
export const settled = async (): Promise<void> => {
  await undefined
  await new Promise<void>((resolve) => {
    process.nextTick(resolve)
  })
}

/** The timers of one process: they die with it. */
export interface ProcessClock extends Clock {
  kill(): void
}

export function createProcessClock(world: Clock): ProcessClock {
  let alive = true
  return {
    now: world.now,
    after: (ms, run) =>
      alive
        ? world.after(ms, () => {
            if (alive) run()
          })
        : () => undefined,
    kill: () => {
      alive = false
    },
  }
}
