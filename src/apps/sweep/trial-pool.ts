import type { Worker } from 'node:worker_threads'
import { failedTrial, type PlayTrials, type TrialJob, type TrialOutcome } from '../../lab/optimise/trial.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import {
  BEGIN_PATIENCE_MS,
  checkStrategyFile,
  ended,
  LOOK_EVERY_MS,
  silence,
  startThread,
} from '../backtest/strategy-thread.ts'
import { Refusal } from '../io.ts'
import { sharedBars } from './shared-bars.ts'
import type { IntroducedWithParameters, TrialNews, TrialOrder, TrialTask } from './trial-task.ts'

/** Threads that play trials of one strategy on one table of bars. */
export interface TrialPool {
  readonly strategy: IntroducedWithParameters
  /** One call at a time. `onOutcome` hears each outcome as it comes, with the place of its job. */
  play(
    jobs: readonly TrialJob[],
    options?: Parameters<PlayTrials>[1] & {
      readonly onOutcome?: (place: number, outcome: TrialOutcome) => void
    },
  ): ReturnType<PlayTrials>
  /** Ends every thread, whatever it does. */
  close(): Promise<void>
}

export interface PoolOptions {
  readonly workers: number
  /** A trial that shows no progress for so long, in wall milliseconds, has failed. */
  readonly patienceMs: number
  readonly wall: Pick<Clock, 'after'>
}

const MOST_WORKERS = 64

/** A place for a thread; the thread in it may die and be replaced. */
interface Seat {
  readonly number: number
  worker?: Worker
  isReady: boolean
  /** What it plays: the job at this place of that round, which may have been given up since. */
  holds?: { readonly round: Round; readonly place: number }
  seen: number
  silentMs: number
}

interface Round {
  readonly jobs: readonly TrialJob[]
  readonly outcomes: (TrialOutcome | undefined)[]
  next: number
  done: number
  onOutcome(place: number, outcome: TrialOutcome): void
  onDone(done: number, of: number): void
  resolve(outcomes: readonly TrialOutcome[]): void
  reject(error: unknown): void
}

/**
 * Starts the threads and waits for the first. Jobs are handed out one by one in their order; a thread that dies or hangs fails
 * its job with a sentence, and another takes its place. The outcomes do not depend on how many threads there are.
 * Rejects, as `play` does, with a `Refusal` when the strategy cannot be loaded or a thread ends before it is ready.
 */
export async function openTrialPool(task: TrialTask, options: PoolOptions): Promise<TrialPool> {
  if ('file' in task.strategy) checkStrategyFile(task.strategy.file)
  const workers = Math.max(1, Math.min(options.workers, MOST_WORKERS))
  const pool = new Pool({ ...task, bars: sharedBars(task.bars) }, { ...options, workers })
  try {
    const strategy = await pool.introduced
    return {
      strategy,
      play: (jobs, more) => pool.play(jobs, more),
      close: () => pool.close(),
    }
  } catch (error) {
    await pool.close()
    throw error
  }
}

class Pool {
  readonly introduced: Promise<IntroducedWithParameters>
  private readonly counts: Int32Array
  private readonly seats: readonly Seat[]
  private introduce: (strategy: IntroducedWithParameters) => void = () => undefined
  private refuse: (error: Refusal) => void = () => undefined
  private round: Round | undefined
  private broken: Refusal | undefined
  private cancel: Cancel = () => undefined
  private isClosed = false

  constructor(
    private readonly task: TrialTask,
    private readonly options: PoolOptions,
  ) {
    this.counts = new Int32Array(new SharedArrayBuffer(4 * options.workers))
    this.introduced = new Promise((resolve, reject) => {
      this.introduce = resolve
      this.refuse = reject
    })
    this.seats = Array.from({ length: options.workers }, (_, number) => ({
      number,
      isReady: false,
      seen: 0,
      silentMs: 0,
    }))
    for (const seat of this.seats) this.start(seat)
    this.watch()
  }

