import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import type { RoundTrip } from '../../model/position.ts'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import type { BacktestResult } from '../analytics/backtest-result.ts'
import { outcomeOf } from '../analytics/trade-outcome.ts'
import { figuresOf } from './figures.ts'
import { reportPage } from './report.ts'
import type { ReportInput } from './report-content.ts'
import { resultJson } from './result-json.ts'
import { tradesCsv } from './trades-csv.ts'

const close = (day: string) => kstInstant(tradingDay(day), timeOfDay('15:30'))
const EVIL = '<img src=x onerror=alert(1)>'

const trip = (pnl: number, exitReason: string): RoundTrip => ({
  instrument: instrumentId('005930'),
  quantity: quantity(10),
  buyValue: krw(1_000_000),
  sellValue: krw(1_000_000 + pnl),
  buyFees: krw(150),
  sellFees: krw(150),
  tax: krw(2_000),
  realizedPnl: krw(pnl - 2_300),
  openedAt: close('2024-01-02'),
  closedAt: close('2024-01-03'),
  entry: '=HYPERLINK("x")',
  exit: 'signal',
  exitReason,
})

/** Three days: 1,000,000 → 1,100,000 → 990,000 → 1,039,500, that is +10 %, −10 % and +5 %. */
const RESULT: BacktestResult = {
  version: 1,
  interval: '1d',
  assumptions: { slippage: { kind: 'none' }, participationRatio: 0.1, limitFill: 'through' },
  beganWith: krw(1_000_000),
  endedWith: krw(1_039_500),
  equity: {
    at: Float64Array.from([close('2024-01-02'), close('2024-01-03'), close('2024-02-01')]),
    value: Float64Array.from([1_100_000, 990_000, 1_039_500]),
    exposure: Float64Array.from([0.5, 0.5, 0.2]),
  },
  orders: [],
  roundTrips: [trip(20_000, EVIL), trip(-10_000, 'a, "b"')],
  leftOver: [],
  refusals: [],
  costs: { commission: krw(600), tax: krw(4_000) },
  decisionHash: 'abc',
}

const figures = figuresOf(
  RESULT,
  RESULT.roundTrips.map((each) => outcomeOf(each, { strategy: 's' })),
  { name: EVIL, closes: Float64Array.from([100, 90, 99]) },
)
const input: ReportInput = {
  title: { ko: EVIL, en: 'x' },
  subtitle: EVIL,
  result: RESULT,
  figures,
  absurd: [],
  assumptions: [{ ko: '가', en: 'a', value: EVIL }],
  certificate: [],
  nameOf: (id) => `${EVIL}${id}`,
}
const figure = (key: string) =>
  figures.groups.flatMap((group) => group.figures).find((each) => each.key === key)?.value

describe('the figures of a result', () => {
  it.each([
    ['totalReturn', 0.0395],
    // From 1,100,000 down to 990,000.
    ['maximumDrawdown', -0.1],
    ['exposure', 0.4],
    ['trades', 2],
    ['winRate', 0.5],
    // 17,700 won against 12,300 won lost.
    ['profitFactor', 17_700 / 12_300],
    ['expectancy', 2_700],
    // 10,000 before 4,600 of costs.
    ['breakEvenCosts', 10_000 / 4_600],
    // −10 % and +10 % compounded.
    ['benchmarkReturn', -0.01],
  ])('%s', (key, value) => {
    const found = figure(key)
    expect(found?.ok && found.value).toBeCloseTo(value, 10)
  })

  it('compound months and years', () => {
    expect(figures.months).toMatchObject({ ok: true, value: [{ year: 2024 }] })
    const [year] = figures.months.ok ? figures.months.value : []
    expect(year?.months[0]).toBeCloseTo(-0.01)
    expect(year?.months[1]).toBeCloseTo(0.05)
  })
})

describe('the page', () => {
  const page = reportPage(input)

  it('lets no text become markup, and loads nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|https?:/)
  })

  it('tells the figures, the trades and the hash', () => {
    for (const text of ['3.95%', '-10.00%', '17,700', '거래별 수익률', 'decision hash <code>abc'])
      expect(page).toContain(text)
  })

  it('says first what cannot be and where the strategy stopped', () => {
    const fault = { strategy: 's', at: close('2024-02-01'), ko: '전략이 오류를 냈습니다', en: 'threw' }
    const alarmed = reportPage({
      ...input,
      absurd: [{ ko: '있을 수 없는 하루', en: 'an impossible day' }],
      result: { ...RESULT, stopped: fault },
    })
    expect(alarmed.indexOf('있을 수 없는 하루')).toBeLessThan(alarmed.indexOf('3.95%'))
    expect(alarmed).toContain('전략이 오류를 냈습니다')
    expect(page).not.toContain('class="alarm"')
  })
})

describe('the files', () => {
  it('of trades quote what must be quoted and disarm formulas', () => {
    const [head, first, second] = tradesCsv(RESULT.roundTrips, () => '삼성전자').split('\r\n')
    expect(head?.split(',')).toHaveLength(14)
    expect(first).toContain(`"'=HYPERLINK(""x"")"`)
    expect(second).toMatch(/,-12300,.*,signal,"a, ""b"""$/)
  })

  it('of the result hold every figure, and null where there is none', () => {
    const json = JSON.parse(resultJson(input, { strategy: 's', parameters: { fast: 3 } }))
    expect(json).toMatchObject({ version: 1, strategy: 's', parameters: { fast: 3 }, decisionHash: 'abc' })
    expect(json.figures.totalReturn).toBeCloseTo(0.0395)
    expect(json.figures.adverse).toBeNull()
    expect(json.equity.value).toEqual([1_100_000, 990_000, 1_039_500])
  })
})
