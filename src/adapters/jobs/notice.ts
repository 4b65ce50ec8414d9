import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { PARCEL_LABEL, type ParcelLabel } from './parcel.ts'

/** What posted work says of itself to whoever might take part. It lives as long as whoever posted it keeps it alive. */
export interface Notice {
  /** Of letters, digits and hyphens; never used again. */
  readonly id: string
  /** The program that posted it, in its own words. */
  readonly release: string
  /** Plain data that only the same release understands. */
  readonly body: unknown
  readonly parcel: ParcelLabel
}

const NOTICE = z.object({
  id: z.string(),
  release: z.string(),
  body: z.unknown(),
  parcel: PARCEL_LABEL,
})

/** A notice that was not renewed for so long is of somebody who died. */
const NOTICE_S = 30
/** All keys begin so. */
export const PREFIX = 'garam'
const POSTED = `${PREFIX}:posted`

const noticeKey = (id: string): string => `${PREFIX}:notice:${id}`
const refusalsKey = (id: string): string => `${PREFIX}:refusals:${id}`

/** The queue of the jobs of a notice: one each, so that two never mix. */
export const queueName = (id: string): string => `jobs-${id}`

/** Puts the notice up, or keeps it alive. */
export async function renewNotice(redis: Redis, notice: Notice): Promise<void> {
  await redis
    .multi()
    .set(noticeKey(notice.id), JSON.stringify(notice), 'EX', NOTICE_S)
    .sadd(POSTED, notice.id)
    .expire(refusalsKey(notice.id), NOTICE_S)
    .exec()
}

/** Takes the notice down with its jobs, wherever they are. */
export async function removeNotice(redis: Redis, id: string): Promise<void> {
  await redis.del(noticeKey(id), refusalsKey(id))
  const queue = new Queue(queueName(id), { connection: redis, prefix: PREFIX, skipMetasUpdate: true })
  await queue.obliterate({ force: true })
  await queue.close()
  await redis.srem(POSTED, id)
}

/** Removes what a worker may have written for a notice that was taken down meanwhile: nobody else would. */
export async function sweepUp(redis: Redis, id: string): Promise<void> {
  if ((await redis.exists(noticeKey(id))) === 0) await removeNotice(redis, id)
}

/** The ids of all notices that are alive. What the dead have left behind is removed. */
export async function liveNotices(redis: Redis): Promise<readonly string[]> {
  const live: string[] = []
  for (const id of await redis.smembers(POSTED)) {
    if ((await redis.exists(noticeKey(id))) === 1) live.push(id)
    else await removeNotice(redis, id)
  }
  return live
}

/** Undefined: it is gone, or nothing that we understand. */
export async function readNotice(redis: Redis, id: string): Promise<Notice | undefined> {
  const text = await redis.get(noticeKey(id))
  const notice = NOTICE.safeParse(text === null ? undefined : parsed(text))
  return notice.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Says to whoever posted it why `worker` takes no part. */
export async function refuseNotice(redis: Redis, id: string, worker: string, why: string): Promise<void> {
  await redis.multi().hset(refusalsKey(id), worker, why).expire(refusalsKey(id), NOTICE_S).exec()
}

/** Who takes no part, and why. */
export const refusalsOf = (redis: Redis, id: string): Promise<Readonly<Record<string, string>>> =>
  redis.hgetall(refusalsKey(id))
