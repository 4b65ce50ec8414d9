import { describe, expect, it } from 'vitest'
import type { Denial } from '../../model/denial.ts'
import { orderId } from '../../model/ids.ts'
import { krw, price, quantity } from '../../model/money.ts'
import { moneyWords } from '../../model/money-words.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import type { VenueError } from '../../model/venue-error.ts'
import { sentenceOf, sentenceOfVenueError } from './sentences.ts'
import { lasting, percent, shares, timeText } from './words.ts'

type Denied<C extends Denial['code']> = Omit<Extract<Denial, { code: C }>, 'code'>
type Row<C extends Denial['code']> = readonly [denial: Denied<C>, ko: string, en: string]

const ORDER = orderId('20261120-000007')
const SOLD_AT = kstInstant(tradingDay('2026-11-20'), timeOfDay('09:41:07'))
const HOURS = { now: timeOfDay('15:20:30'), from: timeOfDay('09:00'), to: timeOfDay('15:20') }

/** One row for every code: a code without one does not compile. */
const ROWS: { readonly [C in Denial['code']]: Row<C> } = {
  tradingHalted: [
    { state: 'reducing' },
    '거래가 정지되어 있습니다 (매도만 허용)',
    'Trading is stopped (reducing: sales only)',
  ],
  buyingPaused: [{}, '매수가 일시정지되어 있습니다', 'Buying is paused'],
  wrongSession: [
    { phase: 'afterMarket', type: 'market' },
    '지금(애프터마켓)은 시장가 주문을 낼 수 없습니다',
    'A market order is not accepted now (after-market)',
  ],
  orderTypeNotOffered: [
    { type: 'best', venue: 'KRX', environment: 'live' },
    '증권사가 KRX 최유리 주문을 받지 않거나 확인되지 않았습니다 (live)',
    'The broker does not offer a best order at KRX, or it is not confirmed (live)',
  ],
  notOnNxt: [
    { known: true },
    '넥스트레이드(NXT)에서 거래되지 않는 종목입니다',
    'The instrument is not traded at NXT',
  ],
  extendedHoursOff: [
    { phase: 'afterMarket' },
    '정규장 밖(애프터마켓)에서는 주문하지 않는 설정입니다 (orders.hours)',
    'The settings keep out of this session (after-market): orders.hours',
  ],
  designationForbidsType: [
    { type: 'best', designations: ['overheated'] },
    '단기과열 종목은 지정가와 시장가만 받습니다: 최유리',
    'Under short-term overheated only limit and market orders are taken: best',
  ],
  designationForbidsSession: [
    { phase: 'afterMarket', designations: ['warning'] },
    '투자경고 종목은 애프터마켓에서 거래되지 않습니다',
    'Under investment warning there is no trading in the after-market',
  ],
  stopBeyondLimit: [
    { stop: price(70_000), limit: price(70_100) },
    '스톱 가격 70,000원과 지정가 70,100원의 순서가 맞지 않습니다',
    'Stop 70,000 won and limit 70,100 won stand the wrong way round',
  ],
  instrumentUnknown: [{}, '종목 기본정보를 아직 모릅니다', 'The instrument has not been described yet'],
  instrumentHalted: [{}, '거래정지 종목입니다', 'The instrument is halted'],
  instrumentDesignated: [
    { designations: ['warning', 'overheated'] },
    '매수 금지로 지정한 종목입니다: 투자경고, 단기과열',
    'Designated instruments are not bought: investment warning, short-term overheated',
  ],
  instrumentExcluded: [
    {},
    '사용자가 매수에서 제외한 종목입니다',
    'The user excluded this instrument from buying',
  ],
  atUpperLimit: [
    { last: price(92_900), upper: price(92_900) },
    '상한가입니다: 현재가 92,900원, 상한가 92,900원',
    'At the upper limit: last 92,900 won, limit 92,900 won',
  ],
  inVi: [{}, '변동성완화장치(VI) 발동 중입니다', 'A volatility interruption is running'],
  priceUnknown: [{}, '현재 가격을 모릅니다', 'The present price is not known'],
  priceStale: [
    { ageMs: 5_001, maxMs: 5_000 },
    '시세가 오래되었습니다: 5.1초 전 (허용 5초)',
    'The price is 5.1 s old (at most 5 s)',
  ],
  priceOffTick: [
    { price: price(71_550), tick: price(100) },
    '호가단위에 맞지 않는 가격입니다: 71,550원 (호가단위 100원)',
    '71,550 won is off the tick of 100 won',
  ],
  priceOutsideBand: [
    { price: price(93_000), lower: price(50_100), upper: price(92_900) },
    '가격제한폭을 벗어났습니다: 93,000원 (50,100원–92,900원)',
    '93,000 won is outside the band of 50,100 won to 92,900 won',
  ],
  quantityZero: [
    { amount: krw(50_000), price: price(71_500) },
    '한 주도 살 수 없습니다: 금액 50,000원, 가격 71,500원',
    'Not even one share: 50,000 won at 71,500 won each',
  ],
  quantityExceedsHolding: [
    { wanted: quantity(11), sellable: quantity(1) },
    '매도 가능 수량을 넘습니다: 요청 11주, 가능 1주',
    'More than can be sold: 11 shares wanted, 1 share free',
  ],
  buyingPowerShort: [
    { needed: krw(929_140), available: krw(-929_139) },
    '주문가능금액이 부족합니다: 필요 929,140원, 가능 -929,139원',
    'Buying power is short: 929,140 won needed, -929,139 won available',
  ],
  positionCountExceedsMax: [
    { held: 5, max: 5 },
    '최대 보유 종목 수에 도달했습니다: 5종목 (최대 5종목)',
    '5 positions are held or being bought, at most 5',
  ],
  alreadyHeld: [{ quantity: quantity(3) }, '이미 보유한 종목입니다: 3주', 'Already held: 3 shares'],
  orderAlreadyWorking: [
    { orderId: ORDER },
    '같은 종목의 매수 주문이 이미 있습니다 (20261120-000007)',
    'A buy order of this instrument is already working (20261120-000007)',
  ],
  orderInDoubt: [
    { orderId: ORDER },
    '결과를 모르는 주문이 있어 기다립니다 (20261120-000007)',
    'An order of this instrument is in doubt (20261120-000007)',
  ],
  selfTrade: [
    { orderId: ORDER },
    '반대 방향의 내 주문이 남아 있습니다 (20261120-000007)',
    'Our own opposite order is open (20261120-000007)',
  ],
  instrumentAmountExceedsMax: [
    { amount: krw(5_005_000), max: krw(5_000_000) },
    '종목당 금액 한도를 넘습니다: 5,005,000원 (한도 5,000,000원)',
    '5,005,000 won in this instrument exceeds 5,000,000 won',
  ],
  dayAmountExceedsMax: [
    { amount: krw(50_015_000), max: krw(50_000_000) },
    '하루 매수 금액 한도를 넘습니다: 50,015,000원 (한도 50,000,000원)',
    '50,015,000 won of buys today exceeds 50,000,000 won',
  ],
  dayOrdersExceedMax: [
    { orders: 100, max: 100 },
    '하루 주문 횟수 한도에 도달했습니다: 100회 (한도 100회)',
    '100 orders were sent today, at most 100',
  ],
  orderRateExceedsMax: [
    { perSecond: 5, max: 5 },
    '1초에 낼 수 있는 주문 수를 넘습니다: 5건 (한도 5건)',
    '5 orders in the last second, at most 5',
  ],
  dayLossExceedsMax: [
    { loss: krw(100_001), max: krw(100_000) },
    '하루 손실 한도를 넘었습니다: 손실 100,001원 (한도 100,000원)',
    "Today's loss of 100,001 won exceeds 100,000 won",
  ],
  rebuyToday: [
    { soldAt: SOLD_AT },
    '오늘 매도한 종목은 다시 사지 않습니다 (09:41:07 매도)',
    'Sold today at 09:41:07, not bought again today',
  ],
  rebuyTooSoon: [
    { soldAt: SOLD_AT, waitMs: 190_000 },
    '재매수 대기 중입니다: 4분 남음 (09:41:07 매도)',
    'Sold at 09:41:07, may be bought again in 4 min',
  ],
  rebuyAfterLoss: [
    { loss: krw(12_300) },
    '오늘 손실로 매도한 종목입니다: 손실 12,300원',
    'Sold today at a loss of 12,300 won',
  ],
  outsideHours: [
    HOURS,
    '자동매매 시간이 아닙니다: 15:20:30 (09:00–15:20)',
    'Outside trading hours: 15:20:30 (09:00–15:20)',
  ],
  outsideConditionWindow: [
    HOURS,
    '조건식 시간이 아닙니다: 15:20:30 (09:00–15:20)',
    "Outside the condition's hours: 15:20:30 (09:00–15:20)",
  ],
  conditionDisabled: [{}, '사용하지 않는 조건식입니다', 'The condition is switched off'],
  conditionCooldown: [
    { leftMs: 59_900 },
    '같은 조건의 재편입 대기 중입니다: 59.9초 남음',
    'The condition cools down for another 59.9 s',
  ],
  leftBeforeOrder: [
    {},
    '주문 전에 조건에서 편출되었습니다',
    'It left the condition before an order was made',
  ],
  presentAtStart: [
    {},
    '조건 등록 때 이미 들어 있던 종목입니다',
    'It was in the condition already when that was registered',
  ],
  feedDown: [{}, '시세 연결이 끊겨 있습니다', 'The market feed is down'],
  accountUnknown: [{}, '계좌 잔고를 아직 확인하지 못했습니다', 'The account is not known yet'],
}

