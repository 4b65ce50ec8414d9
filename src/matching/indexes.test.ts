import { describe, expect, it } from 'vitest'
import { instrumentId } from '../model/ids.ts'
import type { InstrumentClass, Market } from '../model/instrument.ts'
import { price, quantity } from '../model/money.ts'
import { tradingDay } from '../model/time.ts'
import { createIndexes } from './indexes.ts'
import type { Listing } from './types.ts'

const DAY = tradingDay('2026-11-20')

const listing = (
  id: string,
  market: Market,
  base: number,
  shares: number,
  kind: InstrumentClass = 'stock',
): Listing => ({
  instrument: {
    id: instrumentId(id),
    name: id,
    market,
    class: kind,
    viGroup: 'wide',
    listedShares: quantity(shares),
  },
  today: {
    day: DAY,
    basePrice: price(base),
    designations: [],
    halted: false,
    marginRate: { numerator: 1, denominator: 1 },
  },
  previousVolume: quantity(1),
})

describe('createIndexes', () => {
  const big = listing('800010', 'KOSPI', 10_000, 9_000_000)
  const small = listing('800020', 'KOSPI', 10_000, 1_000_000)
  const fund = listing('800030', 'KOSPI', 10_000, 90_000_000, 'etf')
  const other = listing('800040', 'KOSDAQ', 5_000, 1_000_000)
  const create = () =>
    createIndexes({ listings: [big, small, fund, other], closes: { KOSPI: 312_055, KOSDAQ: 87_640 } })

  it('starts at the closes of yesterday', () => {
    expect(create().values()).toEqual([
      { index: 'KOSPI', value: 312_055, change: 0 },
      { index: 'KOSDAQ', value: 87_640, change: 0 },
    ])
  })

  it('moves by market capitalisation: 90 % of it up 10 % lifts the index 9 %', () => {
    const indexes = create()
    indexes.update(big.instrument.id, price(11_000))
    expect(indexes.values()[0]).toEqual({ index: 'KOSPI', value: 340_140, change: 28_085 })
    indexes.update(small.instrument.id, price(9_000))
    expect(indexes.values()[0]).toEqual({ index: 'KOSPI', value: 337_019, change: 24_964 })
    expect(indexes.values()[1]).toEqual({ index: 'KOSDAQ', value: 87_640, change: 0 })
  })

  it('leaves funds and unknown instruments out', () => {
    const indexes = create()
    indexes.update(fund.instrument.id, price(20_000))
    indexes.update(instrumentId('899990'), price(20_000))
    expect(indexes.values()[0]?.change).toBe(0)
  })

  it('comes back to where it was when prices do', () => {
    const indexes = create()
    for (const last of [10_130, 9_870, 13_000, 7_000, 10_000]) indexes.update(big.instrument.id, price(last))
    expect(indexes.values()[0]?.change).toBe(0)
  })
})
