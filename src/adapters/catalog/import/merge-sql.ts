import { quoted, text } from '../duck.ts'
import { FLAGS } from '../flags.ts'
import { type Kind, storedColumns } from '../kinds.ts'
import type { OnBad } from './job.ts'

/** What names a row of this kind. */
const keyOf = (kind: Kind): readonly string[] => ['symbol', kind.time.column, ...(kind.key ?? [])].map(quoted)

/** The values of a row, to be compared whole. */
const valuesOf = (kind: Kind, table = ''): string =>
  `row(${kind.columns.map(({ name }) => `${table}${quoted(name)}`).join(', ')})`

/**
 * Whether a file's new rows hold a name twice, or an instrument that runs neither forward nor backward. Most hold neither, and
 * then the costly look at each row is saved.
 */
export function oddSql(kind: Kind, sorted: string, part: string): string {
  const keys = keyOf(kind)
  const twin =
    kind.key === undefined
      ? 'false'
      : keys
          .slice(1)
          .map((name) => `${name} = lag(${name}) OVER near`)
          .join(' AND ')
  return `SELECT count(*) AS odd FROM (
    SELECT bool_or(twin) OR (bool_or(turn > 0) AND bool_or(turn < 0)) AS is_odd FROM (
      SELECT symbol, coalesce(${twin}, false) AS twin, sign(row - lag(row) OVER near) AS turn
      FROM read_parquet(${text(sorted)}) WHERE part = ${text(part)}
      WINDOW near AS (PARTITION BY symbol ORDER BY ${[...keys.slice(1), 'row'].join(', ')})
    ) GROUP BY symbol) WHERE is_odd`
}

/** New rows of one file of the set where nothing is odd. */
export const plainSql = (sorted: string, part: string): string =>
  `(SELECT *, 1 AS copy, true AS like_first, 0 AS step FROM read_parquet(${text(sorted)}) WHERE part = ${text(part)})`

/** New rows of one file of the set, each knowing whether it is the first of its name and whether it goes forward. */
export function freshSql(kind: Kind, sorted: string, part: string): string {
  const time = quoted(kind.time.column)
  const same = `PARTITION BY ${keyOf(kind).join(', ')} ORDER BY row`
  const copies =
    kind.key === undefined
      ? '1 AS copy, true AS like_first'
      : `row_number() OVER (${same}) AS copy, ${valuesOf(kind)} IS NOT DISTINCT FROM first_value(${valuesOf(kind)}) OVER (${same}) AS like_first`
  const step =
    kind.time.is === 'day' ? '0' : `sign(${time} - lag(${time}) OVER (PARTITION BY symbol ORDER BY row))`
  return `SELECT *, ${copies}, coalesce(${step}, 0) AS step FROM read_parquet(${text(sorted)}) WHERE part = ${text(part)}`
}

/** Instruments that run neither forward nor backward, and which step is the odd one. */
export const turnsSql = (
  fresh: string,
): string => `SELECT symbol, CASE WHEN count(*) FILTER (step > 0) >= count(*) FILTER (step < 0) THEN -1 ELSE 1 END AS odd
  FROM ${fresh} GROUP BY symbol HAVING count(*) FILTER (step > 0) > 0 AND count(*) FILTER (step < 0) > 0`

/** Each new row with its flags and its fate: NULL to be taken, `already`, or the reason why not. */
export function judgedSql(
  kind: Kind,
  fresh: string,
  { onBad, replace }: { readonly onBad: OnBad; readonly replace: boolean },
  hasLive: boolean,
): string {
  const hard = onBad === 'flag' ? [] : badRules(onBad)
  const key = keyOf(kind).join(', ')
  const isDouble = `WHEN copy > 1 THEN CASE WHEN like_first THEN 'duplicate' ELSE 'conflict' END`
  const unkeyed = kind.key === undefined
  const live = !hasLive
    ? ''
    : unkeyed
      ? `WHEN ${replace ? 'false' : 'EXISTS (SELECT 1 FROM overlaps o WHERE o.symbol = f.symbol)'} THEN 'overlap'`
      : `WHEN l.here AND ${valuesOf(kind, 'f.')} IS NOT DISTINCT FROM l.stored THEN 'already' ${replace ? '' : `WHEN l.here THEN 'stored'`}`
  const join =
    hasLive && !unkeyed
      ? `LEFT JOIN (SELECT ${key}, ${valuesOf(kind)} AS stored, true AS here FROM live) l USING (${key})`
      : ''
  return `SELECT f.* REPLACE (f.flags | (CASE WHEN t.odd = f.step THEN ${FLAGS.unordered} ELSE 0 END) AS flags),
      CASE ${isDouble} ${hard.join(' ')} ${live} END AS fate
    FROM ${fresh} f LEFT JOIN turns t USING (symbol) ${join}`
}

/** In the order in which they are named to a person. Unordered rows are taken sorted unless the whole file is refused. */
function badRules(onBad: OnBad): readonly string[] {
  const rules = [
    `WHEN f.flags & ${FLAGS.negativePrice} <> 0 THEN 'negativePrice'`,
    `WHEN f.flags & ${FLAGS.negativeVolume} <> 0 THEN 'negativeVolume'`,
  ]
  return onBad === 'refuse' ? [...rules, `WHEN t.odd = f.step THEN 'unordered'`] : rules
}

/** Which symbols have rows on both sides in the same stretch of time; for kinds whose rows have no names. */
export const overlapsSql = (kind: Kind, fresh: string): string => {
  const time = quoted(kind.time.column)
  return `SELECT f.symbol, f.first, f.last FROM (SELECT symbol, min(${time}) AS first, max(${time}) AS last FROM ${fresh} GROUP BY symbol) f
    WHERE EXISTS (SELECT 1 FROM live l WHERE l.symbol = f.symbol AND l.${time} BETWEEN f.first AND f.last)`
}

/** Everything that the new file of a part will hold, in its order. */
export function mergedSql(kind: Kind, importId: number, hasLive: boolean, replace: boolean): string {
  const columns = storedColumns(kind)
  const fresh = columns.map((name) => (name === 'import' ? `${importId} AS import` : quoted(name))).join(', ')
  const time = quoted(kind.time.column)
  const kept =
    kind.key === undefined
      ? replace
        ? `NOT EXISTS (SELECT 1 FROM overlaps o WHERE o.symbol = l.symbol AND l.${time} BETWEEN o.first AND o.last)`
        : 'true'
      : `NOT EXISTS (SELECT 1 FROM judged f WHERE f.fate IS NULL AND ${keyOf(kind)
          .map((name) => `f.${name} = l.${name}`)
          .join(' AND ')})`
  return `SELECT ${fresh} FROM judged WHERE fate IS NULL
    ${hasLive ? `UNION ALL SELECT ${columns.map(quoted).join(', ')} FROM live l WHERE ${kept}` : ''}`
}

/** Rows with a reason, in the form of the rejects file. */
export const rejectedSql = (kind: Kind): string =>
  `SELECT fate AS reason, row, symbol, CAST(make_timestamptz(${quoted(kind.time.column)} * 1000) AS VARCHAR) AS "time",
    concat_ws(',', ${kind.columns.map(({ name }) => `coalesce(CAST(${quoted(name)} AS VARCHAR), '')`).join(', ')}) AS written
  FROM judged WHERE fate IS NOT NULL AND fate <> 'already'`
