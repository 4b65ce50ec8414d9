import { broken, never } from '../../../../std/invariant.ts'
import { INDICATORS } from '../language/indicator-table.ts'
import { codeOf, designationBit } from '../language/names.ts'
import type {
  ArithmeticNode,
  BarField,
  ConditionNode,
  DayField,
  FactField,
  LiveField,
  TreeNode,
} from '../language/tree.ts'
import { kindOf } from '../language/types.ts'
import { buildIndicator, buildPast } from './compile-past.ts'
import {
  ASK,
  ASK_QUANTITY,
  BASE_PRICE,
  BID,
  BID_QUANTITY,
  CLASS,
  CLOSE,
  DESIGNATIONS,
  FORMING,
  HALTED,
  HIGH,
  IN_VI,
  LAST,
  LISTED_SHARES,
  LOW,
  LOWER_LIMIT,
  MARKET,
  OPEN,
  OPEN_AT,
  SPREAD,
  TIME,
  UPPER_LIMIT,
  VALUE,
  VOLUME,
} from './memory.ts'
import { type Builder, createBuilder, type Frame, type Program } from './program.ts'
import { nodesOf } from './requirements.ts'
import { FIXED } from './step.ts'
import { DAY_AT_FIRST, DAY_BAR, dayStep, formingDayStep } from './steps-day.ts'
import {
  absStep,
  allStep,
  amongStep,
  anyStep,
  arithmeticStep,
  betweenStep,
  bitStep,
  changeStep,
  compareStep,
  negativeStep,
  notStep,
  shareStep,
} from './steps-pure.ts'

/**
 * Makes conditions ready to be reckoned. What several of them share (the same indicator of the same values) is reckoned
 * once. Errors: an interval that a condition names is not among `frame.intervals`.
 */
export function compile(conditions: readonly ConditionNode[], frame: Frame): Program {
  const { builder, finish } = createBuilder(frame)
  const places = { closed: new Map<TreeNode, number>(), forming: new Map<TreeNode, number>() }
  const place = (node: TreeNode, forming: boolean): number => {
    const found = build({ builder, forming, place }, node)
    places[forming ? 'forming' : 'closed'].set(node, found)
    return found
  }
  const roots = conditions.map((condition) => ({
    place: place(condition, false),
    forming: [...nodesOf(condition)].some((node) => node.kind === 'forming'),
  }))
  const nodes = conditions.flatMap((condition) => [...nodesOf(condition)])
  const uses = {
    trades: nodes.some((node) => node.kind === 'forming' || (node.kind === 'live' && node.field === 'last')),
    time: nodes.some((node) => node.kind === 'time'),
    day: nodes.some(followsTheDay),
  }
  return finish(roots, uses, (node, forming) => places[forming ? 'forming' : 'closed'].get(node))
}

/** What is known of one day is not known of the next. */
const followsTheDay = (node: TreeNode): boolean =>
  node.kind === 'day' ||
  node.kind === 'fact' ||
  node.kind === 'flag' ||
  node.kind === 'designated' ||
  (node.kind === 'change' && node.over === undefined)

/** Where a part is being built. `forming`: it counts the bar under way as its last. */
export interface Site {
  readonly builder: Builder
  readonly forming: boolean
  readonly place: (node: TreeNode, forming: boolean) => number
}

