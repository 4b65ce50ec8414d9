import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { normalCdf, normalDensity, normalQuantile } from './normal.ts'

// mpmath 1.3 with 40 digits: `ncdf` and its inverse.
const POINTS: readonly [x: number, probability: number][] = [
  [-37.0470962993612, 1e-300],
  [-9.262340089798409, 1e-20],
  [-7.034483825301132, 1e-12],
  [-4.753424308822899, 1e-6],
  [-3.090232306167813, 0.001],
  [-2.3263478740408408, 0.01],
  [-1.6448536269514726, 0.05],
  [-1.4466320671589785, 0.074],
  [-1.4325027208258116, 0.076],
  [-0.8416212335729142, 0.2],
  [-0.0025066308995717, 0.499],
  [0.2533471031357998, 0.6],
  [1.959963984540054, 0.975],
  [3.090232306167813, 0.999],
]

describe('normal distribution', () => {
  it.each(POINTS)('has Φ(%d) = %d and back', (x, probability) => {
    expect(normalCdf(x) / probability).toBeCloseTo(1, 11)
    expect(normalQuantile(probability) / x).toBeCloseTo(1, 12)
  })

  it('has its middle at 0 and its ends at infinity', () => {
    expect([normalCdf(0), normalQuantile(0.5)]).toEqual([0.5, 0])
    expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([0, 1])
    expect(normalDensity(0)).toBeCloseTo(0.3989422804014327, 15)
  })

  it('mirrors itself and comes back from its quantile', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14)
        const probability = normalCdf(-Math.abs(x))
        expect(normalQuantile(probability)).toBeCloseTo(-Math.abs(x), 9)
      }),
    )
  })

  it('does not step where the series gives way to the fraction', () => {
    const [before, after] = [normalCdf(-2.5 + 1e-12), normalCdf(-2.5)]
    expect(after / before).toBeCloseTo(1, 10)
    expect(after).toBeLessThan(before)
  })

  it.each([0, 1, -0.1, Number.NaN])('refuses a quantile at %d', (probability) => {
    expect(() => normalQuantile(probability)).toThrow(InvariantError)
  })
})
