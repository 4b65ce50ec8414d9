import { setMaxListeners } from 'node:events'
import { type Job, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { type Clock, sleep } from '../../std/clock.ts'
import { PREFIX, queueName, sweepUp } from './notice.ts'

export interface TakingPart {
  /** Jobs at once. */
  readonly places: number
  /**
   * Does one job and gives its answer, as plain data. `signal`: it is given back. What it throws is tried by others, and after some tries the message of the error is
   * the answer.
   */
  answer(job: unknown, signal: AbortSignal): Promise<unknown>
}

/** A worker that does not renew its hold on a job for so long has died with it. */
const HOLD_MS = 6_000
const LOOK_MS = 3_000
/** After so many deaths it is the job that kills. */
const DEATHS_MAX = 2
/** A Redis that is away must not keep a stopped program from ending; what it holds it gives to others by itself. */
const LEAVE_MS = 3_000

/** Takes jobs of a notice until the returned function is called, which gives back those at work. */
export function takePart(
  redis: Redis,
  id: string,
  { places, answer }: TakingPart,
  wall: Clock,
): () => Promise<void> {
  const leaving = new AbortController()
  setMaxListeners(places + 1, leaving.signal)
  const play = async (job: Job<unknown, unknown>, token?: string): Promise<unknown> => {
    try {
      return await answer(job.data, leaving.signal)
    } catch (error) {
      if (!leaving.signal.aborted) throw error
      await job.moveToWait(token)
      throw new WaitingError()
    }
  }
  const worker = new Worker(queueName(id), play, {
    connection: redis,
    prefix: PREFIX,
    concurrency: places,
    lockDuration: HOLD_MS,
    stalledInterval: LOOK_MS,
    maxStalledCount: DEATHS_MAX,
  })
  // Jobs of a notice that was taken down are gone when we answer, and a lost connection is told by the connection.
  worker.on('error', () => undefined)
  return async () => {
    // First it takes no more jobs, then it gives back what it has.
    const left = worker.close().then(() => sweepUp(redis, id))
    leaving.abort()
    await Promise.race([left.catch(() => undefined), sleep(wall, LEAVE_MS)])
  }
}
