import { describe, expect, it } from 'vitest'
import { isOnTick } from '../model/tick-size.ts'
import { tradingDay } from '../model/time.ts'
import { createMarket } from './market.ts'

const DAY = tradingDay('2026-11-20')
const BAND_EDGES = [0, 2_000, 5_000, 20_000, 50_000, 200_000, 500_000, Number.POSITIVE_INFINITY]

describe('createMarket', () => {
  it('gives the same market for the same seed and another for another', () => {
    const market = createMarket({ seed: 7, day: DAY })
    expect(createMarket({ seed: 7, day: DAY })).toEqual(market)
    expect(createMarket({ seed: 8, day: DAY }).listings).not.toEqual(market.listings)
  })

  it.each([1, 2, 7, 99])('lists unique six-character codes and unique names (seed %i)', (seed) => {
    const { listings } = createMarket({ seed, day: DAY, size: 300 })
    expect(new Set(listings.map(({ instrument }) => instrument.id)).size).toBe(300)
    expect(new Set(listings.map(({ instrument }) => instrument.name)).size).toBe(300)
    for (const { instrument } of listings) expect(instrument.id).toMatch(/^\d{4}[\dA-Z]0$/)
    expect(listings.some(({ instrument }) => instrument.id.startsWith('0'))).toBe(true)
    expect(listings.some(({ instrument }) => /[A-Z]/.test(instrument.id))).toBe(true)
  })

  it.each([1, 2, 7, 99])('puts base prices on tick, in every step of the tick ladder (seed %i)', (seed) => {
    const { listings } = createMarket({ seed, day: DAY })
    for (const { instrument, today } of listings)
      expect(isOnTick(instrument, DAY, today.basePrice), `${instrument.id} ${today.basePrice}`).toBe(true)
    const stocks = listings.filter(({ instrument }) => instrument.class === 'stock')
    for (const [index, low] of BAND_EDGES.slice(0, -1).entries()) {
      const high = BAND_EDGES[index + 1] as number
      const inside = stocks.filter(({ today }) => today.basePrice >= low && today.basePrice < high)
      expect(inside.length, `${low}..${high}`).toBeGreaterThanOrEqual(3)
    }
  })

  it('mixes markets, funds, designations, one halted name and a leveraged fund', () => {
    const { listings } = createMarket({ seed: 7, day: DAY })
    const count = (holds: (listing: (typeof listings)[number]) => boolean) => listings.filter(holds).length
    expect(count(({ instrument }) => instrument.market === 'KOSPI')).toBeGreaterThan(35)
    expect(count(({ instrument }) => instrument.market === 'KOSDAQ')).toBeGreaterThan(60)
    expect(count(({ instrument }) => instrument.class === 'etf')).toBe(6)
    expect(count(({ instrument }) => instrument.leverage === 2)).toBe(2)
    expect(count(({ today }) => today.halted)).toBe(1)
    const designations = new Set(listings.flatMap(({ today }) => today.designations))
    expect([...designations].sort()).toEqual([
      'administrative',
      'caution',
      'disclosureCaution',
      'overheated',
      'warning',
    ])
  })

  it('gives every theme several names and every name shares and a volume', () => {
    const { listings } = createMarket({ seed: 7, day: DAY })
    const themes = new Map<string, number>()
    for (const { instrument, previousVolume, theme } of listings) {
      if (theme) themes.set(theme, (themes.get(theme) ?? 0) + 1)
      expect(previousVolume).toBeGreaterThan(0)
      expect(instrument.listedShares).toBeGreaterThan(0)
    }
    expect(themes.size).toBeGreaterThanOrEqual(10)
    expect(Math.min(...themes.values())).toBeGreaterThanOrEqual(3)
  })

  it('refuses a size it has no names for', () => {
    expect(() => createMarket({ seed: 1, day: DAY, size: 801 })).toThrow(/1 to 800/)
    expect(() => createMarket({ seed: 1, day: DAY, size: 0 })).toThrow(/1 to 800/)
    expect(createMarket({ seed: 1, day: DAY, size: 800 }).listings).toHaveLength(800)
  })
})
