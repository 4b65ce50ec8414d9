import fc from 'fast-check'
import type { IndicatorSpec } from '../language/indicator-spec.ts'
import { INDICATORS } from '../language/indicator-table.ts'
import type {
  Aggregate,
  ArithmeticOp,
  CompareOp,
  ConditionNode,
  IndicatorNode,
  NameKind,
  NumberUnit,
  Place,
  TreeNode,
  ValueNode,
} from '../language/tree.ts'
import { combined, common, isMadeOfBars, type Kind, kindOf, moves } from '../language/types.ts'
import { CLASSES, DESIGNATION_WORDS, MARKETS } from '../language/words.ts'

/** What random trees are made of. */
export interface Garden {
  readonly intervalsMs: readonly number[]
  readonly indicators: readonly string[]
  /** The longest period and count. */
  readonly longest: number
  readonly depth: number
}

/** Random conditions that a text can say. */
export function conditions(garden: Garden): fc.Arbitrary<ConditionNode> {
  return condition(garden, garden.depth)
}

/** The tree without its places. */
export const bare = <T extends TreeNode>(tree: T): T =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'at' ? undefined : value))) as T

const at: Place = { from: 0, to: 0 }

const made = new WeakMap<Garden, Map<string, fc.Arbitrary<never>>>()

/** Each kind of branch is made once per garden: made afresh at every use they would be thousands. */
function once<T>(garden: Garden, name: string, make: () => fc.Arbitrary<T>): fc.Arbitrary<T> {
  const known = made.get(garden) ?? new Map<string, fc.Arbitrary<never>>()
  made.set(garden, known)
  const arbitrary = known.get(name) ?? make()
  known.set(name, arbitrary as fc.Arbitrary<never>)
  return arbitrary
}

const condition = (garden: Garden, depth: number): fc.Arbitrary<ConditionNode> =>
  once(garden, `condition ${depth}`, () => makeCondition(garden, depth))

function makeCondition(garden: Garden, depth: number): fc.Arbitrary<ConditionNode> {
  const inner = () => condition(garden, depth - 1)
  const flat: fc.Arbitrary<ConditionNode>[] = [
    compare(garden, depth),
    compare(garden, depth),
    named(),
    flags(),
  ]
  if (depth > 0)
    flat.push(
      cross(garden, depth),
      between(garden, depth),
      trend(garden, depth),
      fc
        .record({
          kind: fc.constantFrom('all' as const, 'any' as const),
          of: fc.array(inner(), { minLength: 2, maxLength: 3 }),
        })
        .map((node) => ({ ...node, at })),
      inner().map((of) => ({ kind: 'not', of, at })),
      fc
        .record({
          how: fc.constantFrom('for' as const, 'within' as const),
          of: inner(),
          bars: counts(garden, 1),
          intervalMs: fc.option(fc.constantFrom(...garden.intervalsMs), { nil: undefined }),
        })
        .map(({ intervalMs, ...node }) => ({
          kind: 'during',
          ...node,
          ...(intervalMs && { intervalMs }),
          at,
        })),
    )
  return fc.oneof(...flat)
}

const KINDS: readonly Kind[] = ['price', 'volume', 'money', 'ratio', 'number', 'price', 'volume']

const pair = (garden: Garden, depth: number) =>
  fc
    .constantFrom(...KINDS)
    .chain((kind) =>
      fc.tuple(value(garden, depth, kind), fc.oneof(value(garden, depth, kind), literal(kind))),
    )
    .filter(([left, right]) => common(kindOf(left), kindOf(right)) !== undefined)

const OPS: readonly CompareOp[] = ['>=', '<=', '>', '<', '==', '!=']

const compare = (garden: Garden, depth: number): fc.Arbitrary<ConditionNode> =>
  fc.tuple(pair(garden, depth), fc.constantFrom(...OPS), fc.boolean()).map(([[left, right], op, turned]) => ({
    kind: 'compare',
    op,
    left: turned ? right : left,
    right: turned ? left : right,
    at,
  }))

const cross = (garden: Garden, depth: number): fc.Arbitrary<ConditionNode> =>
  fc
    .tuple(pair(garden, depth), fc.constantFrom('above' as const, 'below' as const))
    .map(([[left, right], direction]) => ({ kind: 'cross', direction, left, right, at }))

const between = (garden: Garden, depth: number): fc.Arbitrary<ConditionNode> =>
  fc.oneof(
    fc
      .tuple(clock(), clock())
      .map(([low, high]): ConditionNode => ({ kind: 'between', of: { kind: 'time', at }, low, high, at })),
    fc
      .tuple(pair(garden, depth), fc.nat())
      .chain(([[of, low]]) => fc.tuple(fc.constant(of), fc.constant(low), literal(kindOf(low))))
      .filter(
        ([of, low, high]) =>
          common(kindOf(of), kindOf(high)) !== undefined &&
          common(kindOf(low), kindOf(high)) !== undefined &&
          !(low.kind === 'number' && high.kind === 'number' && low.value > high.value),
      )
      .map(([of, low, high]): ConditionNode => ({ kind: 'between', of, low, high, at })),
  )

