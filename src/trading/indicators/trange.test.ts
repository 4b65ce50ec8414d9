import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsContract } from './testing/contract.ts'
import { createTrange, trange } from './trange.ts'

describe('true range', () => {
  keepsContract({
    fields: ['high', 'low', 'close'],
    golden: ['volatility.json', 'TRANGE'],
    parameters: fc.constant([]),
    refused: [],
    batch: ([high, low, close], _, out) =>
      trange(high as Float64Array, low as Float64Array, close as Float64Array, out as Float64Array),
    create: () => createTrange(),
  })

  // By hand: the bar's own range; a gap up from 10 to a high of 14; a gap down from 13 to a low of 8.
  it('reaches to the close before when there is a gap', () => {
    const ranges = trange(
      Float64Array.of(11, 12, 14, 9),
      Float64Array.of(9, 9, 12, 8),
      Float64Array.of(10, 10, 13, 9),
    )
    expect([...ranges]).toEqual([Number.NaN, 3, 4, 5])
  })
})
