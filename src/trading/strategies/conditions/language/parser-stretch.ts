import type { Cursor } from './cursor.ts'
import type { Stretch, Syntax } from './syntax.ts'

/** Words of time before a condition: `최근 5봉 안에 …`, `3봉 연속 …`. */
export function parseStretchBefore(cursor: Cursor): Stretch | undefined {
  const token = cursor.peek()
  if (cursor.accept('recent')) {
    const stretch = { how: 'within', ...parseKoreanCount(cursor) } as const
    if (!cursor.accept('inside')) cursor.missing('“안에”', '“안에”')
    return stretch
  }
  if (token.kind !== 'number' || token.suffix.unit !== 'bars') return undefined
  const stretch = { how: 'for', ...parseKoreanCount(cursor) } as const
  if (!cursor.accept('straight')) cursor.missing('“연속”', '“연속”')
  return stretch
}

/** Words of time behind a condition: `… for 3 bars`, `… within last 5 bars of 5m`, `… 3봉 연속`, `… 최근 5봉 안에`. */
export function parseStretchAfter(cursor: Cursor): Stretch | undefined {
  if (cursor.accept('for')) return { how: 'for', ...parseCount(cursor) }
  if (cursor.accept('within')) {
    const token = cursor.peek()
    if (token.kind === 'word' && token.meaning.role === 'live' && token.meaning.id === 'last') cursor.next()
    return { how: 'within', ...parseCount(cursor) }
  }
  return parseStretchBefore(cursor)
}

function parseCount(cursor: Cursor): Pick<Stretch, 'count' | 'interval'> {
  const count = parseNumber(cursor)
  return cursor.accept('of') ? { count, interval: parseNumber(cursor) } : { count }
}

/** `5봉`, `5봉(1분)` */
function parseKoreanCount(cursor: Cursor): Pick<Stretch, 'count' | 'interval'> {
  const count = parseNumber(cursor)
  if (!cursor.accept('(')) return { count }
  const interval = parseNumber(cursor)
  if (!cursor.accept(')')) cursor.missing('“)”', '“)”')
  return { count, interval }
}

function parseNumber(cursor: Cursor): Syntax {
  const token = cursor.peek()
  if (token.kind !== 'number') return cursor.missing('봉의 수 (예: 3 bars, 3봉)', 'a number of bars (3 bars)')
  cursor.next()
  return { kind: 'number', token, negative: false, at: token.at }
}