const trend = (garden: Garden, depth: number): fc.Arbitrary<ConditionNode> =>
  fc
    .tuple(series(garden, depth), counts(garden, 1), fc.constantFrom('rising' as const, 'falling' as const))
    .map(([of, bars, direction]) => ({ kind: 'trend', direction, of, bars, at }))

function named(): fc.Arbitrary<ConditionNode> {
  const name = (of: NameKind, names: object): fc.Arbitrary<ValueNode> =>
    fc.constantFrom(...Object.keys(names)).map((value) => ({ kind: 'name', of, value, at }))
  return fc.constantFrom('market' as const, 'class' as const).chain((field) => {
    const names = name(field, field === 'market' ? MARKETS : CLASSES)
    const of: ValueNode = { kind: 'fact', field, at }
    return fc.oneof(
      fc
        .tuple(names, fc.constantFrom('==' as const, '!=' as const))
        .map(([right, op]): ConditionNode => ({ kind: 'compare', op, left: of, right, at })),
      fc
        .array(names, { minLength: 1, maxLength: 3 })
        .map((values): ConditionNode => ({ kind: 'among', of, values, at })),
    )
  })
}

const flags = (): fc.Arbitrary<ConditionNode> =>
  fc.oneof(
    fc
      .constantFrom('halted' as const, 'inVi' as const)
      .map((flag): ConditionNode => ({ kind: 'flag', flag, at })),
    fc
      .constantFrom(...Object.keys(DESIGNATION_WORDS))
      .map((as): ConditionNode => ({ kind: 'designated', as, at })),
    fc
      .tuple(clock(), fc.constantFrom(...OPS))
      .map(([right, op]): ConditionNode => ({ kind: 'compare', op, left: { kind: 'time', at }, right, at })),
  )

const clock = (): fc.Arbitrary<ValueNode> =>
  fc.integer({ min: 0, max: 86_400 }).map((seconds) => ({ kind: 'clock', value: seconds * 1_000, at }))

const counts = ({ longest }: Garden, min: number) => fc.integer({ min, max: longest })

const UNITS: Readonly<Record<Kind, readonly NumberUnit[]>> = {
  price: ['won', 'none'],
  cash: ['won', 'none'],
  money: ['won', 'none'],
  volume: ['shares', 'none'],
  ratio: ['percent'],
  number: ['none'],
  bare: ['none'],
  time: ['none'],
  text: ['none'],
}

/** A written number; with digits behind the point, and below zero, now and then. */
const literal = (kind: Kind): fc.Arbitrary<ValueNode> =>
  fc
    .record({
      digits: fc.oneof(
        fc.nat(300).map(String),
        fc.nat(5_000_000).map((n) => String(n * 1_000)),
        fc
          .tuple(fc.nat(999), fc.nat(99_999))
          .map(([whole, part]) => `${whole}.${String(part).padStart(5, '0')}`),
      ),
      unit: fc.constantFrom(...UNITS[kind]),
      below: fc.nat(9).map((n) => n === 0),
    })
    .map(({ digits, unit, below }) => {
      const size = Number(`${digits}e${unit === 'percent' ? -2 : 0}`)
      return { kind: 'number', unit, value: below && size > 0 ? -size : size, at }
    })

const series = (garden: Garden, depth: number): fc.Arbitrary<ValueNode> =>
  once(garden, `series ${depth}`, () => makeSeries(garden, depth))

const makeSeries = (garden: Garden, depth: number): fc.Arbitrary<ValueNode> =>
  fc
    .constantFrom(...KINDS)
    .chain((kind) => value(garden, depth, kind))
    .filter(moves)

const value = (garden: Garden, depth: number, kind: Kind): fc.Arbitrary<ValueNode> =>
  once(garden, `value ${depth} ${kind}`, () => makeValue(garden, depth, kind))

function makeValue(garden: Garden, depth: number, kind: Kind): fc.Arbitrary<ValueNode> {
  if (depth <= 0) return leaf(garden, kind)
  const inner = (of: Kind) => value(garden, depth - 1, of)
  const moving = inner(kind).filter(moves)
  const aggregates: readonly Aggregate[] = ['average', 'max', 'min', 'sum']
  return fc.oneof(
    { weight: 3, arbitrary: leaf(garden, kind) },
    fc
      .tuple(fc.constantFrom(...aggregates), moving, counts(garden, 2))
      .map(([how, of, count]): ValueNode => ({ kind: 'aggregate', how, of, count, at })),
    fc.tuple(moving, counts(garden, 1)).map(([of, bars]): ValueNode => ({ kind: 'ago', of, bars, at })),
    inner(kind)
      .filter(isMadeOfBars)
      .map((of): ValueNode => ({ kind: 'forming', of, at })),
    inner(kind).map((of): ValueNode => ({ kind: 'negative', of, at })),
    inner(kind).map((of): ValueNode => ({ kind: 'abs', of, at })),
    sourced(garden, depth, kind),
    arithmetic(garden, depth, kind),
  )
}

