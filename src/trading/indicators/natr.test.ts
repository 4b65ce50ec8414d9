import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNatr, natr } from './natr.ts'
import { keepsContract } from './testing/contract.ts'

describe('normalised average true range', () => {
  keepsContract({
    fields: ['high', 'low', 'close'],
    golden: ['volatility.json', 'NATR'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 40 })),
    refused: [[0], [2.5], [100_001]],
    batch: ([high, low, close], [period], out) =>
      natr(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        period as number,
        out as Float64Array,
      ),
    create: (period) => createNatr(period as number),
  })

  // By hand: a range of 4 at a close of 80; also for a period of 1, where the reference forgets the percent.
  it('is in percent of the close, for a period of 1 as well', () => {
    expect([...natr(Float64Array.of(81, 82), Float64Array.of(79, 78), Float64Array.of(80, 80), 1)]).toEqual([
      Number.NaN,
      5,
    ])
  })

  it('is 0 where the close is 0, and NaN before it is warm all the same', () => {
    const zero = new Float64Array(4)
    const values = natr(Float64Array.of(1, 1, 1, 1), zero, zero, 2)
    expect([...values]).toEqual([Number.NaN, Number.NaN, 0, 0])
    const one = createNatr(2)
    expect([0, 1, 2, 3].map(() => one.next({ high: 1, low: 0, close: 0 }))).toEqual([...values])
  })
})
