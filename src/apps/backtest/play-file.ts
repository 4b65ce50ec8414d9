import type { BacktestResult } from '../../lab/analytics/backtest-result.ts'
import { firstMoments } from '../../lab/backtest/bar-table.ts'
import type { Sentence } from '../../model/sentence.ts'
import type { Clock } from '../../std/clock.ts'
import { err, ok, type Result } from '../../std/result.ts'
import { Refusal } from '../io.ts'
import type { Checked } from './checks.ts'
import {
  type Introduced,
  MOMENTS_DONE,
  MOMENTS_SEEN,
  type StrategyNews,
  type StrategyOrder,
  type StrategyTask,
} from './strategy-task.ts'
import {
  BEGIN_PATIENCE_MS,
  checkStrategyFile,
  ended,
  LOOK_EVERY_MS,
  silence,
  startThread,
} from './strategy-thread.ts'

export interface PlayedFile extends Checked {
  readonly strategy: Introduced
  readonly result: BacktestResult
}

export interface PlayFileOptions {
  /** A strategy that shows no progress for so long, in wall milliseconds, is ended. */
  readonly patienceMs: number
  readonly wall: Pick<Clock, 'after'>
  readonly onProgress: (done: number, of: number) => void
}

/**
 * Plays a strategy file in a thread of its own. One that never comes back is ended after the patience, and played again up to
 * the bar before: that is the result, with the reason. Refuses a file that is not there, cannot be read, or is no strategy.
 */
export async function playFile(task: StrategyTask, options: PlayFileOptions): Promise<PlayedFile> {
  checkStrategyFile(task.file)
  const played = await attempt(task, options)
  if (played.ok) return played.value
  const { done, ko, en } = played.error
  if (done === 0) throw new Refusal(`${ko}\n${en}`)
  const { cuts: _cuts, stretches: _stretches, ...short } = { ...task, bars: firstMoments(task.bars, done) }
  const before = await attempt(short, options)
  if (!before.ok) throw new Refusal(`${before.error.ko}\n${before.error.en}`)
  const { strategy, result } = before.value
  const at = task.bars.closeAt[done] as number
  return { strategy, result: { ...result, stopped: { strategy: strategy.id, at, ko, en } } }
}

interface Lost extends Sentence {
  /** Moments that were whole before. */
  readonly done: number
}

function attempt(
  task: StrategyTask,
  { patienceMs, wall, onProgress }: PlayFileOptions,
): Promise<Result<PlayedFile, Lost>> {
  const counts = new Int32Array(new SharedArrayBuffer(8))
  const order: StrategyOrder = { task, counts }
  const worker = startThread('backtest/strategy-worker', order)
  return new Promise((resolve, reject) => {
    let strategy: Introduced | undefined
    let cancel = () => {}
    const end = (finish: () => void) => {
      cancel()
      worker.removeAllListeners()
      void worker.terminate().then(finish)
    }
    const lose = (sentence: Sentence) => {
      const { ko, en } = sentence
      end(() => resolve(err({ ko, en, done: strategy ? (counts[MOMENTS_DONE] as number) : 0 })))
    }
    const watch = (seen: number, silentMs: number) => {
      cancel = wall.after(LOOK_EVERY_MS, () => {
        const now = counts[MOMENTS_SEEN] as number
        onProgress(counts[MOMENTS_DONE] as number, task.bars.openAt.length)
        const silent = now === seen ? silentMs + LOOK_EVERY_MS : 0
        if (silent < (strategy ? patienceMs : BEGIN_PATIENCE_MS)) return watch(now, silent)
        lose(silence(silent))
      })
    }
    worker.on('message', (news: StrategyNews) => {
      if (news.is === 'introduced') strategy = news.strategy
      else if (news.is === 'refused') end(() => reject(new Refusal(`${news.ko}\n${news.en}`)))
      else if (strategy) {
        const { is: _, ...told } = news
        const played = { strategy, ...told }
        end(() => resolve(ok(played)))
      }
    })
    worker.on('error', (error) => lose(ended(error.message)))
    worker.on('exit', (code) => lose(ended(`exit ${code}`)))
    watch(0, 0)
  })
}
