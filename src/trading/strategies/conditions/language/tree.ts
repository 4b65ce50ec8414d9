/** What a value is measured in. `ratio` is a share of one (5 % is 0.05); `time` is milliseconds since local midnight. */
export type ValueType = 'number' | 'price' | 'ratio' | 'money' | 'volume' | 'time' | 'boolean' | 'text'

/**
 * Where a piece stands: `from` inside and `to` not, counted in the UTF-16 units of its text. `path` names the text when
 * a condition is made of several (`all[1].any[0]`).
 */
export interface Place {
  readonly from: number
  readonly to: number
  readonly path?: string
}

interface Placed {
  readonly at: Place
}

/** `dollar` and `won` may be a price or an amount of money; `none` is whatever it is compared with, except a ratio. */
export type NumberUnit = 'none' | 'won' | 'dollar' | 'percent' | 'shares'

/** 5% has the value 0.05, 3억원 has 300,000,000. */
export interface NumberNode extends Placed {
  readonly kind: 'number'
  readonly value: number
  readonly unit: NumberUnit
}

/** A time of day, in milliseconds since midnight. */
export interface ClockNode extends Placed {
  readonly kind: 'clock'
  readonly value: number
}

export type NameKind = 'market' | 'class' | 'designation'

export interface NameNode extends Placed {
  readonly kind: 'name'
  readonly of: NameKind
  readonly value: string
}

export type BarField = 'open' | 'high' | 'low' | 'close' | 'volume' | 'value'

/** A field of the last closed bar. Without an interval: the evaluator's default. */
export interface BarNode extends Placed {
  readonly kind: 'bar'
  readonly field: BarField
  readonly intervalMs?: number
}

export type DayField = 'open' | 'high' | 'low' | 'volume' | 'value' | 'vwap'

/** Of the day so far, made of its closed bars at the default interval. */
export interface DayNode extends Placed {
  readonly kind: 'day'
  readonly field: DayField
}

export type FactField = 'basePrice' | 'upperLimit' | 'lowerLimit' | 'marketCap' | 'gap' | 'market' | 'class'

export interface FactNode extends Placed {
  readonly kind: 'fact'
  readonly field: FactField
}

export type LiveField = 'last' | 'bid' | 'ask' | 'bidQuantity' | 'askQuantity' | 'spread'

/** What the last trade or quote said. */
export interface LiveNode extends Placed {
  readonly kind: 'live'
  readonly field: LiveField
}

export interface TimeNode extends Placed {
  readonly kind: 'time'
}

/** Against the base price of the day; with `over`: against the close so many bars before. */
export interface ChangeNode extends Placed {
  readonly kind: 'change'
  readonly over?: { readonly intervalMs: number; readonly bars: number }
}

/** `source` takes the place of the close and then brings its own interval. */
export interface IndicatorNode extends Placed {
  readonly kind: 'indicator'
  readonly name: string
  readonly parameters: readonly number[]
  readonly output: string
  readonly source?: ValueNode
  readonly intervalMs?: number
}

export type Aggregate = 'average' | 'max' | 'min' | 'sum'

export interface AggregateNode extends Placed {
  readonly kind: 'aggregate'
  readonly how: Aggregate
  readonly of: ValueNode
  readonly count: number
}

export interface AgoNode extends Placed {
  readonly kind: 'ago'
  readonly of: ValueNode
  readonly bars: number
}

/** Everything below it counts the bar under way as its last bar. */
export interface FormingNode extends Placed {
  readonly kind: 'forming'
  readonly of: ValueNode
}

export interface SignNode extends Placed {
  readonly kind: 'negative' | 'abs'
  readonly of: ValueNode
}

export type ArithmeticOp = '+' | '-' | '*' | '/' | 'of'

/** `of` multiplies too: 200% of x. */
export interface ArithmeticNode extends Placed {
  readonly kind: 'arithmetic'
  readonly op: ArithmeticOp
  readonly left: ValueNode
  readonly right: ValueNode
}

export type ValueNode =
  | NumberNode
  | ClockNode
  | NameNode
  | BarNode
  | DayNode
  | FactNode
  | LiveNode
  | TimeNode
  | ChangeNode
  | IndicatorNode
  | AggregateNode
  | AgoNode
  | FormingNode
  | SignNode
  | ArithmeticNode

export type CompareOp = '>=' | '<=' | '>' | '<' | '==' | '!='

export interface CompareNode extends Placed {
  readonly kind: 'compare'
  readonly op: CompareOp
  readonly left: ValueNode
  readonly right: ValueNode
}

export interface CrossNode extends Placed {
  readonly kind: 'cross'
  readonly direction: 'above' | 'below'
  readonly left: ValueNode
  readonly right: ValueNode
}

/** Both ends are inside. A time range whose end lies before its beginning goes over midnight. */
export interface BetweenNode extends Placed {
  readonly kind: 'between'
  readonly of: ValueNode
  readonly low: ValueNode
  readonly high: ValueNode
}

export interface AmongNode extends Placed {
  readonly kind: 'among'
  readonly of: ValueNode
  readonly values: readonly ValueNode[]
}

/** Each of the last `bars` steps went that way. */
export interface TrendNode extends Placed {
  readonly kind: 'trend'
  readonly direction: 'rising' | 'falling'
  readonly of: ValueNode
  readonly bars: number
}

/** `for`: at each of the last so many bars; `within`: at one of them at least. */
export interface DuringNode extends Placed {
  readonly kind: 'during'
  readonly how: 'for' | 'within'
  readonly of: ConditionNode
  readonly bars: number
  readonly intervalMs?: number
}

export interface FlagNode extends Placed {
  readonly kind: 'flag'
  readonly flag: 'halted' | 'inVi'
}

export interface DesignatedNode extends Placed {
  readonly kind: 'designated'
  readonly as: string
}

export interface NotNode extends Placed {
  readonly kind: 'not'
  readonly of: ConditionNode
}

/** At least two members. */
export interface ListNode extends Placed {
  readonly kind: 'all' | 'any'
  readonly of: readonly ConditionNode[]
}

export type ConditionNode =
  | CompareNode
  | CrossNode
  | BetweenNode
  | AmongNode
  | TrendNode
  | DuringNode
  | FlagNode
  | DesignatedNode
  | NotNode
  | ListNode

export type TreeNode = ValueNode | ConditionNode

/** Its direct parts, in the order of the text. */
export function partsOf(node: TreeNode): readonly TreeNode[] {
  switch (node.kind) {
    case 'indicator':
      return node.source === undefined ? [] : [node.source]
    case 'aggregate':
    case 'ago':
    case 'forming':
    case 'negative':
    case 'abs':
    case 'trend':
    case 'during':
    case 'not':
      return [node.of]
    case 'arithmetic':
    case 'compare':
    case 'cross':
      return [node.left, node.right]
    case 'between':
      return [node.of, node.low, node.high]
    case 'among':
      return [node.of, ...node.values]
    case 'all':
    case 'any':
      return node.of
    default:
      return []
  }
}
