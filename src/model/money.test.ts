import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../std/invariant.ts'
import {
  ceilShare,
  fewerShares,
  floorPart,
  floorShare,
  krw,
  minus,
  minusShares,
  negate,
  notional,
  perShare,
  plus,
  plusShares,
  price,
  quantity,
  sharesFor,
  sum,
} from './money.ts'

const amounts = fc.integer({ min: 0, max: 1_000_000_000_000 })
const rates = fc.record({
  numerator: fc.integer({ min: 0, max: 100_000 }),
  denominator: fc.constantFrom(100, 10_000, 100_000, 1_000_000),
})
const units = fc.constantFrom(1, 10, 100)

describe('exact numbers', () => {
  it.each([
    ['a fraction of a won', () => krw(0.5)],
    ['no number', () => krw(Number.NaN)],
    ['a sum past the safe integers', () => plus(krw(Number.MAX_SAFE_INTEGER), krw(1))],
    ['a difference past the safe integers', () => minus(krw(-Number.MAX_SAFE_INTEGER), krw(1))],
    ['a product past the safe integers', () => notional(price(10_000_000_000), quantity(1_000_000))],
    ['a negative price', () => price(-1)],
    ['a negative quantity', () => quantity(-1)],
    ['half a share', () => quantity(1.5)],
    ['more shares taken than there are', () => minusShares(quantity(1), quantity(2))],
    ['a fee on a negative amount', () => floorShare(krw(-1), { numerator: 1, denominator: 100 })],
    ['a hold on a negative amount', () => ceilShare(krw(-1), { numerator: 1, denominator: 100 })],
    ['a part larger than its whole', () => floorPart(krw(100), 3, 2)],
    ['a part of nothing', () => floorPart(krw(100), 0, 0)],
    ['shares counted at no price', () => sharesFor(krw(100), price(0))],
  ])('break an invariant on %s', (_, make) => {
    expect(make).toThrow(InvariantError)
  })

  it('have no negative zero', () => {
    expect(Object.is(krw(-0), 0)).toBe(true)
    expect(Object.is(negate(krw(0)), 0)).toBe(true)
    expect(Object.is(price(-0), 0)).toBe(true)
  })

  it('add and subtract', () => {
    expect(sum([krw(1), krw(-3), krw(10)])).toBe(8)
    expect(sum([])).toBe(0)
    expect(plusShares(quantity(3), quantity(4))).toBe(7)
    expect(minusShares(quantity(4), quantity(4))).toBe(0)
    expect(fewerShares(quantity(3), quantity(4))).toBe(3)
  })
})

describe('shares of an amount', () => {
  it('are cut or raised to a multiple of the unit, exactly', () => {
    fc.assert(
      fc.property(amounts, rates, units, (amount, rate, unit) => {
        const exact = BigInt(amount) * BigInt(rate.numerator)
        const scale = BigInt(rate.denominator)
        const low = BigInt(floorShare(krw(amount), rate, unit))
        const high = BigInt(ceilShare(krw(amount), rate, unit))
        expect([low % BigInt(unit), high % BigInt(unit)]).toEqual([0n, 0n])
        expect(low * scale <= exact && exact < (low + BigInt(unit)) * scale).toBe(true)
        expect(high * scale >= exact && exact > (high - BigInt(unit)) * scale).toBe(true)
      }),
    )
  })

  it('never owe less when the order fills further', () => {
    fc.assert(
      fc.property(amounts, amounts, rates, units, (first, more, rate, unit) => {
        expect(floorShare(krw(first + more), rate, unit)).toBeGreaterThanOrEqual(
          floorShare(krw(first), rate, unit),
        )
      }),
    )
  })

  it('leave nothing behind when a cost goes out with its shares, slice by slice', () => {
    const slices = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(amounts, slices, (cost, sizes) => {
        let left = krw(cost)
        let shares = sizes.reduce((a, b) => a + b, 0)
        for (const size of sizes) {
          left = minus(left, floorPart(left, size, shares))
          shares -= size
          expect(left).toBeGreaterThanOrEqual(0)
        }
        expect(left).toBe(0)
      }),
    )
  })
})

describe('shares for an amount', () => {
  it('are the most that fit', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 5_000_000 }), (amount, each) => {
        const shares = sharesFor(krw(amount), price(each))
        expect(notional(price(each), shares)).toBeLessThanOrEqual(amount)
        expect(notional(price(each), plusShares(shares, quantity(1)))).toBeGreaterThan(amount)
      }),
    )
  })

  it('are none for a debt', () => {
    expect(sharesFor(krw(-5_000), price(100))).toBe(0)
  })
})

it('shows an average with fractions, and 0 for no shares', () => {
  expect(perShare(krw(10_000), quantity(3))).toBeCloseTo(3_333.3333, 4)
  expect(perShare(krw(0), quantity(0))).toBe(0)
})
