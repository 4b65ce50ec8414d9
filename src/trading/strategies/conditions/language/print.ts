import { never } from '../../../../std/invariant.ts'
import { intervalText, plain, short } from './decimal.ts'
import { INDICATORS } from './indicator-table.ts'
import { withParticle } from './particle.ts'
import type { CompareOp, ConditionNode, IndicatorNode, NumberNode, TreeNode, ValueNode } from './tree.ts'
import {
  AGGREGATES,
  BAR_FIELDS,
  CLASSES,
  DAY_FIELDS,
  DESIGNATION_WORDS,
  FACT_FIELDS,
  FLAGS,
  KEYWORDS,
  LIVE_FIELDS,
  MARKETS,
  SPECIALS,
  type Spelling,
} from './words.ts'

export type Language = 'ko' | 'en'

/**
 * A tree as text in either language. Reading the text gives the same tree: `parseCondition(print(tree, 'ko'))`, apart from
 * the places. Brackets stand only where they are needed, or where a reader would ask.
 */
export function print(node: TreeNode, language: Language): string {
  return language === 'ko' ? korean(node) : english(node)
}

/** How closely a node holds together; what holds less closely than its surroundings gets brackets. */
function levelOf(node: TreeNode): number {
  switch (node.kind) {
    case 'any':
      return 1
    case 'all':
      return 2
    case 'not':
      return 3
    case 'during':
      return 4
    case 'compare':
    case 'cross':
    case 'between':
    case 'among':
      return 5
    case 'arithmetic':
      return node.op === '+' || node.op === '-' ? SUM : node.op === 'of' ? SHARE : PRODUCT
    case 'negative':
    case 'forming':
      return SIGNED
    case 'number':
      return node.value < 0 ? SIGNED : WORD
    default:
      return WORD
  }
}

const SUM = 6
const PRODUCT = 7
const SHARE = 8
const SIGNED = 9
const WORD = 10

const bracketed = (node: TreeNode, least: number, language: Language): string =>
  levelOf(node) < least ? `(${print(node, language)})` : print(node, language)

function english(node: TreeNode): string {
  const at = (part: TreeNode, least: number) => bracketed(part, least, 'en')
  switch (node.kind) {
    case 'any':
      return node.of.map((part) => at(part, 2)).join(' or ')
    case 'all':
      return node.of.map((part) => at(part, 3)).join(' and ')
    case 'not':
      return `not ${at(node.of, WORD)}`
    case 'during': {
      const interval = node.intervalMs === undefined ? '' : ` of ${intervalText(node.intervalMs, 'en')}`
      const bars = `${node.bars} ${node.bars === 1 ? 'bar' : 'bars'}${interval}`
      return `${at(node.of, 4)} ${node.how === 'for' ? 'for' : 'within last'} ${bars}`
    }
    case 'compare':
      return `${at(node.left, SUM)} ${node.op} ${at(node.right, SUM)}`
    case 'cross':
      return `${at(node.left, SUM)} crosses ${node.direction} ${at(node.right, SUM)}`
    case 'between':
      return `${at(node.of, SUM)} between ${at(node.low, SUM)} and ${at(node.high, SUM)}`
    case 'among':
      return `${at(node.of, SUM)} in [${node.values.map((value) => at(value, SUM)).join(', ')}]`
    case 'arithmetic':
      if (node.op === 'of') return `${at(node.left, SIGNED)} of ${at(node.right, SHARE)}`
      return symbols(node, 'en')
    default:
      return operand(node, 'en')
  }
}

const KOREAN_OPS: Readonly<Record<CompareOp, string>> = {
  '>=': '이상',
  '<=': '이하',
  '>': '초과',
  '<': '미만',
  '==': '==',
  '!=': '!=',
}

function korean(node: TreeNode): string {
  const at = (part: TreeNode, least: number) => bracketed(part, least, 'ko')
  const subject = (part: TreeNode) => withParticle(at(part, SUM), '이', '가')
  switch (node.kind) {
    case 'any':
      return node.of.map((part) => at(part, 2)).join(' 또는 ')
    case 'all':
      return node.of.map((part) => at(part, 3)).join(' 그리고 ')
    case 'not':
      return `${at(node.of, WORD)} 아니다`
    case 'during': {
      const interval = node.intervalMs === undefined ? '' : `(${intervalText(node.intervalMs, 'ko')})`
      const bars = `${node.bars}봉${interval}`
      return node.how === 'for'
        ? `${bars} 연속 ${at(node.of, WORD)}`
        : `최근 ${bars} 안에 ${at(node.of, WORD)}`
    }
    case 'compare':
      if (node.op === '==' || node.op === '!=')
        return `${at(node.left, SUM)} ${node.op} ${at(node.right, SUM)}`
      return `${subject(node.left)} ${at(node.right, SUM)} ${KOREAN_OPS[node.op]}`
    case 'cross': {
      const word = node.direction === 'above' ? '상향돌파' : '하향돌파'
      return `${subject(node.left)} ${withParticle(at(node.right, SUM), '을', '를')} ${word}`
    }
    case 'between':
      return `${subject(node.of)} ${at(node.low, SUM)}에서 ${at(node.high, SUM)} 사이`
    case 'among':
      return `${subject(node.of)} [${node.values.map((value) => at(value, SUM)).join(', ')}] 중 하나`
    case 'arithmetic':
      if (node.op === 'of') return `${at(node.right, SHARE)}의 ${at(node.left, SIGNED)}`
      return symbols(node, 'ko')
    default:
      return operand(node, 'ko')
  }
}

