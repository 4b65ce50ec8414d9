import { hostname } from 'node:os'
import { connectRedis, shownAddress } from '../../adapters/jobs/connection.ts'
import { liveNotices } from '../../adapters/jobs/notice.ts'
import { type Posting, postWork } from '../../adapters/jobs/posting.ts'
import { barTable } from '../../lab/backtest/bar-table.ts'
import { failedTrial, type TrialJob, type TrialOutcome } from '../../lab/optimise/trial.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Result } from '../../std/result.ts'
import { type Io, refuse } from '../io.ts'
import { dim, warn } from '../screen/ansi.ts'
import { release } from '../self.ts'
import { elapsedMs, wallClock } from '../system.ts'
import { columnsOf, postedBody, sha256 } from './posted-task.ts'
import { connectionTeller, redisRefusing, valueOrRefuse } from './redis-trouble.ts'
import { outcomeFrom } from './trial-line.ts'
import { openTrialPool, type TrialPool } from './trial-pool.ts'
import type { TrialTask } from './trial-task.ts'

/** Where trials are played that this machine does not play itself. */
export interface Elsewhere {
  /** A `redis://` or `rediss://` address. */
  readonly redis: string
  readonly io: Io
}

/**
 * A pool whose threads are those of `garam worker` on any machines that look at the same Redis. The outcomes are those of threads of our
 * own, to the bit. Refuses a Redis that is not there and a task that cannot be sent; a Redis that goes away later is waited for.
 */
export async function openPostedTrials(
  task: TrialTask,
  patienceMs: number,
  { redis: url, io }: Elsewhere,
): Promise<TrialPool> {
  const strategy = await introduced(task, patienceMs)
  const body = await postedBody(task, patienceMs)
  if (!body)
    return refuse(
      '전략 파일은 .ts, .mts, .js, .mjs 라야 다른 컴퓨터로 보낼 수 있습니다',
      'a strategy file has to be .ts, .mts, .js or .mjs to be sent to other machines',
    )
  const redis = valueOrRefuse(await connectRedis(url, connectionTeller(io)))
  const work = { id: freshId(), release: release(), body }
  const watch = {
    onAlone: () =>
      io.err(
        warn(
          `일하는 컴퓨터가 없습니다: garam worker --redis ${shownAddress(url)} 를 띄우세요. 기다립니다\nnobody works on it: start garam worker --redis ${shownAddress(url)}; waiting`,
        ),
      ),
    onRefused: (worker: string, why: string) =>
      io.err(warn(`${worker} 이(가) 거절했습니다 · ${worker} takes no part:\n${why}`)),
  }
  try {
    await redisRefusing(liveNotices(redis))
    const posting = valueOrRefuse(
      await redisRefusing(postWork(redis, work, columnsOf(task), watch, wallClock)),
    )
    io.err(dim(`${shownAddress(url)} 에 시험을 올렸습니다 · the trials are on the board there`))
    return {
      strategy,
      play: (jobs, more) => play(posting, jobs, more),
      close: async () => {
        await posting.close()
        redis.disconnect()
      },
    }
  } catch (error) {
    redis.disconnect()
    throw error
  }
}

/** The strategy says itself what can be turned; of a file in a thread of our own, which plays nothing. */
async function introduced(task: TrialTask, patienceMs: number): Promise<TrialPool['strategy']> {
  const pool = await openTrialPool(
    { ...task, bars: barTable([]) },
    { workers: 1, patienceMs, wall: wallClock },
  )
  await pool.close()
  return pool.strategy
}

async function play(
  posting: Posting,
  jobs: readonly TrialJob[],
  { signal, onDone = () => undefined, onOutcome = () => undefined }: Parameters<TrialPool['play']>[1] = {},
): ReturnType<TrialPool['play']> {
  const outcomes: TrialOutcome[] = []
  let done = 0
  const played = posting.play(jobs, {
    ...(signal && { signal }),
    onAnswer: (place, answer) => {
      const outcome = outcomeOf(jobs[place] as TrialJob, answer)
      outcomes[place] = outcome
      onOutcome(place, outcome)
      onDone(++done, jobs.length)
    },
  })
  await redisRefusing(played)
  return outcomes
}

function outcomeOf(job: TrialJob, answer: Result<unknown, Sentence>): TrialOutcome {
  if (!answer.ok) return failedTrial(job, answer.error)
  const outcome = typeof answer.value === 'string' ? outcomeFrom(answer.value) : undefined
  return outcome ? { ...outcome, job } : failedTrial(job, UNREADABLE)
}

const UNREADABLE: Sentence = {
  ko: '일한 컴퓨터의 답을 읽을 수 없습니다',
  en: 'the answer of the worker cannot be read',
}

/** A name that no other sweep has, on any machine. */
const freshId = (): string =>
  sha256(`${hostname()} ${process.pid} ${wallClock.now()} ${elapsedMs()}`).slice(0, 16)
