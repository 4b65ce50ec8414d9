import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ImportRecord } from '../../../ports/catalog.ts'
import { cancelled, type Duck, numberIn, openDuck, textList } from '../duck.ts'
import { remove, sha256Of } from '../durable.ts'
import { partitionOf, priceScale } from '../kinds.ts'
import { MANIFEST, setPath, WORK } from '../layout.ts'
import { lockCatalog } from '../lock.ts'
import {
  type Manifest,
  partPaths,
  readManifest,
  SCHEMA_VERSION,
  type StoredImport,
  writeManifest,
} from '../manifest.ts'
import { columnsPath } from '../read/column-file.ts'
import { refuse } from '../trouble.ts'
import { refuseBadActions } from './check-actions.ts'
import { checkJob, type ImportJob } from './job.ts'
import { judgeStaged } from './judge.ts'
import { type Merged, mergeStaged } from './merge.ts'
import type { ImportRun } from './progress.ts'
import { readFile } from './read-file.ts'
import { refuseEmpty, refuseRows, refuseShifted } from './refusals.ts'
import { type Rejects, writeRejects } from './rejects.ts'
import { openSource } from './source.ts'
import { openWork, prune, type Work } from './work.ts'

export interface Imported {
  readonly record: ImportRecord
  /** Rows that were in the catalog already with the same values. */
  readonly already: number
  readonly rejects: Rejects
  /** The very same import was done before: nothing was read. */
  readonly wasDone: boolean
  /** Blocks that an interrupted run had read, and this one had not to. */
  readonly resumedBlocks: number
}

/**
 * Takes a CSV (plain or gzip) or Parquet file into the catalog: all of its sound rows become visible at once, or none.
 *
 * The file is read block by block, so its size does not matter; a run that was killed or cancelled goes on from its last block when
 * the same command is given again, and one that had finished does nothing.
 * Errors: a `CatalogTrouble` with the row and the remedy.
 */
export async function importFile(folder: string, job: ImportJob, run: ImportRun = {}): Promise<Imported> {
  checkJob(job)
  const source = await openSource(job.file)
  const sha256 = await sha256Of(job.file, {
    ...(run.signal ? { signal: run.signal } : {}),
    onRead: (bytes) => run.onProgress?.({ phase: 'hash', share: bytes / source.bytes, rows: 0 }),
  })
  if (run.signal?.aborted) throw cancelled()
  const unlock = await lockCatalog(folder)
  const duck = await openDuck({ temp: join(folder, WORK, 'spill'), ...run })
  try {
    const manifest = await readManifest(folder, job.set)
    refuseOtherCurrency(manifest, job)
    const done = manifest?.imports.find((each) => each.sha256 === sha256 && each.options === optionsOf(job))
    const place = join(folder, WORK, workName(job, sha256))
    // A run that was killed between counting and tidying up.
    if (done) await remove(place)
    if (done) return { record: done, already: done.rows, rejects: NONE, wasDone: true, resumedBlocks: 0 }
    await sweep(folder, job.set, manifest)
    await prune(join(folder, WORK), place)
    const work = await openWork(place)
    const resumedBlocks = work.staged.length
    await readFile(duck, job, source, work, run)
    return { ...(await finish(duck, folder, job, { sha256, manifest, work }, run)), resumedBlocks }
  } finally {
    duck.close()
    unlock()
  }
}

const NONE: Rejects = { total: 0, reasons: [] }

interface Read {
  readonly sha256: string
  readonly manifest: Manifest | undefined
  readonly work: Work
}

