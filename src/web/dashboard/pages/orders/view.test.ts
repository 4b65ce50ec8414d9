import { describe, expect, it } from 'vitest'
import type { OrderMessage } from '../../../contract/live.ts'
import type { RecordedOrderMessage } from '../../../contract/records.ts'
import { canCancel } from '../../parts/cancel-order.tsx'
import {
  amendTrouble,
  averagePrice,
  canAmend,
  dayOfOrder,
  fromLive,
  gapText,
  millisText,
  orderRows,
  priceOf,
  settleInMs,
} from './view.ts'

const AT = Date.UTC(2026, 10, 20)
const ALL = { group: '', instrument: '' } as const

const recorded = (id: string, change: Partial<RecordedOrderMessage> = {}): RecordedOrderMessage => ({
  id,
  instrument: '005930',
  name: '삼성전자',
  side: 'buy',
  type: 'limit',
  venue: 'KRX',
  timeInForce: 'day',
  limit: 70_000,
  quantity: 14,
  filled: 4,
  filledValue: 280_400,
  commission: 40,
  tax: 0,
  status: 'working',
  group: 'open',
  reason: '급등 편입',
  createdAt: AT + Number(id.slice(-2)) * 1_000,
  updatedAt: AT,
  venueOrderId: '0000001',
  ...change,
})

const live = (id: string, change: Partial<OrderMessage> = {}): OrderMessage => ({
  id,
  instrument: '005930',
  name: '삼성전자',
  side: 'buy',
  type: 'limit',
  venue: 'KRX',
  status: 'working',
  limit: 70_000,
  quantity: 14,
  filled: 9,
  reason: '급등 편입',
  createdAt: AT + Number(id.slice(-2)) * 1_000,
  updatedAt: AT,
  venueOrderId: '0000001',
  ...change,
})

describe('the rows of a day', () => {
  it('are the newest first, those in doubt above all', () => {
    const orders = [
      recorded('a-01'),
      recorded('a-02', { status: 'inDoubt', group: 'doubtful' }),
      recorded('a-03'),
    ]
    expect(orderRows(orders, undefined, ALL).map(({ id }) => id)).toEqual(['a-02', 'a-03', 'a-01'])
  })

  it('say of an open order what the live line says, and keep what only the record knows', () => {
    const [row] = orderRows([recorded('a-01')], { 'a-01': live('a-01') }, ALL)
    expect(row).toMatchObject({ filled: 9, booked: { filledValue: 280_400 } })
    expect(row && averagePrice(row)).toBe(70_100)
  })

  it('have an order that the record does not tell of yet', () => {
    const rows = orderRows(
      [recorded('a-01')],
      { 'a-09': live('a-09', { status: 'inDoubt', doubt: 'timeout' }) },
      ALL,
    )
    expect(rows.map(({ id, group }) => [id, group])).toEqual([
      ['a-09', 'doubtful'],
      ['a-01', 'open'],
    ])
  })

  it('fit the filter; one in doubt is open as well', () => {
    const orders = [
      recorded('a-01', { status: 'inDoubt', group: 'doubtful' }),
      recorded('a-02', { status: 'filled', group: 'filled' }),
      recorded('a-03', { instrument: '000660' }),
    ]
    const ids = (filter: Parameters<typeof orderRows>[2]) =>
      orderRows(orders, undefined, filter).map(({ id }) => id)
    expect(ids({ group: 'open', instrument: '' })).toEqual(['a-01', 'a-03'])
    expect(ids({ group: 'filled', instrument: '' })).toEqual(['a-02'])
    expect(ids({ group: 'open', instrument: '000660' })).toEqual(['a-03'])
  })
})

describe('what can be done with an order', () => {
  it.each([
    ['submitted', true, false],
    ['working', true, true],
    ['cancelling', false, false],
    ['inDoubt', false, false],
    ['filled', false, false],
  ])('%s: cancel %s, amend %s', (status, cancel, amend) => {
    const row = fromLive(live('a-01', { status }))
    expect([canCancel(row), canAmend(row)]).toEqual([cancel, amend])
  })

  it('a market order has no price to amend', () => {
    const { limit: _, ...market } = live('a-01', { type: 'market' })
    expect(canAmend(fromLive(market))).toBe(false)
  })

  it('a doubt may be settled by hand after a minute', () => {
    const row = fromLive(live('a-01', { status: 'inDoubt' }))
    expect([settleInMs(row, AT + 15_000), settleInMs(row, AT + 60_000)]).toEqual([45_000, 0])
  })

  it('an amendment needs another price', () => {
    const row = fromLive(live('a-01'))
    expect(amendTrouble(row, undefined)?.ko).toContain('원 단위')
    expect(amendTrouble(row, 70_000)?.ko).toContain('같습니다')
    expect(amendTrouble(row, 70_100)).toBeUndefined()
  })

  it.each([
    ['70,100', 70_100],
    [' 70100원', 70_100],
    ['70.5', undefined],
    ['', undefined],
    ['-5', undefined],
  ])('%j is read as %s won', (text, won) => expect(priceOf(text)).toBe(won))
})

describe('times of a life', () => {
  it('are told to the millisecond, in Korea', () => expect(millisText(AT + 5_007)).toBe('09:00:05.007'))

  it.each([
    [undefined, ''],
    [0, ''],
    [480, '+0.480s'],
    [61_000, '+1m 1s'],
    [3_720_000, '+1h 2m'],
  ])('%s ms after the step before read %j', (ms, text) => expect(gapText(ms)).toBe(text))

  it("an order's number names its day", () => {
    expect([dayOfOrder('20261120-000001'), dayOfOrder('x')]).toEqual(['2026-11-20', undefined])
  })
})
