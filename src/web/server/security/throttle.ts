import type { Clock } from '../../../std/clock.ts'

const LOCK_AFTER = 10
export const LOCK_MS = 15 * 60_000
const FREE = 3
const KEYS_MAX = 10_000

/** How long after so many failures in a row the next attempt has to wait: nothing, 1, 2, 4 … 32 s, then the lock. */
export function delayAfter(failures: number): number {
  if (failures >= LOCK_AFTER) return LOCK_MS
  return failures <= FREE ? 0 : 1000 * 2 ** (failures - FREE - 1)
}

/** Guesses at passwords and codes, counted by account and by address. Names that nobody has are counted the same way. */
export interface Throttle {
  /**
   * 0: go ahead, and the attempt counts as failed until it is said to be good, so that many at once count too. Else the ms to wait;
   * then nothing is counted.
   */
  begin(keys: readonly string[]): number
  /** The account is forgiven; of the address only this attempt is, or an own account would buy guesses at others. */
  good(account: string, address: string): void
}

interface Failures {
  readonly count: number
  readonly at: number
}

export function createThrottle(clock: Clock): Throttle {
  const failures = new Map<string, Failures>()

  const of = (key: string): Failures => {
    const found = failures.get(key)
    return found && clock.now() - found.at < LOCK_MS ? found : { count: 0, at: 0 }
  }
  const waitOf = (key: string): number => {
    const { count, at } = of(key)
    return count === 0 ? 0 : Math.max(0, at + delayAfter(count) - clock.now())
  }
  const put = (key: string, value: Failures) => {
    failures.delete(key)
    failures.set(key, value)
    if (failures.size > KEYS_MAX) failures.delete(oldest(failures, clock.now()))
  }

  return {
    begin: (keys) => {
      const wait = Math.max(0, ...keys.map(waitOf))
      if (wait === 0) for (const key of keys) put(key, { count: of(key).count + 1, at: clock.now() })
      return wait
    },
    good: (account, address) => {
      failures.delete(account)
      const { count, at } = of(address)
      if (count <= 1) failures.delete(address)
      else failures.set(address, { count: count - 1, at })
    },
  }
}

/** A flood of names must not push a locked account out. */
function oldest(failures: ReadonlyMap<string, Failures>, now: number): string {
  let first = ''
  for (const [key, { count, at }] of failures) {
    if (count < LOCK_AFTER || now - at >= LOCK_MS) return key
    first ||= key
  }
  return first
}
