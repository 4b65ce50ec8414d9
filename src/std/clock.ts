/** An instant: epoch milliseconds, UTC. */
export type EpochMs = number

export type Cancel = () => void

/**
 * Time for everyone but `apps/system.ts`. There are two in a running system: the market clock, which a demo may run
 * at 20x, and the wall clock for network time-outs and heartbeats.
 */
export interface Clock {
  now(): EpochMs
  /** Runs once, `ms` of this clock from now. The returned function cancels it. */
  after(ms: number, run: () => void): Cancel
}

/** Resolves `ms` of the given clock from now. */
export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve)
  })
