import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunMessage, runIdSchema, runSchema } from '../../web/contract/backtest.ts'

/** A folder of runs: `<id>/run.json` says what each is and how it stands, beside what it left behind. */
export interface RunStore {
  /** Newest first. */
  list(): readonly RunMessage[]
  get(id: string): RunMessage | undefined
  /** On the disk whole or not at all. Of two for one run the later stays. */
  save(run: RunMessage): Promise<void>
  remove(id: string): Promise<void>
  folderOf(id: string): string
  file(id: string, name: string): string | undefined
}

/** A run whose note cannot be read is left where it is and not shown. */
export async function openRunStore(folder: string): Promise<RunStore> {
  await mkdir(folder, { recursive: true })
  const runs = new Map<string, RunMessage>()
  for (const name of await readdir(folder)) {
    const run = runIdSchema.safeParse(name).success ? await readNote(join(folder, name, NOTE)) : undefined
    if (run?.id === name) runs.set(name, run)
  }
  const folderOf = (id: string) => join(folder, id)
  let writing: Promise<unknown> = Promise.resolve()
  /** One after the other: a note is never older than the one before it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = writing.then(work)
    writing = done.catch(() => undefined)
    return done
  }
  return {
    list: () => [...runs.values()].toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)),
    get: (id) => runs.get(id),
    save: (run) => {
      runs.set(run.id, run)
      return inTurn(async () => {
        const path = join(folderOf(run.id), NOTE)
        await mkdir(folderOf(run.id), { recursive: true })
        await writeFile(`${path}.new`, `${JSON.stringify(run)}\n`)
        await rename(`${path}.new`, path)
      })
    },
    remove: (id) => {
      runs.delete(id)
      return inTurn(() => rm(folderOf(id), { recursive: true, force: true }))
    },
    folderOf,
    file: (id, name) => {
      const path = join(folderOf(id), name)
      return runs.has(id) && existsSync(path) ? path : undefined
    },
  }
}

const NOTE = 'run.json'

async function readNote(path: string): Promise<RunMessage | undefined> {
  try {
    return runSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data
  } catch {
    return undefined
  }
}
