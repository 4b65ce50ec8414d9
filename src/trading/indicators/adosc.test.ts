import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adosc, createAdosc } from './adosc.ts'
import { keepsContract } from './testing/contract.ts'

describe('Chaikin oscillator', () => {
  keepsContract({
    fields: ['high', 'low', 'close', 'volume'],
    golden: ['volume.json', 'ADOSC'],
    parameters: fc.tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 30 })),
    refused: [
      [1, 10],
      [3, 1],
      [3, 2.5],
    ],
    batch: ([high, low, close, volume], [fast, slow], out) =>
      adosc(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        volume as Float64Array,
        fast as number,
        slow as number,
        out as Float64Array,
      ),
    create: (fast, slow) => createAdosc(fast as number, slow as number),
  })

  // By hand: the line is 9, 18, 27. EMA of 2 (factor 2/3): 9, 15, 23. EMA of 3 (factor 1/2): 9, 13.5, 20.25.
  it('begins both averages at the first value of the line', () => {
    const up = [12, 12, 12]
    const values = adosc(
      Float64Array.from(up),
      Float64Array.of(8, 8, 8),
      Float64Array.from(up),
      Float64Array.of(9, 9, 9),
      2,
      3,
    )
    expect([...values.subarray(0, 2)]).toEqual([Number.NaN, Number.NaN])
    expect(values[2]).toBeCloseTo(2.75, 12)
  })
})