describe('the sentence of a denial', () => {
  const rows = Object.entries(ROWS) as unknown as readonly (readonly [Denial['code'], Row<Denial['code']>])[]

  it.each(rows)('%s carries its numbers in both languages', (code, [numbers, ko, en]) => {
    expect(sentenceOf({ code, ...numbers } as Denial)).toEqual({ ko, en })
  })

  it('differs from every other', () => {
    const said = rows.map(([code, [numbers]]) => sentenceOf({ code, ...numbers } as Denial))
    expect(new Set(said.map(({ ko }) => ko)).size).toBe(rows.length)
    expect(new Set(said.map(({ en }) => en)).size).toBe(rows.length)
  })
})

describe('the sentence of a venue error', () => {
  const said = { code: 'RC4058', text: '모의투자 장종료' }
  const rows: readonly (readonly [VenueError, string, string])[] = [
    [
      { kind: 'rejected', ...said },
      '증권사가 거부했습니다: 모의투자 장종료 [RC4058]',
      'Refused by the broker: 모의투자 장종료 [RC4058]',
    ],
    [
      { kind: 'throttled', ...said, retryAfterMs: 1_250 },
      '요청이 많아 접수되지 않았습니다, 1.3초 뒤에 다시 할 수 있습니다: 모의투자 장종료 [RC4058]',
      'Too many requests, not accepted; possible again in 1.3 s: 모의투자 장종료 [RC4058]',
    ],
    [
      { kind: 'inDoubt', ...said },
      '결과를 알 수 없어 주문 내역으로 확인합니다: 모의투자 장종료 [RC4058]',
      'The outcome is not known and is settled from the order list: 모의투자 장종료 [RC4058]',
    ],
    [
      { kind: 'unavailable', ...said },
      '응답을 받지 못했습니다: 모의투자 장종료 [RC4058]',
      'No usable answer: 모의투자 장종료 [RC4058]',
    ],
  ]

  it.each(rows)('$kind keeps the venue’s own code and words', (error, ko, en) => {
    expect(sentenceOfVenueError(error)).toEqual({ ko, en })
  })
})

describe('words', () => {
  it('group digits and keep the sign in front', () => {
    expect([0, -1_234_567, 1_000].map((each) => moneyWords('KRW', each)).map(({ ko }) => ko)).toEqual([
      '0원',
      '-1,234,567원',
      '1,000원',
    ])
    expect([shares(1), shares(2_000)].map(({ en }) => en)).toEqual(['1 share', '2,000 shares'])
  })

  it('write a ratio as percent with its sign', () => {
    expect([0.031, 0, -0.005].map(percent)).toEqual(['+3.10%', '+0.00%', '-0.50%'])
  })

  it('never make a wait shorter than it is', () => {
    expect([1, 100, 101, 120_000, 120_001].map((ms) => lasting(ms).en)).toEqual([
      '0.1 s',
      '0.1 s',
      '0.2 s',
      '120 s',
      '3 min',
    ])
  })

  it('write a time of day, with seconds where there are some', () => {
    expect(['00:00', '09:05', '15:20:30', '24:00'].map((text) => timeText(timeOfDay(text)))).toEqual([
      '00:00',
      '09:05',
      '15:20:30',
      '24:00',
    ])
  })
})
