import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../std/invariant.ts'
import type { InstrumentClass, Market } from './instrument.ts'
import { price } from './money.ts'
import { ceilToTick, floorToTick, isOnTick, stepTicks, type TickKey, tickSize } from './tick-size.ts'
import { addDays, type TradingDay, tradingDay } from './time.ts'

const key = (text: string): TickKey => {
  const [market, kind] = text.split(' ')
  return { market: market as Market, class: kind as InstrumentClass }
}
const KOSPI = key('KOSPI stock')
const NOW = tradingDay('2026-11-20')

describe('the tick', () => {
  // One row per cell of the published tables: rule book §1.6.
  it.each([
    [
      'KOSPI stock',
      '2026-11-20',
      [
        [1, 1],
        [1_999, 1],
        [2_000, 5],
        [4_995, 5],
        [5_000, 10],
        [19_990, 10],
        [20_000, 50],
        [49_950, 50],
        [50_000, 100],
        [199_900, 100],
        [200_000, 500],
        [499_500, 500],
        [500_000, 1_000],
        [2_481_000, 1_000],
      ],
    ],
    [
      'KOSDAQ stock',
      '2026-11-20',
      [
        [1_999, 1],
        [2_000, 5],
        [200_000, 500],
        [500_000, 1_000],
      ],
    ],
    [
      'KOSPI stock',
      '2023-01-24',
      [
        [999, 1],
        [1_000, 5],
        [4_995, 5],
        [5_000, 10],
        [9_990, 10],
        [10_000, 50],
        [49_950, 50],
        [50_000, 100],
        [99_900, 100],
        [100_000, 500],
        [499_500, 500],
        [500_000, 1_000],
      ],
    ],
    [
      'KOSDAQ stock',
      '2023-01-24',
      [
        [999, 1],
        [1_000, 5],
        [5_000, 10],
        [10_000, 50],
        [50_000, 100],
        [100_000, 100],
        [900_000, 100],
      ],
    ],
    ['KONEX stock', '2023-01-24', [[100_000, 100]]],
    [
      'KOSPI stock',
      '2023-01-25',
      [
        [1_000, 1],
        [10_000, 10],
        [100_000, 100],
      ],
    ],
    ['KOSDAQ stock', '2023-01-25', [[500_000, 1_000]]],
    [
      'KOSPI etf',
      '2023-12-10',
      [
        [100, 5],
        [1_995, 5],
        [60_000, 5],
      ],
    ],
    [
      'KOSPI etf',
      '2023-12-11',
      [
        [100, 1],
        [1_999, 1],
        [2_000, 5],
        [60_000, 5],
      ],
    ],
    ['KOSPI etn', '2023-12-10', [[1_000, 5]]],
    ['KOSPI etn', '2023-12-11', [[1_000, 1]]],
    [
      'KOSPI elw',
      '2026-11-20',
      [
        [5, 5],
        [1_000, 5],
        [10_000, 5],
      ],
    ],
  ] as [string, string, [number, number][]][])('of a %s on %s', (name, day, rows) => {
    for (const [at, tick] of rows)
      expect([at, tickSize(key(name), tradingDay(day), price(at))]).toEqual([at, tick])
  })

  it('is not guessed for days before the tables begin', () => {
    expect(() => tickSize(KOSPI, tradingDay('2009-01-02'), price(1_000))).toThrow(InvariantError)
  })
})

