import type { Sentence } from '../../model/sentence.ts'
import type { Cancel, Clock } from '../../std/clock.ts'
import type { RecordAnswers, RecordTopic } from '../../web/server/records.ts'
import { unavailable } from '../../web/server/trouble.ts'
import { startThread } from '../backtest/strategy-thread.ts'
import type { BookNews, BookQuestion, RecordsTask } from './records-task.ts'

/** A thread that keeps the book of one day. */
export interface DayThread {
  /** Rejects with a `Trouble` when the record cannot be read, or the thread does not come back. */
  ask<T extends RecordTopic>(topic: T, asked: RecordAnswers[T]['asked']): Promise<RecordAnswers[T]['given']>
  close(): Promise<void>
}

/** Wall ms. The first answer waits for the thread to begin, which reads our own program first. */
const PATIENCE_MS = 30_000
/** Questions that wait at once; a screen asks a handful. */
const MOST_WAITING = 200

const BUSY = {
  ko: '거래 기록을 읽느라 바쁩니다. 잠시 뒤에 다시 하세요',
  en: 'Busy reading the record. Try again in a moment',
}

interface Waiting {
  resolve(given: unknown): void
  reject(error: unknown): void
  readonly cancel: Cancel
}

export function startDayThread(
  task: RecordsTask,
  { wall, onEnd }: { readonly wall: Pick<Clock, 'after'>; readonly onEnd: () => void },
): DayThread {
  const worker = startThread('web/records-worker', task)
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let isOver = false

  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    found?.cancel()
    return found
  }
  const end = (why: Sentence) => {
    if (isOver) return
    isOver = true
    for (const id of [...waiting.keys()]) take(id)?.reject(unavailable(why))
    worker.removeAllListeners()
    // It may say more in dying; nobody listens any longer.
    worker.on('error', () => undefined)
    onEnd()
  }
  const ended = (what: string) =>
    end({
      ko: `거래 기록을 읽던 스레드가 끝났습니다: ${what}`,
      en: `The thread that reads the record ended: ${what}`,
    })

  worker.on('message', (news: BookNews) => {
    if (news.is === 'answer') take(news.id)?.resolve(news.given)
    else take(news.id)?.reject(unavailable({ ko: news.ko, en: news.en }))
  })
  worker.on('error', (error) => ended(error.message))
  worker.on('exit', (code) => ended(`exit ${code}`))

  return {
    ask: <T extends RecordTopic>(topic: T, what: RecordAnswers[T]['asked']) =>
      new Promise<RecordAnswers[T]['given']>((resolve, reject) => {
        if (isOver || waiting.size >= MOST_WAITING) return reject(unavailable(BUSY))
        const id = ++asked
        const cancel = wall.after(PATIENCE_MS, () => take(id)?.reject(unavailable(BUSY)))
        // What the thread answers is what was asked for: both sides are ours, and built from one table.
        waiting.set(id, { resolve: (given) => resolve(given as RecordAnswers[T]['given']), reject, cancel })
        worker.postMessage({ id, topic, asked: what } as BookQuestion)
      }),
    close: async () => {
      end({ ko: '닫혔습니다', en: 'closed' })
      await worker.terminate()
    },
  }
}
