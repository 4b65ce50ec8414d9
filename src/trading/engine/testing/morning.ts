import { conditionId, instrumentId, type OrderId, orderId, venueOrderId } from '../../../model/ids.ts'
import type { Instrument, Route } from '../../../model/instrument.ts'
import { krw, price, quantity } from '../../../model/money.ts'
import type { OperatorCommand } from '../../../model/operator.ts'
import { priceBand } from '../../../model/price-band.ts'
import type { BuyRule, TradingSettings } from '../../../model/settings.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import type { VenueOrder } from '../../../ports/execution-client.ts'
import type { Effect } from '../effects.ts'
import type { TraderEvent } from '../events.ts'
import { createTrader, type Trader } from '../trader.ts'

export const DAY = tradingDay('2026-11-20')

export const buyRule = (over: Partial<BuyRule> = {}): BuyRule => ({
  condition: conditionId('1'),
  name: '급등',
  enabled: true,
  window: { from: timeOfDay('09:00'), to: timeOfDay('15:00') },
  amount: { kind: 'krw', krw: krw(1_000_000) },
  order: { kind: 'limit', from: 'last', ticks: 0 },
  priority: 0,
  cooldownMs: 60_000,
  cancelOnLeave: false,
  ...over,
})

export const settings = (over: Partial<TradingSettings> = {}): TradingSettings => ({
  buys: [buyRule()],
  sells: [
    {
      condition: conditionId('9'),
      name: '급락',
      enabled: true,
      window: { from: timeOfDay('09:00'), to: timeOfDay('15:20') },
      order: { kind: 'market' },
    },
  ],
  exits: {
    stopLossRatio: 0.03,
    takeProfitRatio: 0.05,
    trailing: [],
    order: { kind: 'limit', from: 'last', ticks: 0 },
    protectiveOrder: { kind: 'market' },
  },
  unfilled: {
    buy: { afterMs: 10_000, then: 'cancel', times: 0, finally: 'cancel' },
    sell: { afterMs: 10_000, then: 'market', times: 0, finally: 'market' },
  },
  limits: {
    maxPositions: 5,
    maxOrdersPerDay: 500,
    maxBuyAmountPerDay: krw(100_000_000),
    maxAmountPerInstrument: krw(5_000_000),
    maxOrdersPerSecond: 10,
    rebuy: { notToday: false, notAfterLoss: false },
    forbid: { designated: true, upperLimit: true, inVi: true },
    maxQuoteAgeMs: 10_000,
  },
  hours: { from: timeOfDay('09:00'), to: timeOfDay('15:20') },
  excluded: [],
  ...over,
})

const listing = (code: string): Instrument => ({
  id: instrumentId(code),
  name: `종목${code}`,
  market: 'KOSPI',
  class: 'stock',
  viGroup: 'wide',
})

type Bare<E> = E extends TraderEvent ? Omit<E, 'at' | 'receivedAt'> : never

/** A trading morning that reads like one; every step goes through a real trader. */
export interface Morning {
  readonly trader: Trader
  readonly events: TraderEvent[]
  readonly effects: Effect[]
  at(time: string): Morning
  /** One second after the other until `time`, each with its timer. */
  until(time: string): Morning
  feed(event: Bare<TraderEvent>): readonly Effect[]
  cash(won: number): Morning
  enter(condition: string, code: string): readonly Effect[]
  leave(condition: string, code: string): readonly Effect[]
  describe(code: string, last: number, base?: number, onNxt?: boolean): readonly Effect[]
  trade(code: string, at: number, board?: Route): readonly Effect[]
  quote(code: string, bid: number, ask: number, board?: Route): readonly Effect[]
  operator(command: Record<string, unknown> & { readonly do: OperatorCommand['do'] }): readonly Effect[]
  accept(id: OrderId, number?: string, shares?: number): readonly Effect[]
  fill(id: OrderId, shares: number, at: number, cumulative?: number): readonly Effect[]
  closed(id: OrderId, why?: 'cancelled' | 'replaced' | 'expired'): readonly Effect[]
  /** A bought and filled position in one breath. */
  hold(code: string, at: number): VenueOrder
}

export const placed = (effects: readonly Effect[]): VenueOrder[] =>
  effects.flatMap((effect) => (effect.do === 'place' ? [effect.order] : []))

