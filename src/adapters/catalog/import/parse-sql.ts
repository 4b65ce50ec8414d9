import { text } from '../duck.ts'

/**
 * SQL that reads what people write in tables. Every expression is over text and gives NULL for what it cannot read: who asks
 * decides whether that is an error.
 */

/** A number; `1,234.5` with its thousands set apart is one. Not a number, and neither: `NaN`, `inf`, `0x10`. */
export const numberSql = (x: string): string => {
  const read = `TRY_CAST(CASE WHEN contains(${x}, ',') AND regexp_full_match(${x}, '[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?') THEN replace(${x}, ',', '') ELSE ${x} END AS DOUBLE)`
  return `(CASE WHEN isfinite(${read}) THEN ${read} END)`
}

/** `2024-01-02`, `2024/1/2`, `2024.01.02`, `20240102` → DATE. */
export const daySql = (x: string): string => `TRY_CAST(${dashed(x)} AS DATE)`

const dashed = (x: string): string =>
  `(CASE WHEN regexp_full_match(${x}, '\\d{8}') THEN ${x}[1:4] || '-' || ${x}[5:6] || '-' || ${x}[7:8] ELSE replace(replace(${x}, '/', '-'), '.', '-') END)`

/** `09:00`, `901`, `90100`, `0901` → `09:01:00`: spreadsheets eat leading zeros. */
const timeSql = (x: string): string =>
  `(CASE WHEN regexp_full_match(${x}, '\\d{1,4}') THEN lpad(${x}, 4, '0')[1:2] || ':' || lpad(${x}, 4, '0')[3:4] WHEN regexp_full_match(${x}, '\\d{5,6}') THEN lpad(${x}, 6, '0')[1:2] || ':' || lpad(${x}, 6, '0')[3:4] || ':' || lpad(${x}, 6, '0')[5:6] ELSE ${x} END)`

/** One label out of a column of days and one of times. */
export const labelSql = (day: string, time: string | undefined): string =>
  time === undefined ? day : `(${dashed(day)} || ' ' || ${timeSql(time)})`

/** Does the label name a day and no time? */
export const isDaySql = (label: string): string =>
  `regexp_full_match(${label}, '\\d{8}|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}')`

/** Midnight is how tables write a day when they have a column of instants. */
export const isMidnightSql = (label: string): string =>
  `regexp_full_match(${label}, '\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}[ T]0?0:00(:00(\\.0+)?)?( ?(Z|[+-]\\d{2}:?(\\d{2})?))?')`

/** The day that is written in a label, whatever its zone. */
export const writtenDaySql = (label: string): string =>
  daySql(`regexp_extract(${label}, '^[0-9]+([-/.][0-9]+[-/.][0-9]+)?')`)

/**
 * A label → epoch milliseconds. Digits are seconds, milliseconds or microseconds since 1970, or `YYYYMMDDHHMM[SS]`; anything
 * else is a date and a time, in the connection's time zone unless it carries an offset.
 */
export function instantSql(label: string, zone: string): string {
  const compact = (format: string) =>
    `epoch_ms(timezone(${text(zone)}, try_strptime(${label}, ${text(format)})))`
  const digits = `TRY_CAST(${label} AS BIGINT)`
  return `(CASE WHEN regexp_full_match(${label}, '\\d+') THEN
    CASE length(${label})
      WHEN 9 THEN ${digits} * 1000 WHEN 10 THEN ${digits} * 1000
      WHEN 13 THEN ${digits} WHEN 16 THEN ${digits} // 1000
      WHEN 12 THEN CASE WHEN regexp_full_match(${label}, '(19|20)\\d{2}(0[1-9]|1[0-2])([0-2]\\d|3[01])([01]\\d|2[0-4])[0-5]\\d') THEN ${compact('%Y%m%d%H%M')} ELSE ${digits} END
      WHEN 14 THEN ${compact('%Y%m%d%H%M%S')} END
    ELSE epoch_ms(TRY_CAST(replace(replace(${label}, '/', '-'), '.', CASE WHEN regexp_matches(${label}, '^\\d{4}\\.') THEN '-' ELSE '.' END) AS TIMESTAMPTZ)) END)`
}

/** `Z`, `+09:00` at the end of a label that has a time; NULL when the label leaves its zone open. */
export const offsetSql = (label: string): string =>
  `nullif(regexp_extract(${label}, '[T ]\\d{1,2}:\\d{2}\\S* ?(Z|[+-]\\d{2}(?::?\\d{2})?)$', 1), '')`

/** A KRX code may carry the letter A of some sources in front; an American ticker is written in capitals. */
export function symbolSql(x: string, market: string, kind: string): string {
  if (kind === 'index' || kind === 'fx') return `nullif(${x}, '')`
  if (market === 'KRX') return `nullif(regexp_extract(${x}, '^A?([0-9A-Z]{6})$', 1), '')`
  return `(CASE WHEN regexp_full_match(${x}, '[A-Za-z0-9][A-Za-z0-9.\\-/ ]{0,19}') THEN upper(${x}) END)`
}
