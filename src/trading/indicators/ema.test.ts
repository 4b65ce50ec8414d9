import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEma, ema } from './ema.ts'
import { keepsContract } from './testing/contract.ts'

describe('exponential moving average', () => {
  keepsContract({
    fields: ['close'],
    golden: ['averages.json', 'EMA'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [0], [2.5], [Number.NaN], [100_001]],
    batch: ([close], [period], out) => ema(close as Float64Array, period as number, out as Float64Array),
    create: (period) => createEma(period as number),
  })

  // By hand: the mean of 1, 2, 6 is 3; a factor of 2/4 then halves each distance.
  it('begins with the mean and closes in by its factor', () => {
    expect([...ema(Float64Array.of(1, 2, 6, 9, 1), 3)]).toEqual([Number.NaN, Number.NaN, 3, 6, 3.5])
  })

  it('stays exactly at a price that stands still', () => {
    expect([...ema(new Float64Array(300).fill(63_550), 12)].slice(11)).toEqual(new Array(289).fill(63_550))
  })
})
