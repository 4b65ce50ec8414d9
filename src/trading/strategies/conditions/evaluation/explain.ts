import type { Sentence } from '../../../../model/sentence.ts'
import { nameOf } from '../language/names.ts'
import { print } from '../language/print.ts'
import {
  type ConditionNode,
  type Place,
  partsOf,
  type TreeNode,
  type ValueNode,
  type ValueType,
} from '../language/tree.ts'
import { common, kindOf, typeOf } from '../language/types.ts'
import { type Memory, TRADES_SEEN } from './memory.ts'
import type { Program } from './program.ts'

/** A value that a condition looked at. Unknown is `undefined`; a ratio is a share of one, a time milliseconds since midnight. */
export interface ExplainedValue extends Sentence {
  readonly type: ValueType
  readonly value: number | string | undefined
}

/** One condition with its parts, as it stands now. */
export interface Explained extends Sentence {
  readonly kind: ConditionNode['kind']
  /** Where it stands in the text it was read from. */
  readonly at: Place
  /** `undefined`: not known. */
  readonly met: boolean | undefined
  /** What it compares, in the order of the text: left and right; the value, the low and the high end; the value and the list. */
  readonly values: readonly ExplainedValue[]
  /** The conditions it is made of. */
  readonly parts: readonly Explained[]
}

/** Every leaf of a condition with its numbers. The memory is up to date. */
export function explainedOf(program: Program, memory: Memory, condition: ConditionNode): Explained {
  const parts = partsOf(condition)
  const values = parts.filter((part): part is ValueNode => !isCondition(part))
  return {
    kind: condition.kind,
    ko: print(condition, 'ko'),
    en: print(condition, 'en'),
    at: condition.at,
    met: truth(program, memory, condition),
    values: values.map((value) => explainedValue(program, memory, value, values)),
    parts: parts.filter(isCondition).map((part) => explainedOf(program, memory, part)),
  }
}

const CONDITIONS: Readonly<Record<ConditionNode['kind'], true>> = {
  compare: true,
  cross: true,
  between: true,
  among: true,
  trend: true,
  during: true,
  flag: true,
  designated: true,
  not: true,
  all: true,
  any: true,
}

const isCondition = (node: TreeNode): node is ConditionNode => Object.hasOwn(CONDITIONS, node.kind)

function truth(program: Program, memory: Memory, condition: ConditionNode): boolean | undefined {
  const value = valueAt(program, memory, condition)
  const waits = memory.f[TRADES_SEEN] === 0 && hasForming(condition)
  return value === undefined || waits ? undefined : value === 1
}

const hasForming = (node: TreeNode): boolean => node.kind === 'forming' || partsOf(node).some(hasForming)

function explainedValue(
  program: Program,
  memory: Memory,
  node: ValueNode,
  beside: readonly ValueNode[],
): ExplainedValue {
  const value = valueAt(program, memory, node)
  const texts = { ko: print(node, 'ko'), en: print(node, 'en') }
  if (typeOf(node) === 'text') {
    const of =
      node.kind === 'name' ? node.of : node.kind === 'fact' && node.field === 'class' ? 'class' : 'market'
    return { ...texts, type: 'text', value: value === undefined ? undefined : nameOf(of, value) }
  }
  // A bare number is of the kind of what it is compared with.
  const kinds = beside.map(kindOf)
  const kind = kinds.reduce((known, each) => common(known, each) ?? known, kindOf(node))
  return { ...texts, type: kind === 'bare' ? 'number' : kind === 'cash' ? 'price' : kind, value }
}

function valueAt(program: Program, { f }: Memory, node: TreeNode): number | undefined {
  const place = program.placeOf(node, false)
  const value = place === undefined ? undefined : f[place]
  return value === undefined || Number.isNaN(value) ? undefined : value
}
