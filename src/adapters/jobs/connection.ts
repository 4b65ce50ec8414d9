import { Redis } from 'ioredis'
import type { Sentence } from '../../model/sentence.ts'
import { err, ok, type Result } from '../../std/result.ts'

/** For whoever hands it to the other files of this folder. */
export type RedisConnection = Redis

/** Hears that Redis went away, and that it is back. */
export interface ConnectionWatch {
  onLost(): void
  onBack(): void
}

const CONNECT_TIMEOUT_MS = 5_000
const RETRY_STEP_MS = 100
const RETRY_MAX_MS = 3_000

/**
 * A connection to Redis at a `redis://` or `rediss://` address. The first try has to succeed; afterwards it comes back by itself,
 * however long that takes, and what is asked meanwhile waits. Error: nobody answers there, or we are not let in.
 */
export async function connectRedis(url: string, watch: ConnectionWatch): Promise<Result<Redis, Sentence>> {
  let isOpen = false
  let isLost = false
  let trouble = 'connection closed'
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isOpen ? Math.min(RETRY_STEP_MS * times, RETRY_MAX_MS) : null),
  })
  redis.on('error', (error) => {
    trouble = error.message
  })
  // Not after `disconnect`, which is ours.
  redis.on('reconnecting', () => {
    if (!isLost) watch.onLost()
    isLost = true
  })
  redis.on('ready', () => {
    if (isLost) watch.onBack()
    isLost = false
  })
  try {
    await redis.connect()
    await redis.ping()
    isOpen = true
    return ok(redis)
  } catch {
    redis.disconnect()
    const address = shownAddress(url)
    return err({
      ko: `${address} 의 Redis에 붙을 수 없습니다 (${trouble}): 주소와 비밀번호, Redis가 떠 있는지 확인하세요`,
      en: `cannot connect to Redis at ${address} (${trouble}): check the address, the password, and that it runs`,
    })
  }
}

/** The address without its password. */
export function shownAddress(url: string): string {
  const shown = new URL(url)
  if (shown.password) shown.password = '***'
  return shown.href
}