function build(site: Site, node: TreeNode): number {
  const { builder, forming, place } = site
  const at = (part: TreeNode) => place(part, forming)
  const pure = builder.pure
  switch (node.kind) {
    case 'number':
    case 'clock':
      return builder.shared(`#${node.value}`, () => builder.reserve(node.value))
    case 'name':
      return builder.shared(`name ${node.of} ${node.value}`, () =>
        builder.reserve(codeOf(node.of, node.value)),
      )
    case 'time':
      return builder.given(TIME, { ...FIXED, time: true })
    case 'bar':
      return column(site, node.intervalMs ?? builder.frame.defaultIntervalMs, BAR_PLACES[node.field])
    case 'day':
      return day(site, node.field)
    case 'fact':
      return fact(site, node.field)
    case 'live':
      return live(site, node.field)
    case 'change': {
      if (node.over === undefined) {
        const now = column(site, builder.frame.defaultIntervalMs, CLOSE)
        return pure('change', [now, builder.given(BASE_PRICE, FIXED)], (out) =>
          changeStep(now, BASE_PRICE, out),
        )
      }
      const now = column(site, node.over.intervalMs, CLOSE)
      const before = buildPast(site, { kind: 'ago', bars: node.over.bars }, [now])
      return pure('change', [now, before], (out) => changeStep(now, before, out))
    }
    case 'indicator': {
      const spec = INDICATORS[node.name]
      if (spec === undefined) return broken(`no indicator is called ${node.name}`)
      const intervalMs = node.intervalMs ?? builder.frame.defaultIntervalMs
      const source = node.source ? at(node.source) : column(site, intervalMs, CLOSE)
      // Of whole bars the step reads the columns, which begin at the opening time.
      const bars = spec.input === 'bars' ? column(site, intervalMs, OPEN_AT) : source
      return buildIndicator(site, node.name, spec, node.parameters, bars, node.output)
    }
    case 'aggregate':
      return buildPast(site, node, [at(node.of)])
    case 'ago':
      return buildPast(site, node, [at(node.of)])
    case 'cross':
      return buildPast(site, node, [at(node.left), at(node.right)])
    case 'during':
      return buildPast(site, node, [at(node.of)])
    case 'trend': {
      // Each of the last so many steps went that way.
      const now = at(node.of)
      const before = buildPast(site, { kind: 'ago', bars: 1 }, [now])
      const op = node.direction === 'rising' ? '>' : '<'
      const step = pure(op, [now, before], (out) => compareStep(op, now, before, out))
      return buildPast(site, { kind: 'during', how: 'for', bars: node.bars }, [step])
    }
    case 'forming':
      return place(node.of, true)
    case 'negative':
    case 'abs': {
      const of = at(node.of)
      const make = node.kind === 'abs' ? absStep : negativeStep
      return pure(node.kind, [of], (out) => make(of, out))
    }
    case 'arithmetic':
      return arithmetic(site, node)
    case 'compare': {
      const [left, right] = [at(node.left), at(node.right)]
      return pure(node.op, [left, right], (out) => compareStep(node.op, left, right, out))
    }
    case 'between': {
      const [of, low, high] = [at(node.of), at(node.low), at(node.high)]
      const wraps = kindOf(node.of) === 'time'
      return pure(wraps ? 'between times' : 'between', [of, low, high], (out) =>
        betweenStep(of, low, high, wraps, out),
      )
    }
    case 'among': {
      const of = at(node.of)
      const values = node.values.map(at)
      return pure('among', [of, ...values], (out) => amongStep(of, values, out))
    }
    case 'flag':
      return builder.given(node.flag === 'halted' ? HALTED : IN_VI, FIXED)
    case 'designated': {
      const bit = designationBit(node.as)
      return pure(`designated ${bit}`, [DESIGNATIONS], (out) => bitStep(DESIGNATIONS, bit, out))
    }
    case 'not': {
      const of = at(node.of)
      return pure('not', [of], (out) => notStep(of, out))
    }
    case 'all':
    case 'any': {
      const of = node.of.map(at)
      const make = node.kind === 'all' ? allStep : anyStep
      return pure(node.kind, of, (out) => make(of, out))
    }
    default:
      return never(node)
  }
}

const BAR_PLACES: Readonly<Record<BarField, number>> = {
  open: OPEN,
  high: HIGH,
  low: LOW,
  close: CLOSE,
  volume: VOLUME,
  value: VALUE,
}

