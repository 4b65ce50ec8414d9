import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BandColumns, bbands, createBbands } from './bbands.ts'
import { keepsContract } from './testing/contract.ts'

describe('Bollinger bands', () => {
  keepsContract({
    fields: ['close'],
    golden: ['trend.json', 'BBANDS'],
    parameters: fc.tuple(
      fc.integer({ min: 2, max: 40 }),
      fc.constantFrom(1, 2, 2.5),
      fc.constantFrom(1, 2, 3),
    ),
    refused: [
      [1, 2, 2],
      [2.5, 2, 2],
      [100_001, 2, 2],
      [20, Number.NaN, 2],
      [20, 2, Infinity],
    ],
    batch: ([close], [period, up, down], out) =>
      bbands(close as Float64Array, period as number, up as number, down as number, out as BandColumns),
    create: (period, up, down) => createBbands(period as number, up as number, down as number),
  })

  // By hand: the mean of 2, 4, 9 is 5, the squares of the distances 9 + 1 + 16, over three.
  it('divides the squares by the period', () => {
    const { upper, middle, lower } = bbands(Float64Array.of(2, 4, 9), 3, 1, 2)
    const deviation = Math.sqrt(26 / 3)
    expect(middle[2]).toBe(5)
    expect(upper[2]).toBeCloseTo(5 + deviation, 12)
    expect(lower[2]).toBeCloseTo(5 - 2 * deviation, 12)
  })

  it('closes to the very price where whole prices stand still', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? 71_000 + 100 * (i % 7) : 63_550))
    const { upper, middle, lower } = bbands(values, 20, 2, 2)
    expect([upper[59], middle[59], lower[59]]).toEqual([63_550, 63_550, 63_550])
  })

  it('finds a deviation that squares of whole prices would lose', () => {
    // Around 1e9 a square has 18 digits; a deviation of 0.5 shows in the last but one.
    const values = Float64Array.from({ length: 6_000 }, (_, i) => 1e9 + (i % 2))
    const { upper, middle } = bbands(values, 20, 1, 1)
    for (const at of [30, 4_000, 4_095, 5_999])
      expect((upper[at] as number) - (middle[at] as number)).toBeCloseTo(0.5, 6)
  })

  it('sums windows longer than the stretch between two fresh sums', () => {
    const values = Float64Array.from({ length: 13_000 }, (_, i) => 100 + Math.sin(i))
    for (const period of [4_095, 4_096, 4_097, 5_000]) {
      const { upper } = bbands(values, period, 2, 2)
      const one = createBbands(period, 2, 2)
      const differing = upper.findIndex(
        (wanted, i) => !Object.is(one.next(values[i] as number).upper, wanted),
      )
      expect(differing).toBe(-1)
    }
  })
})
