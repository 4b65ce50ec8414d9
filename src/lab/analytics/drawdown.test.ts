import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import {
  deepestDrawdown,
  drawdownSeries,
  maximumDrawdown,
  maximumMoneyDrawdown,
  topDrawdowns,
} from './drawdown.ts'
import { equityFrom } from './growth.ts'
import { BACON, gapOf, given, MIXED, NEGATIVE } from './testing/series.ts'

describe('drawdown', () => {
  // empyrical-reloaded, test_max_drawdown. The capital before the first period counts as a peak there too.
  it.each([
    [MIXED, -0.1],
    [[0.01], 0],
    [[0, 0.01, 0, 0.01], 0],
    [NEGATIVE, -0.3659073],
    [[-0.02, -0.06, -0.07, -0.01, -0.09, -0.02, -0.06, -0.08, -0.05], -0.378589157],
    [[0.1, -0.1, 0.1], -0.1],
  ])('of %j is at most %d', (returns, expected) => {
    expect(given(maximumDrawdown(returns))).toBeCloseTo(expected, 8)
  })

  // 1 → 1.1 → 0.88 (−20 %) → 0.968 (−12 %) → 1.1 (back) → 1.045 (−5 %).
  const path = [0.1, -0.2, 0.1, 1.1 / 0.968 - 1, -0.05]

  it('follows equity below its peak, point by point', () => {
    const expected = [0, 0, -0.2, -0.12, 0, -0.05]
    given(drawdownSeries(path)).forEach((point, at) => {
      expect(point).toBeCloseTo(expected[at] as number, 12)
    })
  })

  it('says where each one began, bottomed and ended', () => {
    expect(given(topDrawdowns(path, 5))).toEqual([
      { depth: expect.closeTo(-0.2, 12), peakAt: 1, troughAt: 2, recoveredAt: 4, length: 3 },
      { depth: expect.closeTo(-0.05, 12), peakAt: 4, troughAt: 5, length: 1 },
    ])
    expect(given(topDrawdowns(path, 1))).toHaveLength(1)
  })

  it('counts the initial capital as a peak', () => {
    expect(given(deepestDrawdown([-0.1, -0.1]))).toEqual({
      depth: expect.closeTo(-0.19, 12),
      peakAt: 0,
      troughAt: 2,
      length: 2,
    })
  })

  // numpy 2.4: cumulative product over its running maximum; the trough is month 18, still open at month 24.
  it('finds the long one of the book', () => {
    expect(given(deepestDrawdown(BACON))).toEqual({
      depth: expect.closeTo(-0.144672955739218, 12),
      peakAt: 13,
      troughAt: 18,
      length: 11,
    })
  })

  it.each([
    ['drawdown of nothing', maximumDrawdown([]), 'tooFew'],
    ['drawdown of debt', maximumDrawdown([0.1, -1.01]), 'wipedOut'],
    ['deepest one where equity never fell', deepestDrawdown([0.1, 0]), 'noDrawdown'],
    ['top list of debt', topDrawdowns([-2], 3), 'wipedOut'],
  ])('has no %s', (_, statistic, code) => {
    expect(gapOf(statistic)).toBe(code)
  })

  it('is 0 where equity never fell, and −1 where all is lost', () => {
    expect(given(maximumDrawdown([0.1, 0]))).toBe(0)
    expect(given(maximumDrawdown([0.1, -1, 0.5]))).toBe(-1)
  })

  it('stays a number over a history that no equity could grow through', () => {
    expect(given(maximumDrawdown([...new Array<number>(20_000).fill(0.2), -0.3]))).toBeCloseTo(-0.3, 12)
  })

  it('counts a fall in money from the highest point', () => {
    expect(maximumMoneyDrawdown([100, 160, 120, 150, 90, 200])).toBe(70)
    expect(maximumMoneyDrawdown([-5, -2])).toBe(0)
  })

  it('refuses to list no drawdowns', () => {
    expect(() => topDrawdowns([0.1], 0)).toThrow(InvariantError)
  })

  const series = fc.array(fc.double({ min: -0.9, max: 2, noNaN: true }), { minLength: 1, maxLength: 60 })

  it('equals the definition written out over every earlier point', () => {
    fc.assert(
      fc.property(series, (returns) => {
        const equity = given(equityFrom(returns))
        given(drawdownSeries(returns)).forEach((point, at) => {
          expect(point).toBeCloseTo((equity[at] as number) / Math.max(...equity.slice(0, at + 1)) - 1, 9)
        })
      }),
      { numRuns: 200 },
    )
  })

  it('lists drawdowns that do not overlap and none of which is deeper than the deepest', () => {
    fc.assert(
      fc.property(series, (returns) => {
        const list = given(topDrawdowns(returns, returns.length))
        const deepest = given(maximumDrawdown(returns))
        expect(list[0]?.depth ?? 0).toBeCloseTo(deepest, 12)
        const inOrder = list.toSorted((a, b) => a.peakAt - b.peakAt)
        inOrder.forEach(({ peakAt, troughAt, recoveredAt, length }, i) => {
          expect(peakAt).toBeLessThan(troughAt)
          expect(troughAt).toBeLessThan(recoveredAt ?? returns.length + 1)
          expect(length).toBe((recoveredAt ?? returns.length) - peakAt)
          const next = inOrder[i + 1]
          if (next) expect(recoveredAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(next.peakAt)
        })
      }),
      { numRuns: 200 },
    )
  })
})
