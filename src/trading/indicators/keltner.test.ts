import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BandColumns } from './bbands.ts'
import { createKeltner, keltner } from './keltner.ts'
import { keepsContract } from './testing/contract.ts'

describe('Keltner channel', () => {
  keepsContract({
    fields: ['high', 'low', 'close'],
    golden: ['volatility.json', 'EMA and ATR'],
    parameters: fc.tuple(
      fc.integer({ min: 2, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom(0, 1, 2, 2.5),
    ),
    refused: [
      [1, 10, 2],
      [20, 0, 2],
      [20, 10, -1],
      [20, 10, Number.NaN],
      [20.5, 10, 2],
    ],
    batch: ([high, low, close], [period, rangePeriod, factor], out) =>
      keltner(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        period as number,
        rangePeriod as number,
        factor as number,
        out as BandColumns,
      ),
    create: (period, rangePeriod, factor) =>
      createKeltner(period as number, rangePeriod as number, factor as number),
  })

  // By hand: closes 10, 12 have a mean of 11; the only range is 12 − 10 from the close before; nothing before index 1.
  it('lies so many ranges around the average', () => {
    const { upper, middle, lower } = keltner(
      Float64Array.of(11, 12),
      Float64Array.of(9, 11),
      Float64Array.of(10, 12),
      2,
      1,
      1.5,
    )
    expect([upper[1], middle[1], lower[1]]).toEqual([14, 11, 8])
    expect([upper[0], middle[0], lower[0]]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })
})
