import { conditionId, instrumentId, orderId } from '../../model/ids.ts'
import { krw, price, quantity } from '../../model/money.ts'
import type { RoundTrip } from '../../model/position.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import type { OrderView, PositionView, TraderView } from '../../trading/engine/view.ts'
import type { Health, Proof } from '../trader.ts'

/** A morning as the screen sees it, for tests. */
const day = tradingDay('2026-11-20')
const at = (time: string) => kstInstant(day, timeOfDay(time))

export const sampleOrder = (change: Partial<OrderView> = {}): OrderView => ({
  id: orderId('20261120-000007'),
  instrument: instrumentId('000660'),
  name: 'SK하이닉스',
  venue: 'KRX',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  limit: price(201_500),
  quantity: quantity(9),
  purpose: { to: 'enter', condition: conditionId('1') },
  reason: '신고가 편입',
  status: 'working',
  filled: quantity(0),
  filledValue: krw(0),
  createdAt: at('09:31:02'),
  updatedAt: at('09:31:03'),
  ...change,
})

export const samplePosition = (change: Partial<PositionView> = {}): PositionView => ({
  instrument: instrumentId('005930'),
  name: '삼성전자',
  quantity: quantity(14),
  averagePrice: 71_500,
  last: price(72_300),
  pricedAt: at('09:31:04'),
  gainRatio: 72_300 / 71_500 - 1,
  pnl: krw(9_210),
  openedAt: at('09:12:40'),
  stopPrice: price(69_800),
  levels: { stop: price(69_800), target: price(75_100), high: price(72_900) },
  exiting: undefined,
  ...change,
})

type NamedTrip = RoundTrip & { readonly name: string }

export const sampleTrip = (change: Partial<NamedTrip> = {}): NamedTrip => ({
  instrument: instrumentId('035720'),
  name: '카카오',
  quantity: quantity(20),
  buyValue: krw(900_000),
  sellValue: krw(936_000),
  buyFees: krw(130),
  sellFees: krw(140),
  tax: krw(1_872),
  realizedPnl: krw(33_858),
  openedAt: at('09:05:10'),
  closedAt: at('09:17:44'),
  entry: '거래량 급증 편입',
  exit: 'takeProfit',
  exitReason: '수익률 +4.00 %가 익절 기준 4 %에 닿음',
  ...change,
})

export const sampleView = (change: Partial<TraderView> = {}): TraderView => ({
  now: at('09:31:05'),
  day,
  phase: 'continuous',
  halt: 'active',
  buyingPaused: false,
  feedUp: true,
  accountKnown: true,
  indexes: [
    { name: 'KOSPI', value: 312_055, change: 1_240 },
    { name: 'KOSDAQ', value: 90_122, change: -311 },
  ],
  cash: krw(41_200_500),
  buyingPower: krw(39_380_000),
  equity: krw(50_123_450),
  realizedPnl: krw(33_858),
  unrealizedPnl: krw(-12_400),
  dayPnl: krw(0),
  commission: krw(1_230),
  tax: krw(1_872),
  corrections: krw(0),
  positions: [samplePosition()],
  orders: [sampleOrder()],
  conditions: [
    {
      id: conditionId('0'),
      name: '거래량 급증',
      use: 'buy',
      entered: 12,
      ordered: 5,
      lastAt: at('09:30:59'),
    },
    { id: conditionId('9'), name: '급락', use: 'sell', entered: 2, ordered: 1, lastAt: 0 },
  ],
  happenings: [
    {
      at: at('09:31:02'),
      level: 'info',
      ko: 'SK하이닉스 매수 9주 201,500원: 신고가 편입',
      en: 'buy 9 SK하이닉스 at 201,500: new high',
    },
  ],
  refusals: [
    {
      instrument: instrumentId('247540'),
      name: '에코프로비엠',
      side: 'buy',
      source: '거래량 급증',
      denial: { code: 'positionCountExceedsMax', held: 5, max: 5 },
      at: at('09:31:04'),
    },
  ],
  roundTrips: [sampleTrip()],
  counts: { events: 120_345, orders: 31, fills: 40, unfilledHandled: 6, vi: 2, alerts: 0 },
  decisionHash: '6f1c0de5b2a94477',
  ...change,
})

export const sampleHealth: Health = {
  feed: {
    state: 'live',
    registered: 61,
    polled: 3,
    slots: 95,
    messages: 120_000,
    lastMessageAt: at('09:31:05'),
    detail: '',
  },
  lagMs: 4,
}

export const sampleProof = (difference: Partial<Proof['difference']> = {}): Proof => {
  const side = {
    cash: 41_200_500,
    commission: 1_230,
    tax: 1_872,
    positions: [{ instrument: '005930', quantity: 14 }],
  }
  return {
    ours: side,
    broker: side,
    corrections: 0,
    difference: { cash: 0, positions: 0, commission: 0, tax: 0, ...difference },
  }
}
