import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TradingDay } from '../../../model/time.ts'
import { timeOfDay } from '../../../model/time.ts'
import { datedSpan, daySpan, opensOn } from '../calendar/market-days.ts'
import { localInstant, ZONES } from '../calendar/zone.ts'
import { type Duck, numberIn, quoted, text, textIn } from '../duck.ts'
import { parseInterval } from '../interval.ts'
import { isBarLike } from '../kinds.ts'
import type { Block } from './blocks.ts'
import type { Header } from './header.ts'
import type { ImportJob } from './job.ts'
import { momentsSql, ROW, rawSql, storableSql, symbolsSql, writtenSql } from './stage-sql.ts'
import type { Staged, Work } from './work.ts'

/**
 * One block of a file becomes one Parquet file of typed rows, flagged but not judged, and one of the rows that cannot be
 * stored. What both say is summed up in the returned `Staged`.
 */
export async function stageBlock(duck: Duck, job: ImportJob, block: Block, work: Work): Promise<void> {
  const file = join(work.folder, 'block.csv')
  await writeFile(file, block.bytes)
  await duck.run('DROP TABLE IF EXISTS csv_errors; DROP TABLE IF EXISTS csv_scans')
  const numbered = `(SELECT * FROM (SELECT row_number() OVER () AS ${ROW}, * FROM ${csv(file, block.header)}) ${onlySql(job)})`
  await duck.run(`CREATE OR REPLACE TEMP TABLE raw AS ${rawSql(job, numbered, quoted)}`)
  const hasMissing = await missingLines(duck, block.blanks)
  const { index, readBytes, firstRow } = block
  await stage(duck, job, work, { index, readBytes, firstRow, hasMissing })
}

/** A stretch of a Parquet file, whose rows are counted from 1. */
export async function stageRange(
  duck: Duck,
  job: ImportJob,
  range: { readonly index: number; readonly from: number; readonly to: number; readonly readBytes: number },
  work: Work,
): Promise<void> {
  const stretch = `file_row_number >= ${range.from} AND file_row_number < ${range.to}`
  const numbered = `(SELECT file_row_number - ${range.from} + 1 AS ${ROW}, * FROM read_parquet(${text(job.file)}, file_row_number = true)
    ${onlySql(job, stretch)})`
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE raw AS ${rawSql(job, numbered, (column) => `CAST(${quoted(column)} AS VARCHAR)`)}`,
  )
  await duck.run('CREATE OR REPLACE TEMP TABLE missing_lines (line BIGINT, written VARCHAR, blank BOOLEAN)')
  const { index, readBytes, from } = range
  await stage(duck, job, work, { index, readBytes, firstRow: from + 1, hasMissing: false })
}

interface Where {
  readonly index: number
  readonly readBytes: number
  readonly firstRow: number
  /** Are there lines that did not become rows? */
  readonly hasMissing: boolean
}

async function stage(duck: Duck, job: ImportJob, work: Work, where: Where): Promise<void> {
  await duck.run(`CREATE OR REPLACE TEMP TABLE moments AS ${momentsSql(job)}`)
  await duck.run(`CREATE OR REPLACE TEMP TABLE symbols AS ${symbolsSql(job)}`)
  await fillHours(duck, job)
  await duck.run(`CREATE OR REPLACE TEMP TABLE storable AS ${storableSql(job)}`)
  const row = `CAST(n + ${where.firstRow - 1} + coalesce(passed, 0) AS BIGINT)`
  const numbered = where.hasMissing
    ? (from: string) => `${from} ASOF LEFT JOIN missing ON n > before`
    : (from: string) => `(SELECT *, 0 AS passed FROM ${from})`
  await duck.run(
    `COPY (SELECT * EXCLUDE (n, problem, passed ${where.hasMissing ? ', before' : ''}), ${row} AS row
       FROM ${numbered('storable')} WHERE problem IS NULL ORDER BY n) TO ${text(`${work.rowsFile(where.index)}.tmp`)} (FORMAT parquet)`,
  )
  await duck.run(
    `COPY (SELECT ${row} AS row, problem AS reason, m_symbol AS symbol, label AS "time", ${writtenSql(job)} AS written
         FROM ${numbered('storable')} JOIN raw USING (n) WHERE problem IS NOT NULL
       UNION ALL SELECT CAST(line + ${where.firstRow - 1} AS BIGINT), 'columns', '', '', written FROM missing_lines WHERE NOT blank
       ORDER BY 1) TO ${text(`${work.rejectsFile(where.index)}.tmp`)} (FORMAT parquet)`,
  )
  await work.keep(await sumUp(duck, job, work, where))
}

const csv = (file: string, { columns, delimiter }: Header): string =>
  `read_csv(${text(file)}, auto_detect = false, header = false, delim = ${text(delimiter)}, quote = '"', escape = '"',
    columns = {${columns.map((name, at) => `${text(name === '' ? `column ${at + 1}` : name)}: 'VARCHAR'`).join(', ')}},
    store_rejects = true, rejects_table = 'csv_errors', rejects_scan = 'csv_scans', rejects_limit = 0)`

function onlySql(job: ImportJob, also?: string): string {
  const rules = Object.entries(job.only).map(
    ([column, value]) => `trim(CAST(${quoted(column)} AS VARCHAR)) = ${text(value)}`,
  )
  if (also !== undefined) rules.push(also)
  return rules.length > 0 ? `WHERE ${rules.join(' AND ')}` : ''
}

/**
 * Lines that the parser refused or passed over. A row that it numbered n stands on line n plus the number of those before it:
 * `before` says after how many good rows each of them comes.
 */
async function missingLines(duck: Duck, blanks: readonly number[]): Promise<boolean> {
  const rows = blanks.map((line) => `(${line})`).join(', ')
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE missing_lines AS
       SELECT line, max(csv_line) AS written, false AS blank FROM csv_errors GROUP BY line
       ${rows === '' ? '' : `UNION ALL SELECT col0, '', true FROM (VALUES ${rows})`}`,
  )
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE missing AS SELECT before, max(place) AS passed
     FROM (SELECT row_number() OVER (ORDER BY line) AS place, line - place AS before FROM missing_lines) GROUP BY before`,
  )
  const [found] = await duck.rows('SELECT count(*) AS lines FROM missing')
  return numberIn(found, 'lines') > 0
}

/** When the days of the block begin and end at the exchange: the calendar is ours, so it is asked here and handed in. */
async function fillHours(duck: Duck, job: ImportJob): Promise<void> {
  const { market, interval } = job.set
  const dated = isBarLike(job.set.kind) ? parseInterval(interval ?? '1d') : undefined
  const days = await duck.rows(
    'SELECT DISTINCT CAST(day AS VARCHAR) AS day FROM moments WHERE day IS NOT NULL',
  )
  const values = days.map((row) => {
    const day = textIn(row, 'day') as TradingDay
    const span = dated ? datedSpan(market, dated, day) : daySpan(market, day)
    const midnight = localInstant(ZONES[market], day, timeOfDay('00:00'))
    const closed = isBarLike(job.set.kind) && dated?.unit === 'd' && opensOn(market, day) === 'closed'
    return `(DATE ${text(day)}, ${span.openAt}, ${span.closeAt}, ${midnight}, ${closed})`
  })
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE hours (day DATE, open_at BIGINT, close_at BIGINT, midnight BIGINT, closed BOOLEAN)
     ${values.length > 0 ? `; INSERT INTO hours VALUES ${values.join(', ')}` : ''}`,
  )
}

