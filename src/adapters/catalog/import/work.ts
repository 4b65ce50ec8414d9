import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { publish, remove, writeDurably } from '../durable.ts'

const problemSchema = z.object({ count: z.number(), row: z.number(), sample: z.string() })

/** What one staged block told about itself; beside its rows, so that a run that goes on need not read them again. */
const stagedSchema = z.object({
  index: z.number(),
  /** Rows that can be stored. */
  rows: z.number(),
  /** Rows that cannot, by what is wrong with them: how many, and the first. */
  problems: z.record(z.string(), problemSchema),
  /** How times say their zone: `none` or an offset, and whether it is that of the declared zone. */
  offsets: z.array(z.object({ offset: z.string(), foreign: z.boolean(), rows: z.number(), row: z.number() })),
  /** Rows with four prices, and those of them that contradict each other. */
  priced: z.number(),
  crooked: z.number(),
  /** Of the file on disk, for progress. */
  readBytes: z.number(),
})

export type Staged = z.infer<typeof stagedSchema>
export type Problem = z.infer<typeof problemSchema>

/**
 * The folder of one unfinished import: blocks that were read, each whole or absent. It belongs to a file's content and
 * what was declared about it, so the same command finds it again and another file never does.
 */
export interface Work {
  readonly folder: string
  /** Blocks that are there, from the first one on without a gap. */
  readonly staged: readonly Staged[]
  /** The whole file was read: it need not be opened again. */
  readonly isWhole: boolean
  /** Where DuckDB writes the rows and the rejects of a block; `keep` makes them count. */
  readonly rowsFile: (index: number) => string
  readonly rejectsFile: (index: number) => string
  keep(staged: Staged): Promise<void>
  /** Says that the last block was the last. */
  finish(): Promise<void>
  discard(): Promise<void>
}

export async function openWork(folder: string): Promise<Work> {
  await mkdir(folder, { recursive: true })
  const staged: Staged[] = []
  const path = (index: number, name: string) => join(folder, `${String(index).padStart(6, '0')}.${name}`)
  for (;;) {
    const next = await readStaged(path(staged.length, 'json'))
    if (next === undefined) break
    staged.push(next)
  }
  const whole = join(folder, 'whole')
  return {
    folder,
    staged,
    isWhole: existsSync(whole),
    finish: () => writeDurably(whole, ''),
    rowsFile: (index) => path(index, 'parquet'),
    rejectsFile: (index) => path(index, 'rejects.parquet'),
    keep: async (block) => {
      // The summary is published last: a block counts once it is there.
      await publish(`${path(block.index, 'parquet')}.tmp`, path(block.index, 'parquet'))
      await publish(`${path(block.index, 'rejects.parquet')}.tmp`, path(block.index, 'rejects.parquet'))
      await writeDurably(path(block.index, 'json'), JSON.stringify(block))
      staged.push(block)
    },
    discard: () => remove(folder),
  }
}

/** Unfinished imports that may wait to be taken up again; those beyond are forgotten, oldest first. */
const UNFINISHED_MAX = 4
const UNFINISHED = /^[0-9a-f]{24}$/

export async function prune(folder: string, keep: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const others = names.filter((name) => UNFINISHED.test(name) && join(folder, name) !== keep)
  const aged = await Promise.all(
    others.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  )
  const old = aged.toSorted((a, b) => b.at - a.at).slice(UNFINISHED_MAX)
  await Promise.all(old.map(({ name }) => remove(join(folder, name))))
}

async function readStaged(path: string): Promise<Staged | undefined> {
  const content = await readFile(path, 'utf8').catch(() => undefined)
  if (content === undefined) return undefined
  const parsed = stagedSchema.safeParse(JSON.parse(content))
  return parsed.success ? parsed.data : undefined
}