function arithmetic(garden: Garden, depth: number, kind: Kind): fc.Arbitrary<ValueNode> {
  const inner = (of: Kind) => fc.oneof(value(garden, depth - 1, of), literal(of))
  const joined = (op: ArithmeticOp, a: fc.Arbitrary<ValueNode>, b: fc.Arbitrary<ValueNode>) =>
    fc
      .tuple(a, b)
      .map(([left, right]) => ({ kind: 'arithmetic' as const, op, left, right, at }))
      .filter(({ left, right }) => {
        const made = combined(op, kindOf(left), kindOf(right))
        return made !== undefined && common(made, kind) !== undefined
      })
  return fc.oneof(
    joined('+', inner(kind), inner(kind)),
    joined('-', inner(kind), inner(kind)),
    joined('*', inner('number'), inner(kind)),
    joined('/', inner(kind), inner('number')),
    joined('of', literal('ratio'), inner(kind)),
    ...(kind === 'money' ? [joined('*', inner('price'), inner('volume'))] : []),
    ...(kind === 'price' ? [joined('/', inner('money'), inner('volume'))] : []),
    ...(kind === 'number' ? [joined('/', inner('price'), inner('price'))] : []),
  )
}

const leaf = (garden: Garden, kind: Kind): fc.Arbitrary<ValueNode> =>
  once(garden, `leaf ${kind}`, () => makeLeaf(garden, kind))

function makeLeaf(garden: Garden, kind: Kind): fc.Arbitrary<ValueNode> {
  const interval = fc
    .option(fc.constantFrom(...garden.intervalsMs), { nil: undefined })
    .map((intervalMs) => (intervalMs === undefined ? {} : { intervalMs }))
  const bar = (...fields: readonly ('open' | 'high' | 'low' | 'close' | 'volume' | 'value')[]) =>
    fc
      .tuple(fc.constantFrom(...fields), interval)
      .map(([field, of]): ValueNode => ({ kind: 'bar', field, ...of, at }))
  const day = (...fields: readonly ('open' | 'high' | 'low' | 'volume' | 'value' | 'vwap')[]) =>
    fc.constantFrom(...fields).map((field): ValueNode => ({ kind: 'day', field, at }))
  const indicator = fc
    .constantFrom(...garden.indicators)
    .chain((name) => fc.tuple(called(garden, name, INDICATORS[name] as IndicatorSpec), interval))
    .map(([node, of]): ValueNode => ({ ...node, ...of, at }))
  const ofKind = indicator.filter((node) => kindOf(node) === kind)
  switch (kind) {
    case 'price':
    case 'cash':
      return fc.oneof(
        bar('open', 'high', 'low', 'close'),
        day('open', 'high', 'low', 'vwap'),
        indicator.filter((node) => kindOf(node) === 'price'),
        fc
          .constantFrom('basePrice' as const, 'upperLimit' as const, 'lowerLimit' as const)
          .map((field): ValueNode => ({ kind: 'fact', field, at })),
        fc
          .constantFrom('last' as const, 'bid' as const, 'ask' as const, 'spread' as const)
          .map((field): ValueNode => ({ kind: 'live', field, at })),
      )
    case 'volume':
      return fc.oneof(
        bar('volume'),
        bar('volume'),
        day('volume'),
        fc
          .constantFrom('bidQuantity' as const, 'askQuantity' as const)
          .map((field): ValueNode => ({ kind: 'live', field, at })),
      )
    case 'money':
      return fc.oneof(
        bar('value'),
        day('value'),
        fc.constant<ValueNode>({ kind: 'fact', field: 'marketCap', at }),
      )
    case 'ratio':
      return fc.oneof(
        fc.constant<ValueNode>({ kind: 'change', at }),
        fc.constant<ValueNode>({ kind: 'fact', field: 'gap', at }),
        fc
          .tuple(fc.constantFrom(...garden.intervalsMs), counts(garden, 1))
          .map(([intervalMs, bars]): ValueNode => ({ kind: 'change', over: { intervalMs, bars }, at })),
      )
    default:
      return ofKind
  }
}

/** An indicator of something else than the close. */
const sourced = (garden: Garden, depth: number, kind: Kind): fc.Arbitrary<ValueNode> =>
  fc
    .constantFrom(...garden.indicators.filter((name) => INDICATORS[name]?.input === 'values'))
    .chain((name) =>
      fc.tuple(called(garden, name, INDICATORS[name] as IndicatorSpec), series(garden, depth - 1)),
    )
    .map(([node, source]): ValueNode => ({ ...node, source, at }))
    .filter((node) => kindOf(node) === kind)

const called = (garden: Garden, name: string, spec: IndicatorSpec): fc.Arbitrary<Omit<IndicatorNode, 'at'>> =>
  fc.record({
    kind: fc.constant('indicator' as const),
    name: fc.constant(name),
    parameters: fc.tuple(
      ...spec.parameters.map(({ least, most, whole }) =>
        whole
          ? fc.integer({ min: least, max: Math.max(least, Math.min(most, garden.longest)) })
          : fc.nat(10 * Math.min(most, 3)).map((tenths) => tenths / 10),
      ),
    ),
    output: fc.constantFrom(...Object.keys(spec.outputs)),
  })
