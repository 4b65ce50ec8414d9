import { describe, expect, it } from 'vitest'
import { instrumentId, orderId } from '../../model/ids.ts'
import { krw, price, quantity } from '../../model/money.ts'
import type { Fill, Order } from '../../model/order.ts'
import type { RoundTrip } from '../../model/position.ts'
import { type Alert, noticeOf, noticeOfExit, noticeOfFill } from './notice.ts'

const ID = instrumentId('005930')
const ORDER: Order = {
  id: orderId('20261120-000007'),
  instrument: ID,
  venue: 'KRX',
  side: 'buy',
  type: 'market',
  timeInForce: 'day',
  quantity: quantity(10),
  purpose: { to: 'enter' },
  reason: "조건 '돌파' 편입",
  status: 'working',
  filled: quantity(4),
  filledValue: krw(286_000),
  createdAt: 0,
  updatedAt: 0,
}

const FILL: Fill = {
  orderId: ORDER.id,
  instrument: ID,
  venue: 'KRX',
  side: 'buy',
  price: price(71_500),
  quantity: quantity(4),
  cumulative: quantity(4),
  at: 0,
}

const TRIP: RoundTrip = {
  instrument: ID,
  quantity: quantity(100),
  buyValue: krw(7_150_000),
  sellValue: krw(7_200_000),
  buyFees: krw(1_070),
  sellFees: krw(1_080),
  tax: krw(14_400),
  realizedPnl: krw(33_450),
  openedAt: 0,
  closedAt: 1,
  entry: ORDER.reason,
  exit: 'takeProfit',
  exitReason: '익절: 평균 71,500원 대비 +0.70% (기준 +0.70%)',
}

describe('a notice', () => {
  it('tells a fill with its progress and reason', () => {
    expect(noticeOfFill('삼성전자', ORDER, FILL)).toEqual({
      level: 'info',
      ko: "삼성전자 매수 체결 4주 @ 71,500원 (4/10) — 조건 '돌파' 편입",
      en: '삼성전자: buy of 4 shares filled at 71,500 won (4/10)',
    })
  })

  // 33,450 of 7,151,070 paid is 0.4678 %.
  it('tells an exit with its net result and reason', () => {
    expect(noticeOfExit('삼성전자', TRIP)).toEqual({
      level: 'info',
      ko: '삼성전자 청산 100주: 실현손익 33,450원 (+0.47%) — 익절: 평균 71,500원 대비 +0.70% (기준 +0.70%)',
      en: '삼성전자 closed, 100 shares: 33,450 won (+0.47%), take-profit',
    })
  })

  it('tells an exit of shares that cost nothing', () => {
    const free = { ...TRIP, buyValue: krw(0), buyFees: krw(0) }
    expect(noticeOfExit('삼성전자', free).en).toContain('33,450 won (+0.00%)')
  })

  const error = { kind: 'inDoubt', code: 'TIMEOUT', text: '응답 없음' } as const
  const rows: readonly (readonly [Alert, string, string, string])[] = [
    [
      { of: 'feedDown', detail: '1006' },
      'urgent',
      '시세 연결이 끊겼습니다: 1006',
      'The market feed is down: 1006',
    ],
    [{ of: 'feedLive' }, 'info', '시세가 연결되었습니다', 'The market feed is live'],
    [
      { of: 'orderInDoubt', name: '삼성전자', order: ORDER, error },
      'warning',
      '삼성전자 매수 10주 (20261120-000007): 결과를 알 수 없어 주문 내역으로 확인합니다: 응답 없음 [TIMEOUT]',
      'buy of 10 shares of 삼성전자 (20261120-000007): The outcome is not known and is settled from the order list: 응답 없음 [TIMEOUT]',
    ],
    [
      { of: 'orderRefused', name: '삼성전자', order: ORDER, error: { ...error, kind: 'rejected' } },
      'warning',
      '삼성전자 매수 10주 (20261120-000007): 증권사가 거부했습니다: 응답 없음 [TIMEOUT]',
      'buy of 10 shares of 삼성전자 (20261120-000007): Refused by the broker: 응답 없음 [TIMEOUT]',
    ],
    [
      { of: 'ledgerDiffers', what: 'cash', ours: 1, theirs: 2 },
      'urgent',
      '원장이 증권사와 다릅니다: cash 우리 1, 증권사 2',
      'The ledger differs from the broker: cash, ours 1, theirs 2',
    ],
    [
      { of: 'unexpected', what: 'fill while denied' },
      'urgent',
      '예상하지 못한 일이 일어났습니다: fill while denied',
      'Something happened that no table foresees: fill while denied',
    ],
  ]

  it.each(rows)('tells $of at its level', (alert, level, ko, en) => {
    expect(noticeOf(alert)).toEqual({ level, ko, en })
  })
})
