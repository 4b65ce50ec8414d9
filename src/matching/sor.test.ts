import { describe, expect, it } from 'vitest'
import { type Price, price, quantity } from '../model/money.ts'
import type { OrderType, Side, TimeInForce } from '../model/order.ts'
import { exchangeAccepts } from '../model/order-rules.ts'
import { phaseOnRoute } from '../model/route-rules.ts'
import { kstInstant, kstTimeOfDay, timeOfDay, tradingDay } from '../model/time.ts'
import {
  chooseVenue,
  DEFAULT_SOR_POLICY,
  type RoutedOrder,
  type SorPolicy,
  type VenueView,
  venueViewOf,
} from './sor.ts'
import { STOCK } from './testing/test-exchange.ts'
import { openNationalMarket, type TestNationalMarket } from './testing/test-national-market.ts'

/** Both venues have an after-market. */
const DAY = tradingDay('2026-11-20')
const clockOf = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(11, 19)

const order = (
  side: Side,
  limit?: number,
  type: OrderType = 'limit',
  timeInForce: TimeInForce = 'day',
): RoutedOrder => ({
  instrument: STOCK,
  side,
  type,
  timeInForce,
  ...(limit === undefined ? {} : { limit: price(limit) }),
})
const level = (at: number, shares = 10): VenueView => ({
  takes: true,
  trades: true,
  opposite: { price: price(at), quantity: quantity(shares) },
})
const EMPTY: VenueView = { takes: true, trades: true }
const SHUT: VenueView = { takes: false, trades: false }
/** In the opening or closing call of its market. */
const COLLECTS: VenueView = { takes: true, trades: false }
const MAKER_NXT: SorPolicy = { ...DEFAULT_SOR_POLICY, defaultMakerVenue: 'NXT' }
const CHEAP_NXT: SorPolicy = { ...DEFAULT_SOR_POLICY, takerCosts: { KRX: 3, NXT: 2 } }

const chosen = (wish: RoutedOrder, krx: VenueView, nxt: VenueView | undefined, policy?: SorPolicy) => {
  const choice = chooseVenue(wish, { krx, nxt }, policy)
  return choice.ok ? choice.value : choice.error.code
}

describe('smart order routing', () => {
  // Rule book §1.4: price, cost, quantity, KRX.
  it.each([
    ['a buy to the lower ask', order('buy', 10_100), level(10_050), level(10_040), undefined, 'NXT'],
    ['a sell to the higher bid', order('sell', 9_900), level(9_950), level(9_960), undefined, 'NXT'],
    [
      'a sell to KRX when its bid is higher',
      order('sell', 9_900),
      level(9_970),
      level(9_960),
      undefined,
      'KRX',
    ],
    [
      'equal prices to the lower cost',
      order('buy', 10_100),
      level(10_050, 90),
      level(10_050),
      CHEAP_NXT,
      'NXT',
    ],
    [
      'a better price before a lower cost',
      order('buy', 10_100),
      level(10_040),
      level(10_050),
      CHEAP_NXT,
      'KRX',
    ],
    [
      'equal prices to the larger quantity',
      order('buy', 10_100),
      level(10_050, 10),
      level(10_050, 11),
      undefined,
      'NXT',
    ],
    ['what is equal in all to KRX', order('buy', 10_100), level(10_050), level(10_050), undefined, 'KRX'],
    ['to the only side it reaches', order('buy', 10_045), level(10_050), level(10_040), undefined, 'NXT'],
    ['to the only side where somebody stands', order('buy', 10_100), EMPTY, level(10_040), undefined, 'NXT'],
    ['a maker to KRX', order('buy', 10_000), level(10_050), level(10_040), undefined, 'KRX'],
    ['a maker where the policy says', order('buy', 10_000), level(10_050), level(10_040), MAKER_NXT, 'NXT'],
    [
      '최우선 as a maker',
      order('buy', undefined, 'priority'),
      level(10_050),
      level(10_040),
      undefined,
      'KRX',
    ],
    ['최유리 as a taker', order('buy', undefined, 'best'), level(10_050), level(10_040), undefined, 'NXT'],
    ['IOC as a taker', order('buy', 10_100, 'limit', 'ioc'), level(10_050), level(10_040), undefined, 'NXT'],
    [
      'a market order to KRX',
      order('buy', undefined, 'market'),
      level(10_050),
      level(10_040),
      undefined,
      'KRX',
    ],
    ['to NXT alone when KRX is shut', order('buy', 10_000), SHUT, EMPTY, undefined, 'NXT'],
    ['to KRX alone when NXT is shut', order('buy', 10_000), EMPTY, SHUT, MAKER_NXT, 'KRX'],
    ['to KRX what NXT does not list', order('buy', 10_000), level(10_000), undefined, MAKER_NXT, 'KRX'],
    ['a maker to NXT while KRX collects', order('buy', 10_000), COLLECTS, level(10_040), undefined, 'NXT'],
    [
      'a market order to NXT, which has none, while KRX collects',
      order('buy', undefined, 'market'),
      COLLECTS,
      level(10_040),
      undefined,
      'NXT',
    ],
    ['to KRX while it collects and NXT is shut', order('buy', 10_000), COLLECTS, SHUT, undefined, 'KRX'],
    [
      'nowhere what NXT does not take while KRX collects',
      order('buy', 10_000),
      COLLECTS,
      { takes: false, trades: true },
      undefined,
      'noVenueOpen',
    ],
    ['nowhere when both are shut', order('buy', 10_000), SHUT, SHUT, undefined, 'noVenueOpen'],
  ] as const)('sends %s', (_, wish, krx, nxt, policy, venue) => {
    expect(chosen(wish, krx, nxt, policy)).toBe(venue)
  })

  it.each([
    ['conditional', 'day'],
    ['mid', 'day'],
    ['mid', 'ioc'],
    ['stopLimit', 'day'],
    ['preClose', 'day'],
    ['postClose', 'day'],
    ['limit', 'gtp'],
  ] as const)('does not take %s/%s', (type, timeInForce) => {
    expect(chosen(order('buy', 10_000, type, timeInForce), EMPTY, EMPTY)).toBe('typeNotRouted')
  })
})

