import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { krw } from '../../model/money.ts'
import { tradingDay } from '../../model/time.ts'
import { critique } from './critique.ts'
import type { CritiqueInput, Finding } from './critique-rules.ts'
import type { SharpeSample } from './sharpe-honesty.ts'
import { type StalePrices, stalePricesOf } from './stale-prices.ts'

const trades = (pnls: readonly number[], costs = 1) => pnls.map((netPnl) => ({ netPnl, costs }))
const many = (pnl: number, count = 40) => new Array<number>(count).fill(pnl)
const sample = (sharpe: number, observations: number): SharpeSample => ({
  sharpe,
  observations,
  skewness: 0,
  kurtosis: 3,
})

/** Nothing to doubt: each rule has its input, and none fires. */
const SOUND: CritiqueInput = {
  trades: trades(many(10)),
  history: { periods: 1_250, periodsPerYear: 250 },
  exposure: 0.4,
  sample: sample(2.5 / Math.sqrt(250), 1_250),
  trials: { count: 20, variance: 0.5 / 250 },
  neighbourhood: { chosen: 1.8, neighbours: [1.5, 1.7, 1.2, 1.6] },
  walkForward: { trainAnnual: 0.2, testAnnual: 0.14 },
  priceLimitFills: { fills: 1_000, atLimit: 10 },
}

const codes = (input: CritiqueInput) => critique(input).map(({ finding }) => finding.code)

const STALE: StalePrices = {
  names: [{ instrument: instrumentId('117930'), pricedOn: tradingDay('2017-03-06') }],
  share: 0.0984,
}

/** What is changed in a sound result, and the whole finding that must come of it. */
const FAULTS: readonly [Partial<CritiqueInput>, Finding][] = [
  [{ stalePrices: STALE }, { code: 'stalePrices', ...STALE }],
  [{ trades: trades(many(10, 29)) }, { code: 'tooFewTrades', trades: 29, atLeast: 30 }],
  [
    { history: { periods: 245, periodsPerYear: 246 } },
    { code: 'tooShortHistory', periods: 245, atLeast: 246 },
  ],
  // One of 40 trades made 400 of 790: 50.6 %.
  [
    { trades: trades([...many(10, 39), 400]) },
    { code: 'oneTradeCarriesIt', bestPnl: 400, netPnl: 790, share: 400 / 790, atMost: 0.5 },
  ],
  // 40 × 10 after costs of 40 × 11: 840 before costs, gone at 1.91 times the costs.
  [
    { trades: trades(many(10), 11) },
    { code: 'costSensitive', breakEvenFactor: 840 / 440, costs: 440, netPnl: 400, atLeast: 2 },
  ],
  // The median of 0.1, 0.8, 0.9, 1.7 is 0.85, below half of 1.8.
  [
    { neighbourhood: { chosen: 1.8, neighbours: [0.9, 1.7, 0.1, 0.8] } },
    {
      code: 'parameterOnCliff',
      chosen: 1.8,
      neighbourMedian: expect.closeTo(0.85, 12),
      neighbours: 4,
      atLeast: 0.5,
    },
  ],
  [
    { walkForward: { trainAnnual: 0.4, testAnnual: 0.1 } },
    { code: 'outOfSampleDecay', trainAnnual: 0.4, testAnnual: 0.1, efficiency: 0.25, atLeast: 0.5 },
  ],
  [
    { priceLimitFills: { fills: 200, atLimit: 5 } },
    { code: 'fillsAtPriceLimit', fills: 200, atLimit: 5, share: 0.025, atMost: 0.01 },
  ],
  // Bailey and López de Prado (2014): 100 trials leave a deflated ratio of 0.9004 with skewness −3 and
  // kurtosis 10.
  [
    {
      sample: { ...sample(2.5 / Math.sqrt(250), 1_250), skewness: -3, kurtosis: 10 },
      trials: { count: 100, variance: 0.5 / 250 },
    },
    {
      code: 'beyondTrialBudget',
      trials: 100,
      deflatedSharpe: expect.closeTo(0.9004, 4),
      atLeast: 0.95,
    },
  ],
  [{ exposure: 0.049 }, { code: 'tinyExposure', exposure: 0.049, atLeast: 0.05 }],
]

