import type { SentenceMessage } from '../../../contract/live.ts'

/** What kind of value a number of a refusal is, for how it is written. */
export type Unit = 'won' | 'count' | 'shares' | 'lasting' | 'instant' | 'timeOfDay' | 'text'

export interface NumberName extends SentenceMessage {
  readonly unit: Unit
}

interface Rule extends SentenceMessage {
  /** The key of the settings that decides it. */
  readonly setting?: string
  /** The number that was measured and the one it was held against. */
  readonly measured?: string
  readonly threshold?: string
}

/** Where a setting is changed: the rules of the lists have a page of their own. */
export const settingAddress = (key: string): string =>
  /^(buy|sell|strategies)\b/.test(key) ? '/strategies' : `/settings?key=${key}`

/** The short name of each rule; its full sentence comes with the refusal. */
export const RULES: Readonly<Record<string, Rule>> = {
  tradingHalted: { ko: '거래 정지', en: 'Trading halted' },
  buyingPaused: { ko: '매수 일시정지', en: 'Buying paused' },
  wrongSession: { ko: '장 시간과 주문 종류', en: 'Session and order type' },
  orderTypeNotOffered: {
    ko: '증권사가 받지 않는 주문',
    en: 'Order type not offered',
    setting: 'orders.route',
  },
  notOnNxt: { ko: 'NXT 거래 종목 아님', en: 'Not on NXT', setting: 'orders.route' },
  extendedHoursOff: { ko: '정규장 밖 주문 안 함', en: 'Extended hours off', setting: 'orders.hours' },
  designationForbidsType: { ko: '지정 종목의 주문 종류', en: 'Type under designation' },
  designationForbidsSession: { ko: '지정 종목의 장', en: 'Session under designation' },
  instrumentUnknown: { ko: '종목 정보 없음', en: 'Instrument unknown' },
  instrumentHalted: { ko: '거래정지 종목', en: 'Instrument halted' },
  instrumentDesignated: { ko: '지정 종목 매수 금지', en: 'Designated', setting: 'limits.forbid.designated' },
  instrumentExcluded: { ko: '제외한 종목', en: 'Excluded', setting: 'excluded' },
  atUpperLimit: {
    ko: '상한가',
    en: 'Upper limit',
    setting: 'limits.forbid.upper_limit',
    measured: 'last',
    threshold: 'upper',
  },
  inVi: { ko: 'VI 발동 중', en: 'In VI', setting: 'limits.forbid.in_vi' },
  priceUnknown: { ko: '가격 모름', en: 'Price unknown' },
  priceStale: {
    ko: '오래된 시세',
    en: 'Stale price',
    setting: 'limits.max_quote_age_sec',
    measured: 'ageMs',
    threshold: 'maxMs',
  },
  priceOffTick: { ko: '호가단위', en: 'Off tick', measured: 'price', threshold: 'tick' },
  priceOutsideBand: { ko: '가격제한폭', en: 'Outside band', measured: 'price' },
  stopBeyondLimit: {
    ko: '스톱과 지정가의 순서',
    en: 'Stop beyond limit',
    measured: 'stop',
    threshold: 'limit',
  },
  quantityZero: { ko: '한 주도 못 삼', en: 'Not one share', measured: 'amount', threshold: 'price' },
  quantityExceedsHolding: {
    ko: '매도 가능 수량 초과',
    en: 'More than held',
    measured: 'wanted',
    threshold: 'sellable',
  },
  buyingPowerShort: {
    ko: '주문가능금액 부족',
    en: 'Buying power short',
    measured: 'needed',
    threshold: 'available',
  },
  positionCountExceedsMax: {
    ko: '최대 보유 종목 수',
    en: 'Most positions',
    setting: 'limits.max_positions',
    measured: 'held',
    threshold: 'max',
  },
  alreadyHeld: { ko: '이미 보유', en: 'Already held', measured: 'quantity' },
  orderAlreadyWorking: { ko: '매수 주문이 이미 있음', en: 'Order already working' },
  orderInDoubt: { ko: '결과 모르는 주문', en: 'Order in doubt' },
  selfTrade: { ko: '반대 방향 내 주문', en: 'Own opposite order' },
  instrumentAmountExceedsMax: {
    ko: '종목당 금액 한도',
    en: 'Amount per instrument',
    setting: 'limits.max_amount_per_instrument_krw',
    measured: 'amount',
    threshold: 'max',
  },
  dayAmountExceedsMax: {
    ko: '하루 매수 한도',
    en: 'Amount per day',
    setting: 'limits.max_buy_amount_per_day_krw',
    measured: 'amount',
    threshold: 'max',
  },
  dayOrdersExceedMax: {
    ko: '하루 주문 횟수',
    en: 'Orders per day',
    setting: 'limits.max_orders_per_day',
    measured: 'orders',
    threshold: 'max',
  },
  orderRateExceedsMax: {
    ko: '초당 주문 수',
    en: 'Orders per second',
    setting: 'limits.max_orders_per_second',
    measured: 'perSecond',
    threshold: 'max',
  },
  dayLossExceedsMax: {
    ko: '하루 손실 한도',
    en: 'Loss per day',
    setting: 'limits.max_loss_per_day_krw',
    measured: 'loss',
    threshold: 'max',
  },
  rebuyToday: { ko: '오늘 판 종목', en: 'Sold today', setting: 'limits.rebuy.not_today' },
  rebuyTooSoon: {
    ko: '재매수 대기',
    en: 'Rebuy too soon',
    setting: 'limits.rebuy.wait_min',
    measured: 'waitMs',
  },
  rebuyAfterLoss: {
    ko: '손실로 판 종목',
    en: 'Rebuy after loss',
    setting: 'limits.rebuy.not_after_loss',
    measured: 'loss',
  },
  outsideHours: { ko: '자동매매 시간 밖', en: 'Outside hours', setting: 'hours', measured: 'now' },
  outsideConditionWindow: {
    ko: '조건식 시간 밖',
    en: "Outside the condition's hours",
    setting: 'buy',
    measured: 'now',
  },
  conditionDisabled: { ko: '꺼진 조건식', en: 'Condition off', setting: 'buy' },
  conditionCooldown: { ko: '재편입 대기', en: 'Cooling down', setting: 'buy', measured: 'leftMs' },
  leftBeforeOrder: { ko: '주문 전 편출', en: 'Left before the order' },
  presentAtStart: { ko: '등록 때 이미 있던 종목', en: 'Present at start' },
  feedDown: { ko: '시세 끊김', en: 'Feed down' },
  accountUnknown: { ko: '계좌 확인 전', en: 'Account unknown' },
}

