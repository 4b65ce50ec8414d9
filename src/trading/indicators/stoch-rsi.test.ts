import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOSE } from './golden/series.ts'
import type { StochFColumns } from './stoch.ts'
import { createStochRsi, stochRsi } from './stoch-rsi.ts'
import { keepsContract } from './testing/contract.ts'
import { expectGolden, goldenCases } from './testing/golden.ts'

describe('stochastic of the RSI', () => {
  keepsContract({
    fields: ['close'],
    parameters: fc.tuple(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 6 }),
    ),
    refused: [
      [1, 5, 3],
      [14, 0, 3],
      [14, 5, 2.5],
      [14, 5, 100_001],
    ],
    batch: ([close], [period, fastK, fastD], out) =>
      stochRsi(
        close as Float64Array,
        period as number,
        fastK as number,
        fastD as number,
        out as StochFColumns,
      ),
    create: (period, fastK, fastD) => createStochRsi(period as number, fastK as number, fastD as number),
  })

  // Up to the halt only: from there on the figures of TA-Lib are the rounding of its RSI.
  it('gives the figures of STOCHRSI', () => {
    for (const one of goldenCases('oscillators.json', 'STOCHRSI')) {
      const [period, fastK, fastD] = one.parameters as readonly [number, number, number]
      expectGolden(stochRsi(CLOSE.subarray(0, 96), period, fastK, fastD), one)
    }
  })

  it('is 0 where the RSI stands still, be it in a straight rise or in a halt', () => {
    const rise = Float64Array.from({ length: 12 }, (_, i) => i)
    expect(stochRsi(rise, 3, 4, 2).fastD[11]).toBe(0)
    const { fastK, fastD } = stochRsi(CLOSE, 14, 5, 3)
    expect([...fastK.subarray(99, 114)]).toEqual(new Array(15).fill(0))
    for (const value of fastD.subarray(101, 114)) expect(value).toBeCloseTo(0, 9)
  })
})
