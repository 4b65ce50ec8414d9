import { ZONES } from '../calendar/zone.ts'
import { quoted, text } from '../duck.ts'
import { FLAGS } from '../flags.ts'
import { isDated, lengthMs, parseInterval } from '../interval.ts'
import {
  type Column,
  flagSql,
  KINDS,
  type Partition,
  partitionOf,
  priceScale,
  storedColumns,
} from '../kinds.ts'
import { constantOf, type ImportJob } from './job.ts'
import {
  daySql,
  instantSql,
  isDaySql,
  isMidnightSql,
  labelSql,
  numberSql,
  offsetSql,
  symbolSql,
  writtenDaySql,
} from './parse-sql.ts'

/** A column of the table `raw`: `m_` and our name for it. */
const raw = (name: string): string => quoted(`m_${name}`)

/** What a row's number is called beside the columns of a file, which may have any name of their own. */
export const ROW = quoted('(row of the file)')

/**
 * SQL of the table `raw`: every mapped column as text under our names, with the row's place in the block (`n`), its
 * symbol, and the text that says when.
 */
export function rawSql(job: ImportJob, from: string, textOf: (column: string) => string): string {
  // Reading a number passes over blanks around it; trimming millions of them first would double the work.
  const isNumber = new Set(
    KINDS[job.set.kind].columns
      .filter(({ type }) => type !== 'text' && type !== 'day')
      .map(({ name }) => name),
  )
  const mapped = Object.entries(job.columns).map(([ours, theirs]) => {
    const read = constantOf(theirs) === undefined ? textOf(theirs) : text(constantOf(theirs) ?? '')
    return `${isNumber.has(ours) ? read : `trim(${read})`} AS ${quoted(`m_${ours}`)}`
  })
  const symbol = job.columns.symbol === undefined ? [`${text(job.symbol ?? '')} AS m_symbol`] : []
  return `SELECT *, coalesce(${labelOf(job)}, '') AS label FROM (SELECT ${ROW} AS n, ${[...mapped, ...symbol].join(', ')} FROM ${from})`
}

/**
 * SQL that reads every different label of the table `raw` once: the same day stands on thousands of rows, and reading what
 * people write costs more than anything else here.
 */
export const momentsSql = (job: ImportJob): string =>
  `SELECT label, ${instantSql('label', job.zone)} AS instant, ${isDaySql('label')} AS is_day, ${offsetSql('label')} AS offset_text,
    ${dayOf(job)} AS day FROM (SELECT DISTINCT label FROM raw)`

/** SQL that reads every different symbol once. */
export const symbolsSql = ({ set }: ImportJob): string =>
  `SELECT m_symbol, ${symbolSql('m_symbol', set.market, set.kind)} AS symbol FROM (SELECT DISTINCT m_symbol FROM raw)`

/**
 * SQL that turns `raw`, `moments` and `symbols` into typed columns. `unread` names the first column that could not be
 * read; `n` is the row's place in the block. Days are not yet instants.
 */
function typedSql(job: ImportJob): string {
  const values = KINDS[job.set.kind].columns.map(
    (column) => `${valueSql(column, job)} AS ${quoted(column.name)}`,
  )
  return `SELECT n, label, m_symbol, symbol, instant, is_day, offset_text, day, ${closeInstantSql(job)} AS close_instant,
    ${unreadSql(job)} AS unread, ${values.join(', ')}
  FROM raw LEFT JOIN moments USING (label) LEFT JOIN symbols USING (m_symbol)`
}

/** What a row said, for the rejects file. */
export const writtenSql = (job: ImportJob): string =>
  `concat_ws(',', ${Object.keys(job.columns)
    .map((name) => `coalesce(${quoted(`m_${name}`)}, '')`)
    .join(', ')})`

function labelOf({ columns, set }: ImportJob): string {
  if (KINDS[set.kind].time.is === 'day')
    return columns.from !== undefined
      ? raw('from')
      : columns.listed !== undefined
        ? `coalesce(nullif(${raw('listed')}, ''), '1900-01-01')`
        : `'1900-01-01'`
  for (const name of ['open_at', 'at', 'close_at'])
    if (columns[name] !== undefined && !(name === 'close_at' && columns.day !== undefined)) return raw(name)
  return labelSql(raw('day'), columns.time === undefined ? undefined : raw('time'))
}

/**
 * The trading day. A label that names a day, or midnight, means that day whatever its zone; any other instant falls on the day
 * that clocks at the exchange show.
 */
function dayOf({ set }: ImportJob): string {
  const local = `CAST(timezone(${text(ZONES[set.market])}, make_timestamptz(${instantInMicroseconds}) ) AS DATE)`
  const isByDay = KINDS[set.kind].time.is === 'day' || isDatedBars(set)
  if (!isByDay) return local
  return `(CASE WHEN ${isDaySql('label')} OR ${isMidnightSql('label')} THEN ${writtenDaySql('label')} ELSE ${local} END)`
}

const instantInMicroseconds = 'instant * 1000'

const isDatedBars = (set: ImportJob['set']): boolean =>
  KINDS[set.kind].time.is === 'bar' && isDated(parseInterval(set.interval ?? '1d'))

