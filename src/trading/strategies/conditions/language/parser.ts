import type { Cursor } from './cursor.ts'
import type { Token } from './lexer.ts'
import { parseStretchAfter, parseStretchBefore } from './parser-stretch.ts'
import { parseValue } from './parser-value.ts'
import { quoted } from './particle.ts'
import type { Syntax } from './syntax.ts'
import type { CompareOp } from './tree.ts'
import type { Keyword } from './words.ts'

/**
 * Reads a whole text. Where something is wrong it is reported, and reading goes on behind the next `and` or `or`, so that
 * one pass finds what else is wrong.
 */
export function parseText(cursor: Cursor): Syntax {
  const parts = [parseCondition(cursor)]
  while (cursor.peek().kind !== 'end') {
    cursor.unexpected(cursor.next())
    skipTo(cursor, ['and', 'or'])
    if (cursor.accept('and') || cursor.accept('or')) parts.push(parseCondition(cursor))
  }
  const [tree] = parts
  return tree && parts.length === 1 ? tree : { kind: 'broken', parts, at: cursor.since(cursor.peek().at) }
}

/** The weakest binding: or, then and, then not, then a comparison with what is said of its time. */
export function parseCondition(cursor: Cursor): Syntax {
  return parseList(cursor, 'or', 'any', () => parseList(cursor, 'and', 'all', () => parseNegation(cursor)))
}

function parseList(cursor: Cursor, word: Keyword, kind: 'all' | 'any', parse: () => Syntax): Syntax {
  const from = cursor.peek().at
  const first = parse()
  if (!cursor.at(word)) return first
  const of = [first]
  while (cursor.accept(word)) of.push(parse())
  return { kind, of, at: cursor.since(from) }
}

function parseNegation(cursor: Cursor): Syntax {
  const from = cursor.peek().at
  if (!cursor.at('not')) return parseModified(cursor)
  cursor.next()
  if (!cursor.enter()) return skipRest(cursor)
  const of = parseNegation(cursor)
  cursor.leave()
  return { kind: 'not', of, at: cursor.since(from) }
}

/** A comparison, with words of time before it (`3봉 연속 …`) or behind it (`… for 3 bars`), and 아니다 behind it. */
function parseModified(cursor: Cursor): Syntax {
  const from = cursor.peek().at
  const before = parseStretchBefore(cursor)
  let tree: Syntax
  if (before) {
    if (!cursor.enter()) return skipRest(cursor)
    // Another one may stand between this one and its comparison.
    const inner = startsStretch(cursor) ? parseModified(cursor) : parseComparison(cursor)
    cursor.leave()
    tree = { kind: 'during', stretch: before, of: inner, at: cursor.since(from) }
  } else tree = parseComparison(cursor)
  for (;;) {
    if (cursor.accept('not')) tree = { kind: 'not', of: tree, at: cursor.since(from) }
    else {
      const after = parseStretchAfter(cursor)
      if (!after) return tree
      tree = { kind: 'during', stretch: after, of: tree, at: cursor.since(from) }
    }
  }
}

const startsStretch = (cursor: Cursor): boolean => {
  const token = cursor.peek()
  return cursor.at('recent') || (token.kind === 'number' && token.suffix.unit === 'bars')
}

const SYMBOLS: readonly CompareOp[] = ['>=', '<=', '>', '<', '==', '!=']

const KOREAN: Readonly<Partial<Record<Keyword, CompareOp>>> = {
  atLeast: '>=',
  atMost: '<=',
  moreThan: '>',
  lessThan: '<',
  same: '==',
  other: '!=',
}

function parseComparison(cursor: Cursor): Syntax {
  const from = cursor.peek().at
  const left = parseValue(cursor)
  const subject = cursor.acceptParticle('subject')
  if (!subject) cursor.acceptParticle('object', 'other')

  for (const op of SYMBOLS)
    if (cursor.accept(op))
      return { kind: 'compare', op, left, right: parseValue(cursor), at: cursor.since(from) }
  if (cursor.accept('crosses')) return parseCross(cursor, left)
  if (cursor.accept('between')) return parseBetween(cursor, left)
  if (cursor.at('in')) {
    cursor.next()
    return { kind: 'among', of: left, values: parseNames(cursor), at: cursor.since(from) }
  }
  const op = koreanOp(cursor)
  if (op !== undefined) return withoutLeft(cursor, left, op)
  if (cursor.at('[')) return koreanAmong(cursor, left)
  if (subject || beginsValue(cursor)) return koreanComparison(cursor, left)
  return left
}

/** `등락률 -5% 이하` reads as a difference at first. */
function withoutLeft(cursor: Cursor, tree: Syntax, op: CompareOp): Syntax {
  if (tree.kind === 'arithmetic' && tree.signLike && tree.right.kind === 'number') {
    cursor.next()
    const { token, at } = tree.right
    const right: Syntax = { kind: 'number', token, negative: true, at: { ...at, from: at.from - 1 } }
    return { kind: 'compare', op, left: tree.left, right, at: cursor.since(tree.at) }
  }
  // `종가 이상 5000원`: the word stands where a symbol would.
  cursor.next()
  return { kind: 'compare', op, left: tree, right: parseValue(cursor), at: cursor.since(tree.at) }
}

