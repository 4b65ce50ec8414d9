import { describe, expect, it } from 'vitest'
import { calmar, martin, painIndex, painRatio, ulcerIndex } from './drawdown-ratios.ts'
import { BACON, gapOf, given, MIXED_FROM_ZERO } from './testing/series.ts'

const MONTHLY = { periodsPerYear: 12 }

describe('ratios of drawdown', () => {
  // Bacon (2008) p. 89-91: pain index 0.04, Martin ratio 1.70. The digits are numpy's.
  it('gives the ratios of the book', () => {
    expect(given(painIndex(BACON))).toBeCloseTo(0.03998969068730461, 12)
    expect(given(ulcerIndex(BACON))).toBeCloseTo(0.06118428726189614, 12)
    expect(given(martin(BACON, MONTHLY))).toBeCloseTo(1.6945247606794849, 10)
    expect(given(painRatio(BACON, MONTHLY))).toBeCloseTo(2.5926254479063475, 10)
    expect(given(martin(BACON, { ...MONTHLY, riskFreeAnnual: 0.02 }))).toBeCloseTo(
      (0.10367828972980941 - 0.02) / 0.06118428726189614,
      10,
    )
  })

  // empyrical-reloaded, test_calmar.
  it.each([
    [252, 19.135925373194233],
    [52, 2.4690830513998208],
    [12, 0.52242061386048144],
  ])('gives the Calmar ratio for %d periods a year', (periods, expected) => {
    expect(given(calmar(MIXED_FROM_ZERO, periods))).toBeCloseTo(expected, 8)
  })

  it.each([
    ['Calmar ratio where equity never fell', calmar([0.1, 0], 12), 'noDrawdown'],
    ['Martin ratio where equity never fell', martin([0.1, 0], MONTHLY), 'noDrawdown'],
    ['pain ratio where equity never fell', painRatio([0.1, 0], MONTHLY), 'noDrawdown'],
    ['Calmar ratio of nothing', calmar([], 12), 'tooFew'],
    ['ulcer index of debt', ulcerIndex([-1.1]), 'wipedOut'],
    ['pain index of nothing', painIndex([]), 'tooFew'],
  ])('have no %s', (_, statistic, code) => {
    expect(gapOf(statistic)).toBe(code)
  })

  it('have an index of 0 where equity never fell', () => {
    expect([given(ulcerIndex([0.1, 0])), given(painIndex([0.1, 0]))]).toEqual([0, 0])
  })
})
