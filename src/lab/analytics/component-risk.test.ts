import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { componentRisk } from './component-risk.ts'
import { normalCdf } from './normal.ts'
import { gapOf, given } from './testing/series.ts'

describe('risk by holding', () => {
  // P. Jorion, Value at Risk, ch. 7: 2 million in CAD (5 % volatility) and 1 million in EUR (12 %),
  // uncorrelated, at 1.65 deviations: 257,738 dollars in all, 105,630 of them CAD and 152,108 EUR. In
  // millions here.
  it('agrees with the two currencies of Jorion', () => {
    const covariance = [
      [0.05 ** 2, 0],
      [0, 0.12 ** 2],
    ]
    const risk = given(componentRisk([2, 1], [0, 0], covariance, normalCdf(1.65)))
    expect(risk.valueAtRisk).toBeCloseTo(0.257738, 6)
    expect(risk.components).toEqual([expect.closeTo(0.10563, 6), expect.closeTo(0.152108, 6)])
  })

  it('takes what a holding is expected to earn off its part', () => {
    const covariance = [[0.01]]
    const [still, earning] = [
      componentRisk([1], [0], covariance, 0.95),
      componentRisk([1], [0.02], covariance, 0.95),
    ]
    expect(given(still).valueAtRisk - given(earning).valueAtRisk).toBeCloseTo(0.02, 12)
  })

  it('has parts that sum to the whole, and a hedge that lowers it', () => {
    const weight = fc.integer({ min: -10, max: 10 })
    fc.assert(
      fc.property(weight, weight, fc.integer({ min: -9, max: 9 }), (a, b, tenths) => {
        const between = (tenths / 10) * 0.1 * 0.2
        const risk = componentRisk(
          [a, b],
          [0.001, 0.002],
          [
            [0.01, between],
            [between, 0.04],
          ],
          0.99,
        )
        if (!risk.ok) {
          expect(Math.abs(a) + Math.abs(b)).toBe(0)
          return
        }
        const variance = a * a * 0.01 + b * b * 0.04 + 2 * a * b * between
        const whole = 2.3263478740408408 * Math.sqrt(variance) - a * 0.001 - b * 0.002
        expect(risk.value.valueAtRisk).toBeCloseTo(whole, 9)
        expect(risk.value.components.reduce((sum, part) => sum + part, 0)).toBeCloseTo(whole, 9)
      }),
      { numRuns: 200 },
    )
  })

  it('has none of an empty portfolio', () => {
    expect(gapOf(componentRisk([0], [0], [[0.01]], 0.95))).toBe('flat')
  })

  it.each([
    [
      'a mean too few',
      [1, 1],
      [0],
      [
        [1, 0],
        [0, 1],
      ],
    ],
    ['a row too short', [1, 1], [0, 0], [[1, 0], [0]]],
    [
      'a matrix that is not symmetric',
      [1, 1],
      [0, 0],
      [
        [1, 0.5],
        [0.4, 1],
      ],
    ],
    ['a covariance that is no number', [1], [0], [[Number.NaN]]],
    ['no holding', [], [], []],
  ])('refuses %s', (_, weights, means, covariance) => {
    expect(() => componentRisk(weights, means, covariance, 0.95)).toThrow(InvariantError)
  })
})
