import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../../std/clock.ts'
import { PRIVATE_FILE, readPrivate, writePrivate } from './files.ts'

const KEEP_MS = 24 * 3_600_000
/** Answers kept at once; the oldest go first. */
const MOST = 5_000
/** Lines of the file before it is written anew. */
const LINES_MAX = 4 * MOST

const line = z.union([
  z.strictObject({ key: z.string(), body: z.string(), at: z.number() }),
  z.strictObject({ key: z.string(), answer: z.unknown() }),
])

/** `begun`: it was given to somebody to be done, and the answer is not known (yet, or for ever). */
export type Kept =
  | { readonly state: 'begun'; readonly body: string; readonly at: number }
  | { readonly state: 'done'; readonly body: string; readonly at: number; readonly answer: unknown }

/** What commands were answered, for a day, in `commands.jsonl`. */
export interface Answers {
  get(key: string): Kept | undefined
  /** Resolves when it is on the disk, so that no crash can make a command run twice. Throws, and forgets it, when it cannot be. */
  begin(key: string, body: string): Promise<void>
  done(key: string, answer: unknown): Promise<void>
  close(): Promise<void>
}

export async function openAnswers(folder: string, clock: Clock): Promise<Answers> {
  const path = join(folder, 'commands.jsonl')
  const kept = readLines((await readPrivate(path))?.toString('utf8') ?? '')
  forgetOld(kept, clock.now())
  await writePrivate(path, textOf(kept))
  return createAnswers(path, kept, clock, await open(path, 'a', PRIVATE_FILE))
}

/** A line that was cut off by a crash was not acted upon yet, and says nothing. */
function readLines(text: string): Map<string, Kept> {
  const kept = new Map<string, Kept>()
  for (const each of text.split('\n')) {
    const read = line.safeParse(parsedJson(each))
    if (!read.success) continue
    const { data } = read
    const before = kept.get(data.key)
    if ('body' in data) kept.set(data.key, { state: 'begun', body: data.body, at: data.at })
    else if (before) kept.set(data.key, { ...before, state: 'done', answer: data.answer })
  }
  return kept
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function forgetOld(kept: Map<string, Kept>, now: number): void {
  for (const [key, { at }] of kept) {
    if (now - at < KEEP_MS && kept.size <= MOST) return
    kept.delete(key)
  }
}

const begunLine = (key: string, { body, at }: Kept) => `${JSON.stringify({ key, body, at })}\n`
const doneLine = (key: string, answer: unknown) => `${JSON.stringify({ key, answer: answer ?? null })}\n`

const textOf = (kept: ReadonlyMap<string, Kept>): string =>
  [...kept]
    .map(([key, each]) => begunLine(key, each) + (each.state === 'done' ? doneLine(key, each.answer) : ''))
    .join('')

function createAnswers(path: string, kept: Map<string, Kept>, clock: Clock, first: FileHandle): Answers {
  let handle = first
  let lines = kept.size * 2
  let last: Promise<void> = Promise.resolve()

  const write = async (text: string) => {
    if (++lines > LINES_MAX) {
      await writePrivate(path, textOf(kept))
      await handle.close()
      handle = await open(path, 'a', PRIVATE_FILE)
      lines = kept.size * 2
      return
    }
    await handle.appendFile(text)
    await handle.datasync()
  }
  const inTurn = (text: string): Promise<void> => {
    const mine = last.catch(() => undefined).then(() => write(text))
    last = mine
    return mine
  }

  return {
    get: (key) => {
      const found = kept.get(key)
      return found && clock.now() - found.at < KEEP_MS ? found : undefined
    },
    begin: (key, body) => {
      const begun: Kept = { state: 'begun', body, at: clock.now() }
      kept.delete(key)
      kept.set(key, begun)
      forgetOld(kept, clock.now())
      return inTurn(begunLine(key, begun)).catch((error: unknown) => {
        kept.delete(key)
        throw error
      })
    },
    done: (key, answer) => {
      const before = kept.get(key)
      if (before) kept.set(key, { ...before, state: 'done', answer })
      return inTurn(doneLine(key, answer))
    },
    close: async () => {
      await last.catch(() => undefined)
      await handle.close()
    },
  }
}
