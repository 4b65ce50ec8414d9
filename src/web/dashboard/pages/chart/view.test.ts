import { describe, expect, it } from 'vitest'
import type { HappeningMessage, OrderMessage, PositionMessage, TripMessage } from '../../../contract/live.ts'
import {
  bandsOf,
  barStart,
  barsOf,
  changeFrom,
  chartTime,
  formBar,
  fromChartTime,
  marksOf,
  priceLinesOf,
  runningAfter,
  withOwn,
} from './view.ts'

const at = (time: string) => Date.parse(`2026-11-20T${time}+09:00`)
const print = (time: string, price: number, quantity = 1) => ({ at: at(time), price, quantity })
const bar = (time: string, close: number, volume = 10) => ({
  at: at(time),
  open: close - 50,
  high: close + 100,
  low: close - 100,
  close,
  volume,
})

const ORDER: OrderMessage = {
  id: 'a',
  instrument: '005930',
  name: '삼성전자',
  side: 'buy',
  type: 'limit',
  venue: 'KRX',
  status: 'working',
  limit: 71_000,
  quantity: 9,
  filled: 3,
  reason: '',
  createdAt: 0,
  updatedAt: 0,
}
const POSITION: PositionMessage = {
  instrument: '005930',
  name: '삼성전자',
  quantity: 10,
  averagePrice: 70_933.4,
  last: 71_500,
  pricedAt: 0,
  gainRatio: 0,
  pnl: 0,
  openedAt: at('09:30:10'),
  stop: 68_800,
  target: 0,
  high: 72_100,
  atBroker: { stop: 68_500, limit: 68_000, quantity: 10 },
}

describe('the forming bar', () => {
  it('takes the prints of its stretch', () => {
    const first = formBar(undefined, print('10:24:10', 71_000, 5), '5m')
    const second = formBar(first, print('10:24:30', 70_900, 2), '5m')
    expect(formBar(second, print('10:24:50', 71_200, 1), '5m')).toEqual({
      at: at('10:20:00'),
      open: 71_000,
      high: 71_200,
      low: 70_900,
      close: 71_200,
      volume: 8,
    })
  })

  it('ends where the next stretch begins, and hears nothing of the past', () => {
    const running = bar('10:20:00', 71_000)
    expect(formBar(running, print('10:25:00', 71_300, 4), '5m')).toMatchObject({
      at: at('10:25:00'),
      volume: 4,
    })
    expect(formBar(running, print('10:19:59', 60_000), '5m')).toBe(running)
    expect(formBar(running, print('10:21:00', 0), '5m')).toBe(running)
  })

  it.each([
    ['1m', '10:24:59', '10:24:00'],
    ['3m', '10:25:00', '10:24:00'],
    ['60m', '15:20:00', '15:00:00'],
    ['1d', '00:00:00', '00:00:00'],
    ['1d', '23:59:59', '00:00:00'],
  ] as const)('of %s at %s began at %s in Korea', (interval, time, start) => {
    expect(barStart(at(time), interval)).toBe(at(start))
  })

  it('goes on over a fresh set of closed bars, with what the server knows of it', () => {
    const closed = [bar('10:15:00', 71_000)]
    const formed = bar('10:20:00', 71_200, 4)
    const told = { ...bar('10:20:00', 71_100, 9), open: 70_500, low: 70_400 }
    expect(runningAfter(closed, told, formed)).toEqual({
      at: at('10:20:00'),
      open: 70_500,
      high: 71_300,
      low: 70_400,
      close: 71_200,
      volume: 9,
    })
    expect(runningAfter([bar('10:20:00', 71_000)], told, formed)).toBeUndefined()
    expect(runningAfter(closed, undefined, formed)).toBe(formed)
    expect(runningAfter(closed, told, bar('10:25:00', 1_000))).toMatchObject({ at: at('10:25:00') })
  })
})

describe('bars that closed here', () => {
  it('stand until the chart of the broker has them', () => {
    const own = [bar('10:20:00', 1), bar('10:25:00', 2)]
    const closed = [bar('10:15:00', 3), bar('10:20:00', 4)]
    expect(withOwn(closed, own).map(({ close }) => close)).toEqual([3, 4, 2])
    expect(withOwn([...closed, bar('10:25:00', 5)], own)).toHaveLength(3)
    expect(withOwn(closed, [])).toBe(closed)
    expect(withOwn([], own)).toEqual(own)
  })
})