describe('the grid', () => {
  it.each([
    [1_999, 1, 2_000],
    [2_000, 1, 2_005],
    [2_005, -1, 2_000],
    [2_000, -1, 1_999],
    [1_998, 3, 2_005],
    [2_010, -4, 1_998],
    [499_500, 2, 501_000],
    [501_000, -2, 499_500],
    [71_500, 0, 71_500],
    [3, -10, 1],
    [1, -1, 1],
    [257_750, 1, 258_000],
    [257_750, -1, 257_500],
    [257_750, 2, 258_500],
    [257_750, 0, 257_500],
    [2_002, 1, 2_005],
    [2_002, -1, 2_000],
  ])('leads from %i by %i steps to %i', (from, ticks, to) => {
    expect(stepTicks(KOSPI, NOW, price(from), ticks)).toBe(to)
  })

  it('had its boundary elsewhere before 2023-01-25', () => {
    expect(stepTicks(KOSPI, tradingDay('2023-01-24'), price(1_999), 1)).toBe(2_000)
    expect(stepTicks(KOSPI, tradingDay('2023-01-24'), price(1_995), 1)).toBe(2_000)
    expect(stepTicks(KOSPI, tradingDay('2023-01-24'), price(9_990), 2)).toBe(10_050)
    expect(stepTicks(KOSPI, tradingDay('2023-01-25'), price(9_990), 2)).toBe(10_010)
    expect(stepTicks(key('KOSPI etf'), tradingDay('2023-12-10'), price(5), -1)).toBe(5)
  })

  it.each([
    [71_549, 71_500, 71_600],
    [71_500, 71_500, 71_500],
    [1_999, 1_999, 1_999],
    [2_002, 2_000, 2_005],
    [4_999, 4_995, 5_000],
    [257_750, 257_500, 258_000],
    [0, 1, 1],
  ])('snaps %i down to %i and up to %i', (at, down, up) => {
    expect(floorToTick(KOSPI, NOW, price(at))).toBe(down)
    expect(ceilToTick(KOSPI, NOW, price(at))).toBe(up)
  })

  it('never snaps to 0, which is no price', () => {
    expect(floorToTick(key('KOSPI elw'), NOW, price(4))).toBe(5)
    expect(isOnTick(KOSPI, NOW, price(0))).toBe(false)
  })

  it('counts whole steps', () => {
    expect(() => stepTicks(KOSPI, NOW, price(1_000), 0.5)).toThrow(InvariantError)
  })
})

describe('any grid', () => {
  const keys = fc.constantFrom(
    ...['KOSPI stock', 'KOSDAQ stock', 'KONEX stock', 'KOSPI etf', 'KOSPI etn', 'KOSPI elw'].map(key),
  )
  const days = fc.integer({ min: 0, max: 4_747 }).map((n): TradingDay => addDays(tradingDay('2015-01-01'), n))
  // Half below 10,000 won, so that the low boundaries are met; up to ten million.
  const prices = fc
    .oneof(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000_000 }))
    .map(price)
  const steps = fc.integer({ min: 0, max: 400 })

  it('holds every price that is snapped or stepped', () => {
    fc.assert(
      fc.property(keys, days, prices, steps, (instrument, day, from, ticks) => {
        const made = [
          floorToTick(instrument, day, from),
          ceilToTick(instrument, day, from),
          stepTicks(instrument, day, from, ticks),
          stepTicks(instrument, day, from, -ticks),
        ]
        for (const each of made) expect([each, isOnTick(instrument, day, each)]).toEqual([each, true])
      }),
    )
  })

  it('lies around an off-grid price with nothing in between', () => {
    fc.assert(
      fc.property(keys, days, prices, (instrument, day, at) => {
        const [down, up] = [floorToTick(instrument, day, at), ceilToTick(instrument, day, at)]
        expect(up).toBeGreaterThanOrEqual(at)
        if (isOnTick(instrument, day, at)) expect([down, up]).toEqual([at, at])
        else if (at > down) {
          expect(stepTicks(instrument, day, down, 1)).toBe(up)
          expect(stepTicks(instrument, day, at, 1)).toBe(up)
          expect(stepTicks(instrument, day, at, -1)).toBe(down)
        }
      }),
    )
  })

  it('is walked back the way it was walked, one step at a time as in one go', () => {
    fc.assert(
      fc.property(keys, days, prices, steps, (instrument, day, start, ticks) => {
        const from = ceilToTick(instrument, day, start)
        const to = stepTicks(instrument, day, from, ticks)
        expect(stepTicks(instrument, day, to, -ticks)).toBe(from)
        let walked = from
        for (let step = 0; step < ticks; step++) {
          const next = stepTicks(instrument, day, walked, 1)
          expect(next).toBeGreaterThan(walked)
          walked = next
        }
        expect(walked).toBe(to)
      }),
      { numRuns: 50 },
    )
  })
})
