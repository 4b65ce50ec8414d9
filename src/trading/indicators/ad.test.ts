import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ad, createAd } from './ad.ts'
import { keepsContract } from './testing/contract.ts'

describe('accumulation/distribution line', () => {
  keepsContract({
    fields: ['high', 'low', 'close', 'volume'],
    golden: ['volume.json', 'AD'],
    parameters: fc.constant([]),
    refused: [],
    batch: ([high, low, close, volume], _, out) =>
      ad(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        volume as Float64Array,
        out as Float64Array,
      ),
    create: () => createAd(),
  })

  // By hand: all of 10 at the high, minus all of 4 at the low, half of 8 at three quarters, nothing without a range.
  it('weighs the volume by where the close stands', () => {
    const line = ad(
      Float64Array.of(12, 12, 12, 9),
      Float64Array.of(8, 8, 8, 9),
      Float64Array.of(12, 8, 11, 9),
      Float64Array.of(10, 4, 8, 99),
    )
    expect([...line]).toEqual([10, 6, 10, 10])
  })
})
