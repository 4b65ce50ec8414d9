import { describe, expect, it } from 'vitest'
import type { LiveState, OrderMessage, PositionMessage } from '../../../contract/live.ts'
import {
  conditionRows,
  corridor,
  dayResult,
  eventRows,
  healthTones,
  indexRows,
  orderRows,
  positionRows,
  priceAge,
  tripRows,
} from './view.ts'

const position = (change: Partial<PositionMessage>): PositionMessage => ({
  instrument: '005930',
  name: '삼성전자',
  quantity: 10,
  averagePrice: 70_000,
  last: 71_000,
  pricedAt: 0,
  gainRatio: 1_000 / 70_000,
  pnl: 10_000,
  openedAt: 1,
  stop: 68_000,
  target: 74_000,
  high: 72_500,
  ...change,
})

const order = (id: string, change: Partial<OrderMessage> = {}): OrderMessage => ({
  id,
  instrument: '005930',
  name: '삼성전자',
  side: 'buy',
  type: 'limit',
  venue: 'KRX',
  status: 'working',
  quantity: 1,
  filled: 0,
  reason: '',
  createdAt: 0,
  updatedAt: 0,
  ...change,
})

const desk = {
  realizedPnl: 30_000,
  unrealizedPnl: -10_000,
  commission: 700,
  tax: 300,
  equity: 2_020_000,
  startEquity: 2_000_000,
  cash: 500_000,
  accountKnown: true,
} as LiveState['desk']

describe('the day', () => {
  it('is what was realised and what is held, as a share of the equity it began with', () => {
    expect(dayResult(desk)).toEqual({
      pnl: 20_000,
      before: 0,
      ratio: 0.01,
      costs: 1_000,
      invested: 1_520_000,
    })
  })

  it('leaves out what carried positions had lost before it', () => {
    const carried = { ...desk, unrealizedPnl: -110_000 }
    expect(dayResult(carried)).toMatchObject({ pnl: 20_000, before: -100_000, ratio: 0.01 })
  })

  it('has no ratio while nothing is known to have been there', () => {
    expect(dayResult({ ...desk, startEquity: 0 }).ratio).toBe(0)
  })

  it('shows an index in points, with its change against the day before', () => {
    expect(indexRows({ KOSPI: { value: 402_000, change: 2_000 } })).toEqual([
      { name: 'KOSPI', value: 4_020, change: 20, ratio: 0.005 },
    ])
  })
})

describe('positions', () => {
  it('stand in the order they were opened, whatever they gain', () => {
    const rows = positionRows({
      b: position({ instrument: 'b', openedAt: 2, pnl: 999 }),
      a: position({ instrument: 'a', openedAt: 2 }),
      c: position({ instrument: 'c', openedAt: 1, pnl: -5 }),
    })
    expect(rows.map(({ instrument }) => instrument)).toEqual(['c', 'a', 'b'])
  })

  it('say how far the price is from stop and target, and where on the way it stands', () => {
    const way = corridor(position({}))
    expect(way?.at).toBe(0.5)
    expect(way?.entry).toBeCloseTo(1 / 3)
    expect(way?.high).toBe(0.75)
    expect(way?.toStop).toBeCloseTo(-0.04225)
    expect(way?.toTarget).toBeCloseTo(0.04225)
    expect(way?.isNear).toBe(false)
  })

  it.each([
    ['near the stop', { last: 68_500 }, { isNear: true }],
    ['through the stop', { last: 67_000 }, { at: 0, isNear: true }],
    ['beyond the target', { last: 80_000 }, { at: 1 }],
    ['without a stop', { stop: 0 }, { toStop: undefined, isNear: false }],
    ['without a target', { target: 0 }, { toTarget: undefined }],
    ['without a known high', { high: 0 }, { high: undefined }],
  ])('%s, the scale says so and the marks stay on it', (_, change, expected) => {
    expect(corridor(position(change))).toMatchObject(expected)
  })

  it('have no scale without a price', () => {
    expect(corridor(position({ last: 0 }))).toBeUndefined()
  })
})

