import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { type ProfileTerms, volumeProfile } from './volume-profile.ts'

const TERMS: ProfileTerms = { bins: 10, tick: 1, valueRatio: 0.7 }

/** Bars as low, high, volume. */
const profile = (bars: readonly (readonly [number, number, number])[], terms: Partial<ProfileTerms> = {}) =>
  volumeProfile(
    Float64Array.from(bars, ([, high]) => high),
    Float64Array.from(bars, ([low]) => low),
    Float64Array.from(bars, ([, , volume]) => volume),
    { ...TERMS, ...terms },
  )

/** One bar per bin, from 100 up. */
const steps = (...volumes: readonly number[]) =>
  profile(
    volumes.map((volume, k) => [100 + k, 101 + k, volume] as const),
    { bins: volumes.length },
  )

describe('volume profile', () => {
  // By hand: 8 over 100 to 104, 4 over 102 to 104, 3 at 103.5.
  it('spreads each volume evenly over the range of its bar', () => {
    const found = profile([
      [100, 104, 8],
      [102, 104, 4],
      [103.5, 103.5, 3],
    ])
    expect(found?.low).toBe(100)
    expect(found?.width).toBe(1)
    expect([...(found?.volumes ?? [])]).toEqual([2, 2, 4, 7])
    expect(found?.poc).toBe(3)
  })

  it('has bins no narrower than the tick and no more than asked for', () => {
    expect(profile([[100, 104, 1]], { tick: 3 })?.volumes.length).toBe(2)
    expect(profile([[100, 200, 1]])?.width).toBe(10)
    expect(profile([[100, 200, 1]])?.volumes.length).toBe(10)
    expect(profile([[100, 100, 5]])?.volumes).toEqual(Float64Array.of(5))
  })

  it('takes the lowest of equal bins for the point of control', () => {
    expect(steps(1, 5, 2, 5)?.poc).toBe(1)
  })

  // By hand, 70 %: of 20, 14 are enough. From 6 at bin 3 the pair above holds 2 + 4, the one below 3 + 3: equal, so up: 12.
  // Then only one bin is left above, with 1, and the pair below holds 6: 18.
  it('grows the value area by the larger pair, up where they are equal', () => {
    const found = steps(1, 3, 3, 6, 2, 4, 1)
    expect([found?.poc, found?.valueFrom, found?.valueTo]).toEqual([3, 1, 5])
  })

  it('grows to one side only where the other has ended', () => {
    const found = steps(9, 1, 1, 1, 1, 1, 1)
    expect([found?.poc, found?.valueFrom, found?.valueTo]).toEqual([0, 0, 2])
    const other = steps(1, 1, 1, 1, 1, 1, 9)
    expect([other?.poc, other?.valueFrom, other?.valueTo]).toEqual([6, 4, 6])
  })

  const bars = fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 500 }), fc.nat(60), fc.nat(1_000))
      .map(([low, height, volume]) => [low, low + height, volume] as const),
    { maxLength: 40 },
  )

  it('loses no volume, and its value area holds the ratio and the point of control', () => {
    fc.assert(
      fc.property(
        bars,
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(0.3, 1, 7),
        fc.constantFrom(0, 0.5, 0.7, 1),
        (all, bins, tick, valueRatio) => {
          const total = all.reduce((sum, [, , volume]) => sum + volume, 0)
          const found = profile(all, { bins, tick, valueRatio })
          expect(found === undefined).toBe(total === 0)
          if (!found) return
          const { volumes, valueFrom, valueTo, poc } = found
          const of = (part: Float64Array) => part.reduce((a, b) => a + b, 0)
          expect(of(volumes)).toBeCloseTo(total, 6)
          expect(volumes.length).toBeLessThanOrEqual(bins)
          expect(valueFrom).toBeLessThanOrEqual(poc)
          expect(valueTo).toBeGreaterThanOrEqual(poc)
          expect(of(volumes.subarray(valueFrom, valueTo + 1))).toBeGreaterThanOrEqual(
            valueRatio * total - 1e-6,
          )
          expect(volumes.indexOf(Math.max(...volumes))).toBe(poc)
          expect(volumes.every((volume) => volume >= 0)).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('has nothing to show without bars or without volume', () => {
    expect(profile([])).toBeUndefined()
    expect(profile([[1, 2, 0]])).toBeUndefined()
  })

  it.each([
    [{ bins: 0 }],
    [{ bins: 1.5 }],
    [{ tick: 0 }],
    [{ tick: Number.NaN }],
    [{ valueRatio: 1.1 }],
    [{ valueRatio: -0.1 }],
  ])('refuses the terms %j', (terms) => {
    expect(() => profile([[1, 2, 3]], terms)).toThrow(InvariantError)
  })

  it('refuses bars that cannot be', () => {
    expect(() =>
      profile([
        [1, 2, 3],
        [3, 2, 1],
      ]),
    ).toThrow(/high at index 1 is below its low: 2, 3/)
    expect(() => profile([[1, 2, -3]])).toThrow(/index 0 is negative: -3/)
    expect(() => profile([[1, Number.NaN, 3]])).toThrow(/index 0 is not a finite number/)
    const one = Float64Array.of(1)
    expect(() => volumeProfile(one, one, Float64Array.of(1, 2), TERMS)).toThrow(/differ in length/)
  })
})
