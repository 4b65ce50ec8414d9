import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsContract } from './testing/contract.ts'
import { createUltosc, ultosc } from './ultosc.ts'

describe('ultimate oscillator', () => {
  keepsContract({
    fields: ['high', 'low', 'close'],
    golden: ['oscillators.json', 'ULTOSC'],
    parameters: fc.tuple(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 30 }),
    ),
    refused: [
      [0, 14, 28],
      [7, 2.5, 28],
      [7, 14, 100_001],
    ],
    batch: ([high, low, close], [first, second, third], out) =>
      ultosc(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        first as number,
        second as number,
        third as number,
        out as Float64Array,
      ),
    create: (first, second, third) => createUltosc(first as number, second as number, third as number),
  })

  it('is 0 where nothing moves', () => {
    const price = new Float64Array(9).fill(5)
    expect(ultosc(price, price, price, 1, 2, 3)[8]).toBe(0)
  })
})
