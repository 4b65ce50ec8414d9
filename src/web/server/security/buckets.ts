import type { Clock } from '../../../std/clock.ts'

export interface Rate {
  /** So many at once. */
  readonly burst: number
  readonly perSecond: number
}

/** How often each kind of visitor may ask. A screen loads in about a hundred requests. */
export const RATES = {
  address: { burst: 600, perSecond: 30 },
  session: { burst: 300, perSecond: 20 },
  token: { burst: 60, perSecond: 2 },
  /** Signing in, links, passkeys: what somebody without a session may send. */
  entry: { burst: 30, perSecond: 0.5 },
} as const satisfies Record<string, Rate>

const KEYS_MAX = 10_000

/** Token buckets by key. */
export interface Buckets {
  /** 0: taken; else ms until there is one again. */
  take(key: string, rate: Rate): number
}

export function createBuckets(clock: Clock): Buckets {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take: (key, { burst, perSecond }) => {
      const now = clock.now()
      const found = buckets.get(key) ?? { left: burst, at: now }
      const left = Math.min(burst, found.left + (Math.max(0, now - found.at) / 1000) * perSecond)
      const isFree = left >= 1
      buckets.delete(key)
      buckets.set(key, { left: isFree ? left - 1 : left, at: now })
      if (buckets.size > KEYS_MAX) buckets.delete(buckets.keys().next().value ?? '')
      return isFree ? 0 : Math.ceil(((1 - left) / perSecond) * 1000)
    },
  }
}
