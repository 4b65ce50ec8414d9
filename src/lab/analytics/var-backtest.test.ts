import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { gapOf, given } from './testing/series.ts'
import { baselLight, christoffersenTest, kupiecTest } from './var-backtest.ts'

describe('tests of a value at risk', () => {
  // P. Jorion, Value at Risk, ch. 6: a bank with 20 exceptions in 252 days at 95 % has LR 3.91, above the
  // 3.84 of a 95 % test.
  it('agrees with the bank of Jorion', () => {
    const { ratio, pValue } = given(kupiecTest(20, 252, 0.05))
    expect(ratio).toBeCloseTo(3.91, 2)
    expect(pValue).toBeLessThan(0.05)
  })

  // scipy 1.17 `chi2.sf`; no exceedance at all is bad too: the figure is far too careful.
  it.each([
    [20, 252, 0.05, 3.9125508275532184, 0.04792680100008753],
    [0, 250, 0.01, 5.025167926750726, 0.02498150305344973],
  ])('finds %i exceedances of %i', (exceedances, count, share, ratio, pValue) => {
    const test = given(kupiecTest(exceedances, count, share))
    expect(test.ratio).toBeCloseTo(ratio, 9)
    expect(test.pValue).toBeCloseTo(pValue, 9)
  })

  it('has nothing against the right number, and everything against all', () => {
    expect(given(kupiecTest(5, 100, 0.05))).toEqual({ ratio: 0, pValue: 1 })
    expect(given(kupiecTest(100, 100, 0.05)).pValue).toBeLessThan(1e-12)
  })

  // Moves: calm→calm 18, calm→hit 2, hit→calm 2, hit→hit 1; the likelihoods in Python, `chi2.sf` from scipy
  // 1.17.
  it('finds clusters', () => {
    const days = [...new Array<number>(10).fill(0), 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    const exceeded = days.map((day) => day === 1)
    const { independence, coverage } = given(christoffersenTest(exceeded, 0.05))
    expect(independence.ratio).toBeCloseTo(0.989365313145786, 9)
    expect(independence.pValue).toBeCloseTo(0.3198975469868513, 9)
    expect(coverage.ratio).toBeCloseTo(3.2037214713991666, 9)
    expect(coverage.pValue).toBeCloseTo(0.2015211912362427, 9)
  })

  it('has no clusters to look for without an exceedance that another could follow', () => {
    expect(gapOf(christoffersenTest([false, false, true], 0.05))).toBe('flat')
    expect(gapOf(christoffersenTest([true], 0.05))).toBe('tooFew')
    expect(gapOf(kupiecTest(0, 0, 0.05))).toBe('tooFew')
  })

  // Basel Committee (January 1996), table 2.
  it.each([
    [0, 'green'],
    [4, 'green'],
    [5, 'yellow'],
    [9, 'yellow'],
    [10, 'red'],
    [250, 'red'],
  ])('shows for %i exceedances %s', (exceedances, light) => {
    expect(baselLight(exceedances)).toBe(light)
  })

  it('refuses what cannot be counted', () => {
    expect(() => kupiecTest(3, 2, 0.05)).toThrow(InvariantError)
    expect(() => kupiecTest(1, 2, 0)).toThrow(InvariantError)
    expect(() => baselLight(-1)).toThrow(InvariantError)
  })
})
