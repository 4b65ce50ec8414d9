import { parentPort, workerData } from 'node:worker_threads'
import { createDisk } from '../../adapters/journal/disk.ts'
import { never } from '../../std/invariant.ts'
import {
  dayCurve,
  everyOrder,
  fillsPage,
  orderLife,
  ordersPage,
  refusalsPage,
  trailPage,
  tripsPage,
} from '../../web/server/records/ask-book.ts'
import { DayReader } from './day-reader.ts'
import { DayReplay } from './day-replay.ts'
import type { BookNews, BookQuestion, RecordsTask, VerifyNews } from './records-task.ts'
import { verifyDay } from './verify-day.ts'

/**
 * A thread that reads one recorded day. Feeding a day through the engine takes seconds of a processor, which the server's own
 * thread does not have; it ends with the interest in the day, and everything it knew goes with it.
 */

/** So much of the record is read before a question is answered; of more, the answer says how far it is. */
const READ_FIRST_BYTES = 4 << 20

const say = (news: BookNews | VerifyNews) => parentPort?.postMessage(news)
const sentenceOf = (error: unknown) => {
  const what = error instanceof Error ? error.message : String(error)
  return { ko: `거래 기록을 읽지 못했습니다: ${what}`, en: `The record could not be read: ${what}` }
}

function keepBook({ path, day }: RecordsTask): void {
  const disk = createDisk()
  const reader = new DayReader(disk, path, day)
  const replay = new DayReplay({
    disk,
    path,
    book: reader.book,
    checkpoints: reader.checkpoints,
    get lastSeq() {
      return reader.lastSeq
    },
  })

  const readFirst = async () => {
    if (!reader.isReading) await reader.look()
    const reading = reader.readOn()
    if (reader.behind <= READ_FIRST_BYTES) await reading
    // Whoever asks next hears of what went wrong.
    else reading.catch(() => undefined)
  }

  const answer = async (question: BookQuestion) => {
    await readFirst()
    const { book } = reader
    const record = reader.state()
    switch (question.topic) {
      case 'orders':
        return ordersPage(book, record, question.asked)
      case 'order': {
        const { id } = question.asked
        const early = orderLife(book, record, id)
        if (early || record.isWhole) return early
        await reader.readOn()
        return orderLife(book, reader.state(), id)
      }
      // A list that somebody keeps has to be whole.
      case 'everyOrder':
        await reader.readOn()
        return everyOrder(book)
      case 'fills':
        return fillsPage(book, record, question.asked)
      case 'refusals':
        return refusalsPage(book, record, question.asked)
      case 'trail':
        return trailPage(book, record, question.asked)
      case 'trips':
        return tripsPage(book, record)
      case 'curve':
        return dayCurve(book, record)
      case 'replay': {
        const { at } = question.asked
        const isAhead = !record.isWhole && at > (record.to ?? 0)
        return { record, ...(!isAhead && (await replay.at(at))) }
      }
      default:
        return never(question)
    }
  }

  parentPort?.on('message', (question: BookQuestion) => {
    answer(question)
      .then((given) => say({ is: 'answer', id: question.id, given }))
      .catch((error: unknown) => say({ is: 'trouble', id: question.id, ...sentenceOf(error) }))
  })
}

const task: RecordsTask = workerData
if (task.task === 'book') keepBook(task)
else
  verifyDay(createDisk(), task.path, (checked) => say({ is: 'progress', checked }))
    .then((checked) => say({ is: 'done', checked }))
    .catch((error: unknown) => say({ is: 'failed', ...sentenceOf(error) }))
