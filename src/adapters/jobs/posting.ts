import { type Job, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Sentence } from '../../model/sentence.ts'
import { type Cancel, type Clock, sleep } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { type Notice, PREFIX, queueName, refusalsOf, removeNotice, renewNotice } from './notice.ts'
import { labelOf, PARCEL_BYTES_MAX, sendParcel, totalOf } from './parcel.ts'

/** What whoever posted work hears besides its answers. */
export interface PostingWatch {
  /** For some seconds nobody took part. Told once until somebody does. */
  onAlone(): void
  /** A worker takes no part, and why. Told once for each. */
  onRefused(worker: string, why: string): void
}

export interface PlayOptions {
  readonly signal?: AbortSignal
  /** Each answer as it comes, with the place of its job; the error says why it has none. */
  onAnswer(place: number, answer: Result<unknown, Sentence>): void
}

/** Work that is on the board for whoever takes part. */
export interface Posting {
  /**
   * Gives the jobs (plain data) out in their order and ends when each is answered. One call at a time. A job that a worker died with
   * is given to another. Rejects with the reason of the signal, or with what Redis refuses.
   */
  play(jobs: readonly unknown[], options: PlayOptions): Promise<void>
  /** Takes the work off the board, with all its jobs. */
  close(): Promise<void>
}

/** So many jobs lie in Redis at once. */
const OUT_MAX = 1_000
const ANSWERS_AT_ONCE = 100
const LOOK_MS = 50
const LOOK_ROUND_MS = 1_000
/** A worker that has just seen the notice needs as long to start its threads. */
const ALONE_MS = 5_000
const RENEW_MS = 5_000
/** A Redis that is away must not keep a stopped program from ending. */
const CLOSE_MS = 3_000
/** A job that a worker could not do is tried by others. */
const ATTEMPTS = 3

/** Puts work on the board. Error: more data than can be sent. */
export async function postWork(
  redis: Redis,
  work: Omit<Notice, 'parcel'>,
  columns: readonly Uint8Array[],
  watch: PostingWatch,
  wall: Clock,
): Promise<Result<Posting, Sentence>> {
  const parcel = labelOf(columns)
  const bytes = totalOf(parcel.lengths)
  if (bytes > PARCEL_BYTES_MAX) return err(tooMuch(bytes))
  const posting = new OwnPosting(redis, { ...work, parcel }, columns, watch, wall)
  await posting.renew()
  return ok({
    play: (jobs, options) => posting.play(jobs, options),
    close: () => posting.close(),
  })
}

type PostedJob = Job<unknown, unknown>

interface Answered {
  readonly job: PostedJob
  readonly answer: Result<unknown, Sentence>
}

class OwnPosting {
  private readonly queue: Queue<unknown, unknown>
  private readonly refused = new Set<string>()
  private rounds = 0
  private aloneSince: number | undefined
  private isAloneTold = false
  private isClosed = false
  private renewal: Promise<void> = Promise.resolve()
  private round: Promise<void> = Promise.resolve()
  private cancel: Cancel = () => undefined

  constructor(
    private readonly redis: Redis,
    private readonly notice: Notice,
    private readonly columns: readonly Uint8Array[],
    private readonly watch: PostingWatch,
    private readonly wall: Clock,
  ) {
    this.queue = new Queue(queueName(notice.id), { connection: redis, prefix: PREFIX })
    // What goes wrong with a command is heard where it was asked.
    this.queue.on('error', () => undefined)
  }

  /** The data first: whoever reads the notice wants them. Again every few seconds, so that a Redis that was emptied has them too. */
  async renew(): Promise<void> {
    try {
      await sendParcel(this.redis, this.notice.parcel, this.columns)
      await renewNotice(this.redis, this.notice)
    } finally {
      if (!this.isClosed)
        this.cancel = this.wall.after(RENEW_MS, () => {
          // A Redis that refuses to write says so to `play` as well.
          this.renewal = this.renew().catch(() => undefined)
        })
    }
  }

