import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HighLow } from './bars.ts'
import { beta, createBeta } from './beta.ts'
import { CLOSE } from './golden/series.ts'
import type { Indicator } from './indicator.ts'
import { keepsContract } from './testing/contract.ts'

/** The highs and lows of the common series take the place of the benchmark and the asset. */
const ofHighLow = (period: number): Indicator<HighLow, number> => {
  const indicator = createBeta(period)
  return {
    next: ({ high, low }) => indicator.next({ benchmark: high, asset: low }),
    replaceLast: ({ high, low }) => indicator.replaceLast({ benchmark: high, asset: low }),
    get value() {
      return indicator.value
    },
    snapshot: () => indicator.snapshot(),
    restore: (state) => indicator.restore(state),
  }
}

describe('beta', () => {
  keepsContract({
    fields: ['high', 'low'],
    golden: ['statistics.json', 'BETA'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 40 })),
    refused: [[0], [2.5], [100_001]],
    batch: ([high, low], [period], out) =>
      beta(high as Float64Array, low as Float64Array, period as number, out as Float64Array),
    create: (period) => ofHighLow(period as number),
  })

  // By hand: benchmark returns 10 %, −10 %, asset returns 30 %, −10 %: distances ±10 and ±20.
  it('is the slope of the returns of the asset on those of the benchmark', () => {
    const benchmark = Float64Array.of(100, 110, 99)
    const asset = Float64Array.of(100, 130, 117)
    expect(beta(benchmark, asset, 2)[2]).toBeCloseTo(2, 12)
    expect(beta(asset, benchmark, 2)[2]).toBeCloseTo(0.5, 12)
  })

  it('is 1 against itself, and 0 where the benchmark stands still', () => {
    expect(beta(CLOSE, CLOSE, 14)[80]).toBeCloseTo(1, 9)
    expect(beta(new Float64Array(140).fill(7), CLOSE, 14)[80]).toBe(0)
  })

  it('counts the return after a price of 0 as none', () => {
    const values = beta(Float64Array.of(0, 5, 10, 10), Float64Array.of(1, 2, 3, 3), 3)
    // Benchmark returns 0, 1, 0 and asset returns 1, 0.5, 0: no slope in them.
    expect(values[3]).toBeCloseTo(0, 12)
  })
})
