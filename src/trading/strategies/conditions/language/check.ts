import { checkAmong, checkBetween, checkComparable } from './check-comparison.ts'
import { checkWord, checkWordCondition, isDay } from './check-word.ts'
import { type Checking, countOf, intervalOf, numberOf, quote } from './checking.ts'
import { quoted } from './particle.ts'
import type { DuringSyntax, Syntax } from './syntax.ts'
import type { ConditionNode, ValueNode } from './tree.ts'
import { combined, isMadeOfBars, KIND_NAMES, kindOf } from './types.ts'

/** The condition that a text says, or `undefined` after reporting everything that is wrong with it. */
export function checkCondition(checking: Checking, syntax: Syntax): ConditionNode | undefined {
  const { at } = syntax
  switch (syntax.kind) {
    case 'broken':
      inspectParts(checking, syntax)
      return undefined
    case 'all':
    case 'any': {
      const of = syntax.of.map((part) => checkCondition(checking, part))
      return of.every((part) => part !== undefined) ? { kind: syntax.kind, of, at } : undefined
    }
    case 'not': {
      const of = checkCondition(checking, syntax.of)
      return of && { kind: 'not', of, at }
    }
    case 'during':
      return checkDuring(checking, syntax)
    case 'compare': {
      const sides = checkComparable(
        checking,
        syntax.left,
        syntax.right,
        syntax.op === '==' || syntax.op === '!=',
      )
      return sides && { kind: 'compare', op: syntax.op, ...sides, at }
    }
    case 'cross': {
      const sides = checkComparable(checking, syntax.left, syntax.right, false)
      return sides && { kind: 'cross', direction: syntax.direction, ...sides, at }
    }
    case 'between':
      return checkBetween(checking, syntax)
    case 'among':
      return checkAmong(checking, syntax)
    case 'word': {
      const found = checkWordCondition(checking, syntax)
      if (found !== 'value') return found
      break
    }
    default:
  }
  if (checkValue(checking, syntax)) {
    const text = quote(checking, at)
    checking.problems.add(
      'notACondition',
      at,
      `${quoted(text, '은', '는')} 값일 뿐 조건이 아닙니다. 무엇과 비교할지 쓰세요`,
      `“${text}” is a value and not a condition. Say what it is compared with`,
    )
  }
  return undefined
}

const LONGEST_STRETCH = 1_000

function checkDuring(
  checking: Checking,
  { stretch, of: inner, at }: DuringSyntax,
): ConditionNode | undefined {
  const of = checkCondition(checking, inner)
  const bars = countOf(checking, stretch.count, 1, LONGEST_STRETCH)
  const intervalMs = stretch.interval && intervalOf(checking, stretch.interval)
  if (of === undefined || bars === undefined || (stretch.interval && intervalMs === undefined))
    return undefined
  return {
    kind: 'during',
    how: stretch.how,
    of,
    bars,
    ...(intervalMs === undefined ? {} : { intervalMs }),
    at,
  }
}

/** The value that a text says, or `undefined` after reporting what is wrong with it. */
export function checkValue(checking: Checking, syntax: Syntax): ValueNode | undefined {
  const { at } = syntax
  switch (syntax.kind) {
    case 'broken':
      inspectParts(checking, syntax)
      return undefined
    case 'number':
      return numberOf(checking, syntax)
    case 'clock':
      return { kind: 'clock', value: syntax.value, at }
    case 'word':
      return checkWord(checking, syntax)
    case 'quoted':
      checking.problems.add(
        'notAValue',
        at,
        '따옴표 글은 시장이나 종목구분과 비교할 때만 씁니다',
        'A quoted text is only compared with market or class',
      )
      return undefined
    case 'negative': {
      const of = checkValue(checking, syntax.of)
      if (of && combined('-', kindOf(of), kindOf(of)) === undefined) {
        cannot(checking, syntax, of)
        return undefined
      }
      return of && { kind: 'negative', of, at }
    }
    case 'forming':
      return checkForming(checking, syntax.of, syntax)
    case 'arithmetic': {
      const left = checkValue(checking, syntax.left)
      const right = checkValue(checking, syntax.right)
      if (!left || !right) return undefined
      if (combined(syntax.op, kindOf(left), kindOf(right)) !== undefined)
        return { kind: 'arithmetic', op: syntax.op, left, right, at }
      cannotCombine(checking, syntax, left, right)
      return undefined
    }
    default: {
      // Its own mistakes are told too.
      const condition = checkCondition(checking, syntax)
      if (condition)
        checking.problems.add(
          'notAValue',
          at,
          `${quoted(quote(checking, at), '은', '는')} 조건입니다. 여기에는 값이 와야 합니다`,
          `“${quote(checking, at)}” is a condition; a value is expected here`,
        )
      return undefined
    }
  }
}

/** What else is wrong inside something that is wrong already. */
function inspectParts(checking: Checking, { parts = [] }: Extract<Syntax, { kind: 'broken' }>): void {
  for (const part of parts) inspect(checking, part)
}

/** Reports the mistakes of something of which nobody knows whether it was to be a value or a condition. */
export function inspect(checking: Checking, syntax: Syntax): void {
  switch (syntax.kind) {
    case 'number':
    case 'clock':
    case 'quoted':
      return
    case 'negative':
    case 'forming':
    case 'arithmetic':
      checkValue(checking, syntax)
      return
    case 'word':
      if (checkWordCondition(checking, syntax) === 'value' && !isDay(syntax)) checkWord(checking, syntax)
      return
    default:
      checkCondition(checking, syntax)
  }
}

function checkForming(checking: Checking, inner: Syntax, { at }: Syntax): ValueNode | undefined {
  const of = checkValue(checking, inner)
  if (!of) return undefined
  if (isMadeOfBars(of)) return { kind: 'forming', of, at }
  checking.problems.add(
    'nothingForms',
    at,
    `“${quote(checking, inner.at)}”에는 봉이 없어 진행 중인 봉도 없습니다`,
    `“${quote(checking, inner.at)}” is not made of bars, so none of them is forming`,
    quote(checking, inner.at),
  )
  return undefined
}

function cannot(checking: Checking, { at }: Syntax, of: ValueNode): void {
  const kind = KIND_NAMES[kindOf(of)]
  checking.problems.add(
    'typeMismatch',
    at,
    `${kind.ko}에는 부호를 붙일 수 없습니다`,
    `${kind.en} takes no sign`,
  )
}

function cannotCombine(checking: Checking, syntax: Syntax, left: ValueNode, right: ValueNode): void {
  if (syntax.kind !== 'arithmetic') return
  const [a, b] = [KIND_NAMES[kindOf(left)], KIND_NAMES[kindOf(right)]]
  const verb = syntax.op
  checking.problems.add(
    'typeMismatch',
    syntax.at,
    `${quoted(quote(checking, left.at), '은', '는')} ${a.ko}, ${quoted(quote(checking, right.at), '은', '는')} ${b.ko}: ${verb}로 이을 수 없습니다`,
    `“${quote(checking, left.at)}” is ${a.en}, “${quote(checking, right.at)}” is ${b.en}: ${verb} does not join them`,
  )
}
