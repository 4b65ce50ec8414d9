import { type InstrumentId, instrumentId } from '../../model/ids.ts'
import type { Designation, Instrument } from '../../model/instrument.ts'
import { type Price, price, type Quantity, quantity } from '../../model/money.ts'
import type { OrderType, Side, TimeInForce } from '../../model/order.ts'
import { kstInstant, type TradingDay, timeOfDay, tradingDay } from '../../model/time.ts'
import { createRandom } from '../../std/random.ts'
import { createExchange } from '../exchange.ts'
import type { Exchange, ExchangeEvent, ExchangeRefusal, Listing } from '../types.ts'

/** A Friday with the hours in force since 2026-09-14. */
export const DAY = tradingDay('2026-11-20')
export const at = (text: string, day: TradingDay = DAY) => kstInstant(day, timeOfDay(text))
export const STOCK = instrumentId('000010')
/** The random ends are over half a minute after the nominal end. */
export const OPENED = '09:00:30'

export interface ListingWish {
  readonly id?: string
  readonly basePrice?: number
  readonly designations?: readonly Designation[]
  readonly halted?: boolean
  readonly singlePriceMinutes?: 10 | 30
  readonly instrument?: Partial<Instrument>
}

export function listing(wish: ListingWish = {}): Listing {
  return {
    instrument: {
      id: instrumentId(wish.id ?? STOCK),
      name: '시험전자',
      market: 'KOSPI',
      class: 'stock',
      viGroup: 'wide',
      ...wish.instrument,
    },
    today: {
      day: DAY,
      basePrice: price(wish.basePrice ?? 10_000),
      designations: wish.designations ?? [],
      halted: wish.halted ?? false,
      ...(wish.singlePriceMinutes ? { singlePriceMinutes: wish.singlePriceMinutes } : {}),
      marginRate: { numerator: 1, denominator: 1 },
    },
    previousVolume: quantity(0),
  }
}

/** `[side, quantity, price]`, or a type instead of a price for those that have none. */
export interface OrderWish {
  readonly owner?: string
  readonly instrument?: InstrumentId
  readonly type?: OrderType
  readonly timeInForce?: TimeInForce
  readonly stop?: number
}

export interface TestExchange {
  readonly exchange: Exchange
  /** Everything told so far. */
  readonly events: readonly ExchangeEvent[]
  to(time: string): void
  /** The number of the accepted order; a refusal fails the test. Each order has its own owner unless one is named. */
  buy(shares: number, limit: number | OrderType, wish?: OrderWish): number
  sell(shares: number, limit: number | OrderType, wish?: OrderWish): number
  refusal(
    side: Side,
    shares: number,
    limit: number | OrderType,
    wish?: OrderWish,
  ): ExchangeRefusal | undefined
  /** `[number, price, quantity]` of every fill, in order. */
  fills(): [number: number, price: number, shares: number][]
  /** Shares an order got so far. */
  filled(number: number): number
  prints(): [price: number, shares: number][]
  closed(number: number): [why: string, shares: number][]
  told<K extends ExchangeEvent['kind']>(kind: K): Extract<ExchangeEvent, { kind: K }>[]
  book(side: Side, depth?: number): [price: number, shares: number][]
}

export function openExchange(
  startAt: string,
  wishes: readonly ListingWish[] = [{}],
  seed = 1,
  day: TradingDay = DAY,
): TestExchange {
  const events: ExchangeEvent[] = []
  const exchange = createExchange({
    venue: 'KRX',
    day,
    listings: wishes.map(listing),
    random: createRandom(seed),
    startAt: at(startAt, day),
    onEvent: (event) => events.push(event),
  })
  let owners = 0
  const submit = (side: Side, shares: number, limit: number | OrderType, wish: OrderWish = {}) =>
    exchange.submit({
      owner: wish.owner ?? `owner-${++owners}`,
      instrument: wish.instrument ?? STOCK,
      side,
      type: wish.type ?? (typeof limit === 'number' ? 'limit' : limit),
      timeInForce: wish.timeInForce ?? 'day',
      ...(typeof limit === 'number' ? { limit: price(limit) } : {}),
      ...(wish.stop === undefined ? {} : { stop: price(wish.stop) }),
      quantity: quantity(shares),
    })
  const accepted = (result: ReturnType<typeof submit>): number => {
    if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`)
    return result.number
  }
  const told = <K extends ExchangeEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<ExchangeEvent, { kind: K }> => event.kind === kind)
  return {
    exchange,
    events,
    to: (time) => exchange.advanceTo(at(time, day)),
    buy: (shares, limit, wish) => accepted(submit('buy', shares, limit, wish)),
    sell: (shares, limit, wish) => accepted(submit('sell', shares, limit, wish)),
    refusal: (side, shares, limit, wish) => {
      const result = submit(side, shares, limit, wish)
      return result.ok ? undefined : result.refusal
    },
    fills: () => told('fill').map((fill) => [fill.number, fill.price, fill.quantity]),
    filled: (number) =>
      told('fill').reduce((sum, fill) => sum + (fill.number === number ? fill.quantity : 0), 0),
    prints: () => told('print').map((print) => [print.price, print.quantity]),
    closed: (number) =>
      told('closed').flatMap((event) => (event.number === number ? [[event.why, event.quantity]] : [])),
    told,
    book: (side, depth = 10) =>
      exchange.levels(STOCK, side, depth).map((level) => [level.price, level.quantity]),
  }
}

export const won = (value: number): Price => price(value)
export const shares = (value: number): Quantity => quantity(value)