/** A column of the last closed bar, or of the one under way. */
function column(
  { builder, forming }: Pick<Site, 'builder' | 'forming'>,
  intervalMs: number,
  which: number,
): number {
  const place = builder.columnsOf(intervalMs) + which + (forming ? FORMING : 0)
  const reads = builder.bitOf(intervalMs)
  return builder.given(place, { reads, clockMs: intervalMs, trades: forming, quotes: false, time: false })
}

const DAY_FIELDS: readonly DayField[] = ['open', 'high', 'low', 'volume', 'value', 'vwap']

/** All fields of the day come from one step. */
function day({ builder, forming }: Site, field: DayField): number {
  const { defaultIntervalMs: intervalMs, time } = builder.frame
  const bars = column({ builder, forming: false }, intervalMs, OPEN_AT)
  const outputsAt = (first: number) => DAY_FIELDS.map((each, i) => ({ field: each, place: first + i }))
  const state = builder.shared('state of the day', () => builder.reserve(DAY_AT_FIRST))
  const closed = builder.shared('day', () => {
    const first = builder.reserve(Number.NaN, DAY_FIELDS.length)
    const outputs = outputsAt(first)
    const places = outputs.map((output) => output.place)
    builder.past(dayStep(time, bars, state, outputs), places, builder.origin(bars), builder.bitOf(intervalMs))
    return first
  })
  const offset = DAY_FIELDS.indexOf(field)
  if (!forming) return closed + offset
  const whole = builder.shared('day forming', () => {
    const scratch = builder.reserve(Number.NaN, DAY_BAR)
    const first = builder.reserve(Number.NaN, DAY_FIELDS.length)
    const outputs = outputsAt(first)
    const view = column({ builder, forming }, intervalMs, OPEN_AT)
    const places = outputs.map((output) => output.place)
    const step = formingDayStep(time, bars, view, state, scratch, outputs)
    builder.past(step, places, builder.origin(view), 0)
    return first
  })
  return whole + offset
}

function fact(site: Site, field: FactField): number {
  const { builder } = site
  const told = (place: number) => builder.given(place, FIXED)
  switch (field) {
    case 'basePrice':
      return told(BASE_PRICE)
    case 'upperLimit':
      return told(UPPER_LIMIT)
    case 'lowerLimit':
      return told(LOWER_LIMIT)
    case 'market':
      return told(MARKET)
    case 'class':
      return told(CLASS)
    case 'gap': {
      const open = day(site, 'open')
      return builder.pure('change', [open, BASE_PRICE], (out) => changeStep(open, BASE_PRICE, out))
    }
    case 'marketCap': {
      const close = column(site, builder.frame.defaultIntervalMs, CLOSE)
      return builder.pure('*', [close, LISTED_SHARES], (out) =>
        arithmeticStep('*', close, LISTED_SHARES, out),
      )
    }
  }
}

const LIVE_PLACES: Readonly<Record<LiveField, number>> = {
  last: LAST,
  bid: BID,
  ask: ASK,
  bidQuantity: BID_QUANTITY,
  askQuantity: ASK_QUANTITY,
  spread: SPREAD,
}

function live({ builder }: Site, field: LiveField): number {
  const trades = field === 'last'
  const clockMs = builder.frame.defaultIntervalMs
  return builder.given(LIVE_PLACES[field], { reads: 0, clockMs, trades, quotes: !trades, time: false })
}

function arithmetic({ builder, forming, place }: Site, node: ArithmeticNode): number {
  const { left, right } = node
  const op = node.op === 'of' ? '*' : node.op
  // A written percentage is an exact fraction.
  const [share, whole] = left.kind === 'number' && left.unit === 'percent' ? [left, right] : [right, left]
  if (op === '*' && share.kind === 'number' && share.unit === 'percent') {
    const of = place(whole, forming)
    place(share, forming)
    return builder.pure(`share ${share.value}`, [of], (out) => shareStep(share.value, of, out))
  }
  const [a, b] = [place(left, forming), place(right, forming)]
  return builder.pure(op, [a, b], (out) => arithmeticStep(op, a, b, out))
}
