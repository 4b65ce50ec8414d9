import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { type Money, quantity } from '../../model/money.ts'
import { newYorkInstant } from '../../model/new-york.ts'
import type { RoundTrip } from '../../model/position.ts'
import { timeOfDay, tradingDay } from '../../model/time.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import { figuresOf } from './figures.ts'
import { reportPage } from './report.ts'
import type { ReportInput } from './report-content.ts'
import { resultJson } from './result-json.ts'
import { tradesCsv } from './trades-csv.ts'
import { type RateOn, wonFacts, wonValue } from './won-value.ts'

const usd = (dollars: number): Money => Math.round(dollars * 10_000) as Money
const at = (day: string, time = '16:00') => newYorkInstant(tradingDay(day), timeOfDay(time))

const trip = (opened: string, closed: string, paid: number, got: number): RoundTrip => ({
  instrument: instrumentId('US:AAPL'),
  quantity: quantity(100),
  buyValue: usd(paid),
  sellValue: usd(got),
  buyFees: usd(10),
  sellFees: usd(20),
  tax: usd(0.5),
  realizedPnl: usd(got - paid - 30.5),
  openedAt: at(opened, '09:30'),
  closedAt: at(closed, '09:30'),
  entry: '계획',
  exit: 'signal',
  exitReason: '계획',
})

const RESULT: BacktestResult = {
  version: 1,
  venue: 'US',
  interval: '1d',
  assumptions: { slippage: { kind: 'none' }, participationRatio: 0.1, limitFill: 'through' },
  beganWith: usd(10_000),
  endedWith: usd(12_345.67),
  equity: {
    at: Float64Array.from([at('2024-12-30'), at('2024-12-31'), at('2025-01-02')]),
    value: Float64Array.from([usd(10_000), usd(11_000), usd(12_345.67)]),
    exposure: Float64Array.from([0.5, 0.5, 0]),
  },
  orders: [],
  roundTrips: [trip('2024-12-30', '2024-12-31', 5_000, 9_000), trip('2024-12-30', '2024-12-31', 1_000, 900)],
  leftOver: [],
  refusals: [],
  costs: { commission: usd(60), tax: usd(1) },
  decisionHash: 'abc',
}
const DAYS = ['2024-12-30', '2024-12-31', '2025-01-02'].map(tradingDay)
const RATES: Readonly<Record<string, number>> = {
  '2024-12-30': 1_400,
  '2024-12-31': 1_450,
  '2025-01-02': 1_500,
}
const rateOn: RateOn = (day) => {
  const rate = RATES[day]
  return rate === undefined ? undefined : { day, rate }
}
const value = wonValue(RESULT, DAYS, { source: 'fx/1d/FX/none', rateOn, spreadRatio: 0.002 })

describe('a result in dollars, seen in won', () => {
  it('buys dollars at the first rate and sells them at the last, each with the spread', () => {
    // 10,000 × 1,400 × 1.002; 12,345.67 × 1,500 × 0.998 = 18,481,467.99.
    expect(value).toMatchObject({
      beganWith: 14_028_000,
      endedWith: 18_481_468,
      first: { day: '2024-12-30', rate: 1_400 },
      last: { day: '2025-01-02', rate: 1_500 },
    })
  })

  it('owes the tax of the year in which the sale settles, each leg at the rate of its settlement', () => {
    // Traded on the last day of 2024, settled on 2025-01-02 (T+1): sold at 1,500, bought (settled 12-31) at 1,450.
    // 13,500,000 − 7,250,000 − 14,500 − 30,750 = 6,204,750; 1,350,000 − 1,450,000 − 14,500 − 30,750 = −145,250.
    // 6,059,500 − 2,500,000 = 3,559,500 × 22 % = 783,090.
    expect(value?.years).toEqual([{ year: '2025', gain: 6_059_500, tax: 783_090 }])
  })

  it('is not told where no rate is known', () => {
    expect(wonValue(RESULT, DAYS, { source: '', rateOn: () => undefined, spreadRatio: 0 })).toBeUndefined()
  })

  it('is written for people', () => {
    expect(value && wonFacts(value).map((fact) => fact.value)).toEqual([
      '14,028,000원 → 18,481,468원 (+31.75%)',
      '1400.0 (2024-12-30) → 1500.0 (2025-01-02), 환전 비용 spread ±0.20%, fx/1d/FX/none',
      '1년 years: 783,090원 (22%, 연 250만 원 공제)',
    ])
  })
})

describe('the report of a run in dollars', () => {
  const figures = figuresOf(RESULT, [], { name: 'SPY', closes: Float64Array.from([100, 101, 102]) })
  const input: ReportInput = {
    title: { ko: '시험', en: 'test' },
    subtitle: '',
    result: RESULT,
    figures,
    absurd: [],
    assumptions: [],
    certificate: [],
    nameOf: (id) => id,
    ...(value && { won: value }),
  }

  it('counts days of New York and 252 of them a year', () => {
    expect(figures.days).toEqual(DAYS)
    const growth = figures.groups[0]?.figures.find(({ key }) => key === 'annualReturn')?.value
    // 252 days a year, of which three passed.
    expect(growth?.ok && growth.value).toBeCloseTo(1.234567 ** (252 / 3) - 1, -3)
  })

  it('writes dollars and no won but in the won view', () => {
    const page = reportPage(input)
    expect(page).toContain('$12,345.67')
    expect(page).toContain('-$60.00')
    expect(page).toContain('18,481,468원')
    expect(page.replace(/원화로 보면[\s\S]*?<\/section>/, '')).not.toMatch(/\d원/)
    expect(page).toContain('2024-12-31 09:30')
  })

  it('gives programs the currency, and a table decimals', () => {
    const json = JSON.parse(resultJson(input, { strategy: 's', parameters: {} }))
    expect(json).toMatchObject({
      venue: 'US',
      currency: 'USD',
      won: { endedWith: 18_481_468, last: { rate: 1_500 } },
    })
    expect(tradesCsv(RESULT.roundTrips.slice(0, 1), (id) => id, 'US').split('\r\n')[1]).toBe(
      'US:AAPL,US:AAPL,100,2024-12-30 09:30:00,2024-12-31 09:30:00,5000,9000,10,20,0.5,3969.5,계획,signal,계획',
    )
  })
})