/** `종가가 5000원 이상`, `종가가 이동평균(20)을 상향돌파`, `종가가 4000원에서 5000원 사이`. */
function koreanComparison(cursor: Cursor, left: Syntax): Syntax {
  if (cursor.at('[')) return koreanAmong(cursor, left)
  const low = parseValue(cursor)
  if (cursor.acceptParticle('from')) {
    const high = parseValue(cursor)
    // `09:05부터 15:00까지` needs no 사이.
    const until = cursor.acceptParticle('other')
    if (!cursor.accept('between') && !until) cursor.missing('“사이”', '“사이”')
    return { kind: 'between', of: left, low, high, at: cursor.since(left.at) }
  }
  cursor.acceptParticle('object', 'other', 'subject')
  const direction = cursor.at('crossesAbove') ? 'above' : cursor.at('crossesBelow') ? 'below' : undefined
  if (direction !== undefined) {
    cursor.next()
    return { kind: 'cross', direction, left, right: low, at: cursor.since(left.at) }
  }
  const op = koreanOp(cursor)
  if (op === undefined) return missingComparison(cursor, left, low)
  cursor.next()
  // `10000원 이상 20000원 이하`
  if (op === '>=' && beginsValue(cursor)) {
    const high = parseValue(cursor)
    if (!cursor.accept('atMost')) cursor.missing('“이하”', '“이하”')
    return { kind: 'between', of: left, low, high, at: cursor.since(left.at) }
  }
  return { kind: 'compare', op, left, right: low, at: cursor.since(left.at) }
}

function koreanOp(cursor: Cursor): CompareOp | undefined {
  const token = cursor.peek()
  return token.kind === 'word' && token.meaning.role === 'keyword' ? KOREAN[token.meaning.id] : undefined
}

/** `시장이 [코스피, 코스닥] 중 하나` */
function koreanAmong(cursor: Cursor, left: Syntax): Syntax {
  const values = parseNames(cursor)
  if (cursor.accept('in')) cursor.accept('one')
  else cursor.missing('“중 하나”', '“중 하나”')
  return { kind: 'among', of: left, values, at: cursor.since(left.at) }
}

function parseCross(cursor: Cursor, left: Syntax): Syntax {
  const direction = cursor.accept('below') ? 'below' : 'above'
  if (direction === 'above' && !cursor.accept('above')) cursor.missing('above 또는 below', 'above or below')
  return { kind: 'cross', direction, left, right: parseValue(cursor), at: cursor.since(left.at) }
}

function parseBetween(cursor: Cursor, of: Syntax): Syntax {
  const low = parseValue(cursor)
  if (!cursor.accept('and')) {
    const high = cursor.missing('and', '“and”')
    return { kind: 'between', of, low, high, at: cursor.since(of.at) }
  }
  return { kind: 'between', of, low, high: parseValue(cursor), at: cursor.since(of.at) }
}

function parseNames(cursor: Cursor): readonly Syntax[] {
  const opening = cursor.peek()
  if (!cursor.accept('[')) return [cursor.missing('[ … ] 목록', 'a list in [ … ]')]
  const values = [parseValue(cursor)]
  while (cursor.accept(',')) values.push(parseValue(cursor))
  closeBracket(cursor, ']', opening)
  return values
}

function missingComparison(cursor: Cursor, left: Syntax, right: Syntax): Syntax {
  const token = cursor.peek()
  cursor.problems.add(
    'missingComparison',
    token.at,
    '두 값 사이(또는 뒤)에 >=, <=, 이상, 이하, 상향돌파 같은 비교가 있어야 합니다',
    'Two values need a comparison between them: >=, <=, crosses above, between …',
    '>=',
  )
  return { kind: 'broken', parts: [left, right], at: left.at }
}

/** Takes the closing bracket; what stands before it and should not is reported once and passed over. True: all was well. */
export function closeBracket(cursor: Cursor, closing: ')' | ']', opening: Token): boolean {
  if (cursor.accept(closing)) return true
  if (cursor.peek().kind !== 'end') {
    cursor.unexpected(cursor.peek())
    skipTo(cursor, [closing])
  }
  if (cursor.accept(closing)) return false
  cursor.problems.add(
    'missingBracket',
    opening.at,
    `닫는 ${quoted(closing, '이', '가')} 없습니다`,
    `The bracket is not closed by “${closing}”`,
  )
  return false
}

/** Stops before one of `words` on this level of brackets, or at the end. */
function skipTo(cursor: Cursor, words: readonly (Keyword | ')' | ']')[]): void {
  let depth = 0
  while (cursor.peek().kind !== 'end') {
    if (depth === 0 && words.some((word) => cursor.at(word))) return
    if (cursor.at('(') || cursor.at('[')) depth++
    else if ((cursor.at(')') || cursor.at(']')) && depth > 0) depth--
    const token = cursor.next()
    if (token.kind === 'unknown') cursor.unexpected(token)
  }
}

/** Too deep: nothing more is read. */
export function skipRest(cursor: Cursor): Syntax {
  const { at } = cursor.peek()
  while (cursor.peek().kind !== 'end') cursor.next()
  cursor.leave()
  return { kind: 'broken', at }
}

function beginsValue(cursor: Cursor): boolean {
  const token = cursor.peek()
  if (token.kind === 'number') return !startsStretch(cursor)
  if (token.kind === 'clock' || token.kind === 'quoted' || token.kind === 'unknown') return true
  if (token.kind === 'word') return token.meaning.role !== 'keyword' || token.meaning.id === 'forming'
  return cursor.at('(')
}
