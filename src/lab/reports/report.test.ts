import { describe, expect, it } from 'vitest'
import { reportPage } from './report.ts'
import { resultJson } from './result-json.ts'
import { close, figures, input, RESULT } from './testing/reported.ts'
import { tradesCsv } from './trades-csv.ts'

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
