import type { InstrumentId } from '../../model/ids.ts'
import type { KoreanVenue } from '../../model/instrument.ts'
import { NO_SHARES, price, quantity } from '../../model/money.ts'
import type { OrderType, Side } from '../../model/order.ts'
import { kstInstant, type TradingDay, timeOfDay } from '../../model/time.ts'
import { createRandom } from '../../std/random.ts'
import { createNationalMarket, type NationalMarket } from '../national-market.ts'
import type { Exchange, ExchangeEvent, ExchangeRefusal } from '../types.ts'
import { DAY, type ListingWish, listing, type OrderWish, STOCK } from './test-exchange.ts'

/** One venue of it, and what it told. */
export interface TestVenue {
  readonly exchange: Exchange
  /** The number of the accepted order; a refusal fails the test. Each order has its own owner unless one is named. */
  order(side: Side, shares: number, limit: number | OrderType, wish?: OrderWish): number
  refusal(
    side: Side,
    shares: number,
    limit: number | OrderType,
    wish?: OrderWish,
  ): ExchangeRefusal['code'] | undefined
  cancel(number: number): boolean
  open(number: number): number
  told<K extends ExchangeEvent['kind']>(kind: K): Extract<ExchangeEvent, { kind: K }>[]
  /** `[time of day, price, shares]` */
  prints(): [clock: string, price: number, shares: number][]
}

export interface TestNationalMarket {
  readonly market: NationalMarket
  readonly krx: TestVenue
  readonly nxt: TestVenue
  /** Of both venues, as they were told. */
  readonly events: readonly (readonly [KoreanVenue, ExchangeEvent])[]
  to(time: string): void
}

export interface NationalWish {
  readonly day?: TradingDay
  readonly listings?: readonly ListingWish[]
  readonly onNxt?: readonly InstrumentId[]
  readonly seed?: number
}

/** Both venues with one stock that trades at both. */
export function openNationalMarket(startAt: string, wish: NationalWish = {}): TestNationalMarket {
  const { day = DAY, listings = [{}], onNxt = [STOCK], seed = 1 } = wish
  const at = (text: string) => kstInstant(day, timeOfDay(text))
  const events: [KoreanVenue, ExchangeEvent][] = []
  const market = createNationalMarket({
    day,
    listings: listings.map((each) => {
      const made = listing(each)
      return { ...made, today: { ...made.today, day } }
    }),
    onNxt: new Set(onNxt),
    random: createRandom(seed),
    startAt: at(startAt),
    onEvent: (venue, event) => events.push([venue, event]),
  })
  const clockOf = (instant: number) => new Date(instant - at('00:00')).toISOString().slice(11, 19)
  let owners = 0

  const venue = (name: KoreanVenue): TestVenue => {
    const exchange = market.venue(name) ?? market.krx
    const submit = (side: Side, shares: number, limit: number | OrderType, order: OrderWish = {}) =>
      exchange.submit({
        owner: order.owner ?? `owner-${++owners}`,
        instrument: order.instrument ?? STOCK,
        side,
        type: order.type ?? (typeof limit === 'number' ? 'limit' : limit),
        timeInForce: order.timeInForce ?? 'day',
        ...(typeof limit === 'number' ? { limit: price(limit) } : {}),
        quantity: quantity(shares),
      })
    const told = <K extends ExchangeEvent['kind']>(kind: K) =>
      events
        .flatMap(([from, event]) => (from === name ? [event] : []))
        .filter((event): event is Extract<ExchangeEvent, { kind: K }> => event.kind === kind)
    return {
      exchange,
      order(...wished) {
        const answer = submit(...wished)
        if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`)
        return answer.number
      },
      refusal(...wished) {
        const answer = submit(...wished)
        return answer.ok ? undefined : answer.refusal.code
      },
      cancel: (number) => exchange.cancel(number, NO_SHARES).ok,
      open: (number) => exchange.order(number)?.open ?? 0,
      told,
      prints: () => told('print').map((print) => [clockOf(print.at), print.price, print.quantity]),
    }
  }
  return { market, krx: venue('KRX'), nxt: venue('NXT'), events, to: (time) => market.advanceTo(at(time)) }
}
