import { type Refusal, refuse } from '../refusals.ts'
import { isRefusal } from '../tokens.ts'

/**
 * Continuation by opaque cursor. A list whose new rows come in front (newest first) is counted from its old end, so that
 * rows that arrive between two pages shift nothing.
 */
export interface Pages<Row> {
  readonly rows: readonly Row[]
  readonly size: number
  readonly newestFirst: boolean
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Empty when this was the last page. */
  readonly nextKey: string
}

/** `about` names the request (api-id and body): a cursor is good for the same request only. */
export function pageOf<Row>(pages: Pages<Row>, about: string, cursor: string): Page<Row> | Refusal {
  const { rows, size, newestFirst } = pages
  const start = startOf(pages, about, cursor)
  if (isRefusal(start)) return start
  const end = start + size
  const position = newestFirst ? rows.length - end : end
  return {
    rows: rows.slice(start, end),
    nextKey: end < rows.length ? `${stampOf(about)}${position.toString(36).padStart(8, '0')}` : '',
  }
}

function startOf({ rows, newestFirst }: Pages<unknown>, about: string, cursor: string): number | Refusal {
  if (cursor === '') return 0
  const stamp = stampOf(about)
  const position = Number.parseInt(cursor.slice(stamp.length), 36)
  if (!cursor.startsWith(stamp) || !Number.isSafeInteger(position))
    return refuse.badValue('next-key', '연속조회키가 올바르지 않습니다')
  return newestFirst ? Math.max(0, rows.length - position) : position
}

/** FNV-1a of the request, eight hexadecimal digits. */
function stampOf(about: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < about.length; i++) hash = Math.imul(hash ^ about.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
