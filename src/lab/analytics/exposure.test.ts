import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { exposure, meanExposure, turnover } from './exposure.ts'
import { gapOf, given } from './testing/series.ts'

describe('exposure and turnover', () => {
  it('is the share of the bars with a position, long or short', () => {
    expect(given(exposure([0, 500, -200, 0, 0]))).toBe(0.4)
    expect(given(exposure([0, 0]))).toBe(0)
  })

  // 50/100, 0/100, 60/120 in a short position: one third.
  it('is on average what was held over equity', () => {
    expect(given(meanExposure([50, 0, -60], [100, 100, 120]))).toBeCloseTo(1 / 3, 12)
  })

  // Bought 300 + 100, sold 200 + 150 in two of 246 days; 350 over a mean of 1,000, times 123.
  it('turns the lesser of purchases and sales over, in total and not bar by bar', () => {
    expect(given(turnover([300, 100], [200, 150], [900, 1_100], 246))).toBeCloseTo(0.35 * 123, 10)
    expect(given(turnover([400, 0], [0, 400], [1_000, 1_000], 2))).toBeCloseTo(0.4, 12)
  })

  it.each([
    ['exposure of no bar', exposure([]), 'tooFew'],
    ['mean exposure of no bar', meanExposure([], []), 'tooFew'],
    ['mean exposure of an empty account', meanExposure([1], [0]), 'zeroBase'],
    ['turnover of no period', turnover([], [], [], 246), 'tooFew'],
    ['turnover of an empty account', turnover([1], [1], [0], 246), 'zeroBase'],
  ])('has no %s', (_, statistic, code) => {
    expect(gapOf(statistic)).toBe(code)
  })

  it('refuses a negative purchase and series that do not fit', () => {
    expect(() => turnover([-1], [1], [1], 246)).toThrow(InvariantError)
    expect(() => turnover([1], [1, 2], [1], 246)).toThrow(InvariantError)
    expect(() => meanExposure([1], [1, 2])).toThrow(InvariantError)
  })
})
