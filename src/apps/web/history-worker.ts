import { parentPort } from 'node:worker_threads'
import { replayDay } from '../replay-day.ts'
import { recordedDay } from './recorded-day.ts'

/** A thread that plays recorded days again, one file after the other, so that the server goes on answering meanwhile. */
parentPort?.on('message', (file: string) => {
  replayDay(file, false).then(
    (replayed) => parentPort?.postMessage({ file, day: recordedDay(replayed) }),
    (error: unknown) =>
      parentPort?.postMessage({ file, trouble: error instanceof Error ? error.message : String(error) }),
  )
})
