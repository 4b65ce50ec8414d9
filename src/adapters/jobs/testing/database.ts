import { Redis } from 'ioredis'

const ADDRESS = 'redis://127.0.0.1:6379'
/** Redis has so many databases unless it is told otherwise; the first is for people. */
const DATABASES = 16
const BORROWED_BY = 'garam:borrowed-by-the-test-process'

/** A database of a real Redis that is ours alone for a while. */
export interface Database {
  readonly url: string
  readonly redis: Redis
  /** Forgets everything but whose it is. */
  empty(): Promise<void>
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
    return `no Redis at ${ADDRESS}`
  } finally {
    redis.disconnect()
  }
}

/** An empty database that no other run of the tests has. */
export async function borrowDatabase(): Promise<Database> {
  for (let number = 1; number < DATABASES; number++) {
    const url = `${ADDRESS}/${number}`
    const redis = new Redis(url, { maxRetriesPerRequest: null })
    if (await taken(redis))
      return {
        url,
        redis,
        empty: async () => {
          await redis.multi().flushdb().set(BORROWED_BY, process.pid).exec()
        },
        release: async () => {
          await redis.flushdb()
          redis.disconnect()
        },
      }
    redis.disconnect()
  }
  throw new Error(`every database of ${ADDRESS} is in use`)
}

/** Takes one that is empty, or that a run which died has left. */
async function taken(redis: Redis): Promise<boolean> {
  await redis.watch(BORROWED_BY)
  const owner = await redis.get(BORROWED_BY)
  const isFree = owner === null ? (await redis.dbsize()) === 0 : !lives(Number(owner))
  if (!isFree) return false
  return (await redis.multi().flushdb().set(BORROWED_BY, process.pid).exec()) !== null
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