async function finish(
  duck: Duck,
  folder: string,
  job: ImportJob,
  { sha256, manifest, work }: Read,
  run: ImportRun,
): Promise<Omit<Imported, 'resumedBlocks'>> {
  await judgeStaged(duck, job, work)
  const staged = work.staged.map(({ index }) => work.rowsFile(index))
  refuseEmpty(job, work)
  await refuseShifted(duck, job, staged)
  await refuseBadActions(duck, job, staged)
  const importId = 1 + Math.max(0, ...(manifest?.imports ?? []).map(({ id }) => id))
  const { set, onBad, replace } = job
  const merge = { folder, set, manifest, importId, staged, workFolder: work.folder, onBad, replace }
  const merged = await mergeStaged(duck, merge, run)
  const rejectFiles = work.staged.map(({ index }) => work.rejectsFile(index))
  const about = {
    file: job.file,
    sha256,
    set: setPath(set),
    mode: onBad,
    taken: merged.taken,
    already: merged.already,
  }
  const rejects = await writeRejects(duck, folder, set, sha256, rejectFiles, about)
  if (onBad === 'refuse' && rejects.total > 0) return refuseRows(job, rejects)
  const record = {
    id: importId,
    source: job.source,
    file: basename(job.file),
    sha256,
    importedAt: job.at,
    zone: job.zone,
    rows: merged.taken,
    rejected: rejects.total,
    flagged: merged.flagged,
    options: optionsOf(job),
  }
  await commit(duck, folder, job, manifest, merged, record)
  await work.discard()
  return { record, already: merged.already, rejects, wasDone: false }
}

/** From here on the rows count: one rename puts the new files in and the old ones out. */
export async function commit(
  duck: Duck,
  folder: string,
  { set, currency }: Pick<ImportJob, 'set' | 'currency'>,
  before: Manifest | undefined,
  { parts }: Pick<Merged, 'parts'>,
  record: StoredImport,
): Promise<void> {
  await writeManifest(folder, set, {
    schema: SCHEMA_VERSION,
    currency,
    priceScale: priceScale(set.kind, currency),
    symbols: await symbolsIn(duck, folder, set, parts),
    parts: [...parts],
    imports: [...(before?.imports ?? []), record],
  })
  const live = new Set(parts.map((part) => part.sha256))
  for (const part of before?.parts ?? []) if (!live.has(part.sha256)) await remove(columnsPath(folder, part))
}

async function symbolsIn(
  duck: Duck,
  folder: string,
  set: ImportJob['set'],
  parts: Merged['parts'],
): Promise<number> {
  if (partitionOf(set).startsWith('symbol'))
    return new Set(parts.map(({ key }) => key.slice(0, key.lastIndexOf('/')))).size
  if (parts.length === 0) return 0
  const files = textList(partPaths(folder, set, parts))
  const [row] = await duck.rows(`SELECT count(DISTINCT symbol) AS symbols FROM read_parquet(${files})`)
  return numberIn(row, 'symbols')
}

/** Files that no manifest names: left by a killed run, or replaced by an import before this one. */
export async function sweep(
  folder: string,
  set: ImportJob['set'],
  manifest: Manifest | undefined,
): Promise<void> {
  const place = join(folder, setPath(set))
  const live = new Set(manifest?.parts.map(({ file }) => file))
  for (const name of await readdir(place, { recursive: true }).catch(() => [])) {
    const file = name.replaceAll('\\', '/')
    if (/\.(parquet|tmp)$/.test(file) && !live.has(file) && file !== MANIFEST) await remove(join(place, file))
  }
}

/** What must be equal for an import to be the same one. How bad rows are treated may change from one attempt to the next. */
function declared({ set, currency, columns, zone, symbol, only, encoding, delimiter }: ImportJob): string {
  const byName = (record: Readonly<Record<string, string>>) => Object.entries(record).toSorted()
  return JSON.stringify([
    setPath(set),
    currency,
    byName(columns),
    zone,
    symbol,
    byName(only),
    encoding,
    delimiter,
  ])
}

const optionsOf = (job: ImportJob): string => JSON.stringify([declared(job), job.onBad, job.replace])

const workName = (job: ImportJob, sha256: string): string =>
  createHash('sha256').update(sha256).update(declared(job)).digest('hex').slice(0, 24)

export function refuseOtherCurrency(
  before: Manifest | undefined,
  { set, currency }: Pick<ImportJob, 'set' | 'currency'>,
): void {
  if (before !== undefined && before.currency !== currency)
    refuse(
      'options',
      `${setPath(set)} 는 ${before.currency}인데 ${currency}를 가져오려 합니다: --series 로 따로 두세요`,
      `${setPath(set)} is in ${before.currency}, and ${currency} is to come in: keep it apart with --series`,
    )
}