function symbols(node: Extract<ValueNode, { kind: 'arithmetic' }>, language: Language): string {
  const level = levelOf(node)
  return `${bracketed(node.left, level, language)} ${node.op} ${bracketed(node.right, level + 1, language)}`
}

/** Numbers, words and calls, which look alike in both languages. */
function operand(
  node:
    | Exclude<ValueNode, { kind: 'arithmetic' }>
    | Extract<ConditionNode, { kind: 'trend' | 'flag' | 'designated' }>,
  language: Language,
): string {
  const word = (spelling: Spelling | undefined) => spelling?.[language][0] ?? ''
  const inner = (part: TreeNode) => print(part, language)
  const called = (name: string, args: readonly string[]) =>
    args.length === 0 ? name : `${name}(${args.join(', ')})`
  const interval = (ms: number | undefined) => (ms === undefined ? [] : [intervalText(ms, language)])
  switch (node.kind) {
    case 'number':
      return numberText(node, language)
    case 'clock':
      return clockText(node.value)
    case 'name': {
      const names: Readonly<Record<string, Spelling>> =
        node.of === 'market' ? MARKETS : node.of === 'class' ? CLASSES : DESIGNATION_WORDS
      return word(names[node.value])
    }
    case 'bar':
      return called(word(BAR_FIELDS[node.field]), interval(node.intervalMs))
    case 'day':
      if (node.field === 'vwap') return word(SPECIALS.vwap)
      return language === 'ko' ? word(DAY_FIELDS[node.field]) : `${word(DAY_FIELDS[node.field])}(day)`
    case 'fact':
      return word(FACT_FIELDS[node.field])
    case 'live':
      return word(LIVE_FIELDS[node.field])
    case 'time':
      return word(SPECIALS.time)
    case 'change': {
      const { over } = node
      const args = over ? [...interval(over.intervalMs), ...(over.bars === 1 ? [] : [String(over.bars)])] : []
      return called(word(SPECIALS.change), args)
    }
    case 'indicator':
      return indicatorText(node, language)
    case 'aggregate':
      return called(word(AGGREGATES[node.how]), [inner(node.of), String(node.count)])
    case 'ago':
      return called(word(SPECIALS.ago), [inner(node.of), String(node.bars)])
    case 'abs':
      return called(word(SPECIALS.abs), [inner(node.of)])
    case 'trend':
      return called(word(SPECIALS[node.direction]), [inner(node.of), String(node.bars)])
    case 'forming':
      return `${word(KEYWORDS.forming)} ${bracketed(node.of, SIGNED, language)}`
    case 'negative':
      // -(5) is not the number -5, and two signs in a row are hard to see.
      return node.of.kind === 'number' || node.of.kind === 'negative'
        ? `-(${inner(node.of)})`
        : `-${bracketed(node.of, SIGNED, language)}`
    case 'flag':
      return word(FLAGS[node.flag])
    case 'designated': {
      const names: Readonly<Record<string, Spelling>> = DESIGNATION_WORDS
      return called(word(SPECIALS.designated), [word(names[node.as])])
    }
    default:
      return never(node)
  }
}

function indicatorText(node: IndicatorNode, language: Language): string {
  const spec = INDICATORS[node.name]
  const args = [
    ...(node.source ? [print(node.source, language)] : []),
    ...node.parameters.map((parameter) => plain(parameter)),
    ...(node.intervalMs === undefined ? [] : [intervalText(node.intervalMs, language)]),
  ]
  const isPlain = spec?.main === node.output || Object.keys(spec?.outputs ?? {}).length === 1
  const output = isPlain ? '' : `.${spec?.outputs[node.output]?.[language][0] ?? node.output}`
  const name = spec?.spelling[language][0] ?? node.name
  return `${args.length === 0 ? name : `${name}(${args.join(', ')})`}${output}`
}

function numberText({ value, unit }: NumberNode, language: Language): string {
  const size = Math.abs(value)
  const sign = value < 0 ? '-' : ''
  switch (unit) {
    case 'percent':
      return `${sign}${plain(size, 2)}%`
    case 'won':
      return `${sign}${short(size, language)}${language === 'ko' ? '원' : ' won'}`
    case 'shares':
      return `${sign}${short(size, language)}${language === 'ko' ? '주' : ' shares'}`
    case 'dollar':
      return `${sign}$${short(size, 'en')}`
    case 'none':
      return sign + plain(size)
  }
}

/** `09:05`, with seconds only where there are some. */
function clockText(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const seconds = ms / 1000
  const text = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}`
  return seconds % 60 === 0 ? text : `${text}:${two(seconds % 60)}`
}
