import { type Suffix, scaled, suffixesOf, suffixOf } from './decimal.ts'
import { quoted } from './particle.ts'
import type { Problems } from './problem.ts'
import type { Place } from './tree.ts'
import { type Meaning, nearestWord, type Piece, piecesOf } from './vocabulary.ts'
import type { Particle } from './words.ts'

interface At {
  readonly at: Place
  /** Does a space stand before it? */
  readonly spaced: boolean
}

/** `digits` as written, without their grouping; the value comes with the suffix. */
export interface NumberToken extends At {
  readonly kind: 'number'
  readonly digits: string
  readonly suffix: Suffix
}

export type Token =
  | NumberToken
  | (At & { readonly kind: 'clock'; readonly value: number })
  | (At & { readonly kind: 'quoted'; readonly text: string })
  | (At & { readonly kind: 'word'; readonly text: string; readonly meaning: Meaning })
  | (At & { readonly kind: 'unknown'; readonly text: string })
  | (At & { readonly kind: 'particle'; readonly particle: Particle })
  | (At & { readonly kind: 'symbol'; readonly text: string })
  | (At & { readonly kind: 'end' })

/** Other spellings of a symbol. */
const SAME: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '=>': '>=',
  '=<': '<=',
  '=': '==',
  '≠': '!=',
  '<>': '!=',
  '×': '*',
  '÷': '/',
  '−': '-',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
}

const SPACE = /\s+/y
const CLOCK = /(\d{1,2}):(\d{2})(?::(\d{2}))?/y
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)/y
/** As `NUMBER`, with commas or low lines between groups of three digits. */
const GROUPED = /\d{1,3}(?:(?:,\d{3})+|(?:_\d{3})+)(?![\d,_])(?:\.\d+)?/y
const RUN = /[\p{L}_%％][\p{L}\p{N}_%％]*/uy
const QUOTED = /"([^"\n]*)"|'([^'\n]*)'/y
const SYMBOL = /&&|\|\||>=|<=|==|!=|=>|=<|<>|[-−≥≤≠×÷()[\],.+*/<>=!]/y

const NO_SUFFIX: Suffix = { exponent: 0, unit: 'none' }

/** Safe and exact enough for any price, amount or count; 1,000 trillion won is half of the country's yearly product. */
const MOST = 1e15

