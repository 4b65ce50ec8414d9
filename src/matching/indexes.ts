import type { InstrumentId } from '../model/ids.ts'
import type { Market } from '../model/instrument.ts'
import type { Price } from '../model/money.ts'
import type { Listing } from './types.ts'

export type IndexName = 'KOSPI' | 'KOSDAQ'

export const isIndexName = (market: Market): market is IndexName => market === 'KOSPI' || market === 'KOSDAQ'

/** × 100: 3120.55 is 312055. */
export interface IndexValue {
  readonly index: IndexName
  readonly value: number
  /** From yesterday's close, in the same unit. */
  readonly change: number
}

export interface Indexes {
  /** A new last price; an instrument that belongs to no index is ignored. */
  update(instrument: InstrumentId, last: Price): void
  value(index: IndexName): IndexValue
  values(): readonly IndexValue[]
}

export const INDEX_CLOSES: Readonly<Record<IndexName, number>> = { KOSPI: 312_055, KOSDAQ: 87_640 }

/** Shares are counted in thousands, so that the sums stay exact. */
const SHARES_UNIT = 1_000

interface Member {
  readonly index: IndexName
  readonly weight: number
  last: number
}

/**
 * The two market indexes: yesterday's close × (today's market capitalisation ÷ that at the base prices), rounded to a
 * hundredth of a point. Shares of stocks only; a stock without a print counts at its base price.
 * Source: KRX composite index method (capitalisation weighted); the level of yesterday's close is handed in.
 */
export function createIndexes({
  listings,
  closes = INDEX_CLOSES,
}: {
  readonly listings: readonly Listing[]
  readonly closes?: Readonly<Record<IndexName, number>>
}): Indexes {
  const members = new Map<InstrumentId, Member>()
  const base: Record<IndexName, number> = { KOSPI: 0, KOSDAQ: 0 }
  for (const { instrument, today } of listings) {
    const { market } = instrument
    if (instrument.class !== 'stock' || !isIndexName(market)) continue
    const weight = Math.max(1, Math.round((instrument.listedShares ?? 0) / SHARES_UNIT))
    members.set(instrument.id, { index: market, weight, last: today.basePrice })
    base[market] += weight * today.basePrice
  }
  const now = { ...base }

  const indexValue = (index: IndexName): IndexValue => {
    const ratio = base[index] === 0 ? 1 : now[index] / base[index]
    const value = Math.round(closes[index] * ratio)
    return { index, value, change: value - closes[index] }
  }

  return {
    update(instrument, last) {
      const member = members.get(instrument)
      if (member === undefined || last <= 0) return
      now[member.index] += member.weight * (last - member.last)
      member.last = last
    },
    value: indexValue,
    values: () => [indexValue('KOSPI'), indexValue('KOSDAQ')],
  }
}