describe('a price', () => {
  const now = 1_000_000
  it.each([
    ['is fresh within a minute', now - 60_000, 'continuous', { ageMs: 60_000, isOld: false }],
    ['is old after a minute of trade', now - 60_001, 'continuous', { ageMs: 60_001, isOld: true }],
    ['is not old while nothing trades', now - 600_000, 'closed', { ageMs: 600_000, isOld: false }],
    ['has no age when nobody said when it was heard', 0, 'continuous', undefined],
  ])('%s', (_, pricedAt, phase, expected) => {
    expect(priceAge(pricedAt, { now, phase, isCut: false })).toEqual(expected)
  })

  it('is old, however young, while no news comes', () => {
    const cut = { now, phase: 'closed', isCut: true }
    expect(priceAge(now - 3_000, cut)).toEqual({ ageMs: 3_000, isOld: true })
  })
})

describe('orders', () => {
  it('in doubt stand on top, then the newest', () => {
    const rows = orderRows({
      a: order('a', { createdAt: 3 }),
      b: order('b', { createdAt: 1, status: 'inDoubt' }),
      c: order('c', { createdAt: 4 }),
    })
    expect(rows.map(({ id }) => id)).toEqual(['b', 'c', 'a'])
  })
})

describe('what happened', () => {
  const happenings = {
    '1.000': { at: 1, level: 'info', ko: 'a', en: 'a' },
    '2.000': { at: 2, level: 'urgent', ko: 'b', en: 'b' },
    '2.001': { at: 2, level: 'warning', ko: 'c', en: 'c' },
  } as const
  it.each([
    ['all', ['c', 'b', 'a']],
    ['warning', ['c', 'b']],
    ['urgent', ['b']],
  ] as const)('is shown newest first, down to the level: %s', (level, expected) => {
    expect(eventRows(happenings, level).map(({ ko }) => ko)).toEqual(expected)
  })

  it('of round trips stands newest first, with the result of what was paid', () => {
    const trip = { buyValue: 1_000_000, realizedPnl: -25_000, closedAt: 5 } as LiveState['trips'][string]
    const rows = tripRows({ 0: trip, 1: { ...trip, closedAt: 9 } })
    expect(rows.map(({ key, ratio }) => [key, ratio])).toEqual([
      ['1', -0.025],
      ['0', -0.025],
    ])
  })
})

describe('conditions', () => {
  it('that buy stand before those that sell, the busiest first', () => {
    const condition = { id: '1', name: '', use: 'buy', entered: 1, ordered: 0, lastAt: 0 } as const
    const rows = conditionRows({
      'sell:1': { ...condition, use: 'sell', ordered: 9 },
      'buy:1': condition,
      'buy:2': { ...condition, ordered: 2 },
    })
    expect(rows.map(({ key }) => key)).toEqual(['buy:2', 'buy:1', 'sell:1'])
  })
})

describe('health', () => {
  const now = 1_000_000
  const state = (health: Partial<LiveState['health']>, phase = 'continuous', speed = 1) => ({
    health: {
      line: 'up',
      feed: 'live',
      feedAt: now - 100,
      shownAt: now,
      lagMs: 3,
      ...health,
    } as LiveState['health'],
    clock: { phase, speed } as LiveState['clock'],
    desk,
  })
  it.each([
    ['all is well', state({}), { feed: 'good', broker: 'good', trader: 'good' }],
    [
      'a feed silent in trade is doubtful',
      state({ feedAt: now - 9_000 }),
      { feed: 'warn', feedAgeMs: 9_000 },
    ],
    ['a feed silent after the close is well', state({ feedAt: now - 9_000 }, 'closed'), { feed: 'good' }],
    ['a feed that is down is bad', state({ feed: 'down' }), { feed: 'bad', trader: 'good' }],
    ['a trader that does not show itself is doubtful', state({ shownAt: now - 2_500 }), { trader: 'warn' }],
    ['a trader that runs behind is doubtful', state({ lagMs: 1_500 }), { trader: 'warn', lagMs: 1_500 }],
    [
      'in a market twenty times as fast, as much is little',
      state({ lagMs: 1_500 }, 'continuous', 20),
      { trader: 'good', lagMs: 75 },
    ],
    [
      'without the line nothing is well',
      state({ line: 'down' }),
      { feed: 'bad', broker: 'bad', trader: 'bad' },
    ],
  ] as const)('%s', (_, shown, expected) => {
    expect(healthTones(shown, now, true)).toMatchObject(expected)
  })

  it('is bad all over while nothing reaches this screen', () => {
    expect(healthTones(state({}), now, false)).toMatchObject({ feed: 'bad', broker: 'bad', trader: 'bad' })
  })
})
