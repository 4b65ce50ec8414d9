import { averageTrueRange } from '../../../indicators/average-true-range.ts'
import { bbands } from '../../../indicators/bbands.ts'
import { ema } from '../../../indicators/ema.ts'
import { macd } from '../../../indicators/macd.ts'
import { max, min } from '../../../indicators/min-max.ts'
import { rsi } from '../../../indicators/rsi.ts'
import { sma } from '../../../indicators/sma.ts'
import { stoch } from '../../../indicators/stoch.ts'
import { sum } from '../../../indicators/sum.ts'
import { vwma } from '../../../indicators/vwma.ts'
import {
  type BestQuotes,
  type ClosedBar,
  type DayFacts,
  dayNumber,
  KOREAN_TIME,
  type Print,
} from '../evaluation/feeds.ts'
import { clockOf } from '../evaluation/requirements.ts'
import type { IndicatorNode, TreeNode, ValueNode } from '../language/tree.ts'
import { partsOf } from '../language/tree.ts'

/** What an evaluator is told, in its order. `ask`: an answer is wanted. */
export type Told =
  | { readonly kind: 'bar'; readonly intervalMs: number; readonly bar: ClosedBar }
  | { readonly kind: 'trade'; readonly trade: Print }
  | { readonly kind: 'quote'; readonly quote: BestQuotes }
  | { readonly kind: 'facts'; readonly facts: DayFacts }
  | { readonly kind: 'ask' }

const DEFAULT_MS = 60_000
const NAN = Number.NaN

/** The indicators that the naive evaluator knows. */
export const NAIVE_INDICATORS = ['sma', 'ema', 'rsi', 'macd', 'bbands', 'atr', 'stoch', 'vwma'] as const

/**
 * What a part is worth after everything that was told, reckoned from the whole history each time, by the words of
 * docs/conditions-language.md and the batch indicators. NaN: not known. Conditions are 1 and 0.
 */
export function naiveValue(history: readonly Told[], node: TreeNode): number {
  return reckon(momentsOf(history), node)
}

/** A moment at which values may change: after bars that closed together, or at the end of all. */
interface Moment {
  /** What was told up to here. */
  readonly told: readonly Told[]
  /** The intervals whose bars closed here. */
  readonly closed: ReadonlySet<number>
}

function momentsOf(history: readonly Told[]): readonly Moment[] {
  const moments: Moment[] = []
  let closed = new Set<number>()
  let closeAt = NAN
  const settle = (end: number) => {
    if (closed.size > 0) moments.push({ told: history.slice(0, end), closed })
    closed = new Set()
  }
  for (const [i, told] of history.entries()) {
    if (told.kind === 'bar') {
      if (told.bar.closeAt !== closeAt) settle(i)
      closeAt = told.bar.closeAt
      closed.add(told.intervalMs)
    } else settle(i)
  }
  settle(history.length)
  return [...moments, { told: history, closed: new Set<number>() }]
}

