import { type FileHandle, open } from 'node:fs/promises'
import type { TrialJob, TrialOutcome } from '../../lab/optimise/trial.ts'
import { refuse } from '../io.ts'
import { outcomeFrom, trialLine } from './trial-line.ts'

/** Names a job by what it plays. */
export const jobKey = ({ parameters, from, to }: TrialJob): string =>
  JSON.stringify([from, to, Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))])

/** A file of trials that were played, one a line, in the order in which they ended. */
export interface TrialFile {
  /** What it holds, by `jobKey`. */
  readonly known: ReadonlyMap<string, TrialOutcome>
  append(trial: number, outcome: TrialOutcome): void
  /** Waits for what was appended; rejects with the first trouble. */
  close(): Promise<void>
}

/**
 * Opens the file, or begins it. A last line that was torn by a sudden end is dropped; refuses any other that is no trial, with its
 * number.
 */
export async function openTrialFile(path: string): Promise<TrialFile> {
  const file = await open(path, 'a+')
  const known = await readKnown(file, path).catch(async (error: unknown) => {
    await file.close()
    throw error
  })
  let writing: Promise<unknown> = Promise.resolve()
  return {
    known,
    append: (trial, outcome) => {
      known.set(jobKey(outcome.job), outcome)
      writing = writing.then(() => file.appendFile(trialLine(trial, outcome)))
      // Whoever closes hears of it; until then it is nobody's.
      writing.catch(() => undefined)
    },
    close: async () => {
      try {
        await writing
      } finally {
        await file.close()
      }
    },
  }
}

async function readKnown(file: FileHandle, path: string): Promise<Map<string, TrialOutcome>> {
  const known = new Map<string, TrialOutcome>()
  const { size } = await file.stat()
  let end = 0
  let number = 0
  for await (const line of file.readLines({ start: 0, autoClose: false })) {
    const next = end + Buffer.byteLength(line) + 1
    if (next > size) {
      await file.truncate(end)
      break
    }
    end = next
    number++
    const outcome = outcomeFrom(line)
    if (!outcome)
      return refuse(
        `${path} 의 ${number}번째 줄이 손상되었습니다: 그 줄을 지우면 그 시험만 다시 돌립니다`,
        `line ${number} of ${path} is damaged: delete it, and that trial alone is played again`,
      )
    const key = jobKey(outcome.job)
    if (!known.has(key)) known.set(key, outcome)
  }
  return known
}
