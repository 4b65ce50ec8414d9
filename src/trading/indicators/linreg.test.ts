import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Indicator } from './indicator.ts'
import {
  createLinreg,
  createLinregAngle,
  createLinregIntercept,
  createLinregSlope,
  linreg,
  linregAngle,
  linregIntercept,
  linregSlope,
} from './linreg.ts'
import { keepsContract } from './testing/contract.ts'

type Batch = (values: Float64Array, period: number, out?: Float64Array) => Float64Array
type Create = (period: number) => Indicator<number, number>

const FORMS: readonly [name: string, batch: Batch, create: Create][] = [
  ['LINEARREG', linreg, createLinreg],
  ['LINEARREG_SLOPE', linregSlope, createLinregSlope],
  ['LINEARREG_INTERCEPT', linregIntercept, createLinregIntercept],
  ['LINEARREG_ANGLE', linregAngle, createLinregAngle],
]

describe.each(FORMS)('%s', (name, batch, create) => {
  keepsContract({
    fields: ['close'],
    golden: ['statistics.json', name],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [100_001]],
    batch: ([close], [period], out) => batch(close as Float64Array, period as number, out as Float64Array),
    create: (period) => create(period as number),
  })
})

describe('linear regression', () => {
  // By hand: through 1, 2, 6 the slope is (6 − 1) / 2, the mean 3 stands in the middle.
  it('begins, climbs and ends where least squares say', () => {
    const values = Float64Array.of(1, 2, 6)
    expect(linregSlope(values, 3)[2]).toBe(2.5)
    expect(linregIntercept(values, 3)[2]).toBe(0.5)
    expect(linreg(values, 3)[2]).toBe(5.5)
    expect(linregAngle(Float64Array.of(1, 2, 3), 3)[2]).toBe(45)
  })

  it('has a slope of exactly 0 where prices stand still, whatever they were before', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => (i < 30 ? 10.01 + 7.7 * i : 193.37))
    expect([...linregSlope(values, 20).subarray(49)]).toEqual(new Array(11).fill(0))
    expect([...linregAngle(values, 20).subarray(49)]).toEqual(new Array(11).fill(0))
    expect([...linreg(values, 20).subarray(49)]).toEqual(new Array(11).fill(193.37))
    expect(linregSlope(values, 20)[48]).not.toBe(0)
  })

  it('keeps to the definition between two sums made afresh', () => {
    const values = Float64Array.from(
      { length: 9_000 },
      (_, i) => 150.37 + 20 * Math.sin(i / 300) + (i % 13) / 7,
    )
    for (const period of [14, 200, 5_000]) {
      const found = linregSlope(values, period)
      for (const at of [5_100, 8_190, 8_191, 8_192, 8_999]) {
        const window = values.subarray(at - period + 1, at + 1)
        const middle = (period - 1) / 2
        const cross = window.reduce((sum, value, k) => sum + (k - middle) * value, 0)
        const wanted = cross / ((period * (period * period - 1)) / 12)
        expect(Math.abs((found[at] as number) - wanted)).toBeLessThan(1e-10)
      }
    }
  })
})