/** The tokens of a text, the last of them its end. What cannot be read is a problem and no token. */
export function tokensOf(text: string, problems: Problems, path?: string): readonly Token[] {
  const tokens: Token[] = []
  const open: ('call' | 'group')[] = []
  let i = 0
  let spaced = false

  const place = (from: number, to: number): Place => ({ from, to, ...(path === undefined ? {} : { path }) })
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = i
    return pattern.exec(text)
  }
  /** Where a piece of `length` ends; moves on. */
  const take = (length: number): At => {
    const at = { at: place(i, i + length), spaced }
    i += length
    spaced = false
    return at
  }

  const pushPieces = (pieces: readonly Piece[]) => {
    for (const piece of pieces) {
      const word = text.slice(i, i + piece.length)
      if (piece.kind === 'word')
        tokens.push({ kind: 'word', text: word, meaning: piece.meaning, ...take(piece.length) })
      else tokens.push({ kind: 'particle', particle: piece.particle, ...take(piece.length) })
    }
  }

  const number = (written: string) => {
    const start = { from: i, spaced }
    i += written.length
    const run = match(RUN)?.[0] ?? ''
    const gap = run === '' ? (match(SPACE)?.[0].length ?? 0) : 0
    i += gap
    const found = suffixIn(gap === 0 ? run : (match(RUN)?.[0] ?? ''), gap > 0)
    if (found === undefined) i -= gap
    i += found?.suffix.length ?? 0
    let suffix = (found && suffixOf(found.suffix)) ?? NO_SUFFIX
    if (run !== '' && found === undefined) {
      i += run.length
      unknownUnit(place(start.from, i), run, written)
    } else if (found?.rest.length === 0) {
      const more = suffix.unit === 'none' || suffix.unit === 'm' ? unitApart() : undefined
      if (more) suffix = { ...more, exponent: suffix.unit === 'm' ? 6 : suffix.exponent }
    }
    const digits = written.replace(/[,_]/g, '')
    if (scaled(digits, suffix.exponent) > MOST)
      problems.add('badNumber', place(start.from, i), '수가 너무 큽니다', 'The number is too large')
    tokens.push({ kind: 'number', digits, suffix, at: place(start.from, i), spaced: start.spaced })
    spaced = false
    pushPieces(found?.rest ?? [])
  }

  /** `5만 원`: a unit a space after a scale. */
  const unitApart = (): Suffix | undefined => {
    const start = i
    i += match(SPACE)?.[0].length ?? 0
    const found = i > start ? suffixIn(match(RUN)?.[0] ?? '', true) : undefined
    const suffix = found && suffixOf(found.suffix)
    if (found?.rest.length === 0 && (suffix?.unit === 'won' || suffix?.unit === 'shares')) {
      i += found.suffix.length
      return suffix
    }
    i = start
    return undefined
  }

  const unknownUnit = (at: Place, run: string, written: string) => {
    const near = nearestWord(run, ['원', '만원', '억원', '주', '봉', 'won', 'shares', 'bars', 'min'])
    const suggestion = near === undefined ? undefined : written + near
    problems.add(
      'badNumber',
      at,
      `수 뒤의 ${quoted(run, '은', '는')} 아는 단위가 아닙니다`,
      `“${run}” after a number is not a known unit`,
      suggestion,
    )
  }

  const clock = ([, hours, minutes, seconds = '0']: RegExpExecArray, length: number) => {
    const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)]
    const at = take(length)
    if (h > 24 || m > 59 || s > 59 || (h === 24 && m + s > 0))
      problems.add('badNumber', at.at, '없는 시각입니다 (00:00–24:00)', 'No such time of day (00:00–24:00)')
    tokens.push({ kind: 'clock', value: ((h * 60 + m) * 60 + s) * 1000, ...at })
  }

  const symbol = (written: string) => {
    const name = SAME[written] ?? written
    const before = tokens.at(-1)
    if (name === '(' || name === '[') open.push(name === '[' || mayBeCalled(before) ? 'call' : 'group')
    if (name === ')' || name === ']') open.pop()
    tokens.push({ kind: 'symbol', text: name, ...take(written.length) })
  }

  while (i < text.length) {
    const space = match(SPACE)
    if (space) {
      i += space[0].length
      spaced = true
      continue
    }
    const time = match(CLOCK)
    const grouped = open.at(-1) === 'call' ? null : match(GROUPED)
    const digits = grouped ?? match(NUMBER)
    const run = match(RUN)
    const quoted = match(QUOTED)
    const sign = match(SYMBOL)
    const dollar = text[i] === '$' ? 1 : 0
    if (time) clock(time, time[0].length)
    else if (digits) number(digits[0])
    else if (run) {
      const pieces = piecesOf(run[0])
      if (pieces) pushPieces(pieces)
      else tokens.push({ kind: 'unknown', text: run[0], ...take(run[0].length) })
    } else if (quoted) {
      tokens.push({ kind: 'quoted', text: quoted[1] ?? quoted[2] ?? '', ...take(quoted[0].length) })
    } else if (dollar === 1) dollars()
    else if (sign) symbol(sign[0])
    else stray()
  }
  tokens.push({ kind: 'end', at: place(text.length, text.length), spaced })
  return tokens

  /** `$1.5M`: the sign stands before the number, which is read like the rest. */
  function dollars() {
    const from = i
    i++
    const digits = match(GROUPED) ?? match(NUMBER)
    if (!digits) {
      problems.add('badNumber', place(from, i), '$ 뒤에 수가 와야 합니다', 'A number is expected after $')
      return
    }
    number(digits[0])
    const last = tokens.findLastIndex(({ kind }) => kind === 'number')
    const read = tokens[last] as NumberToken
    const at = place(from, read.at.to)
    const { unit, exponent } = read.suffix
    if (unit !== 'none' && unit !== 'm')
      problems.add('badNumber', at, '$와 다른 단위를 함께 쓸 수 없습니다', '$ does not go with another unit')
    const suffix: Suffix = { exponent: unit === 'm' ? 6 : exponent, unit: 'dollar' }
    tokens[last] = { ...read, at, suffix }
  }

  function stray() {
    const isQuote = text[i] === '"' || text[i] === "'"
    // A surrogate pair is one character.
    const length = isQuote ? text.length - i : String.fromCodePoint(text.codePointAt(i) ?? 0).length
    const character = text.slice(i, i + length)
    const { at } = take(length)
    if (isQuote)
      problems.add('unclosedText', at, '따옴표가 닫히지 않았습니다', 'The quotation mark is not closed')
    else
      problems.add(
        'badCharacter',
        at,
        `${quoted(character, '은', '는')} 조건식에 쓰지 않는 글자입니다`,
        `“${character}” is not a character of a condition`,
      )
  }
}

/** Does a bracket after it hold arguments? Then a comma parts them, and not the digits of a number. */
export const mayBeCalled = (token: Token | undefined): boolean =>
  token?.kind === 'unknown' || (token?.kind === 'word' && token.meaning.role !== 'keyword')

/** The suffix that a run begins with, and what follows it when that is something known. */
function suffixIn(
  run: string,
  apart: boolean,
): { readonly suffix: string; readonly rest: readonly Piece[] } | undefined {
  for (const suffix of suffixesOf(run, apart)) {
    const rest = run.slice(suffix.length)
    const pieces = rest === '' ? [] : piecesOf(rest)
    if (pieces) return { suffix, rest: pieces }
  }
  // `100이상`, `5000보다`: no unit at all.
  const pieces = apart || run === '' ? undefined : piecesOf(run)
  return pieces && { suffix: '', rest: pieces }
}
