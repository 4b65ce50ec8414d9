import { conditionId, instrumentId, orderId, venueOrderId } from '../../../model/ids.ts'
import { krw, price, quantity } from '../../../model/money.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../../model/time.ts'
import type { OrderView, PositionView, TraderView } from '../../../trading/engine/view.ts'

/** A made-up desk in the middle of a morning, for tests and for looking at pages. Prices move with `step`. */
const CANNED_DAY = tradingDay('2026-11-20')
export const CANNED_START = kstInstant(CANNED_DAY, timeOfDay('10:24'))

const NAMES = [
  ['005930', '삼성전자', 71_400, 70_900],
  ['000660', 'SK하이닉스', 214_500, 209_000],
  ['035420', 'NAVER', 187_300, 189_000],
  ['068270', '셀트리온', 178_900, 178_100],
] as const

export const nameOf = (instrument: string): string | undefined =>
  NAMES.find(([code]) => code === instrument)?.[1]

/** Won by what was carried over, before the day. */
export const BEFORE_TODAY = 21_000

const wave = (step: number, seed: number): number =>
  Math.sin(step / 9 + seed) + Math.sin(step / 3.1 + seed * 2) / 3

/** On the tick of its price region, roughly: enough for a screen. */
const moved = (last: number, step: number, seed: number): number => {
  const tick = last > 200_000 ? 500 : 100
  return Math.round((last * (1 + wave(step, seed) / 180)) / tick) * tick
}

export function cannedView(step: number): TraderView {
  const now = CANNED_START + step * 1_000
  const positions = NAMES.map((row, index) => positionOf(row, step, index, now))
  const unrealized = positions.reduce((sum, { pnl }) => sum + pnl, 0)
  const value = positions.reduce((sum, { last, quantity: held }) => sum + last * held, 0)
  const cash = 31_250_400
  return {
    now,
    day: CANNED_DAY,
    phase: 'continuous',
    halt: 'active',
    buyingPaused: false,
    feedUp: true,
    accountKnown: true,
    indexes: [
      { name: 'KOSPI', value: 402_133 + Math.round(wave(step, 1) * 400), change: 1_204 },
      { name: 'KOSDAQ', value: 91_840 + Math.round(wave(step, 2) * 90), change: -312 },
    ],
    cash: krw(cash),
    buyingPower: krw(cash - 2_142_000),
    equity: krw(cash + value),
    realizedPnl: krw(184_320),
    unrealizedPnl: krw(unrealized),
    dayPnl: krw(184_320 + unrealized - BEFORE_TODAY),
    commission: krw(12_410),
    tax: krw(38_220),
    corrections: krw(0),
    positions,
    orders: ordersAt(now),
    conditions: [
      ['1', '거래량급증', 'buy', 14, 3],
      ['2', '당일신고가돌파', 'buy', 9, 2],
      ['3', '5분등락률상승', 'buy', 21, 4],
      ['9', '급락이탈', 'sell', 2, 1],
    ].map(([id, name, use, entered, ordered]) => ({
      id: conditionId(String(id)),
      name: String(name),
      use: use === 'sell' ? 'sell' : 'buy',
      entered: Number(entered),
      ordered: Number(ordered),
      lastAt: now - 41_000,
    })),
    happenings: happeningsUntil(step),
    refusals: refusalsUntil(step),
    roundTrips: [
      {
        instrument: instrumentId('247540'),
        name: '에코프로비엠',
        quantity: quantity(12),
        buyValue: krw(2_196_000),
        sellValue: krw(2_256_000),
        buyFees: krw(320),
        sellFees: krw(330),
        tax: krw(3_384),
        realizedPnl: krw(55_966),
        openedAt: CANNED_START - 3_000_000,
        closedAt: CANNED_START - 1_200_000,
        entry: '거래량급증',
        exit: 'trailing',
        exitReason: '고점 190,400원에서 1.3% 하락',
      },
      {
        instrument: instrumentId('086520'),
        name: '에코프로',
        quantity: quantity(20),
        buyValue: krw(1_840_000),
        sellValue: krw(1_782_000),
        buyFees: krw(270),
        sellFees: krw(260),
        tax: krw(2_673),
        realizedPnl: krw(-61_203),
        openedAt: CANNED_START - 2_400_000,
        closedAt: CANNED_START - 600_000,
        entry: '당일신고가돌파',
        exit: 'stopLoss',
        exitReason: '평균가 92,000원 대비 −3.15%',
      },
    ],
    counts: { events: 184_220 + step * 40, orders: 31, fills: 44, unfilledHandled: 3, vi: 2, alerts: 1 },
    used: { orders: 31, buyAmount: krw(18_420_000), ordersLastSecond: step % 3 },
    decisionHash: '7c1e04ab93d2f655',
  }
}

