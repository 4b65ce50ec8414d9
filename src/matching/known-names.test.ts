import { expect, it } from 'vitest'
import { priceBand } from '../model/price-band.ts'
import { isOnTick } from '../model/tick-size.ts'
import { tradingDay } from '../model/time.ts'
import { knownListings } from './known-names.ts'

it.each(['2015-01-02', '2022-06-02', '2026-11-20'])(
  'lists the well-known names on tick and with a band on %s',
  (text) => {
    const day = tradingDay(text)
    const listings = knownListings(day)
    expect(new Set(listings.map(({ instrument }) => instrument.id)).size).toBe(listings.length)
    for (const { instrument, today } of listings) {
      expect(isOnTick(instrument, day, today.basePrice)).toBe(true)
      expect(priceBand(instrument, day, today)?.upper).toBeGreaterThan(today.basePrice)
    }
  },
)

it('has the code that every example asks for', () => {
  expect(knownListings(tradingDay('2026-11-20'))[0]?.instrument).toMatchObject({
    id: '005930',
    name: '삼성전자',
  })
})