describe('critique', () => {
  it('has nothing to say of a sound result, nor of nothing', () => {
    expect(critique(SOUND)).toEqual([])
    expect(critique({})).toEqual([])
  })

  it.each(FAULTS)('finds exactly the fault of %j', (fault, finding) => {
    const remarks = critique({ ...SOUND, ...fault })
    expect(remarks.map((remark) => remark.finding)).toEqual([finding])
  })

  it.each(FAULTS)('says it in both languages, with numbers and without gaps: %j', (fault) => {
    for (const { sentence } of critique({ ...SOUND, ...fault })) {
      expect(sentence.ko).toMatch(/[가-힣].*\d|\d.*[가-힣]/)
      expect(sentence.en).toMatch(/\d/)
      expect(sentence.en).not.toMatch(/[가-힣]/)
      expect(`${sentence.ko} ${sentence.en}`).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  it('needs the years that the Sharpe ratio asks for', () => {
    // 1 + (1 + 0.05²/2) (1.645/0.05)² = 1084.6 periods, by hand from the formula of Bailey and López de Prado
    // (2012).
    const input = { history: { periods: 600, periodsPerYear: 246 }, sample: sample(0.05, 600) }
    expect(critique(input)[0]?.finding).toEqual({ code: 'tooShortHistory', periods: 600, atLeast: 1_085 })
  })

  it('does not print a missed bound as if it were reached', () => {
    const remarks = critique({
      trades: trades([...many(10, 39), 10.001], 10.0101),
      exposure: 0.0499,
    })
    expect(remarks.map(({ sentence }) => sentence.ko)).toEqual([
      expect.stringContaining('1.99배'),
      expect.stringContaining('4.9%뿐'),
    ])
  })

  it('does not speak of a share that is left of a loss', () => {
    const [remark] = critique({ walkForward: { trainAnnual: 0.2, testAnnual: -0.1 } })
    expect(remark?.sentence.ko).toContain('-10.0%입니다')
    expect(remark?.sentence.en).not.toContain('left')
  })

  const nothingToDoubt: readonly [string, CritiqueInput][] = [
    ['a loss that one trade softened', { trades: trades([...many(-10), 300]) }],
    ['a loss, whatever its costs', { trades: trades(many(-1), 50) }],
    ['trades without costs', { trades: trades(many(10), 0) }],
    ['a single trial', { sample: sample(0.01, 100), trials: { count: 1, variance: 1 } }],
    ['trials without a sample', { trials: { count: 1_000, variance: 1 } }],
    [
      'a ratio below 0, which nobody would choose',
      { sample: sample(-0.1, 100), trials: { count: 50, variance: 1 } },
    ],
    ['a train window that lost', { walkForward: { trainAnnual: -0.1, testAnnual: -0.5 } }],
    ['one neighbour', { neighbourhood: { chosen: 1, neighbours: [0] } }],
    ['a chosen result of 0', { neighbourhood: { chosen: 0, neighbours: [0, -1] } }],
    ['no fills', { priceLimitFills: { fills: 0, atLimit: 0 } }],
    ['an exposure that is no number', { exposure: Number.NaN }],
    ['a window that is no number', { walkForward: { trainAnnual: Number.NaN, testAnnual: 0 } }],
    ['a neighbour that is no number', { neighbourhood: { chosen: 1, neighbours: [0, Number.NaN] } }],
    ['a result that is no number', { trades: trades([...many(10), Number.NaN]) }],
  ]
  it.each(nothingToDoubt)('is silent about %s', (_, input) => {
    expect(codes(input)).toEqual([])
  })

  it('keeps the order from what makes a result meaningless to what weakens it', () => {
    const faults = Object.assign({}, SOUND, ...FAULTS.map(([fault]) => fault)) as CritiqueInput
    const all = codes({ ...faults, trades: trades([100, 10], 200) })
    expect(all).toEqual([
      'stalePrices',
      'tooFewTrades',
      'tooShortHistory',
      'beyondTrialBudget',
      'outOfSampleDecay',
      'parameterOnCliff',
      'oneTradeCarriesIt',
      'costSensitive',
      'fillsAtPriceLimit',
      'tinyExposure',
    ])
  })

  it('says no more when it knows less', () => {
    const faults = Object.assign({}, SOUND, ...FAULTS.map(([fault]) => fault)) as CritiqueInput
    const names = Object.keys(faults) as (keyof CritiqueInput)[]
    fc.assert(
      fc.property(fc.subarray(names), (kept) => {
        const part = Object.fromEntries(kept.map((name) => [name, faults[name]])) as CritiqueInput
        const whole = codes(faults)
        for (const code of codes(part)) expect(whole).toContain(code)
      }),
    )
  })
})

describe('prices of long ago', () => {
  const left = (code: string, value: number, pricedOn?: string) => ({
    ...{ instrument: instrumentId(code), quantity: 1, openedAt: 0, cost: krw(1), value: krw(value) },
    ...(pricedOn && { pricedOn: tradingDay(pricedOn) }),
  })

  it('are told with their names, the largest first, and their share of the final equity', () => {
    const leftOver = [
      left('000010', 100, '2024-01-05'),
      left('000020', 500),
      left('000030', 150, '2024-02-01'),
    ]
    expect(stalePricesOf({ leftOver, endedWith: krw(1_000) })).toEqual({
      names: [
        { instrument: '000030', pricedOn: '2024-02-01' },
        { instrument: '000010', pricedOn: '2024-01-05' },
      ],
      share: 0.25,
    })
    expect(stalePricesOf({ leftOver: [left('000020', 500)], endedWith: krw(1_000) })).toBeUndefined()
  })

  it('stand before all other doubts, with five names at most', () => {
    const names = Array.from({ length: 7 }, (_, i) => ({
      instrument: instrumentId(`00000${i}`),
      pricedOn: tradingDay('2017-03-06'),
    }))
    const [first] = critique({ trades: [], stalePrices: { names, share: 0.0984 } })
    expect(first?.sentence.ko).toMatch(/000000 \(2017-03-06 뒤로 없음\).* 외 2종목.*9\.8%/)
    expect(first?.sentence.en).toMatch(/000004 \(none since 2017-03-06\) and 2 more; 9\.8% of the final/)
  })
})