function reckon(moments: readonly Moment[], whole: TreeNode): number {
  const memo = new Map<string, number>()
  const names = new Map<TreeNode, number>()

  /** The value of a part at the moment of that index. */
  const value = (node: TreeNode, forming: boolean, m: number): number => {
    if (!names.has(node)) names.set(node, names.size)
    const key = `${names.get(node)} ${forming} ${m}`
    const known = memo.get(key)
    if (known !== undefined) return known
    const found = worthOf(node, forming, m)
    memo.set(key, found)
    return found
  }

  /** One sample at each closing of the clock, and the values of now where a sample is under way. */
  const samples = <T>(
    node: TreeNode,
    forming: boolean,
    m: number,
    sample: (m: number) => T,
  ): readonly T[] => {
    const clock = clockOf(node, DEFAULT_MS) ?? DEFAULT_MS
    const all: T[] = []
    for (let i = 0; i <= m; i++) if (moments[i]?.closed.has(clock)) all.push(sample(i))
    const moment = moments[m] as Moment
    if (!moment.closed.has(clock) && isUnderWay(moment.told, node, forming, clock)) all.push(sample(m))
    return all
  }

  const columns = (node: IndicatorNode, forming: boolean, m: number) => {
    const ms = node.intervalMs ?? DEFAULT_MS
    return samples(node, forming, m, (i) => {
      const bar = barAt((moments[i] as Moment).told, ms, forming)
      return bar ?? { high: NAN, low: NAN, close: NAN, volume: NAN }
    })
  }

  const worthOf = (node: TreeNode, forming: boolean, m: number): number => {
    const { told } = moments[m] as Moment
    const part = (of: TreeNode) => value(of, forming, m)
    const past = (of: TreeNode) => samples(node, forming, m, (i) => value(of, forming, i))
    switch (node.kind) {
      case 'number':
      case 'clock':
        return node.value
      case 'bar':
        return barAt(told, node.intervalMs ?? DEFAULT_MS, forming)?.[node.field] ?? NAN
      case 'day':
        return dayAt(told, forming)[node.field]
      case 'fact': {
        const facts = factsAt(told)
        const all = listingAt(told)
        switch (node.field) {
          case 'basePrice':
            return facts?.basePrice || NAN
          case 'upperLimit':
            return facts?.band?.upper ?? NAN
          case 'lowerLimit':
            return facts?.band?.lower ?? NAN
          case 'gap':
            return change(dayAt(told, forming).open, facts?.basePrice || NAN)
          case 'marketCap':
            return (barAt(told, DEFAULT_MS, forming)?.close ?? NAN) * (all?.listing.listedShares ?? NAN)
          default:
            throw new Error('names are compared by name')
        }
      }
      case 'live':
        return liveAt(told, node.field)
      case 'time':
        return nowAt(told) < 0 ? NAN : KOREAN_TIME.timeOfDay(nowAt(told))
      case 'change': {
        if (!node.over)
          return change(barAt(told, DEFAULT_MS, forming)?.close ?? NAN, factsAt(told)?.basePrice || NAN)
        const { intervalMs, bars } = node.over
        const closes = samples(
          node,
          forming,
          m,
          (i) => barAt((moments[i] as Moment).told, intervalMs, forming)?.close,
        )
        return change(closes.at(-1) ?? NAN, closes.at(-1 - bars) ?? NAN)
      }
      case 'indicator': {
        const filled = node.source ? kept(past(node.source)) : []
        if (node.source && Number.isNaN(filled.at(-1) ?? NAN)) return NAN
        return indicator(node, filled, columns(node, forming, m))
      }
      case 'aggregate': {
        const filled = kept(past(node.of))
        if (Number.isNaN(filled.at(-1) ?? NAN)) return NAN
        const batch = { average: sma, max, min, sum }[node.how]
        return batch(Float64Array.from(filled), node.count).at(-1) ?? NAN
      }
      case 'ago':
        return past(node.of).at(-1 - node.bars) ?? NAN
      case 'forming':
        return value(node.of, true, m)
      case 'negative':
        return -part(node.of)
      case 'abs':
        return Math.abs(part(node.of))
      case 'arithmetic':
        return arithmetic(node.op, node.left, node.right, part)
      case 'compare': {
        const texts = textsOf(told, node.left, [node.right])
        if (texts)
          return texts.of === undefined ? NAN : Number((texts.of === texts.values[0]) === (node.op === '=='))
        return compared(node.op, part(node.left), part(node.right))
      }
      case 'cross': {
        const pairs = samples(node, forming, m, (i) => [
          value(node.left, forming, i),
          value(node.right, forming, i),
        ])
        const [[a = NAN, b = NAN] = [], [x = NAN, y = NAN] = []] = pairs.slice(-2)
        if (pairs.length < 2 || [a, b, x, y].some(Number.isNaN)) return NAN
        return Number(node.direction === 'above' ? a <= b && x > y : a >= b && x < y)
      }
      case 'between': {
        const [of, low, high] = [part(node.of), part(node.low), part(node.high)]
        if ([of, low, high].some(Number.isNaN)) return NAN
        return Number(
          node.of.kind === 'time' && low > high ? of >= low || of <= high : of >= low && of <= high,
        )
      }
      case 'among': {
        const texts = textsOf(told, node.of, node.values)
        if (texts) return texts.of === undefined ? NAN : Number(texts.values.includes(texts.of))
        return any(node.values.map((each) => compared('==', part(node.of), part(each))))
      }
      case 'trend': {
        const all = past(node.of)
        const steps = all.map((each, i) =>
          compared(node.direction === 'rising' ? '>' : '<', each, all[i - 1] ?? NAN),
        )
        return lasting(steps, node.bars)
      }
      case 'during': {
        const truths = past(node.of)
        return node.how === 'for'
          ? lasting(truths, node.bars)
          : 1 -
              lasting(
                truths.map((t) => 1 - t),
                node.bars,
              )
      }
      case 'flag': {
        const facts = factsAt(told)
        return facts ? Number(facts[node.flag]) : NAN
      }
      case 'designated': {
        const facts = factsAt(told)
        return facts ? Number(facts.designations.some((each) => each === node.as)) : NAN
      }
      case 'not':
        return 1 - part(node.of)
      case 'all':
        return 1 - any(node.of.map((each) => 1 - part(each)))
      case 'any':
        return any(node.of.map(part))
      case 'name':
        throw new Error('a name has no value')
    }
  }

  return value(whole, false, moments.length - 1)
}

/** A window of truths: false as soon as one is, true when all are. */
function lasting(truths: readonly number[], bars: number): number {
  const window = truths.slice(-bars)
  if (window.includes(0)) return 0
  return window.length === bars && window.every((each) => each === 1) ? 1 : NAN
}

