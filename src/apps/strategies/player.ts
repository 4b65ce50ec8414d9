import type { Sentence } from '../../model/sentence.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import { invariant } from '../../std/invariant.ts'
import type { Needs, Placed } from '../../trading/strategies/strategy.ts'
import {
  BEGIN_PATIENCE_MS,
  checkStrategyFile,
  ended,
  silence,
  startThread,
} from '../backtest/strategy-thread.ts'
import type { PlayerNews, PlayerOrder, PlayerRows } from './player-task.ts'

/** A strategy in a thread of its own. */
export interface Player {
  readonly needs: Pick<Needs, 'warmUpBars' | 'roundBars'>
  /**
   * Shows it bars that have closed, one call at a time; gives what it thinks after the last of them. Rejects with a
   * `StrategyTrouble` when it throws, says nonsense, ends by itself or does not come back: it is over then.
   */
  play(rows: PlayerRows): Promise<readonly Placed[]>
  close(): Promise<void>
}

/** What a strategy did that it must not, in words. */
export class StrategyTrouble extends Error {
  override readonly name = 'StrategyTrouble'
  readonly sentence: Sentence
  constructor({ ko, en }: Sentence) {
    super(en)
    this.sentence = { ko, en }
  }
}

/** Months of bars at the start, or one moment of the market, wall ms: nothing sensible takes so long. */
const PLAY_PATIENCE_MS = 30_000

/** Rejects as `play` does when the strategy cannot begin, and with a `Refusal` when its file is not there. */
export async function startPlayer(order: PlayerOrder, wall: Pick<Clock, 'after'>): Promise<Player> {
  if ('file' in order.play.strategy) checkStrategyFile(order.play.strategy.file)
  const worker = startThread('strategies/player-worker', order)
  let waiting: { resolve(news: PlayerNews): void; reject(trouble: StrategyTrouble): void } | undefined
  let cancel: Cancel = () => undefined
  let over: StrategyTrouble | undefined

  const end = (why: Sentence) => {
    over ??= new StrategyTrouble(why)
    cancel()
    waiting?.reject(over)
    waiting = undefined
    worker.removeAllListeners()
    // It may say more in dying; nobody listens any longer.
    worker.on('error', () => undefined)
    void worker.terminate()
  }
  const answer = (patienceMs: number) =>
    new Promise<PlayerNews>((resolve, reject) => {
      if (over) return reject(over)
      invariant(waiting === undefined, 'a strategy is shown one thing at a time')
      waiting = { resolve, reject }
      cancel = wall.after(patienceMs, () => end(silence(patienceMs)))
    })

  worker.on('message', (news: PlayerNews) => {
    if (news.is === 'refused') return end(news)
    cancel()
    const { resolve } = waiting ?? {}
    waiting = undefined
    resolve?.(news)
  })
  worker.on('error', (error) => end(ended(error.message)))
  worker.on('exit', (code) => end(ended(`exit ${code}`)))

  const ready = await answer(BEGIN_PATIENCE_MS)
  invariant(ready.is === 'ready', 'a thread says first that it is ready')
  return {
    needs: ready.needs,
    play: async (rows) => {
      const heard = answer(PLAY_PATIENCE_MS)
      if (!over) worker.postMessage(rows)
      const news = await heard
      invariant(news.is === 'opinions', 'a thread answers bars with opinions')
      return news.opinions
    },
    close: async () => {
      over ??= new StrategyTrouble({ ko: '닫혔습니다', en: 'closed' })
      cancel()
      worker.removeAllListeners()
      await worker.terminate()
    },
  }
}
