import type { EpochMs } from '../../../../std/clock.ts'
import { broken, invariant } from '../../../../std/invariant.ts'
import { codeOf, designationBits } from '../language/names.ts'
import { type BestQuotes, type ClosedBar, type DayFacts, dayNumber, type Print } from './feeds.ts'
import {
  ANNOUNCED_DAY,
  ASK,
  ASK_QUANTITY,
  BAR_COLUMNS,
  BASE_PRICE,
  BID,
  BID_QUANTITY,
  CLASS,
  CLOSE,
  CLOSE_AT,
  COLUMNS,
  COLUMNS_OF_INTERVAL,
  COUNT,
  DAY,
  DESIGNATIONS,
  FACTS_DAY,
  FORMING,
  FRESH_ALL,
  HALTED,
  HIGH,
  IN_VI,
  LAST,
  LISTED_SHARES,
  LOW,
  LOWER_LIMIT,
  MARKET,
  type Memory,
  NOW,
  OPEN,
  OPEN_AT,
  PENDING,
  PENDING_AT,
  QUOTE_NEWS,
  SETTLED_AT,
  SPREAD,
  STALE,
  STALE_ALL,
  STALE_LIVE,
  TIME,
  TRADE_NEWS,
  TRADES_SEEN,
  UPPER_LIMIT,
  VALUE,
  VOLUME,
} from './memory.ts'
import type { Program } from './program.ts'

const at = (f: Float64Array, place: number): number => f[place] as number

/**
 * A closed bar comes. Bars that close at the same instant are reckoned together, as soon as anything later comes or an
 * answer is asked for. Errors: see `Evaluator.bar`.
 */
export function deliverBar(program: Program, memory: Memory, intervalMs: number, bar: ClosedBar): void {
  const { f } = memory
  const index = program.frame.intervals.indexOf(intervalMs)
  if (index < 0) return
  const closed = COLUMNS + index * COLUMNS_OF_INTERVAL
  if (at(f, PENDING) !== 0 && bar.closeAt > at(f, PENDING_AT)) settle(program, memory)
  if (
    !(bar.closeAt > at(f, SETTLED_AT)) ||
    bar.closeAt < at(f, PENDING_AT) ||
    bar.openAt <= at(f, closed + OPEN_AT)
  )
    late(intervalMs, bar, f)
  const sum = bar.open + bar.high + bar.low + bar.close + bar.volume + bar.openAt
  if (sum - sum !== 0) broken(`a bar is made of finite numbers: ${JSON.stringify(bar)}`)
  if (program.uses.day) advanceDay(program, f, bar.openAt)
  f[closed + OPEN_AT] = bar.openAt
  f[closed + CLOSE_AT] = bar.closeAt
  f[closed + OPEN] = bar.open
  f[closed + HIGH] = bar.high
  f[closed + LOW] = bar.low
  f[closed + CLOSE] = bar.close
  f[closed + VOLUME] = bar.volume
  f[closed + VALUE] = bar.value ?? (program.frame.estimateValue ? estimated(bar) : Number.NaN)
  f[closed + COUNT] = at(f, closed + COUNT) + 1
  const bit = 1 << index
  if (at(f, QUOTE_NEWS) !== 0) f[QUOTE_NEWS] = at(f, QUOTE_NEWS) & ~bit
  // A bar under way that began after this one stays.
  if (program.uses.trades && !(at(f, closed + FORMING + OPEN_AT) > bar.openAt)) {
    f.copyWithin(closed + FORMING, closed, closed + BAR_COLUMNS)
    f[TRADE_NEWS] = at(f, TRADE_NEWS) & ~bit
  }
  f[PENDING] = at(f, PENDING) | bit
  f[PENDING_AT] = bar.closeAt
}

/** Source: rule book §5.1, typical price. */
const estimated = ({ high, low, close, volume }: ClosedBar): number => ((high + low + close) / 3) * volume

function late(intervalMs: number, bar: ClosedBar, f: Float64Array): never {
  return broken(
    `bars come in the order of their closing, those that close together before the next answer: ${intervalMs} ms, ` +
      `open ${bar.openAt}, close ${bar.closeAt}, after ${Math.max(at(f, SETTLED_AT), at(f, PENDING_AT))}`,
  )
}

/** A trade comes. One that belongs to a bar already closed changes `last`, and no bar. */
export function deliverTrade(program: Program, memory: Memory, trade: Print): void {
  settle(program, memory)
  const { f } = memory
  const { frame, uses } = program
  hear(f, trade.at)
  f[LAST] = trade.price
  f[TRADES_SEEN] = 1
  if (uses.day) advanceDay(program, f, trade.at)
  f[STALE] = Math.max(at(f, STALE), STALE_LIVE)
  if (!uses.trades) return
  const sinceMidnight = frame.time.timeOfDay(trade.at)
  for (let i = 0; i < frame.intervals.length; i++) {
    const intervalMs = frame.intervals[i] as number
    const openAt = trade.at - (sinceMidnight % intervalMs)
    const closed = COLUMNS + i * COLUMNS_OF_INTERVAL
    const view = closed + FORMING
    if (openAt <= at(f, closed + OPEN_AT) || openAt < at(f, view + OPEN_AT)) continue
    if (openAt === at(f, view + OPEN_AT)) extend(f, view, trade)
    else begin(f, view, openAt, intervalMs, trade)
    f[TRADE_NEWS] = at(f, TRADE_NEWS) | (1 << i)
  }
}