async function sumUp(duck: Duck, job: ImportJob, work: Work, where: Where): Promise<Staged> {
  const [all] = await duck.rows(
    `SELECT count(*) FILTER (problem IS NULL) AS good, count(*) FILTER (problem IS NULL AND flags & 5 = 0) AS priced,
       count(*) FILTER (problem IS NULL AND flags & 2 <> 0) AS crooked FROM storable`,
  )
  const problems = await duck.rows(
    `SELECT reason, count(*) AS count, min(row) AS row, arg_min(written, row) AS sample
     FROM read_parquet(${text(`${work.rejectsFile(where.index)}.tmp`)}) GROUP BY reason`,
  )
  const offsets = await duck.rows(offsetsSql(job, where.firstRow))
  return {
    index: where.index,
    rows: numberIn(all, 'good'),
    problems: Object.fromEntries(
      problems.map((row) => [
        textIn(row, 'reason'),
        { count: numberIn(row, 'count'), row: numberIn(row, 'row'), sample: textIn(row, 'sample').trim() },
      ]),
    ),
    offsets: offsets.map((row) => ({
      offset: textIn(row, 'offset'),
      foreign: row.foreign === true,
      rows: numberIn(row, 'rows'),
      row: numberIn(row, 'row'),
    })),
    priced: isBarLike(job.set.kind) ? numberIn(all, 'priced') : 0,
    crooked: isBarLike(job.set.kind) ? numberIn(all, 'crooked') : 0,
    readBytes: where.readBytes,
  }
}

/**
 * An offset is foreign when clocks of the declared zone showed another one at that instant. Summer time gives an honest file two
 * offsets, both its own.
 */
const offsetsSql = (job: ImportJob, firstRow: number): string => {
  const minutes = `CASE WHEN offset_text = 'Z' THEN 0 ELSE (CASE WHEN offset_text[1] = '-' THEN -1 ELSE 1 END) *
    (TRY_CAST(offset_text[2:3] AS INTEGER) * 60 + coalesce(TRY_CAST(replace(offset_text[4:], ':', '') AS INTEGER), 0)) END`
  return `SELECT CASE WHEN offset_text IS NULL THEN 'none' WHEN minutes <> zone_minutes THEN offset_text ELSE 'none' END AS offset,
      offset_text IS NOT NULL AND minutes <> zone_minutes AS "foreign", count(*) AS rows, min(n) + ${firstRow - 1} AS row
    FROM (SELECT n, offset_text, ${minutes} AS minutes,
        (epoch_ms(timezone(${text(job.zone)}, make_timestamptz(instant * 1000))) - instant) // 60000 AS zone_minutes
      FROM raw JOIN moments USING (label) WHERE instant IS NOT NULL AND NOT is_day AND contains(label, ':'))
    GROUP BY ALL`
}
