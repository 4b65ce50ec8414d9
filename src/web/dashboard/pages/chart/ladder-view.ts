import type { InstrumentMessage } from '../../../contract/chart.ts'
import type { OrderMessage, TickMessage } from '../../../contract/live.ts'
import { type BookTick, isWorking, type QuoteTick, type TradeTick } from './view.ts'

type Ticks = InstrumentMessage['ticks']

/** By how much a price moves at `at`; 1 while no table is known. */
export function tickAt(ticks: Ticks, at: number): number {
  let tick = 1
  for (const row of ticks) if (row.from <= at) tick = row.tick
  return tick
}

const floorToTick = (ticks: Ticks, at: number): number => at - (at % tickAt(ticks, at))
export function ceilToTick(ticks: Ticks, at: number): number {
  const floor = floorToTick(ticks, at)
  return floor === at ? at : floor + tickAt(ticks, floor)
}
/** The price of the grid next to `at`. */
export function nearestTick(ticks: Ticks, at: number): number {
  const [below, above] = [floorToTick(ticks, at), ceilToTick(ticks, at)]
  return Math.max(at - below <= above - at ? below : above, tickAt(ticks, 1))
}

/** So many ticks up, or down when negative, across the places where the tick changes; never below the smallest price. */
export function stepPrice(ticks: Ticks, from: number, steps: number): number {
  let at = steps > 0 ? floorToTick(ticks, from) : ceilToTick(ticks, from)
  for (let left = Math.abs(steps); left > 0; left--) {
    // The way down from a boundary uses the tick of the step below.
    const next = steps > 0 ? at + tickAt(ticks, at) : at - tickAt(ticks, at - 1)
    if (next <= 0) return at
    at = next
  }
  return at
}

/** What is known of one price. A quantity is `undefined` where the feed does not tell it. */
export interface LadderRow {
  readonly price: number
  readonly side: 'ask' | 'bid' | 'between'
  readonly quantity: number | undefined
  readonly isLast: boolean
  readonly isExpected: boolean
  readonly buying: number
  readonly selling: number
  readonly atLimit: 'upper' | 'lower' | undefined
}

export interface LadderInput {
  readonly ticks: Ticks
  readonly centre: number
  readonly rowsEachSide: number
  readonly last: number
  readonly quote: QuoteTick | undefined
  /** `undefined` where the source tells the best quotes only. */
  readonly book: BookTick | undefined
  readonly orders: readonly OrderMessage[]
  readonly band: InstrumentMessage['band']
}

/** Prices around `centre`, dearest first, inside the limits of the day where they are known. */
export function ladderRows(input: LadderInput): readonly LadderRow[] {
  const { ticks, centre, rowsEachSide, band } = input
  if (centre <= 0) return []
  const prices: number[] = []
  for (let steps = rowsEachSide; steps >= -rowsEachSide; steps--) {
    const price = steps === 0 ? nearestTick(ticks, centre) : stepPrice(ticks, centre, steps)
    const isInside = !band || (price >= band.lower && price <= band.upper)
    if (isInside && price > 0 && price !== prices.at(-1)) prices.push(price)
  }
  return prices.map((price) => rowAt(price, input))
}

function rowAt(price: number, { quote, book, last, orders, band }: LadderInput): LadderRow {
  const [bid, ask] = [quote?.bid ?? 0, quote?.ask ?? 0]
  const open = (side: 'buy' | 'sell') =>
    orders
      .filter((order) => order.side === side && order.limit === price && isWorking(order))
      .reduce((sum, order) => sum + order.quantity - order.filled, 0)
  return {
    price,
    side: sideOf(price, bid, ask, last),
    quantity:
      stepOf(book, price) ??
      (price === bid ? quote?.bidQuantity : price === ask ? quote?.askQuantity : undefined),
    isLast: price === last,
    isExpected: price === quote?.expectedPrice,
    buying: open('buy'),
    selling: open('sell'),
    atLimit: price === band?.upper ? 'upper' : price === band?.lower ? 'lower' : undefined,
  }
}

const stepOf = (book: BookTick | undefined, price: number): number | undefined =>
  (book?.asks.find((step) => step.price === price) ?? book?.bids.find((step) => step.price === price))
    ?.quantity

function sideOf(price: number, bid: number, ask: number, last: number): LadderRow['side'] {
  if (ask > 0 && price >= ask) return 'ask'
  if (bid > 0 && price <= bid) return 'bid'
  if (bid > 0 || ask > 0) return 'between'
  return price > last ? 'ask' : price < last ? 'bid' : 'between'
}

/** Rows stay where they are under a pointer until the last price has nearly left them. */
export function centreAfter(
  centre: number,
  last: number,
  ticks: Ticks,
  rowsEachSide: number,
  isHeld: boolean,
): number {
  if (last <= 0) return centre
  if (centre <= 0) return last
  if (isHeld) return centre
  const away = Math.ceil(rowsEachSide / 2)
  const isNear = last <= stepPrice(ticks, centre, away) && last >= stepPrice(ticks, centre, -away)
  return isNear ? centre : last
}

/** Prints that are kept for the tape. */
const TAPE_LENGTH = 60

export interface Ticker {
  readonly last: TradeTick | undefined
  readonly quote: QuoteTick | undefined
  readonly book: BookTick | undefined
  /** Newest first; `id` counts up. */
  readonly prints: readonly (TradeTick & { readonly id: number })[]
  readonly count: number
}

export const NO_TICKS: Ticker = { last: undefined, quote: undefined, book: undefined, prints: [], count: 0 }

export function afterTicks(ticker: Ticker, ticks: readonly TickMessage[]): Ticker {
  let { last, quote, book, count } = ticker
  const fresh: (TradeTick & { readonly id: number })[] = []
  for (const tick of ticks) {
    if (tick.kind === 'quote') quote = tick
    else if (tick.kind === 'book') book = tick
    else {
      last = tick
      fresh.unshift({ ...tick, id: ++count })
    }
  }
  return { last, quote, book, count, prints: [...fresh, ...ticker.prints].slice(0, TAPE_LENGTH) }
}
