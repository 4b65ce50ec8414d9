import { describe, expect, it } from 'vitest'
import {
  DESIGNATION_EFFECTS,
  isBarredFromAfterMarket,
  isSinglePriceTraded,
  isSubjectToVi,
  needsFullMargin,
  takesPlainOrdersOnly,
} from './designations.ts'
import type { Designation } from './instrument.ts'
import { tradingDay } from './time.ts'

const NOW = tradingDay('2026-11-20')

describe('designations', () => {
  // Columns: full margin, single price for sure, plain orders only, no after-market, VI. Rule book §1.3, §1.7, §1.13.
  it.each([
    ['administrative', true, false, false, true, true],
    ['caution', false, false, false, false, true],
    ['warning', true, false, false, true, true],
    ['danger', true, false, false, true, true],
    ['overheated', true, true, true, true, false],
    ['liquidation', true, true, false, true, false],
    ['disclosureCaution', false, false, false, false, true],
    ['firstDay', false, false, false, false, false],
  ] as [Designation, boolean, boolean, boolean, boolean, boolean][])(
    'give %s its effects',
    (designation, margin, singlePrice, plain, barred, vi) => {
      const only = [designation]
      expect([
        needsFullMargin(only),
        isSinglePriceTraded(only),
        takesPlainOrdersOnly(only),
        isBarredFromAfterMarket(only),
        isSubjectToVi(only, NOW),
      ]).toEqual([margin, singlePrice, plain, barred, vi])
    },
  )

  it('have no effect when there are none', () => {
    expect([needsFullMargin([]), isSinglePriceTraded([]), isBarredFromAfterMarket([])]).toEqual([
      false,
      false,
      false,
    ])
    expect(isSubjectToVi([], NOW)).toBe(true)
  })

  it('add up', () => {
    const both: Designation[] = ['caution', 'overheated']
    expect([needsFullMargin(both), isSinglePriceTraded(both), isSubjectToVi(both, NOW)]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('took the first day out of VI on 2021-10-18', () => {
    expect(isSubjectToVi(['firstDay'], tradingDay('2021-10-15'))).toBe(true)
    expect(isSubjectToVi(['firstDay'], tradingDay('2021-10-18'))).toBe(false)
  })

  it('lift the price band in liquidation alone', () => {
    const unbounded = Object.entries(DESIGNATION_EFFECTS).filter(([, effect]) => effect.noBand)
    expect(unbounded.map(([designation]) => designation)).toEqual(['liquidation'])
  })
})
