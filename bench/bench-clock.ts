import type { Clock, EpochMs } from '../src/std/clock.ts'

/** Market time that runs fast while a trader is made ready, and in real time while it is measured. */
export interface BenchClock extends Clock {
  runAt(speed: number): void
}

export function createBenchClock(wall: Clock, startAt: EpochMs): BenchClock {
  let from = startAt
  let origin = wall.now()
  let speed = 1
  const now = (): EpochMs => Math.floor(from + (wall.now() - origin) * speed)
  return {
    now,
    after: (ms, run) => {
      const due = now() + ms
      const arm = () =>
        wall.after(Math.max(0, Math.ceil((due - now()) / speed)), () => {
          // Armed before time slowed down.
          if (now() < due) cancel = arm()
          else run()
        })
      let cancel = arm()
      return () => cancel()
    },
    runAt: (next) => {
      from = now()
      origin = wall.now()
      speed = next
    },
  }
}
