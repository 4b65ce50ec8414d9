import { statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TradingDay } from '../../../model/time.ts'
import type { DataSetName } from '../../../ports/catalog.ts'
import { daySpan } from '../calendar/market-days.ts'
import { type Duck, numberIn, quoted, text, textIn, textList } from '../duck.ts'
import { publish, sha256Of } from '../durable.ts'
import { FLAG_NAMES, FLAGS } from '../flags.ts'
import { parseInterval } from '../interval.ts'
import { isBarLike, KINDS, type Kind, storedColumns } from '../kinds.ts'
import { fileNameOf, setPath } from '../layout.ts'
import { type Manifest, type Part, partPaths, SCHEMA_VERSION } from '../manifest.ts'
import type { OnBad } from './job.ts'
import {
  freshSql,
  judgedSql,
  mergedSql,
  oddSql,
  overlapsSql,
  plainSql,
  rejectedSql,
  turnsSql,
} from './merge-sql.ts'
import type { ImportRun } from './progress.ts'

/** What is to be merged into which set, and how. */
export interface Merge {
  readonly folder: string
  readonly set: DataSetName
  readonly manifest: Manifest | undefined
  readonly importId: number
  /** Staged rows, typed and flagged, in the order of the file. */
  readonly staged: readonly string[]
  readonly workFolder: string
  readonly onBad: OnBad
  readonly replace: boolean
}

export interface Merged {
  /** The files of the set once the import counts. */
  readonly parts: readonly Part[]
  readonly taken: number
  readonly already: number
  /** Rows that were not taken, by reason; their rows stand in the table `rejected`. */
  readonly refused: ReadonlyMap<string, number>
  readonly flagged: Readonly<Record<string, number>>
}

/**
 * Sorts what was staged and writes the new files of the set beside the old ones; nothing refers to them yet. Once a row was
 * refused in mode `refuse` no further file is written, but every row is still looked at.
 *
 * Only one file's rows are in memory at a time; the sort spills to the disk.
 */
