import type { Sentence } from '../../../../model/sentence.ts'
import { INDICATORS } from './indicator-table.ts'
import type { ArithmeticOp, NumberUnit, TreeNode, ValueNode, ValueType } from './tree.ts'
import { partsOf } from './tree.ts'

/**
 * What a value is measured in while it is being checked: a plain number in the text (`bare`) fits number, price, money and
 * volume; an amount in won or dollars (`cash`) fits price and money.
 */
export type Kind = Exclude<ValueType, 'boolean'> | 'bare' | 'cash'

const OF_UNIT: Readonly<Record<NumberUnit, Kind>> = {
  none: 'bare',
  won: 'cash',
  dollar: 'cash',
  percent: 'ratio',
  shares: 'volume',
}

/** The type of a value of a checked tree; a bare number is a `number`, an amount a `price`. */
export function typeOf(node: ValueNode): ValueType {
  const kind = kindOf(node)
  return kind === 'bare' ? 'number' : kind === 'cash' ? 'price' : kind
}

export function kindOf(node: ValueNode): Kind {
  switch (node.kind) {
    case 'number':
      return OF_UNIT[node.unit]
    case 'clock':
    case 'time':
      return 'time'
    case 'name':
      return 'text'
    case 'bar':
    case 'day':
      return node.field === 'volume' ? 'volume' : node.field === 'value' ? 'money' : 'price'
    case 'fact':
      if (node.field === 'market' || node.field === 'class') return 'text'
      return node.field === 'gap' ? 'ratio' : node.field === 'marketCap' ? 'money' : 'price'
    case 'live':
      return node.field === 'bidQuantity' || node.field === 'askQuantity' ? 'volume' : 'price'
    case 'change':
      return 'ratio'
    case 'indicator': {
      const unit = INDICATORS[node.name]?.outputs[node.output]?.unit
      if (unit !== 'source') return unit ?? 'number'
      return node.source === undefined ? 'price' : kindOf(node.source)
    }
    case 'aggregate':
    case 'ago':
    case 'forming':
    case 'negative':
    case 'abs':
      return kindOf(node.of)
    case 'arithmetic':
      return combined(node.op, kindOf(node.left), kindOf(node.right)) ?? 'number'
  }
}

/** The kind that both can be taken for: what may be compared, added or subtracted. */
export function common(a: Kind, b: Kind): Kind | undefined {
  if (a === b) return a
  if (a === 'bare') return isBareOf(b) ? b : undefined
  if (b === 'bare') return isBareOf(a) ? a : undefined
  if (a === 'cash') return b === 'price' || b === 'money' ? b : undefined
  if (b === 'cash') return a === 'price' || a === 'money' ? a : undefined
  return undefined
}

const isBareOf = (kind: Kind): boolean => kind !== 'ratio' && kind !== 'time' && kind !== 'text'

/** The kind of a result, or `undefined` where the operation means nothing. */
export function combined(op: ArithmeticOp, a: Kind, b: Kind): Kind | undefined {
  if (a === 'text' || b === 'text' || a === 'time' || b === 'time') return undefined
  if (op === '+' || op === '-') return common(a, b)
  if (op === 'of') return a === 'ratio' ? b : undefined
  return op === '*' ? product(a, b) : quotient(a, b)
}

const isPlain = (kind: Kind): boolean => kind === 'number' || kind === 'bare'
const isEach = (kind: Kind): boolean => kind === 'price' || kind === 'cash'

function product(a: Kind, b: Kind): Kind | undefined {
  if (isPlain(a)) return a === 'bare' || !isPlain(b) ? b : a
  if (isPlain(b)) return a
  if (a === 'ratio') return b
  if (b === 'ratio') return a
  if ((isEach(a) && b === 'volume') || (a === 'volume' && isEach(b))) return 'money'
  return undefined
}

function quotient(a: Kind, b: Kind): Kind | undefined {
  if (isPlain(b)) return a === 'bare' ? b : a
  if (b === 'ratio') return a
  if (a === 'bare') return undefined
  if (common(a, b) !== undefined) return 'number'
  if ((a === 'money' || a === 'cash') && b === 'volume') return 'price'
  return a === 'money' && isEach(b) ? 'volume' : undefined
}

/** Does it follow the market? Anything else cannot be counted over bars. */
export function moves(node: TreeNode): boolean {
  switch (node.kind) {
    case 'bar':
    case 'day':
    case 'live':
    case 'change':
    case 'indicator':
      return true
    default:
      return partsOf(node).some(moves)
  }
}

/** Is any part of it made of bars, so that there is a bar under way to count along? */
export function isMadeOfBars(node: TreeNode): boolean {
  if (node.kind === 'bar' || node.kind === 'day' || node.kind === 'change' || node.kind === 'indicator')
    return true
  if (node.kind === 'fact') return node.field === 'marketCap' || node.field === 'gap'
  return partsOf(node).some(isMadeOfBars)
}

export const KIND_NAMES: Readonly<Record<Kind, Sentence>> = {
  number: { ko: '수', en: 'a number' },
  bare: { ko: '단위 없는 수', en: 'a number without a unit' },
  price: { ko: '가격', en: 'a price' },
  cash: { ko: '금액', en: 'an amount of money' },
  money: { ko: '금액', en: 'an amount of money' },
  ratio: { ko: '퍼센트', en: 'a percentage' },
  volume: { ko: '수량', en: 'a volume' },
  time: { ko: '시각', en: 'a time of day' },
  text: { ko: '이름', en: 'a name' },
}
