import { describe, expect, it } from 'vitest'
import type { Listing } from '../../../matching/types.ts'
import { instrumentId } from '../../../model/ids.ts'
import { price, quantity } from '../../../model/money.ts'
import { tradingDay } from '../../../model/time.ts'
import { createTape, enterPrint } from '../market/tape.ts'
import { createStatistics } from './statistics.ts'

const LISTING: Listing = {
  instrument: { id: instrumentId('000001'), name: '가람', market: 'KOSDAQ', class: 'stock', viGroup: 'wide' },
  today: {
    day: tradingDay('2026-11-20'),
    basePrice: price(1_000),
    designations: [],
    halted: false,
    marginRate: { numerator: 1, denominator: 1 },
  },
  previousVolume: quantity(39_000),
}

/** One print of 10 shares a second; the price is the second. */
function played(seconds: number) {
  const tape = createTape(LISTING, undefined)
  const reading = createStatistics(tape)
  for (let second = 1; second <= seconds; second++) {
    const aggressor = second % 2 === 0 ? 'buy' : 'sell'
    enterPrint(tape, { at: second * 1000, price: second, quantity: 10, aggressor })
    reading.step(second * 1000)
  }
  return reading
}

describe('rolling statistics', () => {
  it('looks back by seconds, and no further than its record', () => {
    const reading = played(100)
    expect([reading.price, reading.priceAgo(10), reading.priceAgo(5_000)]).toEqual([100, 90, 1])
    expect(reading.highUntil(30)).toBe(70)
    expect(reading.secondsTraded).toBe(99)
  })

  it('sums volume by side over a window', () => {
    const reading = played(100)
    expect(reading.volumeIn(60)).toBe(600)
    expect(reading.buyVolumeIn(60)).toBe(300)
    expect(reading.sellVolumeIn(60)).toBe(300)
    expect(reading.volumeIn(5_000)).toBe(1_000)
  })

  it('averages five and twenty minutes, also after the record has gone round', () => {
    const reading = played(3_000)
    // The mean of 2701…3000 and of 1801…3000.
    expect(reading.averagePrice5Minutes).toBeCloseTo(2_850.5, 9)
    expect(reading.averagePrice20Minutes).toBeCloseTo(2_400.5, 9)
    expect(reading.priceAgo(1_000)).toBe(2_000)
    expect(reading.volumeIn(1_000)).toBe(10_000)
  })

  it('takes yesterday as the yardstick until ten minutes have traded', () => {
    expect(played(60).usualMinuteVolume).toBe(100)
    expect(played(1_201).usualMinuteVolume).toBeCloseTo(12_010 / 20, 9)
  })
})
