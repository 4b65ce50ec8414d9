import type { Worker } from 'node:worker_threads'
import type { Clock } from '../../std/clock.ts'
import type { VerificationMessage } from '../../web/contract/records.ts'
import { startThread } from '../backtest/strategy-thread.ts'
import type { RecordsTask, VerifyNews } from './records-task.ts'
import type { Checked } from './verify-day.ts'

/** Checks of days, each in a thread of its own, at most two at once: the others wait their turn. */
export interface Verifications {
  begin(task: RecordsTask, bytes: number): void
  of(day: string, bytes: number): VerificationMessage
  cancel(day: string): void
  close(): Promise<void>
}

interface Job {
  state: VerificationMessage['state']
  readonly task: RecordsTask
  readonly bytes: number
  checked: Checked
  at?: number
  worker?: Worker
}

const MOST_AT_ONCE = 2
const NOTHING: Checked = { doneBytes: 0, records: 0 }

export function createVerifications(wall: Pick<Clock, 'now'>): Verifications {
  const jobs = new Map<string, Job>()

  const finish = (job: Job, state: Job['state']) => {
    if (job.state !== 'running') return
    job.state = state
    job.at = wall.now()
    const { worker } = job
    delete job.worker
    worker?.removeAllListeners()
    worker?.on('error', () => undefined)
    void worker?.terminate()
    startNext()
  }

  const start = (job: Job) => {
    const worker = startThread('web/records-worker', job.task)
    job.worker = worker
    worker.on('message', (news: VerifyNews) => {
      if (news.is === 'failed') return finish(job, 'failed')
      job.checked = news.checked
      if (news.is === 'done') finish(job, news.checked.broken ? 'broken' : 'good')
    })
    worker.on('error', () => finish(job, 'failed'))
    worker.on('exit', () => finish(job, 'failed'))
  }

  const startNext = () => {
    const running = [...jobs.values()].filter(({ state }) => state === 'running')
    const free = MOST_AT_ONCE - running.filter(({ worker }) => worker).length
    for (const job of running.filter(({ worker }) => !worker).slice(0, Math.max(0, free))) start(job)
  }

  return {
    begin: (task, bytes) => {
      if (jobs.get(task.day)?.state === 'running') return
      jobs.set(task.day, { state: 'running', task, bytes, checked: NOTHING })
      startNext()
    },
    of: (day, bytes) => {
      const job = jobs.get(day)
      if (!job) return { day, state: 'never', bytes, ...NOTHING }
      const isDone = job.state === 'good' || job.state === 'broken'
      return {
        day,
        state: job.state,
        bytes: job.bytes,
        ...job.checked,
        ...(job.state === 'good' && { doneBytes: job.bytes }),
        ...(job.at !== undefined && { at: job.at }),
        ...(isDone && { isOlder: bytes !== job.bytes }),
      }
    },
    cancel: (day) => {
      const job = jobs.get(day)
      if (job) finish(job, 'cancelled')
    },
    close: async () => {
      const workers = [...jobs.values()].flatMap(({ worker }) => worker ?? [])
      for (const worker of workers) worker.removeAllListeners()
      jobs.clear()
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