export async function mergeStaged(duck: Duck, merge: Merge, run: ImportRun): Promise<Merged> {
  const kind = KINDS[merge.set.kind]
  const sorted = join(merge.workFolder, 'sorted.parquet')
  run.onProgress?.({ phase: 'sort', share: 0, rows: 0 })
  await duck.run(
    `COPY (SELECT * FROM read_parquet(${textList(merge.staged)}) ORDER BY part, symbol, ${quoted(kind.time.column)}, row)
     TO ${text(sorted)} (FORMAT parquet)`,
  )
  await duck.run(
    'CREATE OR REPLACE TEMP TABLE rejected (reason VARCHAR, row BIGINT, symbol VARCHAR, "time" VARCHAR, written VARCHAR)',
  )
  const keys = await duck.rows(
    `SELECT part, count(*) AS rows FROM read_parquet(${text(sorted)}) GROUP BY part ORDER BY part`,
  )
  const total = keys.reduce((sum, row) => sum + numberIn(row, 'rows'), 0)
  const tally = createTally()
  const live = new Map((merge.manifest?.parts ?? []).map((part) => [part.key, part]))
  let done = 0
  for (const row of keys) {
    const key = textIn(row, 'part')
    const old = live.get(key)
    await judge(duck, merge, kind, { sorted, key, old })
    const taken = await tally.add(duck)
    const isDoomed = merge.onBad === 'refuse' && tally.refused.size > 0
    if (taken > 0 && !isDoomed) live.set(key, await writePart(duck, merge, kind, key, old !== undefined))
    done += numberIn(row, 'rows')
    run.onProgress?.({ phase: 'write', share: done / Math.max(1, total), rows: done })
  }
  const parts = [...live.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return {
    parts,
    taken: tally.taken(),
    already: tally.already(),
    refused: tally.refused,
    flagged: tally.flagged,
  }
}

interface Place {
  readonly sorted: string
  readonly key: string
  readonly old: Part | undefined
}

async function judge(duck: Duck, merge: Merge, kind: Kind, { sorted, key, old }: Place): Promise<void> {
  const [look] = await duck.rows(oddSql(kind, sorted, key))
  const isOdd = numberIn(look, 'odd') > 0
  if (isOdd) await duck.run(`CREATE OR REPLACE TEMP TABLE fresh AS ${freshSql(kind, sorted, key)}`)
  const fresh = isOdd ? 'fresh' : plainSql(sorted, key)
  await duck.run(`CREATE OR REPLACE TEMP TABLE turns AS ${turnsSql(fresh)} ${isOdd ? '' : 'LIMIT 0'}`)
  if (old !== undefined) {
    const [path = ''] = partPaths(merge.folder, merge.set, [old])
    await duck.run(`CREATE OR REPLACE TEMP TABLE live AS SELECT * FROM read_parquet(${text(path)})`)
    if (kind.key === undefined)
      await duck.run(`CREATE OR REPLACE TEMP TABLE overlaps AS ${overlapsSql(kind, fresh)}`)
  }
  await duck.run(`CREATE OR REPLACE TEMP TABLE judged AS ${judgedSql(kind, fresh, merge, old !== undefined)}`)
  await duck.run(`INSERT INTO rejected ${rejectedSql(kind)}`)
}

function createTally() {
  const refused = new Map<string, number>()
  const flagged: Record<string, number> = {}
  let taken = 0
  let already = 0
  return {
    refused: refused as ReadonlyMap<string, number>,
    flagged: flagged as Readonly<Record<string, number>>,
    taken: () => taken,
    already: () => already,
    /** Counts the table `judged`; gives how many of its rows are taken. */
    add: async (duck: Duck): Promise<number> => {
      const fates = await duck.rows('SELECT fate, count(*) AS count FROM judged GROUP BY fate')
      let here = 0
      for (const row of fates) {
        const count = numberIn(row, 'count')
        if (row.fate === null) here = count
        else if (row.fate === 'already') already += count
        else refused.set(textIn(row, 'fate'), (refused.get(textIn(row, 'fate')) ?? 0) + count)
      }
      taken += here
      const [bits] = await duck.rows(
        `SELECT ${FLAG_NAMES.map((name) => `count(*) FILTER (flags & ${FLAGS[name]} <> 0) AS "${name}"`).join(', ')} FROM judged WHERE fate IS NULL`,
      )
      for (const name of FLAG_NAMES) {
        const count = numberIn(bits, name)
        if (count > 0) flagged[name] = (flagged[name] ?? 0) + count
      }
      return here
    },
  }
}

async function writePart(duck: Duck, merge: Merge, kind: Kind, key: string, hasLive: boolean): Promise<Part> {
  const file = `${partName(key)}-${merge.importId}.parquet`
  const path = join(merge.folder, setPath(merge.set), file)
  await mkdir(dirname(path), { recursive: true })
  const rows = mergedSql(kind, merge.importId, hasLive, merge.replace)
  const about = {
    garam_schema: String(SCHEMA_VERSION),
    garam_set: setPath(merge.set),
    garam_import: String(merge.importId),
  }
  const metadata = Object.entries(about).map(([name, value]) => `${name}: ${text(value)}`)
  await duck.run(
    `COPY (SELECT * FROM (${await withEnds(duck, merge.set, kind, rows)}) ORDER BY symbol, ${quoted(kind.time.column)}, row)
     TO ${text(`${path}.tmp`)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${metadata.join(', ')}})`,
  )
  const sha256 = await sha256Of(`${path}.tmp`)
  const [about2] = await duck.rows(
    `SELECT count(*) AS rows, count(DISTINCT symbol) AS symbols, CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last
     FROM read_parquet(${text(`${path}.tmp`)})`,
  )
  const { size } = statSync(`${path}.tmp`)
  await publish(`${path}.tmp`, path)
  return {
    file,
    key,
    rows: numberIn(about2, 'rows'),
    symbols: numberIn(about2, 'symbols'),
    fromDay: textIn(about2, 'first'),
    toDay: textIn(about2, 'last'),
    bytes: size,
    sha256,
  }
}

/** `005930/2024` → a folder and a name that every file system takes. */
const partName = (key: string): string => {
  const at = key.lastIndexOf('/')
  return at < 0 ? key : `${fileNameOf(key.slice(0, at))}/${key.slice(at + 1)}`
}

/** A bar of so many trades may be seen once the next one has begun, the last of a day once the session is over. */
async function withEnds(duck: Duck, set: DataSetName, kind: Kind, rows: string): Promise<string> {
  if (!isBarLike(set.kind) || parseInterval(set.interval ?? '1d').unit !== 't') return rows
  const days = await duck.rows(`SELECT DISTINCT CAST(day AS VARCHAR) AS day FROM (${rows})`)
  const values = days.map((row) => {
    const day = textIn(row, 'day') as TradingDay
    return `(DATE ${text(day)}, ${daySpan(set.market, day).closeAt})`
  })
  const columns = storedColumns(kind).map((name) =>
    name === 'close_at'
      ? 'coalesce(lead(open_at) OVER (PARTITION BY symbol, r.day ORDER BY open_at, row), greatest(e.ends, open_at)) AS close_at'
      : `r."${name}"`,
  )
  return `SELECT ${columns.join(', ')} FROM (${rows}) r JOIN (VALUES ${values.join(', ')}) e(day, ends) ON r.day = e.day`
}
