import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compactInstant,
  directed,
  directedIndex,
  directionSign,
  doubleMinus,
  padded,
  percent,
  signed,
  signedPercent,
  signedSpace,
} from './format.ts'

/** Golden values: Kiwoom REST API guide, examples of kt00001, kt00004, kt00018 and ka10004; frames recorded 2026-09-11. */
describe('wire formats', () => {
  it.each([
    [padded(13_370, 15), '000000000013370'],
    [padded(-13_370, 15), '-00000000013370'],
    [padded(-13_370, 12), '-00000013370'],
    [padded(0, 10), '0000000000'],
    [directed(71_500, 71_000), '+71500'],
    [directed(70_800, 71_000), '-70800'],
    [directed(71_000, 71_000), '71000'],
    [directed(0, 71_000), '0'],
    [signed(500), '+500'],
    [signed(-11_250), '-11250'],
    [signed(0), '0'],
    [signed(-0), '0'],
    [signedSpace(0), ' 0'],
    [signedSpace(-19), '-19'],
    [doubleMinus(-120), '--120'],
    [signedPercent(500 / 71_000), '+0.70'],
    [signedPercent(-11_250 / 269_000), '-4.18'],
    [signedPercent(-0.00001), '0.00'],
    [percent(13_370, 700_000), '1.91'],
    [percent(13_370, 700_000, 4), '1.9100'],
    [percent(-36, 10_000), '-0.36'],
    [percent(1, 0), '0.00'],
    [directedIndex(312_055, 310_231), '+3120.55'],
    [compactInstant(Date.UTC(2026, 6, 10, 23, 30, 15)), '20260711083015'],
  ])('writes %s', (ours, wire) => {
    expect(ours).toBe(wire)
  })

  it.each([
    [13_000, 10_000, '1'],
    [10_500, 10_000, '2'],
    [10_000, 10_000, '3'],
    [7_000, 10_000, '4'],
    [9_999, 10_000, '5'],
    [0, 10_000, '3'],
  ])('gives %i against %i the sign %s', (price, base, sign) => {
    expect(directionSign(price, base, { upper: 13_000, lower: 7_000 })).toBe(sign)
  })

  test.prop([fc.integer({ min: 1 - 10 ** 11, max: 10 ** 11 - 1 }), fc.constantFrom(12, 15)])(
    'pads so that the width holds and the number comes back',
    (value, width) => {
      const text = padded(value, width)
      expect(text).toHaveLength(width)
      expect(Number(text)).toBe(value === 0 ? 0 : value)
    },
  )

  test.prop([fc.integer({ min: 1, max: 2_000_000 }), fc.integer({ min: 1, max: 2_000_000 })])(
    'hides no price behind its direction',
    (price, base) => {
      expect(Math.abs(Number(directed(price, base)))).toBe(price)
      expect(Math.sign(Number(directed(price, base)))).toBe(price < base ? -1 : 1)
    },
  )
})
