import { DAY_MS } from '../../../../model/time.ts'
import { INDICATORS } from '../language/indicator-table.ts'
import { type ConditionNode, partsOf, type TreeNode } from '../language/tree.ts'

/** The interval of a word that names none, unless the evaluator is told another. */
export const DEFAULT_INTERVAL_MS = 60_000

export interface IntervalRequirement {
  readonly intervalMs: number
  /** With so many closed bars every part has a value, if none of them divides by zero. */
  readonly bars: number
  /**
   * With so many the start is no longer felt in averages that never forget it (EMA, RSI, MACD …): 5 periods, rule book
   * §5.2. At least `bars`.
   */
  readonly settledBars: number
}

/** What a condition has to be fed. */
export interface Requirements {
  /** Shortest first. */
  readonly intervals: readonly IntervalRequirement[]
  /** Prints on the tape: `last`, and everything `forming`. */
  readonly trades: boolean
  /** Best quotes. */
  readonly quotes: boolean
  /** The day's facts: base price, limits, market, listed shares, designations. */
  readonly facts: boolean
  /** Closed daily bars of the past. */
  readonly dailyHistory: boolean
  /** The bars of today from the first on (`highOf(day)`, `gap`, `vwap`). */
  readonly wholeDay: boolean
  /** Bars with their traded value (거래대금). */
  readonly tradedValue: boolean
  /** Set when it names an amount; absent when it would do for any. */
  readonly currency?: 'KRW' | 'USD'
}

/** What a condition needs to be fed before it can answer, in closed bars of each interval and in kinds of data. */
export function requirements(
  condition: ConditionNode,
  defaultIntervalMs: number = DEFAULT_INTERVAL_MS,
): Requirements {
  const bars = barsNeeded(condition, defaultIntervalMs, 'first')
  const settled = barsNeeded(condition, defaultIntervalMs, 'settled')
  const nodes = [...nodesOf(condition)]
  const some = (holds: (node: TreeNode) => boolean) => nodes.some(holds)
  const amount = nodes.find(
    (node) => node.kind === 'number' && (node.unit === 'won' || node.unit === 'dollar'),
  )
  const currency = amount?.kind === 'number' ? (amount.unit === 'won' ? 'KRW' : 'USD') : undefined
  return {
    intervals: [...bars.keys()]
      .sort((a, b) => a - b)
      .map((intervalMs) => ({
        intervalMs,
        bars: bars.get(intervalMs) ?? 0,
        settledBars: Math.max(bars.get(intervalMs) ?? 0, settled.get(intervalMs) ?? 0),
      })),
    trades: some((node) => node.kind === 'forming' || (node.kind === 'live' && node.field === 'last')),
    quotes: some((node) => node.kind === 'live' && node.field !== 'last'),
    facts: some(needsFacts),
    dailyHistory: bars.has(DAY_MS),
    wholeDay: some((node) => node.kind === 'day' || (node.kind === 'fact' && node.field === 'gap')),
    tradedValue: some((node) => (node.kind === 'bar' || node.kind === 'day') && node.field === 'value'),
    ...(currency && { currency }),
  }
}

export function* nodesOf(node: TreeNode): Iterable<TreeNode> {
  yield node
  for (const part of partsOf(node)) yield* nodesOf(part)
}

const needsFacts = (node: TreeNode): boolean =>
  node.kind === 'fact' ||
  node.kind === 'flag' ||
  node.kind === 'designated' ||
  (node.kind === 'change' && node.over === undefined)

/**
 * How often it is looked at: at every closing of the shortest interval in it. `undefined` when it has none (`time`, a
 * number, a fact of the day).
 */
export function clockOf(node: TreeNode, defaultIntervalMs: number): number | undefined {
  switch (node.kind) {
    case 'bar':
      return node.intervalMs ?? defaultIntervalMs
    case 'day':
    case 'live':
      return defaultIntervalMs
    case 'fact':
      return node.field === 'gap' || node.field === 'marketCap' ? defaultIntervalMs : undefined
    case 'change':
      return node.over?.intervalMs ?? defaultIntervalMs
    case 'indicator':
      if (node.source === undefined) return node.intervalMs ?? defaultIntervalMs
      break
    case 'during':
      if (node.intervalMs !== undefined) return node.intervalMs
      break
    default:
  }
  const clocks = partsOf(node).map((part) => clockOf(part, defaultIntervalMs))
  const known = clocks.filter((clock) => clock !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Closed bars by interval. */
export type Bars = ReadonlyMap<number, number>

/** How many closed bars of each interval a part needs for its first value, or until its start is no longer felt. */
export function barsNeeded(node: TreeNode, defaultIntervalMs: number, until: 'first' | 'settled'): Bars {
  const clock = clockOf(node, defaultIntervalMs)
  const own: Bars = isLeaf(node) && clock !== undefined ? new Map([[clock, 1]]) : new Map()
  const parts = partsOf(node).map((part) => barsNeeded(part, defaultIntervalMs, until))
  const needed = most([own, ...parts])
  const more = extraBars(node, until)
  return more === undefined ? needed : extended(needed, clock ?? defaultIntervalMs, more)
}

const isLeaf = (node: TreeNode): boolean => node.kind !== 'live' && partsOf(node).length === 0

/** How many more samples than its parts a node looks at; `undefined`: it does not count bars. */
function extraBars(node: TreeNode, until: 'first' | 'settled'): number | undefined {
  switch (node.kind) {
    case 'indicator': {
      const spec = INDICATORS[node.name]
      const warmUp = spec?.warmUp(...node.parameters) ?? 1
      const settled = until === 'settled' ? (spec?.settles?.(...node.parameters) ?? warmUp) : warmUp
      return Math.max(warmUp, settled) - 1
    }
    case 'aggregate':
      return node.count - 1
    case 'ago':
    case 'trend':
      return node.bars
    case 'change':
      return node.over ? node.over.bars : undefined
    case 'cross':
      return 1
    case 'during':
      return node.bars - 1
    default:
      return undefined
  }
}

/** So many more bars of `clock`; what is looked at beside them must be known as far back. */
function extended(needed: Bars, clock: number, more: number): Bars {
  const all = new Map(needed)
  for (const [interval, bars] of needed)
    if (interval !== clock) all.set(interval, bars + Math.ceil((more * clock) / interval))
  all.set(clock, (needed.get(clock) ?? 1) + more)
  return all
}

function most(all: readonly Bars[]): Map<number, number> {
  const found = new Map<number, number>()
  for (const bars of all)
    for (const [interval, count] of bars) found.set(interval, Math.max(found.get(interval) ?? 0, count))
  return found
}
