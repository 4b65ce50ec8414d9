import type { Cursor } from './cursor.ts'
import { mayBeCalled } from './lexer.ts'
import { closeBracket, parseCondition, skipRest } from './parser.ts'
import type { Syntax, WordSyntax } from './syntax.ts'

/** Sums of products of signed operands. `of` binds closer than `*`, so that 2 * 50% of x is 2 * (50% of x). */
export function parseValue(cursor: Cursor): Syntax {
  const from = cursor.peek().at
  let left = parseProduct(cursor)
  for (;;) {
    const token = cursor.peek()
    const op = cursor.accept('+') ? '+' : cursor.accept('-') ? '-' : undefined
    if (op === undefined) return left
    const signLike = op === '-' && token.spaced && !cursor.peek().spaced
    const right = parseProduct(cursor)
    left = { kind: 'arithmetic', op, left, right, ...(signLike && { signLike }), at: cursor.since(from) }
  }
}

function parseProduct(cursor: Cursor): Syntax {
  const from = cursor.peek().at
  let left = parseShare(cursor)
  for (;;) {
    const op = cursor.accept('*') ? '*' : cursor.accept('/') ? '/' : undefined
    if (op === undefined) return left
    left = { kind: 'arithmetic', op, left, right: parseShare(cursor), at: cursor.since(from) }
  }
}

/** `200% of x`, and the other way round `x의 200%`. */
function parseShare(cursor: Cursor): Syntax {
  const from = cursor.peek().at
  let tree = parseSigned(cursor)
  for (;;) {
    if (cursor.accept('of')) {
      if (!cursor.enter()) return skipRest(cursor)
      const right = parseShare(cursor)
      cursor.leave()
      return { kind: 'arithmetic', op: 'of', left: tree, right, at: cursor.since(from) }
    }
    if (!cursor.acceptParticle('of')) return tree
    const share = parseSigned(cursor)
    tree = { kind: 'arithmetic', op: 'of', left: share, right: tree, at: cursor.since(from) }
  }
}

function parseSigned(cursor: Cursor): Syntax {
  const from = cursor.peek().at
  const sign = cursor.accept('-') ? 'negative' : cursor.accept('forming') ? 'forming' : undefined
  if (sign === undefined) return parseOperand(cursor)
  const token = cursor.peek()
  if (sign === 'negative' && token.kind === 'number') {
    cursor.next()
    return { kind: 'number', token, negative: true, at: cursor.since(from) }
  }
  if (!cursor.enter()) return skipRest(cursor)
  const of = parseSigned(cursor)
  cursor.leave()
  return { kind: sign, of, at: cursor.since(from) }
}

function parseOperand(cursor: Cursor): Syntax {
  for (;;) {
    const token = cursor.peek()
    switch (token.kind) {
      case 'number':
        cursor.next()
        return { kind: 'number', token, negative: false, at: token.at }
      case 'clock':
        cursor.next()
        return { kind: 'clock', value: token.value, at: token.at }
      case 'quoted':
        cursor.next()
        return { kind: 'quoted', text: token.text, at: token.at }
      case 'unknown':
        return parseWord(cursor, token.text)
      case 'word':
        if (token.meaning.role !== 'keyword' || token.meaning.id === 'day')
          return parseWord(cursor, token.text)
        return cursor.missing('값', 'a value')
      case 'symbol':
        if (token.text === '(') return parseGroup(cursor)
        if (isStop(token.text)) return cursor.missing('값', 'a value')
        break
      case 'end':
        return cursor.missing('값', 'a value')
      default:
    }
    // A symbol or a particle too many: without it the text may make sense.
    cursor.unexpected(cursor.next())
  }
}

/** What may well follow once the missing value is there. */
const isStop = (symbol: string): boolean => [')', ']', ',', '>=', '<=', '>', '<', '==', '!='].includes(symbol)

function parseGroup(cursor: Cursor): Syntax {
  const opening = cursor.next()
  if (!cursor.enter()) return skipRest(cursor)
  const inner = parseCondition(cursor)
  const isWhole = closeBracket(cursor, ')', opening)
  cursor.leave()
  if (!isWhole) return { kind: 'broken', parts: [inner], at: cursor.since(opening.at) }
  // The brackets belong to it, so that a mark covers them.
  return inner.kind === 'broken' ? inner : { ...inner, at: cursor.since(opening.at) }
}

function parseWord(cursor: Cursor, text: string): Syntax {
  const token = cursor.next()
  const from = token.at
  const opening = cursor.peek()
  let args: Syntax[] | undefined
  let isWhole = true
  if (mayBeCalled(token) && cursor.accept('(')) {
    args = []
    if (!cursor.enter()) skipRest(cursor)
    else {
      if (!cursor.at(')')) {
        args.push(parseValue(cursor))
        while (cursor.accept(',')) args.push(parseValue(cursor))
      }
      isWhole = closeBracket(cursor, ')', opening)
      cursor.leave()
    }
  }
  const output = parseOutput(cursor)
  const word: WordSyntax = {
    kind: 'word',
    text,
    meaning: token.kind === 'word' ? token.meaning : undefined,
    wordAt: from,
    ...(args && { arguments: args }),
    ...(output && { output }),
    at: cursor.since(from),
  }
  return isWhole ? word : { kind: 'broken', parts: [word], at: word.at }
}

/** `.upper`. The names belong to the indicator; any word may be one. */
function parseOutput(cursor: Cursor): WordSyntax['output'] {
  if (!cursor.accept('.')) return undefined
  const token = cursor.peek()
  if (token.kind !== 'word' && token.kind !== 'unknown') {
    cursor.missing('지표 값의 이름', 'the name of an output')
    return undefined
  }
  cursor.next()
  return { text: token.text, at: token.at }
}
