import { describe, expect, it } from 'vitest'
import type { EstimateMessage, RiskMessage } from '../../../contract/risk.ts'
import {
  blockedBy,
  gaugesOf,
  investedRatio,
  isThin,
  levelOf,
  marketsOf,
  sectorsOf,
  sharesOf,
  tailRows,
} from './view.ts'

const position = (instrument: string, value: number, committed = value) => ({
  instrument,
  name: instrument,
  value,
  committed,
  stop: 0,
  atStop: 0,
})
const RISK: RiskMessage = {
  limits: {
    positions: { used: 5, max: 5 },
    orders: { max: 300 },
    buyAmount: { used: 8_000_000, max: 10_000_000 },
    loss: { used: 20_000 },
    perSecond: { used: 4, max: 4 },
    perInstrument: 3_000_000,
    rebuy: { notToday: false, notAfterLoss: false },
  },
  exposure: {
    cash: 6_000_000,
    invested: 4_000_000,
    equity: 10_000_000,
    positions: [position('a', 2_500_000, 2_400_000), position('b', 1_500_000, 3_100_000)],
    markets: [
      { market: 'KOSPI', value: 2_500_000 },
      { market: '', value: 1_500_000 },
    ],
    sectors: [{ sector: '전기/전자', value: 4_000_000 }],
  },
  allStops: { change: 0, unguarded: 2, unguardedValue: 4_000_000 },
}

describe('how far a limit is used', () => {
  it.each([
    [0, 5, 'ok'],
    [3.75, 5, 'near'],
    [5, 5, 'reached'],
    [6, 5, 'reached'],
    [0, 0, 'reached'],
    [undefined, 5, 'unknown'],
    [3, undefined, 'none'],
  ] as const)('%s of %s is %s', (used, max, level) => {
    expect(levelOf(used, max)).toBe(level)
  })

  it('stands in a gauge for each, never beyond its end', () => {
    const gauges = gaugesOf(RISK)
    expect(gauges.map(({ key, ratio, level }) => [key, ratio, level])).toEqual([
      ['loss', 0, 'none'],
      ['positions', 1, 'reached'],
      ['buyAmount', 0.8, 'near'],
      ['perInstrument', 1, 'reached'],
      ['orders', 0, 'unknown'],
      ['perSecond', 1, 'reached'],
    ])
    expect(gauges[3]?.label.ko).toContain('b')
    expect(gauges[3]?.used).toBe(3_100_000)
  })

  it('names what stops every purchase, and not what passes in a second or holds for one name', () => {
    expect(blockedBy(gaugesOf(RISK)).map(({ key }) => key)).toEqual(['positions'])
  })
})

describe('exposure', () => {
  it('is a share of equity', () => {
    expect(sharesOf(RISK).map(({ key, ratio }) => [key, ratio])).toEqual([
      ['a', 0.25],
      ['b', 0.15],
    ])
    expect(sectorsOf(RISK)).toMatchObject([{ name: '전기/전자', ratio: 0.4 }])
    expect(marketsOf(RISK)[1]).toMatchObject({ name: '', ratio: 0.15 })
    expect(investedRatio(RISK)).toBe(0.4)
    expect(investedRatio({ ...RISK, exposure: { ...RISK.exposure, equity: 0 } })).toBe(0)
  })
})

describe('the estimate', () => {
  it('has a row for each confidence with both methods beside each other', () => {
    const tail = (confidence: number, method: 'historical' | 'gaussian', tailDays?: number) => ({
      confidence,
      method,
      valueAtRisk: 1,
      expectedShortfall: 2,
      ...(tailDays !== undefined && { tailDays }),
    })
    const tails: EstimateMessage['tails'] = [
      tail(0.99, 'gaussian'),
      tail(0.95, 'historical', 12),
      tail(0.95, 'gaussian'),
      tail(0.99, 'historical', 3),
    ]
    const rows = tailRows({
      at: 0,
      value: 0,
      tails,
      parts: [],
      left: [],
      lowerLimits: { change: 0, assumed: 0 },
    })
    expect(rows.map(({ confidence }) => confidence)).toEqual([0.95, 0.99])
    expect(rows.map(({ historical, gaussian }) => [isThin(historical), isThin(gaussian)])).toEqual([
      [false, false],
      [true, false],
    ])
  })
})