const NUMBERS: Readonly<Record<string, NumberName>> = {
  held: { ko: '보유·매수 중', en: 'held', unit: 'count' },
  max: { ko: '한도', en: 'limit', unit: 'count' },
  orders: { ko: '오늘 주문', en: 'orders today', unit: 'count' },
  perSecond: { ko: '1초 안 주문', en: 'in a second', unit: 'count' },
  amount: { ko: '금액', en: 'amount', unit: 'won' },
  loss: { ko: '손실', en: 'loss', unit: 'won' },
  needed: { ko: '필요', en: 'needed', unit: 'won' },
  available: { ko: '가능', en: 'available', unit: 'won' },
  price: { ko: '가격', en: 'price', unit: 'won' },
  last: { ko: '현재가', en: 'last', unit: 'won' },
  upper: { ko: '상한', en: 'upper', unit: 'won' },
  lower: { ko: '하한', en: 'lower', unit: 'won' },
  tick: { ko: '호가단위', en: 'tick', unit: 'won' },
  stop: { ko: '스톱', en: 'stop', unit: 'won' },
  limit: { ko: '지정가', en: 'limit price', unit: 'won' },
  wanted: { ko: '요청', en: 'wanted', unit: 'shares' },
  sellable: { ko: '매도 가능', en: 'sellable', unit: 'shares' },
  quantity: { ko: '보유 수량', en: 'quantity', unit: 'shares' },
  ageMs: { ko: '시세 나이', en: 'age', unit: 'lasting' },
  maxMs: { ko: '허용', en: 'at most', unit: 'lasting' },
  waitMs: { ko: '남은 시간', en: 'left', unit: 'lasting' },
  leftMs: { ko: '남은 시간', en: 'left', unit: 'lasting' },
  soldAt: { ko: '매도 시각', en: 'sold at', unit: 'instant' },
  now: { ko: '지금', en: 'now', unit: 'timeOfDay' },
  from: { ko: '부터', en: 'from', unit: 'timeOfDay' },
  to: { ko: '까지', en: 'to', unit: 'timeOfDay' },
  orderId: { ko: '주문', en: 'order', unit: 'text' },
}

export const ruleName = (code: string): SentenceMessage => RULES[code] ?? { ko: code, en: code }
/** Money limits share the name `max` with counts; their rule says which it is. */
const MONEY_MAX = new Set(['instrumentAmountExceedsMax', 'dayAmountExceedsMax', 'dayLossExceedsMax'])

/** `undefined` for words that the sentence says already, in the reader's language. */
export function numberName(code: string, name: string): NumberName | undefined {
  if (name === 'max' && MONEY_MAX.has(code)) return { ko: '한도', en: 'limit', unit: 'won' }
  return NUMBERS[name]
}