const any = (truths: readonly number[]): number =>
  truths.includes(1) ? 1 : truths.every((each) => each === 0) ? 0 : NAN

function compared(op: string, a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return NAN
  const truths: Record<string, boolean> = {
    '>': a > b,
    '<': a < b,
    '>=': a >= b,
    '<=': a <= b,
    '==': a === b,
    '!=': a !== b,
  }
  return Number(truths[op])
}

const finite = (value: number): number => (Number.isFinite(value) ? value : NAN)
const change = (now: number, before: number): number => finite((now - before) / before)

function arithmetic(
  op: string,
  left: ValueNode,
  right: ValueNode,
  part: (node: ValueNode) => number,
): number {
  const [a, b] = [part(left), part(right)]
  if (op === '+') return a + b
  if (op === '-') return a - b
  if (op === '/') return finite(a / b)
  // A written percentage multiplies as the fraction it is.
  const [share, of] = left.kind === 'number' && left.unit === 'percent' ? [left, b] : [right, a]
  if (share.kind !== 'number' || share.unit !== 'percent') return a * b
  const places = Math.max(0, (share.value.toFixed(12).replace(/0+$/, '').split('.')[1] ?? '').length)
  return (of * Math.round(share.value * 10 ** places)) / 10 ** places
}

/** A value that is not there repeats the one before; those before the first are left out. */
function kept(values: readonly number[]): readonly number[] {
  const all: number[] = []
  for (const each of values) {
    const next = Number.isNaN(each) ? all.at(-1) : each
    if (next !== undefined) all.push(next)
  }
  return all
}

function indicator(
  { name, parameters, output, source }: IndicatorNode,
  given: readonly number[],
  bars: readonly { high: number; low: number; close: number; volume: number }[],
): number {
  const column = (field: 'high' | 'low' | 'close' | 'volume') => Float64Array.from(bars, (bar) => bar[field])
  const values = source ? Float64Array.from(given) : column('close')
  const [a = 0, b = 0, c = 0] = parameters
  const outputs: Readonly<Record<(typeof NAIVE_INDICATORS)[number], () => Float64Array | object>> = {
    sma: () => sma(values, a),
    ema: () => ema(values, a),
    rsi: () => rsi(values, a),
    macd: () => macd(values, a, b, c),
    bbands: () => bbands(values, a, b, b),
    atr: () => averageTrueRange(column('high'), column('low'), column('close'), a),
    stoch: () => stoch(column('high'), column('low'), column('close'), a, b, c),
    vwma: () => vwma(column('close'), column('volume'), a),
  }
  const all = outputs[name as (typeof NAIVE_INDICATORS)[number]]()
  const found = all instanceof Float64Array ? all : (all as Readonly<Record<string, Float64Array>>)[output]
  return found?.at(-1) ?? NAN
}

const barsOf = (told: readonly Told[], intervalMs: number): readonly ClosedBar[] =>
  told.flatMap((each) => (each.kind === 'bar' && each.intervalMs === intervalMs ? [each.bar] : []))

type WholeBar = Required<ClosedBar>

/** The bar under way, of the trades heard since the last closed one; `undefined` when there is none. */
function underWay(told: readonly Told[], intervalMs: number): WholeBar | undefined {
  const closedOpen = barsOf(told, intervalMs).at(-1)?.openAt ?? -1
  const trades = told.flatMap((each) => (each.kind === 'trade' ? [each.trade] : []))
  const openOf = (at: number) => at - (KOREAN_TIME.timeOfDay(at) % intervalMs)
  const openAt = Math.max(-1, ...trades.map(({ at }) => openOf(at)))
  if (openAt <= closedOpen) return undefined
  const own = trades.filter(({ at }) => openOf(at) === openAt)
  const prices = own.map(({ price }) => price)
  return {
    openAt,
    closeAt: openAt + intervalMs,
    open: prices[0] ?? NAN,
    high: Math.max(...prices),
    low: Math.min(...prices),
    close: prices.at(-1) ?? NAN,
    volume: own.reduce((total, { quantity }) => total + quantity, 0),
    value: own.reduce((total, { price, quantity }) => total + price * quantity, 0),
  }
}

const barAt = (told: readonly Told[], intervalMs: number, forming: boolean): ClosedBar | undefined =>
  (forming ? underWay(told, intervalMs) : undefined) ?? barsOf(told, intervalMs).at(-1)

/** Does a sample of its own begin with what was heard since the clock's last closing? */
function isUnderWay(told: readonly Told[], node: TreeNode, forming: boolean, clock: number): boolean {
  const heard = heardBy(node, forming)
  if (heard.trades && underWay(told, clock)) return true
  if (!heard.quotes) return false
  const lastBar = told.findLastIndex((each) => each.kind === 'bar' && each.intervalMs === clock)
  return told.slice(lastBar + 1).some((each) => each.kind === 'quote')
}