describe('bars as they come', () => {
  it('are rows, one an instant; a day bar stands at midnight', () => {
    const columns = (instants: readonly number[]) => ({
      at: [...instants],
      open: [1, 2, 3],
      high: [1, 2, 3],
      low: [1, 2, 3],
      close: [1, 2, 3],
      volume: [1, 2, 3],
      sessions: [],
    })
    const minutes = columns([at('09:00:00'), at('09:00:00'), at('09:01:00')])
    expect(barsOf(minutes, '1m').map(({ close }) => close)).toEqual([1, 3])
    const [day] = barsOf(columns([at('09:00:00')]), '1d')
    expect(day?.at).toBe(at('00:00:00'))
  })

  it('are shown in Korean time whatever the browser has', () => {
    expect(new Date(chartTime(at('09:00:00')) * 1_000).toISOString()).toBe('2026-11-20T09:00:00.000Z')
    expect(fromChartTime(chartTime(at('09:00:00')))).toBe(at('09:00:00'))
  })
})

describe('lines across the chart', () => {
  it('are working orders with a price, the guards of the position, and the close before', () => {
    const lines = priceLinesOf({
      position: POSITION,
      orders: [
        ORDER,
        { ...ORDER, id: 'b', status: 'inDoubt' },
        { ...ORDER, id: 'c', side: 'sell', limit: 72_000 },
      ],
      previousClose: 70_800,
      expected: undefined,
    })
    expect(lines.map(({ kind, price }) => [kind, price])).toEqual([
      ['buyOrder', 71_000],
      ['sellOrder', 72_000],
      ['average', 70_933],
      ['stop', 68_800],
      ['brokerStop', 68_500],
      ['high', 72_100],
      ['base', 70_800],
    ])
    expect(lines[0]?.title).toEqual({ ko: '매수 6', en: 'Buy 6' })
  })

  it('are none of what is not known', () => {
    const none = { position: undefined, orders: [], previousClose: undefined, expected: 0 }
    expect(priceLinesOf(none)).toEqual([])
  })
})

describe('marks of our own trades', () => {
  const trip: TripMessage = {
    instrument: '005930',
    name: '삼성전자',
    quantity: 10,
    buyValue: 700_000,
    sellValue: 715_000,
    costs: 0,
    realizedPnl: 0,
    openedAt: at('09:05:00'),
    closedAt: at('09:20:00'),
    entry: '',
    exit: '',
    exitReason: '',
  }
  it('come from fills where these are known', () => {
    const fills = [{ at: at('09:10:00'), side: 'buy' as const, price: 70_000, quantity: 3 }]
    expect(marksOf('005930', fills, [trip], POSITION)).toEqual(fills)
  })
  it('else from round trips of the instrument and its position', () => {
    const marks = marksOf('005930', [], [trip, { ...trip, instrument: '000660' }], POSITION)
    expect(marks.map(({ side, price }) => [side, price])).toEqual([
      ['buy', 70_000],
      ['sell', 71_500],
      ['buy', 70_933.4],
    ])
  })
})

describe('shaded stretches', () => {
  const phase = (name: string, from: string, to: string) => ({
    phase: name,
    name: { ko: name, en: name },
    from: at(from),
    to: at(to),
  })
  const said = (time: string, ko: string): HappeningMessage => ({ at: at(time), level: 'info', ko, en: ko })

  it('are auctions and the hours around the session', () => {
    const sessions = [
      phase('openingCall', '08:30:00', '09:00:00'),
      phase('continuous', '09:00:00', '15:20:00'),
      phase('closingCall', '15:20:00', '15:30:00'),
      phase('afterMarket', '16:00:00', '20:00:00'),
    ]
    expect(bandsOf(sessions, [], '삼성전자', 0).map(({ kind }) => kind)).toEqual([
      'auction',
      'auction',
      'after',
    ])
  })

  it('are the volatility interruptions of this instrument, and none outlasts its time', () => {
    const happenings = [
      said('10:00:00', '삼성전자 VI 발동 74000'),
      said('10:01:00', '삼성전자우 VI 해제'),
      said('10:02:10', '삼성전자 VI 해제'),
      said('11:00:00', '삼성전자 VI 발동 76000'),
    ]
    const bands = bandsOf([], happenings, '삼성전자', at('14:00:00'))
    expect(bands.map(({ from, to }) => [from, to])).toEqual([
      [at('10:00:00'), at('10:02:10')],
      [at('11:00:00'), at('11:02:30')],
    ])
  })
})

describe('the change of the day', () => {
  it('counts from the close before and is unknown without one', () => {
    expect(changeFrom(71_500, 70_000)).toEqual({ change: 1_500, ratio: expect.closeTo(0.0214286, 6) })
    expect(changeFrom(71_500, undefined)).toBeUndefined()
    expect(changeFrom(0, 70_000)).toBeUndefined()
  })
})
