import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { ewmaRisk, ewmaVolatility } from './ewma-risk.ts'
import { gapOf, given } from './testing/series.ts'

describe('exponentially weighted risk', () => {
  // Seed 0.01² = 1e-4; after 0.01 still 1e-4; after −0.02: 0.94e-4 + 0.24e-4 = 1.18e-4; after 0.015:
  // 1.1092e-4 + 0.135e-4.
  it('forgets by 6 % a period', () => {
    expect(given(ewmaVolatility([0.01, -0.02, 0.015]))).toBeCloseTo(Math.sqrt(1.2442e-4), 14)
    expect(given(ewmaVolatility([0.03]))).toBeCloseTo(0.03, 14)
  })

  // 1.644853626951 σ, and σ φ(1.644853626951)/0.05 with φ = 0.1031356403755 (tables of the normal
  // distribution).
  it('is normal with a mean of 0', () => {
    const { valueAtRisk, expectedShortfall } = given(ewmaRisk([0.03], 0.95))
    expect(valueAtRisk).toBeCloseTo(0.03 * 1.6448536269514726, 12)
    expect(expectedShortfall).toBeCloseTo((0.03 * 0.1031356403755) / 0.05, 10)
  })

  it('has none of nothing and of a still series', () => {
    expect(gapOf(ewmaVolatility([]))).toBe('tooFew')
    expect(gapOf(ewmaRisk([0, 0], 0.95))).toBe('flat')
  })

  it.each([0, 1, 1.5])('refuses a decay of %d', (decay) => {
    expect(() => ewmaVolatility([0.1], decay)).toThrow(InvariantError)
  })
})
