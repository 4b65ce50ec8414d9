import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BandColumns } from './bbands.ts'
import { createDonchian, donchian } from './donchian.ts'
import { keepsContract } from './testing/contract.ts'

describe('Donchian channel', () => {
  keepsContract({
    fields: ['high', 'low'],
    golden: ['volatility.json', 'MAX, MIDPRICE and MIN'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 40 })),
    refused: [[0], [2.5], [100_001]],
    batch: ([high, low], [period], out) =>
      donchian(high as Float64Array, low as Float64Array, period as number, out as BandColumns),
    create: (period) => createDonchian(period as number),
  })

  it('is never left by its own bar', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(99), fc.nat(9)), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (bars, period) => {
          const low = Float64Array.from(bars, ([price]) => price)
          const high = Float64Array.from(bars, ([price, height]) => price + height)
          const { upper, lower } = donchian(high, low, period)
          for (let i = period - 1; i < bars.length; i++) {
            expect(upper[i]).toBe(Math.max(...high.subarray(i - period + 1, i + 1)))
            expect(lower[i]).toBe(Math.min(...low.subarray(i - period + 1, i + 1)))
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