function positionOf(
  [code, name, last, average]: (typeof NAMES)[number],
  step: number,
  index: number,
  now: number,
): PositionView {
  const at = price(moved(last, step, index))
  const stop = price(Math.round((average * 0.97) / 100) * 100)
  const held = quantity([40, 12, 15, 18][index] ?? 10)
  return {
    instrument: instrumentId(code),
    name,
    quantity: held,
    averagePrice: average,
    last: at,
    gainRatio: at / average - 1,
    pnl: krw((at - average) * held),
    openedAt: now - 1_800_000,
    pricedAt: now - index * 400,
    stopPrice: stop,
    levels: {
      stop,
      target: price(Math.round((average * 1.05) / 100) * 100),
      high: price(Math.max(at, last)),
    },
    exiting: undefined,
    listing: {
      market: index === 3 ? 'KOSDAQ' : 'KOSPI',
      class: 'stock',
      sector: index === 3 ? '제약' : '전기/전자',
    },
  }
}

function ordersAt(now: number): readonly OrderView[] {
  const base = {
    venue: 'KRX',
    timeInForce: 'day',
    filledValue: krw(0),
    purpose: { to: 'enter', condition: conditionId('2') },
  } as const
  return [
    {
      ...base,
      id: orderId('20261120-000029'),
      instrument: instrumentId('005380'),
      name: '현대차',
      side: 'buy',
      type: 'limit',
      limit: price(238_000),
      quantity: quantity(9),
      filled: quantity(3),
      reason: '당일신고가돌파 편입, 매도호가 +1틱',
      status: 'working',
      venueOrderId: venueOrderId('0041233'),
      createdAt: now - 14_000,
      updatedAt: now - 9_000,
    },
    {
      ...base,
      id: orderId('20261120-000031'),
      instrument: instrumentId('105560'),
      name: 'KB금융',
      side: 'buy',
      type: 'market',
      quantity: quantity(21),
      filled: quantity(0),
      reason: '5분등락률상승 편입',
      status: 'inDoubt',
      createdAt: now - 3_000,
      updatedAt: now - 2_000,
      doubt: { kind: 'inDoubt', code: 'timeout', text: '응답 없음' },
    },
  ]
}

const SAID = [
  ['info', '삼성전자 40주 매수 체결 70,900원', 'Bought 40 of 005930 at 70,900'],
  ['info', '거래량급증 편입: 에코프로비엠', 'Volume surge: 247540 entered'],
  ['warning', '에코프로 VI 발동 98,200', '086520: volatility interruption at 98,200'],
  ['info', '에코프로비엠 트레일링 매도 체결 188,000원', 'Trailing exit of 247540 filled at 188,000'],
  [
    'urgent',
    'KB금융 매수 주문의 응답이 없습니다: 증권사 목록에서 찾는 중',
    'No reply to the buy of 105560: looking it up',
  ],
] as const

const happeningsUntil = (step: number): TraderView['happenings'] =>
  Array.from({ length: Math.min(60, 8 + Math.floor(step / 4)) }, (_, index) => {
    const [level, ko, en] = SAID[index % SAID.length] ?? SAID[0]
    return { at: CANNED_START - 600_000 + index * 11_000, level, ko, en }
  })

const DENIALS = [
  { code: 'positionCountExceedsMax', held: 5, max: 5 },
  { code: 'instrumentDesignated', designations: ['warning'] },
  { code: 'priceStale', ageMs: 14_200, maxMs: 10_000 },
  { code: 'instrumentAmountExceedsMax', amount: krw(2_310_000), max: krw(2_000_000) },
  { code: 'rebuyToday', soldAt: CANNED_START - 900_000 },
] as const

const refusalsUntil = (step: number): TraderView['refusals'] =>
  Array.from({ length: Math.min(80, 12 + Math.floor(step / 5)) }, (_, index) => {
    const [code, name] = NAMES[index % NAMES.length] ?? NAMES[0]
    return {
      at: CANNED_START - 900_000 + index * 17_000,
      instrument: instrumentId(code),
      name,
      side: 'buy',
      source: index % 2 === 0 ? '거래량급증' : '5분등락률상승',
      denial: DENIALS[index % DENIALS.length] ?? DENIALS[0],
    }
  })
