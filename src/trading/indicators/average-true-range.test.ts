import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAtr } from './atr.ts'
import { averageTrueRange, createAverageTrueRange } from './average-true-range.ts'
import { BARS } from './golden/series.ts'
import { keepsContract } from './testing/contract.ts'
import { trange } from './trange.ts'

describe('average true range', () => {
  keepsContract({
    fields: ['high', 'low', 'close'],
    golden: ['volatility.json', 'ATR'],
    parameters: fc.tuple(fc.integer({ min: 1, max: 40 })),
    refused: [[0], [-1], [2.5], [Number.NaN], [100_001]],
    batch: ([high, low, close], [period], out) =>
      averageTrueRange(
        high as Float64Array,
        low as Float64Array,
        close as Float64Array,
        period as number,
        out as Float64Array,
      ),
    create: (period) => createAverageTrueRange(period as number),
  })

  // By hand: ranges 2, 3, 2, then 2.5; a third of each distance after the mean.
  it('begins with the mean of the ranges at index `period`', () => {
    const high = Float64Array.of(10, 11, 12, 13, 12)
    const low = Float64Array.of(8, 9, 9, 12, 10)
    const close = Float64Array.of(9, 10, 11, 12.5, 10)
    const average = averageTrueRange(high, low, close, 3)
    expect([...average.subarray(0, 3)]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect(average[3]).toBeCloseTo(7 / 3, 12)
    expect(average[4]).toBeCloseTo(7 / 3 + (2.5 - 7 / 3) / 3, 12)
  })

  it('is the true range itself for a period of 1', () => {
    const columns = (['high', 'low', 'close'] as const).map((field) =>
      Float64Array.from(BARS, (bar) => bar[field]),
    ) as [Float64Array, Float64Array, Float64Array]
    expect(averageTrueRange(...columns, 1)).toEqual(trange(...columns))
  })

  it.each([2, 3, 14, 21, 50])(
    'stays at a range that stands still, to the last digits, for a period of %d',
    (period) => {
      const same = (value: number) => new Float64Array(5_000).fill(value)
      const average = averageTrueRange(same(70_300), same(70_000), same(70_100), period)
      const apart = average.subarray(period).map((value) => Math.abs(value / 300 - 1))
      expect(Math.max(...apart)).toBeLessThan(1e-14)
    },
  )

  // The engine still holds the older shape; whoever swaps them must know how near they are.
  it('is the older running form to the last digits', () => {
    const older = createAtr(14)
    const newer = createAverageTrueRange(14)
    const apart = BARS.map((bar) => {
      const was = older.push(bar)
      const is = newer.next(bar)
      return was === undefined ? Number(!Number.isNaN(is)) : Math.abs(is - was) / was
    })
    expect(Math.max(...apart)).toBeLessThan(1e-14)
  })
})
