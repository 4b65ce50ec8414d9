import { randomBytes } from 'node:crypto'
import type { Cancel, Clock } from '../std/clock.ts'

/**
 * The one file that touches the machine's clock, timers, environment and signals. Everyone else is handed a `Clock`,
 * so that any day can be replayed.
 */

/** A timer of Node overflows above 2^31 − 1 ms and then fires at once, so a long wait is made of several. */
const LONGEST_TIMER_MS = 2_147_483_647

/** The machine's own time. Its timers keep the process alive until they ran or were cancelled. */
export const wallClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    let left = Math.max(0, ms)
    let timer: NodeJS.Timeout
    const arm = () => {
      const step = Math.min(left, LONGEST_TIMER_MS)
      left -= step
      timer = setTimeout(() => (left > 0 ? arm() : run()), step)
    }
    arm()
    return () => clearTimeout(timer)
  },
}

/** Milliseconds that never jump, from an arbitrary origin: to measure how long something took. */
export const elapsedMs = (): number => performance.now()

/** Bytes that nobody can guess: for sessions, tokens and salts. */
export const secretBytes = (count: number): Uint8Array => randomBytes(count)

/** A word of 22 characters that nobody can guess, fit for a URL. */
export const secretWord = (): string => randomBytes(16).toString('base64url')

export const environmentVariable = (name: string): string | undefined => process.env[name]

/** All of it: for a child process that must see what we see. */
export const environmentVariables = (): NodeJS.ProcessEnv => process.env

/** Calls `run` for each Ctrl-C or polite request to end; the count starts at 1. The returned function stops listening. */
export function onInterrupt(run: (count: number) => void): Cancel {
  let count = 0
  const heard = () => run(++count)
  process.on('SIGINT', heard)
  process.on('SIGTERM', heard)
  return () => {
    process.off('SIGINT', heard)
    process.off('SIGTERM', heard)
  }
}

/** Repeats `run` every `ms` of the clock until cancelled. A slow run delays the next one, they never pile up. */
export function every(clock: Clock, ms: number, run: () => void): Cancel {
  let cancel: Cancel = () => undefined
  let ended = false
  const arm = () => {
    cancel = clock.after(ms, () => {
      run()
      if (!ended) arm()
    })
  }
  arm()
  return () => {
    ended = true
    cancel()
  }
}
