import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataSetName } from '../../../ports/catalog.ts'
import { type Duck, numberIn, text, textIn, textList } from '../duck.ts'
import { publish, remove, writeDurably } from '../durable.ts'
import { REJECTS, setPath } from '../layout.ts'
import { reasonWords } from './reasons.ts'

/** What was wrong with rows that were not taken, worst first. */
export interface RejectedReason {
  readonly reason: string
  readonly count: number
  /** The first row, as the file counts it, and what it said. */
  readonly row: number
  readonly sample: string
  readonly ko: string
  readonly en: string
  readonly remedyKo: string
  readonly remedyEn: string
}

export interface Rejects {
  readonly total: number
  readonly reasons: readonly RejectedReason[]
  /** Where the rows are, and `.json` with the summary beside it; absent when there is none. */
  readonly file?: string
}

/**
 * Writes the rows that are not in the catalog to a CSV of their own, from the staged rejects and the table `rejected`, with a
 * summary beside it. An import without any removes what an earlier attempt of the same file left.
 */
export async function writeRejects(
  duck: Duck,
  folder: string,
  set: DataSetName,
  sha256: string,
  staged: readonly string[],
  about: Readonly<Record<string, unknown>>,
): Promise<Rejects> {
  const all = `(SELECT reason, row, symbol, "time", written FROM rejected
    ${staged.length > 0 ? `UNION ALL SELECT reason, row, symbol, "time", written FROM read_parquet(${textList(staged)})` : ''})`
  const rows = await duck.rows(
    `SELECT reason, count(*) AS count, min(row) AS row, arg_min(written, row) AS sample FROM ${all} GROUP BY reason ORDER BY count DESC, row`,
  )
  const reasons = rows.map((row) => {
    const reason = textIn(row, 'reason')
    return {
      reason,
      count: numberIn(row, 'count'),
      row: numberIn(row, 'row'),
      sample: textIn(row, 'sample').trim(),
      ...reasonWords(reason),
    }
  })
  const total = reasons.reduce((sum, { count }) => sum + count, 0)
  const file = join(folder, REJECTS, `${setPath(set).replaceAll('/', '-')}-${sha256.slice(0, 12)}.csv`)
  if (total === 0) {
    await Promise.all([remove(file), remove(`${file}.json`)])
    return { total, reasons }
  }
  await mkdir(join(folder, REJECTS), { recursive: true })
  await duck.run(
    `COPY (SELECT * FROM ${all} ORDER BY row, reason) TO ${text(`${file}.tmp`)} (FORMAT csv, HEADER true)`,
  )
  await publish(`${file}.tmp`, file)
  await writeDurably(
    `${file}.json`,
    `${JSON.stringify({ ...about, rejected: total, reasons }, undefined, 2)}\n`,
  )
  return { total, reasons, file }
}