  async play(jobs: readonly unknown[], { signal, onAnswer }: PlayOptions): Promise<void> {
    signal?.throwIfAborted()
    let stop: () => void = () => undefined
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(signal?.reason)
    })
    signal?.addEventListener('abort', stop)
    const isOver = () => this.isClosed || signal?.aborted === true
    this.round = this.playRound(jobs, onAnswer, isOver)
    try {
      // Redis may be away for long: a stop does not wait for it.
      await Promise.race([stopped, this.round])
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  private async playRound(
    jobs: readonly unknown[],
    onAnswer: PlayOptions['onAnswer'],
    isOver: () => boolean,
  ): Promise<void> {
    const round = this.rounds++
    const idOf = (place: number): string => `${round}-${place}`
    const give = (places: readonly number[]) => this.give(places.map((place) => [idOf(place), jobs[place]]))
    /** What is with the workers: places by the ids of their jobs. */
    const out = new Map<string, number>()
    let next = 0
    let lookedAt = this.wall.now()
    while (!isOver() && (next < jobs.length || out.size > 0)) {
      const room = Math.min(OUT_MAX - out.size, jobs.length - next)
      const fresh = Array.from({ length: room }, () => next++)
      for (const place of fresh) out.set(idOf(place), place)
      await give(fresh)
      const answered = await this.answers()
      if (isOver()) return
      for (const { job, answer } of answered) {
        const place = out.get(job.id ?? '')
        if (place === undefined || !out.delete(job.id ?? '')) continue
        onAnswer(place, answer)
      }
      await Promise.all(answered.map(({ job }) => job.remove()))
      if (answered.length === 0) await sleep(this.wall, LOOK_MS)
      if (isOver() || this.wall.now() - lookedAt < LOOK_ROUND_MS) continue
      lookedAt = this.wall.now()
      await this.lookRound()
      // What Redis knows is not added twice.
      if ((await this.known()) < out.size) await give([...out.values()])
    }
  }

  private async give(jobs: readonly (readonly [id: string, data: unknown])[]): Promise<void> {
    if (jobs.length === 0) return
    const opts = { attempts: ATTEMPTS, stackTraceLimit: 0 }
    await this.queue.addBulk(jobs.map(([jobId, data]) => ({ name: 'job', data, opts: { ...opts, jobId } })))
  }

  /** How many jobs there are. A Redis that was emptied has forgotten them. */
  private async known(): Promise<number> {
    const counts = await this.queue.getJobCounts()
    return Object.values(counts).reduce((sum, each) => sum + each, 0)
  }

  private async answers(): Promise<readonly Answered[]> {
    const done = await this.jobsThat('completed')
    const failed = await this.jobsThat('failed')
    return [
      ...done.map((job) => ({ job, answer: ok(job.returnvalue) })),
      ...failed.map((job) => ({ job, answer: err(whyFailed(job.failedReason)) })),
    ]
  }

  private async jobsThat(have: 'completed' | 'failed'): Promise<readonly PostedJob[]> {
    const jobs = await this.queue.getJobs([have], 0, ANSWERS_AT_ONCE - 1, true)
    // One that was removed meanwhile is a hole.
    return jobs.filter((job) => job !== undefined)
  }

  /** Who is there, and who refuses. */
  private async lookRound(): Promise<void> {
    for (const [worker, why] of Object.entries(await refusalsOf(this.redis, this.notice.id))) {
      if (this.refused.has(worker)) continue
      this.refused.add(worker)
      this.watch.onRefused(worker, why)
    }
    if ((await this.queue.getWorkersCount()) > 0) {
      this.aloneSince = undefined
      this.isAloneTold = false
      return
    }
    this.aloneSince ??= this.wall.now()
    if (this.isAloneTold || this.wall.now() - this.aloneSince < ALONE_MS) return
    this.isAloneTold = true
    this.watch.onAlone()
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.cancel()
    const takeDown = async (): Promise<void> => {
      // What is under way must not put back what is taken down.
      await Promise.allSettled([this.renewal, this.round])
      await removeNotice(this.redis, this.notice.id)
      await this.queue.close()
    }
    await Promise.race([takeDown().catch(() => undefined), sleep(this.wall, CLOSE_MS)])
  }
}

/** BullMQ's own words where workers died, the words of the last worker else. */
const whyFailed = (reason: string): Sentence =>
  /job stalled/.test(reason) ? DIED : { ko: reason, en: reason }

const DIED: Sentence = {
  ko: '이 시험을 하던 컴퓨터가 거듭 사라졌습니다 (메모리가 모자라거나 강제로 끝났습니다)',
  en: 'the workers that played it were lost again and again (out of memory, or killed)',
}

const tooMuch = (bytes: number): Sentence => ({
  ko: `데이터가 ${bytes}바이트로, Redis로 나누어 줄 수 있는 ${PARCEL_BYTES_MAX}바이트보다 많습니다: --symbols 나 --from 으로 줄이세요`,
  en: `${bytes} bytes of data are more than the ${PARCEL_BYTES_MAX} that can be handed out through Redis: take less with --symbols or --from`,
})
