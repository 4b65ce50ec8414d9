import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSar, sar } from './sar.ts'
import { keepsContract } from './testing/contract.ts'

describe('parabolic stop and reverse', () => {
  keepsContract({
    fields: ['high', 'low'],
    golden: ['trend.json', 'SAR'],
    parameters: fc.tuple(
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
    ),
    refused: [
      [-0.1, 0.2],
      [0.02, -0.1],
      [Number.NaN, 0.2],
      [0.02, Infinity],
    ],
    batch: ([high, low], [acceleration, maximum], out) =>
      sar(
        high as Float64Array,
        low as Float64Array,
        acceleration as number,
        maximum as number,
        out as Float64Array,
      ),
    create: (acceleration, maximum) => createSar(acceleration as number, maximum as number),
  })

  // By hand: long from the first low 8; 8 + 0.02 x (12 - 8) = 8.08; a higher high makes the factor 0.04; the fall to 7 turns
  // it at the highest high, 13.
  it('follows, speeds up and turns', () => {
    const got = sar(Float64Array.of(10, 12, 13, 9), Float64Array.of(8, 9, 10, 7), 0.02, 0.2)
    expect([...got]).toEqual([Number.NaN, 8, expect.closeTo(8.08, 12), 13])
  })

  it('begins short when the second bar moved further down', () => {
    expect([...sar(Float64Array.of(10, 9), Float64Array.of(8, 6), 0.02, 0.2)]).toEqual([Number.NaN, 10])
  })
})