function begin(
  f: Float64Array,
  view: number,
  openAt: EpochMs,
  intervalMs: number,
  { price, quantity }: Print,
): void {
  f[view + OPEN_AT] = openAt
  f[view + CLOSE_AT] = openAt + intervalMs
  f[view + OPEN] = price
  f[view + HIGH] = price
  f[view + LOW] = price
  f[view + CLOSE] = price
  f[view + VOLUME] = quantity
  f[view + VALUE] = price * quantity
}

function extend(f: Float64Array, view: number, { price, quantity }: Print): void {
  if (price > at(f, view + HIGH)) f[view + HIGH] = price
  if (price < at(f, view + LOW)) f[view + LOW] = price
  f[view + CLOSE] = price
  f[view + VOLUME] = at(f, view + VOLUME) + quantity
  f[view + VALUE] = at(f, view + VALUE) + price * quantity
}

/** Best quotes come. An empty side has no value, and no spread. */
export function deliverQuote(program: Program, memory: Memory, quote: BestQuotes): void {
  settle(program, memory)
  const { f } = memory
  hear(f, quote.at)
  if (program.uses.day) advanceDay(program, f, quote.at)
  const [hasBid, hasAsk] = [quote.bid > 0, quote.ask > 0]
  f[BID] = hasBid ? quote.bid : Number.NaN
  f[ASK] = hasAsk ? quote.ask : Number.NaN
  f[BID_QUANTITY] = hasBid ? quote.bidQuantity : 0
  f[ASK_QUANTITY] = hasAsk ? quote.askQuantity : 0
  f[SPREAD] = quote.ask - quote.bid
  if (!hasBid || !hasAsk) f[SPREAD] = Number.NaN
  f[QUOTE_NEWS] = (1 << program.frame.intervals.length) - 1
  f[STALE] = Math.max(at(f, STALE), STALE_LIVE)
}

/** The facts of a day come. Those of an earlier day than is known change the listing alone. */
export function deliverFacts(program: Program, memory: Memory, facts: DayFacts): void {
  settle(program, memory)
  const { f } = memory
  const day = dayNumber(facts.day)
  f[MARKET] = codeOf('market', facts.listing.market)
  f[CLASS] = codeOf('class', facts.listing.class)
  f[LISTED_SHARES] = facts.listing.listedShares ?? Number.NaN
  f[STALE] = STALE_ALL
  if (day < at(f, DAY)) return
  if (day > at(f, DAY)) f[ANNOUNCED_DAY] = day
  f[DAY] = day
  f[FACTS_DAY] = day
  f[BASE_PRICE] = facts.basePrice > 0 ? facts.basePrice : Number.NaN
  f[UPPER_LIMIT] = facts.band?.upper ?? Number.NaN
  f[LOWER_LIMIT] = facts.band?.lower ?? Number.NaN
  f[DESIGNATIONS] = designationBits(facts.designations)
  f[HALTED] = facts.halted ? 1 : 0
  f[IN_VI] = facts.inVi ? 1 : 0
}

/** Time passes, and nothing else is heard. */
export function deliverTime(program: Program, memory: Memory, now: EpochMs): void {
  settle(program, memory)
  hear(memory.f, now)
  if (program.uses.day) advanceDay(program, memory.f, now)
  memory.f[STALE] = Math.max(at(memory.f, STALE), STALE_LIVE)
}

/** Brings the memory up to date. */
export function bringUpToDate(program: Program, memory: Memory): void {
  settle(program, memory)
  const { f } = memory
  const stale = at(f, STALE)
  if (stale === FRESH_ALL) return
  readClock(program, f)
  if (stale === STALE_ALL) program.refresh(memory, 0)
  else program.peek(memory)
  f[STALE] = FRESH_ALL
}

/** The truth of a condition in a memory that is up to date. */
export function truthOf(program: Program, { f }: Memory, root: number): boolean | undefined {
  const { place, forming } = program.roots[root] ?? rootless(root)
  const value = at(f, place)
  if (Number.isNaN(value) || (forming && at(f, TRADES_SEEN) === 0)) return undefined
  return value === 1
}

const rootless = (root: number): never => broken(`a program has no condition number ${root}`)

/** Reckons the bars that closed together. */
function settle(program: Program, memory: Memory): void {
  const { f } = memory
  const closed = at(f, PENDING) | 0
  if (closed === 0) return
  hear(f, at(f, PENDING_AT))
  readClock(program, f)
  if (at(f, STALE) === STALE_ALL) program.refresh(memory, closed)
  else program.commit(memory, closed)
  f[PENDING] = 0
  f[SETTLED_AT] = at(f, PENDING_AT)
  f[STALE] = FRESH_ALL
}

function readClock({ uses, frame }: Program, f: Float64Array): void {
  if (uses.time && at(f, NOW) >= 0) f[TIME] = frame.time.timeOfDay(at(f, NOW))
}

function hear(f: Float64Array, when: EpochMs): void {
  if (when > at(f, NOW)) f[NOW] = when
}

/** With a new day everything said of the old one is forgotten. */
function advanceDay(program: Program, f: Float64Array, when: EpochMs): void {
  const day = program.frame.time.day(when)
  if (day <= at(f, DAY)) return
  invariant(Number.isFinite(day), `an instant is a number: ${when}`)
  f[DAY] = day
  f[STALE] = STALE_ALL
  if (at(f, FACTS_DAY) >= day) return
  for (const place of [BASE_PRICE, UPPER_LIMIT, LOWER_LIMIT, DESIGNATIONS, HALTED, IN_VI])
    f[place] = Number.NaN
}
