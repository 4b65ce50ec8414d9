import type { Clock, EpochMs } from '../../std/clock.ts'
import { isOrder } from './api-index.ts'
import type { Profile } from './wire.ts'

export interface Bucket {
  readonly capacity: number
  readonly perSecond: number
}

/**
 * Request limits per app key, counted on the market clock. Queries draw from a bucket of their api-id and from one over
 * all queries; orders draw from one of their own.
 * Source: Kiwoom REST API terms (5 queries and 5 orders a second) and measurements (about 1/s per api-id, burst 2).
 */
export interface Limits {
  readonly perApi: Bucket
  readonly queries: Bucket
  readonly orders: Bucket
}

export const LIMITS: Readonly<Record<Profile, Limits>> = {
  real: {
    perApi: { capacity: 2, perSecond: 1 },
    queries: { capacity: 5, perSecond: 5 },
    orders: { capacity: 5, perSecond: 5 },
  },
  mock: {
    perApi: { capacity: 1, perSecond: 1 },
    queries: { capacity: 1, perSecond: 1 },
    orders: { capacity: 5, perSecond: 5 },
  },
}

export interface Limiter {
  /** Undefined: go on. Otherwise the figure of the limit that was hit. */
  take(appKey: string, apiId: string): number | undefined
}

interface Level {
  tokens: number
  at: EpochMs
}

export function createLimiter(clock: Clock, limits: Limits): Limiter {
  const levels = new Map<string, Level>()

  const level = (name: string, bucket: Bucket): Level => {
    const now = clock.now()
    const found = levels.get(name)
    if (!found) {
      const fresh = { tokens: bucket.capacity, at: now }
      levels.set(name, fresh)
      return fresh
    }
    const gained = ((now - found.at) * bucket.perSecond) / 1000
    found.tokens = Math.min(bucket.capacity, found.tokens + Math.max(0, gained))
    found.at = now
    return found
  }

  return {
    take(appKey, apiId) {
      const drawn: readonly (readonly [string, Bucket])[] = isOrder(apiId)
        ? [[`${appKey}/orders`, limits.orders]]
        : [
            [`${appKey}/api/${apiId}`, limits.perApi],
            [`${appKey}/queries`, limits.queries],
          ]
      const found = drawn.map(([name, bucket]) => ({ level: level(name, bucket), bucket }))
      if (found.some(({ level }) => level.tokens < 1))
        return (found.at(-1)?.bucket ?? limits.queries).perSecond
      for (const { level } of found) level.tokens -= 1
      return undefined
    },
  }
}
