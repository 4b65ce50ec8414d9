import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { averageTrueRange } from './average-true-range.ts'
import { BARS, CLOSE, HIGH, LOW } from './golden/series.ts'
import { createSupertrend, type SupertrendColumns, supertrend } from './supertrend.ts'
import { keepsContract } from './testing/contract.ts'

describe('supertrend', () => {
  keepsContract({
    fields: ['high', 'low', 'close'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom(0, 0.5, 1, 3)),
    refused: [
      [0, 3],
      [10, -1],
      [10, Number.NaN],
      [1.5, 3],
    ],
    batch: ([high, low, close], [period, factor], out) =>
      supertrend(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        period as number,
        factor as number,
        out as SupertrendColumns,
      ),
    create: (period, factor) => createSupertrend(period as number, factor as number),
  })

  // By hand, a period and a factor of 1, every bar 2 high around its close. Ranges: 2, 3, 2, 6, 6.
  // Bar 1: bands 12 and 8, down. Bar 2 at 12: bands 15 and 9, the upper stays 12, which the close only touches: down.
  // Bar 3 at 13: bands 15 and 11, above 12: up, on the lower band. Bar 4 at 18: bands 24 and 12. Bar 5 at 13: bands 19 and
  // 7; the lower stays 12, the close is above: up. Bar 6 at 8: below 12: down, on the upper band, 8 + 6 against 19.
  it('turns where a close lies strictly beyond the band against it', () => {
    const close = Float64Array.of(10, 10, 12, 13, 18, 13, 8)
    const { line, direction } = supertrend(
      close.map((price) => price + 1),
      close.map((price) => price - 1),
      close,
      1,
      1,
    )
    expect([...direction]).toEqual([Number.NaN, -1, -1, 1, 1, 1, -1])
    expect([...line]).toEqual([Number.NaN, 12, 12, 11, 12, 12, 14])
  })

  it('equals the definition written out, and turns both ways', () => {
    const { line, direction } = supertrend(HIGH, LOW, CLOSE, 5, 1.5)
    const range = averageTrueRange(HIGH, LOW, CLOSE, 5)
    const upper: number[] = []
    const lower: number[] = []
    for (let i = 5; i < BARS.length; i++) {
      const middle = ((HIGH[i] as number) + (LOW[i] as number)) / 2
      const width = 1.5 * (range[i] as number)
      const before = CLOSE[i - 1] as number
      const wasUpper = upper[i - 1] ?? Number.POSITIVE_INFINITY
      const wasLower = lower[i - 1] ?? Number.NEGATIVE_INFINITY
      upper[i] = before <= wasUpper ? Math.min(middle + width, wasUpper) : middle + width
      lower[i] = before >= wasLower ? Math.max(middle - width, wasLower) : middle - width
      const wasUp = i > 5 && direction[i - 1] === 1
      const isUp = wasUp
        ? (CLOSE[i] as number) >= (lower[i] as number)
        : i > 5 && (CLOSE[i] as number) > (upper[i] as number)
      expect(direction[i]).toBe(isUp ? 1 : -1)
      expect(line[i]).toBe(isUp ? lower[i] : upper[i])
    }
    const turns = direction.filter((now, i) => i > 5 && now !== direction[i - 1])
    expect(turns.filter((now) => now === 1).length).toBeGreaterThan(2)
    expect(turns.filter((now) => now === -1).length).toBeGreaterThan(2)
  })
})