function heardBy(node: TreeNode, forming: boolean): { readonly trades: boolean; readonly quotes: boolean } {
  const ofBars =
    ['bar', 'day', 'change', 'indicator'].includes(node.kind) ||
    (node.kind === 'fact' && (node.field === 'gap' || node.field === 'marketCap'))
  // An indicator with a source is made of that alone.
  const own = ofBars && !(node.kind === 'indicator' && node.source)
  const parts = partsOf(node).map((part) => heardBy(part, forming || node.kind === 'forming'))
  return {
    trades:
      (own && forming) ||
      (node.kind === 'live' && node.field === 'last') ||
      parts.some(({ trades }) => trades),
    quotes: (node.kind === 'live' && node.field !== 'last') || parts.some(({ quotes }) => quotes),
  }
}

function liveAt(told: readonly Told[], field: 'last' | keyof Omit<BestQuotes, 'at'> | 'spread'): number {
  const trade = told.findLast((each) => each.kind === 'trade')
  if (field === 'last') return trade?.trade.price ?? NAN
  const quote = told.findLast((each) => each.kind === 'quote')?.quote
  if (!quote) return NAN
  const { bid, ask } = quote
  if (field === 'spread') return bid > 0 && ask > 0 ? ask - bid : NAN
  if (field === 'bid' || field === 'ask') return quote[field] > 0 ? quote[field] : NAN
  return quote[field]
}

function nowAt(told: readonly Told[]): number {
  return Math.max(
    -1,
    ...told.map((each) =>
      each.kind === 'bar'
        ? each.bar.closeAt
        : each.kind === 'trade'
          ? each.trade.at
          : each.kind === 'quote'
            ? each.quote.at
            : -1,
    ),
  )
}

/** The newest local day of which anything was heard. */
const todayAt = (told: readonly Told[]): number =>
  Math.max(
    -1,
    ...told.map((each) => {
      if (each.kind === 'facts') return dayNumber(each.facts.day)
      if (each.kind === 'bar') return KOREAN_TIME.day(each.bar.openAt)
      return each.kind === 'trade'
        ? KOREAN_TIME.day(each.trade.at)
        : each.kind === 'quote'
          ? KOREAN_TIME.day(each.quote.at)
          : -1
    }),
  )

const listingAt = (told: readonly Told[]): DayFacts | undefined =>
  told.findLast((each) => each.kind === 'facts')?.facts

/** Facts hold for their own day only. */
function factsAt(told: readonly Told[]): DayFacts | undefined {
  const today = todayAt(told)
  return told.findLast((each) => each.kind === 'facts' && dayNumber(each.facts.day) === today)?.kind ===
    'facts'
    ? told
        .flatMap((each) => (each.kind === 'facts' && dayNumber(each.facts.day) === today ? [each.facts] : []))
        .at(-1)
    : undefined
}

const UNKNOWN_DAY = { open: NAN, high: NAN, low: NAN, volume: NAN, value: NAN, vwap: NAN }

function dayAt(told: readonly Told[], forming: boolean) {
  const today = todayAt(told)
  const all = barsOf(told, DEFAULT_MS)
  const next = forming ? underWay(told, DEFAULT_MS) : undefined
  const bars = next ? [...all, next] : all
  const own = bars.filter(({ openAt }) => KOREAN_TIME.day(openAt) === today)
  const [first] = own
  if (!first) return UNKNOWN_DAY
  const announcedAt = told.findIndex((each) => each.kind === 'facts' && dayNumber(each.facts.day) === today)
  const isAnnounced = announcedAt >= 0 && todayAt(told.slice(0, announcedAt)) < today
  if (!isAnnounced && !all.some(({ openAt }) => KOREAN_TIME.day(openAt) < today)) return UNKNOWN_DAY
  const total = (of: (bar: ClosedBar) => number) => own.reduce((sum, bar) => sum + of(bar), 0)
  const volume = total((bar) => bar.volume)
  return {
    open: first.open,
    high: Math.max(...own.map(({ high }) => high)),
    low: Math.min(...own.map(({ low }) => low)),
    volume,
    value: total((bar) => bar.value ?? NAN),
    vwap: volume > 0 ? total((bar) => (bar.high + bar.low + bar.close) * bar.volume) / volume / 3 : NAN,
  }
}

/** Names are compared as they are; `undefined` when neither is one. */
function textsOf(told: readonly Told[], left: ValueNode, right: readonly ValueNode[]) {
  if (left.kind !== 'fact' || (left.field !== 'market' && left.field !== 'class')) return undefined
  const values = right.map((each) => (each.kind === 'name' ? each.value : ''))
  return { of: listingAt(told)?.listing[left.field], values }
}
