import type { Sentence } from '../../model/sentence.ts'
import type { RecordAnswers, RecordTopic } from '../../web/server/records.ts'
import type { Checked } from './verify-day.ts'

/** What the web process and the threads that read records tell each other. */

/** `book`: answers questions about the day until it is ended. `verify`: checks it once. */
export interface RecordsTask {
  readonly task: 'book' | 'verify'
  readonly day: string
  readonly path: string
}

export type BookQuestion = {
  readonly [T in RecordTopic]: {
    readonly id: number
    readonly topic: T
    readonly asked: RecordAnswers[T]['asked']
  }
}[RecordTopic]

export type BookNews =
  | { readonly is: 'answer'; readonly id: number; readonly given: unknown }
  | ({ readonly is: 'trouble'; readonly id: number } & Sentence)

export type VerifyNews =
  | { readonly is: 'progress'; readonly checked: Checked }
  | { readonly is: 'done'; readonly checked: Checked }
  | ({ readonly is: 'failed' } & Sentence)
