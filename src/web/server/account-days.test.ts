import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import { analysed, dayResults, spanOf, within } from './account-days.ts'
import type { RecordedDay, TripOfDay } from './performance.ts'

const trip = (realizedPnl: number, strategy: string): TripOfDay => ({
  instrument: instrumentId('005930'),
  name: '삼성전자',
  strategy,
  quantity: quantity(10),
  buyValue: krw(700_000),
  sellValue: krw(700_000 + realizedPnl + 1_000),
  buyFees: krw(100),
  sellFees: krw(100),
  tax: krw(800),
  realizedPnl: krw(realizedPnl),
  openedAt: Date.parse('2026-11-20T00:30:00Z'),
  closedAt: Date.parse('2026-11-20T01:30:00Z'),
  entry: 'test',
  exit: 'takeProfit',
  exitReason: 'test',
})

const day = (over: Partial<RecordedDay> & Pick<RecordedDay, 'day'>): RecordedDay => ({
  realizedPnl: 0,
  unrealizedPnl: 0,
  earlierPnl: 0,
  commission: 200,
  tax: 800,
  equity: 10_000_000,
  corrections: 0,
  counts: { orders: 2, fills: 2, alerts: 0 },
  trips: [],
  ...over,
})

const DAYS = [
  day({ day: '2026-11-18', unrealizedPnl: 50_000, equity: 10_050_000 }),
  // What was on paper yesterday is realised today: it is not earned twice. A deposit of 5,000,000 came in.
  day({
    day: '2026-11-19',
    realizedPnl: 30_000,
    equity: 15_030_000,
    trips: [trip(30_000, '돌파'), trip(-5_000, '돌파'), trip(5_000, '')],
  }),
]

describe('the result of a day', () => {
  it('is what was realised and the change of what is held, and no deposit', () => {
    const [first, second] = dayResults({ days: DAYS, pending: 0, damaged: [], openDay: '2026-11-19' })
    expect(first).toMatchObject({ pnl: 50_000, startEquity: 10_000_000, ratio: 0.005, open: false })
    expect(second).toMatchObject({ pnl: -20_000, startEquity: 15_050_000, trips: 3, wins: 2, open: true })
  })

  it('has in it nothing of the time before the first record', () => {
    const first = day({ day: '2026-11-18', unrealizedPnl: -80_000, earlierPnl: -100_000 })
    expect(dayResults({ days: [first], pending: 0, damaged: [] })).toMatchObject([
      { pnl: 20_000, startEquity: 9_980_000 },
    ])
  })
})

describe('the analytics of days', () => {
  const results = dayResults({ days: DAYS, pending: 0, damaged: [] })
  const found = analysed(DAYS, results)

  it('group trades by what bought them and compound the days', () => {
    expect(found.byStrategy).toMatchObject([
      { key: '돌파', count: 2, netPnl: 25_000 },
      { key: '', count: 1, netPnl: 5_000 },
    ])
    expect(found.byHour).toMatchObject([{ key: '9', count: 3 }])
    expect(found.growth).toEqual([1.005, 1.005 * (1 - 20_000 / 15_050_000)])
    expect(found.costs).toEqual({ gross: 33_000, commission: 400, tax: 1_600, net: 30_000 })
  })

  it('doubt what three trades seem to say, and say nothing of no day at all', () => {
    expect(found.doubts[0]?.en).toMatch(/3 trades are too few/)
    expect(analysed([], [])).toMatchObject({ doubts: [], days: [], growth: [], months: [] })
  })
})

describe('a span', () => {
  it.each([
    ['day', '2026-11-20', { from: '2026-11-20', to: '2026-11-20' }],
    ['week', '2026-11-22', { from: '2026-11-16', to: '2026-11-22' }],
    ['week', '2026-11-23', { from: '2026-11-23', to: '2026-11-29' }],
    ['month', '2026-02-10', { from: '2026-02-01', to: '2026-02-31' }],
    ['all', '2026-02-10', {}],
  ] as const)('of a %s holds %s', (span, on, expected) => {
    expect(spanOf(span, on)).toEqual(expected)
    expect(within([{ day: on }], spanOf(span, on))).toHaveLength(1)
  })
})