describe('a venue as an order finds it', () => {
  const views = (
    time: string,
    wish = order('buy', 10_100),
    prepare = (_: ReturnType<typeof openNationalMarket>) => {},
  ) => {
    const stand = openNationalMarket('08:00', { day: DAY })
    stand.nxt.order('sell', 7, 10_050)
    stand.to(time)
    prepare(stand)
    return { krx: venueViewOf(stand.market.krx, wish), nxt: venueViewOf(stand.market.nxt, wish) }
  }
  const AT_NXT: VenueView = {
    takes: true,
    trades: true,
    opposite: { price: 10_050 as Price, quantity: quantity(7) },
  }

  it.each([
    ['08:10', SHUT, AT_NXT],
    ['08:40', COLLECTS, AT_NXT],
    ['08:55', COLLECTS, SHUT],
    ['10:00', EMPTY, AT_NXT],
    ['15:25', COLLECTS, SHUT],
    ['15:35', SHUT, COLLECTS],
    ['16:30', EMPTY, AT_NXT],
    ['20:01', SHUT, SHUT],
  ])('at %s', (time, krx, nxt) => {
    expect(views(time)).toEqual({ krx, nxt })
  })

  it('takes no IOC while it collects orders for one price', () => {
    expect(views('08:40', order('buy', 10_100, 'limit', 'ioc'))).toEqual({ krx: SHUT, nxt: AT_NXT })
  })

  it('shows nothing to meet during a VI, and takes nothing during a halt', () => {
    const inVi = views('10:00', order('buy', 10_700), ({ nxt }) => {
      nxt.order('buy', 7, 10_050)
      nxt.order('sell', 1, 10_700)
      nxt.order('buy', 1, 10_700)
    })
    expect(inVi.nxt).toEqual(EMPTY)
    expect(views('10:00', order('buy', 10_100), ({ krx }) => krx.exchange.halt(STOCK, true)).nxt).toEqual(
      SHUT,
    )
  })
})

describe('the router and the table of routes', () => {
  const KINDS = (['limit', 'market', 'best', 'priority'] as const).flatMap((type) =>
    (['day', 'ioc', 'fok'] as const).flatMap((timeInForce) =>
      type === 'priority' && timeInForce !== 'day' ? [] : [[type, timeInForce] as const],
    ),
  )
  const isTaken = ({ market }: TestNationalMarket, wish: RoutedOrder): boolean => {
    const views = { krx: venueViewOf(market.krx, wish), nxt: venueViewOf(market.nxt, wish) }
    const choice = chooseVenue(wish, views)
    return choice.ok && (views[choice.value === 'KRX' ? 'krx' : 'nxt']?.takes ?? false)
  }

  it.each(KINDS)('agree all day on %s/%s', (type, timeInForce) => {
    const stand = openNationalMarket('07:55', { day: DAY })
    const wish = order('buy', type === 'limit' ? 10_000 : undefined, type, timeInForce)
    for (
      let at = kstInstant(DAY, timeOfDay('07:55')) + 90_000;
      kstTimeOfDay(at) < timeOfDay('20:10');
      at += 300_000
    ) {
      stand.to(clockOf(at))
      const said = exchangeAccepts({
        venue: 'SOR',
        phase: phaseOnRoute('SOR', at),
        type,
        timeInForce,
        class: 'stock',
      })
      expect([clockOf(at), isTaken(stand, wish)]).toEqual([clockOf(at), said])
    }
  })
})
