import { describe, expect, it } from 'vitest'
import { createRandom } from '../../std/random.ts'
import { type Shaken, shake } from './robustness.ts'
import { gapOf, given } from './testing/series.ts'

const random = createRandom(5)
const returns = Float64Array.from({ length: 400 }, () => 0.0005 + 0.01 * random.normal())
const trades = Array.from({ length: 40 }, (_, i) => ({ netPnl: i % 2 ? 900 : -500, costs: 100 }))
const delayable = trades.map(() => ({
  side: 'long' as const,
  quantity: 10,
  costs: 100,
  entryPrices: [1_000, 1_010, 1_020],
  exitPrices: [1_100, 1_090, 1_080],
}))
const RUN: Shaken = { startEquity: 100_000, returns, periodsPerYear: 246, trades, delayable }

describe('a finished run that is shaken', () => {
  const shaken = shake(RUN, { runs: 400, seed: 7 })

  it('gives the same figures for the same seed, and others for another', () => {
    expect(shake(RUN, { runs: 400, seed: 7 })).toEqual(shaken)
    expect(shake(RUN, { runs: 400, seed: 8 }).bootstrap).not.toEqual(shaken.bootstrap)
  })

  it('keeps the sum of the trades in any order', () => {
    const sum = 100_000 + 20 * 900 - 20 * 500
    expect(given(shaken.shuffled).finalEquity).toEqual({ p5: sum, p50: sum, p95: sum })
    expect(given(shaken.shuffled).maximumDrawdown.p5).toBeLessThan(0)
  })

  it('brackets the real Sharpe ratio, and its error is that of the theory', () => {
    const mean = returns.reduce((a, b) => a + b, 0) / returns.length
    const deviation = Math.sqrt(returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 399)
    const real = (mean / deviation) * Math.sqrt(246)
    const { p5, p50, p95 } = given(shaken.bootstrap).sharpe
    expect(p50).toBeCloseTo(real, 0)
    // Lo (2002): √(246 / 400) a year; 3.29 deviations lie between the two ends.
    expect((p95 - p5) / 3.29 / Math.sqrt(246 / 400)).toBeGreaterThan(0.7)
    expect((p95 - p5) / 3.29 / Math.sqrt(246 / 400)).toBeLessThan(1.4)
  })

  it('bounds what costs and delays can do', () => {
    // Costs of 4,000 between half and twice: a profit of 8,000 lies between 4,000 and 10,000.
    const costs = given(shaken.costs).netProfit
    expect(costs.p5).toBeGreaterThan(4_000)
    expect(costs.p95).toBeLessThan(10_000)
    // Each delay costs 10 a share, at most 20 at each end: 40 trades earn between 20 × … and 40 × 900.
    const delays = given(shaken.delays).netProfit
    expect(delays.p95).toBeLessThan(40 * 900)
    expect(delays.p5).toBeGreaterThan(40 * (600 - 100))
  })

  it('says where there is nothing to shake', () => {
    const nothing = shake(
      { ...RUN, trades: [], delayable: [], returns: new Float64Array(5) },
      { runs: 100, seed: 1 },
    )
    expect([nothing.shuffled, nothing.bootstrap, nothing.costs, nothing.delays].map(gapOf)).toEqual([
      'tooFew',
      'flat',
      'tooFew',
      'tooFew',
    ])
  })
})
