import type { Clock } from '../../../std/clock.ts'

/** Things that are only good for a while, in memory; of too many, the oldest goes. */
export interface Shelf<T> {
  put(key: string, value: T): void
  get(key: string): T | undefined
  /** Gives it once. */
  take(key: string): T | undefined
  remove(key: string): void
}

export function createShelf<T>(clock: Clock, keepMs: number, most: number): Shelf<T> {
  const held = new Map<string, { readonly value: T; readonly until: number }>()
  const get = (key: string): T | undefined => {
    const found = held.get(key)
    if (found && clock.now() < found.until) return found.value
    held.delete(key)
    return undefined
  }
  return {
    put: (key, value) => {
      held.delete(key)
      held.set(key, { value, until: clock.now() + keepMs })
      for (const [old, { until }] of held) {
        if (held.size <= most && clock.now() < until) break
        held.delete(old)
      }
    },
    get,
    take: (key) => {
      const found = get(key)
      held.delete(key)
      return found
    },
    remove: (key) => void held.delete(key),
  }
}
