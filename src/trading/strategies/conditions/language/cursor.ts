import type { Token } from './lexer.ts'
import { quoted } from './particle.ts'
import type { Problems } from './problem.ts'
import type { Syntax } from './syntax.ts'
import type { Place } from './tree.ts'
import { nearestWord } from './vocabulary.ts'
import type { Keyword, Particle } from './words.ts'

/** A place among the tokens of one text, and what a parser asks there. */
export interface Cursor {
  readonly problems: Problems
  peek(ahead?: number): Token
  next(): Token
  /** Is the next token this symbol, or this keyword? */
  at(what: string | Keyword): boolean
  atParticle(particle: Particle, ahead?: number): boolean
  /** Takes it when it is next. */
  accept(what: string | Keyword): Token | undefined
  acceptParticle(...particles: readonly Particle[]): boolean
  /** From the beginning of `from` to the end of the token before this place. */
  since(from: Place): Place
  unexpected(token: Token): Syntax
  /** Reports that an operand (or what `ko` and `en` call it) is missing here. */
  missing(ko: string, en: string): Syntax
  /** Goes one bracket deeper; false when that is too deep. */
  enter(): boolean
  leave(): void
}

/** Deeper than anyone reads; it keeps the parser within the stack. */
const DEEPEST = 60

export function createCursor(tokens: readonly Token[], problems: Problems): Cursor {
  const last = tokens.length - 1
  let index = 0
  let depth = 0
  const peek = (ahead = 0): Token => tokens[Math.min(index + ahead, last)] as Token
  const next = (): Token => {
    const token = peek()
    if (index < last) index++
    return token
  }
  const at = (what: string): boolean => is(peek(), what)

  const cursor: Cursor = {
    problems,
    peek,
    next,
    at,
    atParticle: (particle, ahead = 0) => {
      const token = peek(ahead)
      return token.kind === 'particle' && token.particle === particle
    },
    accept: (what) => (at(what) ? next() : undefined),
    acceptParticle: (...particles) => {
      const token = peek()
      if (token.kind !== 'particle' || !particles.includes(token.particle)) return false
      next()
      return true
    },
    since: (from) => ({
      ...from,
      to: Math.max(from.to, index === 0 ? 0 : (tokens[index - 1] as Token).at.to),
    }),
    unexpected: (token) => {
      if (token.kind === 'unknown') reportUnknown(problems, token.text, token.at)
      else
        problems.add(
          'unexpected',
          token.at,
          `여기에 올 수 없습니다: ${described(token).ko}`,
          `Not expected here: ${described(token).en}`,
        )
      return { kind: 'broken', at: token.at }
    },
    missing: (ko, en) => {
      const token = peek()
      const found = described(token)
      problems.add(
        'missingOperand',
        token.at,
        `여기에 와야 할 것: ${ko}. 있는 것: ${found.ko}`,
        `Expected ${en}, found ${found.en}`,
      )
      return { kind: 'broken', at: token.at }
    },
    enter: () => {
      depth++
      if (depth <= DEEPEST) return true
      problems.add(
        'tooDeep',
        peek().at,
        `괄호가 너무 깊습니다 (최대 ${DEEPEST}겹)`,
        `Nested too deeply (at most ${DEEPEST})`,
      )
      return false
    },
    leave: () => {
      depth--
    },
  }
  return cursor
}

export function reportUnknown(problems: Problems, text: string, at: Place): void {
  const near = nearestWord(text)
  const [ko, en] =
    near === undefined ? ['', ''] : [`, ${quoted(near, '을', '를')} 뜻하셨나요?`, `; did you mean “${near}”?`]
  problems.add(
    'unknownWord',
    at,
    `${quoted(text, '은', '는')} 모르는 낱말입니다${ko}`,
    `“${text}” is not a known word${en}`,
    near,
  )
}

const is = (token: Token, what: string): boolean =>
  (token.kind === 'symbol' && token.text === what) ||
  (token.kind === 'word' && token.meaning.role === 'keyword' && token.meaning.id === what)

function described(token: Token): { readonly ko: string; readonly en: string } {
  switch (token.kind) {
    case 'end':
      return { ko: '글의 끝', en: 'the end of the text' }
    case 'number':
    case 'clock':
      return { ko: '수', en: 'a number' }
    case 'quoted':
      return { ko: '따옴표 글', en: 'a quoted text' }
    case 'particle':
      return { ko: '조사', en: 'a particle' }
    default:
      return { ko: `“${token.text}”`, en: `“${token.text}”` }
  }
}
