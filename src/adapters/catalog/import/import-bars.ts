import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BarTarget, ImportRecord, IncomingBar } from '../../../ports/catalog.ts'
import type { EpochMs } from '../../../std/clock.ts'
import { invariant } from '../../../std/invariant.ts'
import { symbolOf } from '../actions.ts'
import { ZONES } from '../calendar/zone.ts'
import { type Duck, openDuck, text } from '../duck.ts'
import { remove } from '../durable.ts'
import { flagSql, isBarLike, KINDS, partitionOf } from '../kinds.ts'
import { setPath, WORK } from '../layout.ts'
import { lockCatalog } from '../lock.ts'
import { readManifest } from '../manifest.ts'
import { refuse } from '../trouble.ts'
import { commit, refuseOtherCurrency, sweep } from './import-file.ts'
import { mergeStaged } from './merge.ts'
import { reasonWords } from './reasons.ts'
import { writeRejects } from './rejects.ts'
import { partSql } from './stage-sql.ts'

/** So many bars are held in memory before they go to the disk. */
const BATCH = 100_000

/** See `Catalog.importBars`. `at` is now. */
export async function importBars(
  folder: string,
  target: BarTarget,
  bars: AsyncIterable<IncomingBar>,
  at: EpochMs,
): Promise<ImportRecord> {
  if (!isBarLike(target.set.kind))
    refuse('options', `${setPath(target.set)} 은(는) 봉이 아닙니다`, `${setPath(target.set)} holds no bars`)
  const unlock = await lockCatalog(folder)
  const work = join(folder, WORK, 'stream')
  const duck = await openDuck({ temp: join(folder, WORK, 'spill') })
  try {
    const manifest = await readManifest(folder, target.set)
    refuseOtherCurrency(manifest, target)
    await sweep(folder, target.set, manifest)
    await remove(work)
    const { staged, sha256 } = await stageBars(duck, work, target, bars)
    const importId = 1 + Math.max(0, ...(manifest?.imports ?? []).map(({ id }) => id))
    const merge = { folder, set: target.set, manifest, importId, staged, workFolder: work }
    const merged = await mergeStaged(
      duck,
      { ...merge, onBad: 'refuse', replace: target.replace === true },
      {},
    )
    const rejects = await writeRejects(duck, folder, target.set, sha256, [], { source: target.source })
    const [worst] = rejects.reasons
    if (worst) return refuseBars(target, worst, rejects.file)
    const record = {
      id: importId,
      source: target.source,
      file: '',
      sha256,
      importedAt: at,
      zone: ZONES[target.set.market],
      rows: merged.taken,
      rejected: 0,
      flagged: merged.flagged,
      options: 'stream',
    }
    await commit(duck, folder, target, manifest, merged, record)
    return record
  } finally {
    await remove(work)
    duck.close()
    unlock()
  }
}

function refuseBars(
  { source, set }: BarTarget,
  { count, row, reason, sample }: { count: number; row: number; reason: string; sample: string },
  file: string | undefined,
): never {
  const words = reasonWords(reason)
  return refuse(
    'badRows',
    `${source} → ${setPath(set)}: 봉 ${count}개(${row}번째부터) 때문에 아무것도 저장하지 않았습니다: ${words.ko} (${sample}). ${file}`,
    `${source} → ${setPath(set)}: nothing was stored because of ${count} bars (the first is number ${row}): ${words.en} (${sample}). ${file}`,
    row,
  )
}

/** Batch after batch into Parquet; the content hash is that of the bars as text, in the order in which they came. */
async function stageBars(
  duck: Duck,
  work: string,
  { set }: BarTarget,
  bars: AsyncIterable<IncomingBar>,
): Promise<{ readonly staged: readonly string[]; readonly sha256: string }> {
  await mkdir(work, { recursive: true })
  const hash = createHash('sha256')
  const staged: string[] = []
  let batch: string[] = []
  let count = 0
  const put = async () => {
    staged.push(await stageBatch(duck, work, set, batch, staged.length))
    batch = []
  }
  for await (const incoming of bars) {
    const line = lineOf(incoming, ++count)
    hash.update(line)
    batch.push(line)
    if (batch.length >= BATCH) await put()
  }
  if (batch.length > 0 || staged.length === 0) await put()
  return { staged, sha256: hash.digest('hex') }
}

/** The columns of a line, in its order. */
const LINE = {
  row: 'BIGINT',
  symbol: 'VARCHAR',
  open_at: 'BIGINT',
  close_at: 'BIGINT',
  open: 'DOUBLE',
  high: 'DOUBLE',
  low: 'DOUBLE',
  close: 'DOUBLE',
  last: 'DOUBLE',
  volume: 'DOUBLE',
  value: 'DOUBLE',
} as const

/** A bar that ends before it begins, or a symbol that is none, is a bug of whoever sends it. */
function lineOf({ instrument, bar, last, value }: IncomingBar, row: number): string {
  const symbol = symbolOf(instrument)
  invariant(/^[A-Za-z0-9][A-Za-z0-9.\-/]*$/.test(symbol), `a bar has a symbol, not '${symbol}'`)
  invariant(
    bar.closeAt > bar.openAt,
    `a bar of ${symbol} ends after it begins: ${bar.openAt} to ${bar.closeAt}`,
  )
  const prices = [bar.open, bar.high, bar.low, bar.close, last ?? '', bar.volume, value ?? '']
  return `${[row, symbol, bar.openAt, bar.closeAt, ...prices].join(',')}\n`
}

async function stageBatch(
  duck: Duck,
  work: string,
  set: BarTarget['set'],
  lines: readonly string[],
  index: number,
): Promise<string> {
  const csv = join(work, 'batch.csv')
  const file = join(work, `${index}.parquet`)
  await writeFile(csv, lines.join(''))
  const columns = Object.entries(LINE).map(([name, type]) => `${text(name)}: ${text(type)}`)
  const kind = KINDS[set.kind]
  const day = `CAST(timezone(${text(ZONES[set.market])}, make_timestamptz(open_at * 1000)) AS DATE)`
  const isWhole = set.basis === 'none' && set.kind === 'bars'
  await duck.run(
    `COPY (SELECT *, CAST(${flagSql(kind, isWhole)} AS INTEGER) AS flags, ${partSql(partitionOf(set))} AS part
      FROM (SELECT *, ${day} AS day FROM read_csv(${text(csv)}, auto_detect = false, header = false, delim = ',', columns = {${columns.join(', ')}})) t)
     TO ${text(file)} (FORMAT parquet)`,
  )
  return file
}
