import { checkValue } from './check.ts'
import { type Checking, quote } from './checking.ts'
import { plain } from './decimal.ts'
import { quoted, withParticle } from './particle.ts'
import type { Syntax } from './syntax.ts'
import type { ConditionNode, NameKind, NameNode, NumberNode, ValueNode } from './tree.ts'
import { common, KIND_NAMES, type Kind, kindOf } from './types.ts'
import { meaningOf, nearestWord } from './vocabulary.ts'
import { BAR_FIELDS, CLASSES, MARKETS, SPECIALS, type Spelling } from './words.ts'

interface Sides {
  readonly left: ValueNode
  readonly right: ValueNode
}

/** Two values of one kind. Names may only be equal or not: `equality`. */
export function checkComparable(
  checking: Checking,
  one: Syntax,
  other: Syntax,
  equality: boolean,
): Sides | undefined {
  if (equality) {
    const named = checkNamed(checking, one, [other])
    if (named) return named.of && named.values[0] && { left: named.of, right: named.values[0] }
  }
  const left = checkValue(checking, one)
  const right = checkValue(checking, other)
  if (!left || !right) return undefined
  if (kindOf(left) === 'text' || kindOf(right) === 'text') {
    notOrdered(checking, kindOf(left) === 'text' ? one : other)
    return undefined
  }
  return agree(checking, left, right) ? { left, right } : undefined
}

export function checkBetween(
  checking: Checking,
  syntax: Extract<Syntax, { kind: 'between' }>,
): ConditionNode | undefined {
  const of = checkValue(checking, syntax.of)
  const low = checkValue(checking, syntax.low)
  const high = checkValue(checking, syntax.high)
  if (!of || !low || !high) return undefined
  if (kindOf(of) === 'text') {
    notOrdered(checking, syntax.of)
    return undefined
  }
  const agreed = [agree(checking, of, low), agree(checking, of, high), agree(checking, low, high)]
  if (!agreed.every(Boolean)) return undefined
  if (low.kind === 'number' && high.kind === 'number' && low.value > high.value) {
    const [from, to] = [quote(checking, low.at), quote(checking, high.at)]
    checking.problems.add(
      'emptyRange',
      { ...low.at, to: Math.max(low.at.to, high.at.to) },
      `작은 값을 먼저 씁니다: ${to}에서 ${from}`,
      `The smaller one comes first: ${to} and ${from}`,
    )
    return undefined
  }
  return { kind: 'between', of, low, high, at: syntax.at }
}

export function checkAmong(
  checking: Checking,
  syntax: Extract<Syntax, { kind: 'among' }>,
): ConditionNode | undefined {
  const named = checkNamed(checking, syntax.of, syntax.values)
  const of = named ? named.of : checkValue(checking, syntax.of)
  const values = named ? named.values : syntax.values.map((value) => checkValue(checking, value))
  if (!of || !values.every((value) => value !== undefined)) return undefined
  if (!named && !values.map((value) => agree(checking, of, value)).every(Boolean)) return undefined
  return { kind: 'among', of, values, at: syntax.at }
}

const NAMED: Readonly<Record<'market' | 'class', Readonly<Record<string, Spelling>>>> = {
  market: MARKETS,
  class: CLASSES,
}

/** The market or the class against names of markets or classes; `undefined` when `one` is neither. */
function checkNamed(checking: Checking, one: Syntax, others: readonly Syntax[]) {
  if (one.kind !== 'word' || one.meaning?.role !== 'fact') return undefined
  const { id } = one.meaning
  if (id !== 'market' && id !== 'class') return undefined
  return { of: checkValue(checking, one), values: others.map((other) => nameOf(checking, other, id)) }
}

