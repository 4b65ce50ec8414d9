import { type Duck, numberIn, text } from '../duck.ts'
import { cutBlocks } from './blocks.ts'
import { checkNames } from './header.ts'
import { constantOf, type ImportJob } from './job.ts'
import { judgeStaged } from './judge.ts'
import type { ImportRun } from './progress.ts'
import { parquetColumns, type Source } from './source.ts'
import { stageBlock, stageRange } from './stage.ts'
import type { Work } from './work.ts'

const BLOCK_BYTES = 32 << 20
/** As much work as a block of text. */
const ROWS_PER_BLOCK = 500_000

/** Reads the file into staged blocks, those that are there already excepted, and judges what was declared after the first. */
export async function readFile(
  duck: Duck,
  job: ImportJob,
  source: Source,
  work: Work,
  run: ImportRun,
): Promise<void> {
  if (work.isWhole) return
  await duck.run(`SET TimeZone = ${text(job.zone)}`)
  if (source.format === 'parquet') await readParquet(duck, job, source, work, run)
  else await readText(duck, job, source, work, run)
  await work.finish()
}

async function readText(
  duck: Duck,
  job: ImportJob,
  source: Source,
  work: Work,
  run: ImportRun,
): Promise<void> {
  const blocks = cutBlocks(source, {
    encoding: job.encoding,
    ...(job.delimiter === undefined ? {} : { delimiter: job.delimiter }),
    blockBytes: run.blockBytes ?? BLOCK_BYTES,
    from: work.staged.length,
    ...(run.signal ? { signal: run.signal } : {}),
  })
  for await (const block of blocks) {
    checkNames(block.header.columns, wanted(job), job.file)
    await stageBlock(duck, job, block, work)
    await report(duck, job, source, work, run)
  }
}

async function readParquet(
  duck: Duck,
  job: ImportJob,
  source: Source,
  work: Work,
  run: ImportRun,
): Promise<void> {
  checkNames(await parquetColumns(duck, source.path), wanted(job), job.file)
  const [about] = await duck.rows(`SELECT num_rows AS rows FROM parquet_file_metadata(${text(source.path)})`)
  const rows = numberIn(about, 'rows')
  for (let index = work.staged.length; index * ROWS_PER_BLOCK < rows; index++) {
    const from = index * ROWS_PER_BLOCK
    const to = Math.min(rows, from + ROWS_PER_BLOCK)
    await stageRange(duck, job, { index, from, to, readBytes: Math.round((source.bytes * to) / rows) }, work)
    await report(duck, job, source, work, run)
  }
}

async function report(duck: Duck, job: ImportJob, source: Source, work: Work, run: ImportRun): Promise<void> {
  if (work.staged.length === 1) await judgeStaged(duck, job, work)
  const rows = work.staged.reduce((sum, block) => sum + block.rows, 0)
  const readBytes = work.staged.at(-1)?.readBytes ?? 0
  run.onProgress?.({ phase: 'read', share: Math.min(1, readBytes / source.bytes), rows })
}

const wanted = ({ columns, only }: ImportJob): readonly string[] => [
  ...Object.values(columns).filter((name) => constantOf(name) === undefined),
  ...Object.keys(only),
]