export const refusals = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.do === 'refuse' ? [effect.refusal.denial.code] : []))

export function morning(given: TradingSettings = settings(), from = '09:00'): Morning {
  const trader = createTrader()
  const events: TraderEvent[] = []
  const all: Effect[] = []
  let now = kstInstant(DAY, timeOfDay(from))
  let number = 1
  const filled = new Map<OrderId, number>()

  const feed = (bare: Bare<TraderEvent>): readonly Effect[] => {
    const event = { ...bare, at: now, receivedAt: now } as TraderEvent
    events.push(event)
    const effects = trader.on(event)
    all.push(...effects)
    return effects
  }

  const self: Morning = {
    trader,
    events,
    effects: all,
    at: (time) => {
      now = kstInstant(DAY, timeOfDay(time))
      return self
    },
    until: (time) => {
      const end = kstInstant(DAY, timeOfDay(time))
      while (now + 1_000 <= end) {
        now += 1_000
        feed({ kind: 'timer' })
      }
      return self
    },
    feed,
    cash: (won) => {
      feed({ kind: 'account', cash: krw(won), buyingPower: krw(won), holdings: [] })
      feed({ kind: 'feed', state: 'live', detail: '' })
      return self
    },
    enter: (condition, code) =>
      feed({
        kind: 'screen',
        condition: conditionId(condition),
        instrument: instrumentId(code),
        change: 'enter',
        initial: false,
      }),
    leave: (condition, code) =>
      feed({
        kind: 'screen',
        condition: conditionId(condition),
        instrument: instrumentId(code),
        change: 'leave',
        initial: false,
      }),
    describe: (code, last, base = last, onNxt = undefined) => {
      const instrument = listing(code)
      const band = priceBand(instrument, DAY, { basePrice: price(base), designations: [] })
      return feed({
        kind: 'description',
        instrument: instrument.id,
        listing: instrument,
        basePrice: price(base),
        last: price(last),
        ...(band ? { band } : {}),
        designations: [],
        halted: false,
        marginRate: { numerator: 1, denominator: 1 },
        ...(onNxt === undefined ? {} : { onNxt }),
      })
    },
    trade: (code, at, board = 'KRX') =>
      feed({
        kind: 'trade',
        instrument: instrumentId(code),
        venue: board,
        price: price(at),
        quantity: quantity(1),
        bid: price(0),
        ask: price(0),
        dayVolume: quantity(1),
      }),
    quote: (code, bid, ask, board = 'KRX') =>
      feed({
        kind: 'quote',
        instrument: instrumentId(code),
        venue: board,
        bid: price(bid),
        bidQuantity: quantity(bid > 0 ? 10 : 0),
        ask: price(ask),
        askQuantity: quantity(ask > 0 ? 10 : 0),
        expectedPrice: price(0),
        expectedQuantity: quantity(0),
      }),
    operator: (command) => feed({ kind: 'operator', by: 'test', ...command } as unknown as Bare<TraderEvent>),
    accept: (id, venueNumber = String(number++).padStart(7, '0'), shares) =>
      feed({
        kind: 'accepted',
        orderId: id,
        venueOrderId: venueOrderId(venueNumber),
        ...(shares === undefined ? {} : { quantity: quantity(shares) }),
      }),
    fill: (id, shares, at, cumulative = (filled.get(id) ?? 0) + shares) => {
      filled.set(id, cumulative)
      return feed({
        kind: 'fill',
        orderId: id,
        venueOrderId: venueOrderId('0000000'),
        price: price(at),
        quantity: quantity(shares),
        cumulative: quantity(cumulative),
      })
    },
    closed: (id, why = 'cancelled') => feed({ kind: 'closed', orderId: id, why }),
    hold: (code, at) => {
      self.enter('1', code)
      const order = placed(self.describe(code, at))[0]
      if (!order) throw new Error(`no buy order for ${code}`)
      self.accept(order.orderId)
      self.fill(order.orderId, order.quantity, at)
      return order
    },
  }
  feed({
    kind: 'opened',
    day: DAY,
    venue: 'KRX',
    broker: 'kiwoom',
    environment: 'simulated',
    settings: given,
  })
  return self
}

export const firstOrder = orderId('20261120-000001')