function nameOf(
  checking: Checking,
  syntax: Syntax,
  of: NameKind & ('market' | 'class'),
): NameNode | undefined {
  if (syntax.kind === 'broken') return undefined
  const text =
    syntax.kind === 'quoted' ? syntax.text : syntax.kind === 'word' && !syntax.arguments ? syntax.text : ''
  const meaning = meaningOf(text)
  if (meaning?.role === 'name' && meaning.of === of)
    return { kind: 'name', of, value: meaning.id, at: syntax.at }
  const spellings = Object.values(NAMED[of])
  const listed = (language: 'ko' | 'en') => spellings.map((each) => each[language][0] ?? '').join(', ')
  const near = nearestWord(
    text,
    spellings.flatMap(({ ko, en }) => [...en, ...ko]),
  )
  checking.problems.add(
    'unknownWord',
    syntax.at,
    `“${quote(checking, syntax.at)}” 자리에는 다음 중 하나가 와야 합니다: ${listed('ko')}`,
    `“${quote(checking, syntax.at)}” should be one of ${listed('en')}`,
    near,
  )
  return undefined
}

function notOrdered(checking: Checking, { at }: Syntax): void {
  checking.problems.add(
    'notOrdered',
    at,
    `${quoted(quote(checking, at), '은', '는')} 이름입니다. ==, !=, in [ ]으로만 비교합니다`,
    `“${quote(checking, at)}” is a name: compare it by ==, != or in [ ]`,
  )
}

function agree(checking: Checking, left: ValueNode, right: ValueNode): boolean {
  const [a, b] = [kindOf(left), kindOf(right)]
  if (common(a, b) !== undefined) return true
  const { wrong, expected, found, suggestion } = blame(checking, left, right)
  const [is, shouldBe] = [KIND_NAMES[found], KIND_NAMES[expected]]
  const text = quote(checking, wrong.at)
  checking.problems.add(
    'typeMismatch',
    wrong.at,
    `${quoted(text, '은', '는')} ${is.ko}인데 ${withParticle(shouldBe.ko, '이', '가')} 와야 비교할 수 있습니다`,
    `“${text}” is ${is.en}; to be compared it should be ${shouldBe.en}`,
    suggestion,
  )
  return false
}

interface Blame {
  readonly wrong: ValueNode
  readonly found: Kind
  readonly expected: Kind
  readonly suggestion?: string
}

/** Which side is marked: a number whose unit can be mended; else a field beside a number that has a unit; else the right one. */
function blame(checking: Checking, left: ValueNode, right: ValueNode): Blame {
  const [a, b] = [kindOf(left), kindOf(right)]
  for (const [wrong, found, expected] of [
    [right, b, a],
    [left, a, b],
  ] as const) {
    const mended = wrong.kind === 'number' ? mend(wrong, expected) : undefined
    if (mended !== undefined) return { wrong, found, expected, suggestion: mended }
  }
  const marked = right.kind === 'number' ? left : right
  const [found, expected] = marked === left ? [a, b] : [b, a]
  const field = fieldOf(expected, /[가-힣]/.test(quote(checking, marked.at)) ? 'ko' : 'en')
  const word = marked.kind === 'bar' || marked.kind === 'live' || marked.kind === 'change'
  return { wrong: marked, found, expected, ...(word && field !== undefined ? { suggestion: field } : {}) }
}

/** `5` for a percentage was meant as `5%`, and the other way round. */
function mend({ unit, value }: NumberNode, expected: Kind): string | undefined {
  const sign = value < 0 ? '-' : ''
  if (unit === 'none' && expected === 'ratio') return `${sign}${plain(Math.abs(value))}%`
  if (unit === 'percent' && expected === 'number') return sign + plain(Math.abs(value), 2)
  return undefined
}

/** A word of that kind, for one who took another. */
function fieldOf(kind: Kind, language: 'ko' | 'en'): string | undefined {
  const words: Partial<Record<Kind, Spelling>> = {
    ratio: SPECIALS.change,
    price: BAR_FIELDS.close,
    volume: BAR_FIELDS.volume,
    money: BAR_FIELDS.value,
    cash: BAR_FIELDS.value,
    time: SPECIALS.time,
  }
  return words[kind]?.[language][0]
}