/** Where a file names both ends of a bar, the second one is read as well. */
const closeInstantSql = ({ columns, zone }: ImportJob): string =>
  columns.open_at !== undefined && columns.close_at !== undefined
    ? instantSql(raw('close_at'), zone)
    : 'CAST(NULL AS BIGINT)'

function valueSql(column: Column, job: ImportJob): string {
  if (job.columns[column.name] === undefined) return `CAST(NULL AS ${sqlType(column)})`
  const x = raw(column.name)
  switch (column.type) {
    case 'text':
      return `nullif(${x}, '')`
    case 'day':
      return daySql(x)
    case 'number':
      return numberSql(x)
    case 'price':
    case 'amount':
      return scaled(numberSql(x), priceScale(job.set.kind, job.currency))
  }
}

const sqlType = ({ type }: Column): string =>
  type === 'text' ? 'VARCHAR' : type === 'day' ? 'DATE' : 'DOUBLE'

/** 181.52 × 10,000 is not quite a whole number in binary; what lies that near to one is one. */
const scaled = (value: string, scale: number): string =>
  scale === 1
    ? value
    : `(CASE WHEN abs(${value} * ${scale} - round(${value} * ${scale})) < 1e-6 THEN round(${value} * ${scale}) ELSE ${value} * ${scale} END)`

/** The first required column without a value, or a given one that says something unreadable. */
function unreadSql(job: ImportJob): string {
  const rules = KINDS[job.set.kind].columns
    .filter(({ name }) => job.columns[name] !== undefined)
    .map((column) => {
      const isRead = `${plainValue(column)} IS NULL`
      const isEmpty = `coalesce(trim(${raw(column.name)}), '') = ''`
      const wrong = column.required ? isRead : `${isRead} AND NOT ${isEmpty}`
      return `WHEN ${wrong} THEN ${text(column.name)}`
    })
  return `(CASE ${rules.join(' ')} END)`
}

const plainValue = ({ name, type }: Column): string =>
  type === 'text' ? `nullif(${raw(name)}, '')` : type === 'day' ? daySql(raw(name)) : numberSql(raw(name))

/**
 * SQL of the rows that can be stored, from `raw`, `moments`, `symbols` and `hours` (when a dated bar begins and ends). `problem` says what
 * makes a row unstorable.
 */
export function storableSql(job: ImportJob): string {
  const kind = KINDS[job.set.kind]
  const times = timesSql(job)
  const columns = storedColumns(kind)
    .filter((name) => !['flags', 'row', 'import', 'symbol', 'day', ...Object.keys(times)].includes(name))
    .map(quoted)
  const whole = job.set.basis === 'none' && !['index', 'fx', 'actions'].includes(job.set.kind)
  const timeColumn = kind.time.column
  return `SELECT n, t.symbol, t.day, ${Object.entries(times)
    .map(([name, sql]) => `${sql} AS ${quoted(name)}`)
    .join(', ')}, ${columns.join(', ')},
    (${flagSql(kind, whole)}) + (CASE WHEN h.closed THEN ${FLAGS.closedDay} ELSE 0 END) AS flags,
    ${partSql(partitionOf(job.set))} AS part,
    CASE WHEN t.symbol IS NULL THEN 'symbol' WHEN t.day IS NULL OR ${times[timeColumn]} IS NULL THEN 'time'
      ${badEndSql(job)} ELSE unread END AS problem
  FROM (${typedSql(job)}) t LEFT JOIN hours h ON t.day = h.day`
}

function timesSql(job: ImportJob): Readonly<Record<string, string>> {
  const { set, columns } = job
  const kind = KINDS[set.kind]
  if (kind.time.is === 'instant') return { at: 'CASE WHEN NOT is_day THEN instant END' }
  if (kind.time.is === 'day') return { at: 'h.midnight' }
  if (isDatedBars(set)) return { open_at: 'h.open_at', close_at: 'h.close_at' }
  const length = lengthMs(parseInterval(set.interval ?? '1d'))
  const known = 'CASE WHEN NOT is_day THEN instant END'
  if (columns.close_at !== undefined)
    return columns.open_at !== undefined
      ? { open_at: `(${known})`, close_at: 'close_instant' }
      : { open_at: `(${known}) - ${length ?? 0}`, close_at: `(${known})` }
  // A bar of so many trades ends where the next one begins; that is filled in when its neighbours are known.
  return {
    open_at: `(${known})`,
    close_at: length === undefined ? 'CAST(NULL AS BIGINT)' : `(${known}) + ${length}`,
  }
}

/** A bar that ends before it begins, or whose end could not be read. */
const badEndSql = ({ columns }: ImportJob): string =>
  columns.open_at !== undefined && columns.close_at !== undefined
    ? `WHEN coalesce(close_instant, 0) <= instant THEN 'close_at'`
    : ''

const YEAR = `strftime(t.day, '%Y')`

/** SQL of the file that a row belongs to, from the columns `symbol` and `day` of `t`. */
export function partSql(partition: Partition): string {
  const symbol = `t.symbol`
  switch (partition) {
    case 'one':
      return `'all'`
    case 'year':
      return YEAR
    case 'symbolYear':
      return `${symbol} || '/' || ${YEAR}`
    case 'symbolMonth':
      return `${symbol} || '/' || strftime(t.day, '%Y-%m')`
  }
}
