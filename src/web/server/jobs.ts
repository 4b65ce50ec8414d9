import type { Sentence } from '../../model/sentence.ts'
import type { Result } from '../../std/result.ts'
import type { RunMessage, RunRequest } from '../contract/backtest.ts'

/** What a run may have left behind. */
export const RUN_FILES = {
  report: 'report.json',
  page: { backtest: 'report.html', sweep: 'sweep.html' },
  table: { backtest: 'trades.csv', sweep: 'trials.csv' },
  log: 'log.txt',
} as const

/**
 * Long work beside the server: one child process after the other, with a queue, and what they left on the disk. What was under
 * way when the server ended is `interrupted` the next time.
 */
export interface Jobs {
  /** Newest first. */
  list(): readonly RunMessage[]
  run(id: string): RunMessage | undefined
  readonly atOnce: number
  readonly mostQueued: number
  /** Errors: the queue is full, a strategy file that is not there. */
  start(wanted: RunRequest, by: string): Promise<Result<RunMessage, Sentence>>
  /** Goes on with what was interrupted or cancelled; a sweep keeps the trials it has. Errors: it runs, or is done. */
  resume(id: string): Promise<Result<RunMessage, Sentence>>
  /** Cancels what is queued or runs, and takes away what has ended. `undefined`: there is none. */
  remove(id: string): Promise<'cancelled' | 'removed' | undefined>
  /** A pinned run stays when old ones make room. */
  pin(id: string, pinned: boolean): Promise<RunMessage | undefined>
  /** Where the file of a run lies; `undefined` when it has none. */
  file(id: string, name: string): string | undefined
}
