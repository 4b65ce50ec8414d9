import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import type { HighLow } from './bars.ts'
import { createPivots, pivots } from './pivots.ts'
import { expectAgreement, seriesOf } from './testing/agreement.ts'

const N = Number.NaN
const columns = (bars: readonly HighLow[]) =>
  [Float64Array.from(bars, (bar) => bar.high), Float64Array.from(bars, (bar) => bar.low)] as const

/** Few prices, so that ties are common. */
const bars = fc.array(
  fc.tuple(fc.nat(6), fc.nat(3)).map(([low, height]): HighLow => ({ high: low + height, low })),
  { maxLength: 60 },
)
const strengths = fc.tuple(fc.integer({ min: 1, max: 6 }))

describe('pivots', () => {
  // By hand, a strength of 2: the 5 at bar 2 is known at bar 4; of the equal 7s at bars 5 and 6 the first counts, at bar 7.
  it('show a swing so many bars after it, the first of equals', () => {
    const high = Float64Array.of(1, 3, 5, 4, 2, 7, 7, 3, 1)
    const low = Float64Array.of(9, 9, 9, 8, 9, 9, 9, 9, 9)
    const found = pivots(high, low, 2)
    expect([...found.high]).toEqual([N, N, N, N, 5, N, N, 7, N])
    expect([...found.low]).toEqual([N, N, N, N, N, 8, N, N, N])
  })

  it('give the same bits one by one as in a batch, whatever was replaced or restored', () => {
    let seen = 0
    expectAgreement<HighLow, { readonly high: number; readonly low: number }>({
      series: bars,
      parameters: strengths,
      create: (strength) => createPivots(strength as number),
      batch: (inputs, strength) => {
        seen++
        return pivots(...columns(inputs), strength as number)
      },
      runs: 300,
    })
    expect(seen).toBe(seriesOf(300))
  })

  it('equal the definition written out, and never look ahead', () => {
    fc.assert(
      fc.property(bars, strengths, (all, [strength]) => {
        const [high, low] = columns(all)
        const found = pivots(high, low, strength)
        for (let i = 0; i < all.length; i++) {
          const at = i - strength
          const from = at - strength
          const highs = from < 0 ? [] : [...high.subarray(from, i + 1)]
          const lows = from < 0 ? [] : [...low.subarray(from, i + 1)]
          const isHigh = from >= 0 && highs.indexOf(Math.max(...highs)) === strength
          const isLow = from >= 0 && lows.indexOf(Math.min(...lows)) === strength
          expect(found.high[i]).toBe(isHigh ? high[at] : N)
          expect(found.low[i]).toBe(isLow ? low[at] : N)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('refuse what they cannot read', () => {
    const one = Float64Array.of(1, 2, 3)
    for (const strength of [0, 1.5, N, 100_001]) {
      expect(() => pivots(one, one.slice(), strength)).toThrow(InvariantError)
      expect(() => createPivots(strength)).toThrow(InvariantError)
    }
    expect(() => pivots(one, Float64Array.of(1, N, 3), 1)).toThrow(/pivots low: .*index 1 is not a finite/)
    expect(() => createPivots(1).next({ high: Infinity, low: 1 })).toThrow(/pivots high: .*index 0/)
    expect(() => pivots(one, one.subarray(1), 1)).toThrow(/differ in length/)
    expect(() => pivots(one, one, 1, { high: one, low: new Float64Array(3) })).toThrow(/memory/)
    const out = new Float64Array(3)
    expect(() => pivots(one, one, 1, { high: out, low: out })).toThrow(/memory/)
    expect(() => createPivots(1).replaceLast({ high: 1, low: 1 })).toThrow(/nothing came yet/)
  })
})
