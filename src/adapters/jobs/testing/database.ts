import { Redis } from 'ioredis'

const ADDRESS = 'redis://127.0.0.1:6379'
/** Redis has so many databases unless it is told otherwise; the first is for people. */
const DATABASES = 16
const BORROWED = 'garam:borrowed-by-a-test'
const BORROWED_S = 300

/** A database of a real Redis that is ours alone for a while. */
export interface Database {
  readonly url: string
  readonly redis: Redis
  /** Empties it and gives it back. */
  release(): Promise<void>
}

/** Why tests that need Redis are left out; undefined when one answers. */
export async function noRedis(): Promise<string | undefined> {
  const redis = new Redis(ADDRESS, { lazyConnect: true, retryStrategy: () => null })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    return undefined
  } catch {
    return `no Redis answers at ${ADDRESS}`
  } finally {
    redis.disconnect()
  }
}

/** An empty database, not shared with other runs of the tests. */
export async function borrowDatabase(): Promise<Database> {
  for (let number = 1; number < DATABASES; number++) {
    const url = `${ADDRESS}/${number}`
    const redis = new Redis(url, { maxRetriesPerRequest: null })
    const isFree = (await redis.dbsize()) === 0
    if (isFree && (await redis.set(BORROWED, process.pid, 'EX', BORROWED_S, 'NX')) === 'OK')
      return {
        url,
        redis,
        release: async () => {
          await redis.flushdb()
          redis.disconnect()
        },
      }
    redis.disconnect()
  }
  throw new Error(`every database of ${ADDRESS} is in use`)
}