  play(jobs: readonly TrialJob[], more: Parameters<TrialPool['play']>[1] = {}): ReturnType<PlayTrials> {
    invariant(this.round === undefined && !this.isClosed, 'a pool plays one list of jobs at a time')
    const { signal, onDone = () => undefined, onOutcome = () => undefined } = more
    return new Promise<readonly TrialOutcome[]>((resolve, reject) => {
      if (this.broken) return reject(this.broken)
      if (signal?.aborted) return reject(signal.reason)
      if (jobs.length === 0) return resolve([])
      const aborted = () => this.fail(signal?.reason)
      const end = () => {
        this.round = undefined
        signal?.removeEventListener('abort', aborted)
      }
      signal?.addEventListener('abort', aborted)
      this.round = {
        jobs,
        outcomes: jobs.map(() => undefined),
        next: 0,
        done: 0,
        onOutcome,
        onDone,
        resolve: (outcomes) => {
          end()
          resolve(outcomes)
        },
        reject: (error) => {
          end()
          reject(error)
        },
      }
      for (const seat of this.seats) this.give(seat)
    })
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.cancel()
    await Promise.all(this.seats.map((seat) => this.leave(seat)))
  }

  private start(seat: Seat): void {
    const order: TrialOrder = { task: this.task, counts: this.counts, seat: seat.number }
    const worker = startThread('sweep/trial-worker', order)
    Object.assign(seat, { worker, isReady: false, seen: this.counts[seat.number], silentMs: 0 })
    worker.on('message', (news: TrialNews) => this.hear(seat, news))
    worker.on('error', (error) => this.lose(seat, ended(error.message)))
    worker.on('exit', (code) => this.lose(seat, ended(`exit ${code}`)))
  }

  private hear(seat: Seat, news: TrialNews): void {
    switch (news.is) {
      case 'ready':
        seat.isReady = true
        seat.silentMs = 0
        this.introduce(news.strategy)
        return this.give(seat)
      case 'outcome':
        this.settle(seat, news.outcome)
        return this.give(seat)
      case 'refused':
        return this.breakDown(news)
    }
  }

  /** The next job for a seat without one. A seat whose thread died while it was idle gets a new thread first. */
  private give(seat: Seat): void {
    const { round } = this
    if (this.isClosed || !round || round.next === round.jobs.length || seat.holds !== undefined) return
    if (!seat.worker) return this.start(seat)
    if (!seat.isReady) return
    const place = round.next++
    seat.holds = { round, place }
    seat.silentMs = 0
    seat.worker.postMessage(round.jobs[place])
  }

  private settle(seat: Seat, outcome: TrialOutcome): void {
    const { holds } = seat
    delete seat.holds
    if (!holds || holds.round !== this.round) return
    const { round, place } = holds
    round.outcomes[place] = outcome
    round.done++
    round.onOutcome(place, outcome)
    round.onDone(round.done, round.jobs.length)
    if (round.done < round.jobs.length) return
    round.resolve(round.outcomes.filter((each) => each !== undefined))
  }

  /** A thread is gone or has to go. */
  private lose(seat: Seat, why: Sentence): void {
    const { isReady, holds } = seat
    void this.leave(seat)
    if (this.isClosed) return
    if (!isReady) return this.breakDown(why)
    const job = holds?.round.jobs[holds.place]
    if (job) this.settle(seat, failedTrial(job, { ko: why.ko, en: why.en }))
    this.give(seat)
  }

  private async leave(seat: Seat): Promise<void> {
    const { worker } = seat
    delete seat.worker
    seat.isReady = false
    worker?.removeAllListeners()
    await worker?.terminate()
  }

  /** What cannot start once will not start the next time. */
  private breakDown({ ko, en }: Sentence): void {
    this.broken = new Refusal(`${ko}\n${en}`)
    this.refuse(this.broken)
    this.fail(this.broken)
  }

  private fail(error: unknown): void {
    this.round?.reject(error)
  }

  private watch(): void {
    this.cancel = this.options.wall.after(LOOK_EVERY_MS, () => {
      for (const seat of this.seats) this.look(seat)
      if (!this.isClosed) this.watch()
    })
  }

  private look(seat: Seat): void {
    if (!seat.worker || (seat.isReady && seat.holds === undefined)) return
    const now = this.counts[seat.number] as number
    seat.silentMs = now === seat.seen ? seat.silentMs + LOOK_EVERY_MS : 0
    seat.seen = now
    if (seat.silentMs >= (seat.isReady ? this.options.patienceMs : BEGIN_PATIENCE_MS))
      this.lose(seat, silence(seat.silentMs))
  }
}
