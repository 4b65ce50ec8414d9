import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../std/invariant.ts'
import { instrumentId } from './ids.ts'
import type { Designation, Instrument, InstrumentClass, Market } from './instrument.ts'
import { price } from './money.ts'
import { clampToBand, offHoursBand, priceBand } from './price-band.ts'
import { ceilToTick, floorToTick, isOnTick, stepTicks, tickSize } from './tick-size.ts'
import { addDays, type TradingDay, tradingDay } from './time.ts'

const listed = (market: Market, kind: InstrumentClass, leverage?: number): Instrument => ({
  id: instrumentId('005930'),
  name: 'test',
  market,
  class: kind,
  viGroup: 'wide',
  ...(leverage === undefined ? {} : { leverage }),
})
const SHARE = listed('KOSPI', 'stock')
const NOW = '2026-11-20'

const band = (instrument: Instrument, day: string, base: number, designations: Designation[] = []) =>
  priceBand(instrument, tradingDay(day), { basePrice: price(base), designations })

describe('the price band', () => {
  // Worked by hand with the exchange's procedure (rule book §1.6) unless a source is named.
  it.each([
    ['the rule book example', SHARE, NOW, 9_980, 12_970, 6_990],
    ['a width cut to the tick of the base: 21,450 → 21,400', SHARE, NOW, 71_500, 92_900, 50_100],
    ['an upper limit on a wider grid: 2,346 → 2,345', SHARE, NOW, 1_805, 2_345, 1_264],
    ['an upper limit on a wider grid: 20,630 → 20,600', SHARE, NOW, 15_870, 20_600, 11_110],
    ['an upper limit on a wider grid: 521,500 → 521,000', SHARE, NOW, 401_500, 521_000, 281_500],
    ['a base on a boundary', SHARE, NOW, 2_000, 2_600, 1_400],
    [
      'a base off the grid after a split, the lower limit raised: 14,025 → 14,030',
      SHARE,
      NOW,
      20_025,
      26_000,
      14_030,
    ],
    ['a width below one won', SHARE, NOW, 3, 3, 3],
    ['one of the dearest shares', SHARE, NOW, 1_007_000, 1_309_000, 705_000],
    ['the tick table before 2023-01-25: 12,970 → 12,950', SHARE, '2023-01-20', 9_980, 12_950, 6_990],
    ['the tick table since 2023-01-25', SHARE, '2023-01-25', 9_980, 12_970, 6_990],
    ['15 % before 2015-06-15', SHARE, '2015-06-12', 10_000, 11_500, 8_500],
    ['30 % since 2015-06-15', SHARE, '2015-06-15', 10_000, 13_000, 7_000],
    // 009240 traded at this very upper limit: KRX daily record of 2015-04-10, base = close of 04-09.
    ['a recorded limit-up', SHARE, '2015-04-10', 182_500, 209_500, 155_500],
    ['KOSDAQ 15 % before 2015-06-15', listed('KOSDAQ', 'stock'), '2015-06-12', 10_000, 11_500, 8_500],
    ['KONEX 15 % to this day', listed('KONEX', 'stock'), NOW, 5_000, 5_750, 4_250],
    ['an ETF', listed('KOSPI', 'etf'), NOW, 12_345, 16_045, 8_645],
    ['a 2X ETF', listed('KOSPI', 'etf', 2), NOW, 10_000, 16_000, 4_000],
    ['an inverse 2X ETN at 15 % times 2', listed('KOSPI', 'etn', 2), '2015-06-12', 10_000, 13_000, 7_000],
    ['a 1.5X ETF', listed('KOSPI', 'etf', 1.5), NOW, 10_000, 14_500, 5_500],
  ] as const)('of %s', (_, instrument, day, base, upper, lower) => {
    expect(band(instrument, day, base)).toEqual({ upper, lower })
  })

  it('does not exist in liquidation trading and for ELW', () => {
    expect(band(SHARE, NOW, 1_000, ['liquidation'])).toBeUndefined()
    expect(band(SHARE, NOW, 1_000, ['administrative', 'liquidation'])).toBeUndefined()
    expect(band(listed('KOSPI', 'elw'), NOW, 1_000)).toBeUndefined()
  })

  it('stays as it is under every other designation', () => {
    const others: Designation[] = [
      'administrative',
      'caution',
      'warning',
      'danger',
      'overheated',
      'disclosureCaution',
    ]
    expect(band(SHARE, NOW, 71_500, others)).toEqual({ upper: 92_900, lower: 50_100 })
  })

  it.each([
    ['60 % to 400 % of the offering price', SHARE, NOW, 15_000, 60_000, 9_000],
    ['cut inwards to the grid: 49,380 → 49,350 and 7,407 → 7,410', SHARE, NOW, 12_345, 49_350, 7_410],
    ['since 2023-06-26', SHARE, '2023-06-26', 10_000, 40_000, 6_000],
    ['the hull of the old rule, 63 % to 260 %, before', SHARE, '2023-06-23', 10_000, 26_000, 6_300],
    ['the usual band for an ETF, which has no offering', listed('KOSPI', 'etf'), NOW, 10_000, 13_000, 7_000],
  ] as const)('on a first trading day is %s', (_, instrument, day, base, upper, lower) => {
    expect(band(instrument, day, base, ['firstDay'])).toEqual({ upper, lower })
  })

  it('is not guessed from an unknown base price', () => {
    expect(() => band(SHARE, NOW, 0)).toThrow(InvariantError)
    expect(() => band(listed('KOSPI', 'etf', 0), NOW, 1_000)).toThrow(InvariantError)
  })
})

describe('the off-hours band', () => {
  const off = (close: number, designations: Designation[] = []) =>
    offHoursBand(SHARE, tradingDay('2026-09-11'), { basePrice: price(10_000), designations }, price(close))

  it('is 10 % around the close', () => {
    expect(off(10_500)).toEqual({ upper: 11_550, lower: 9_450 })
  })

  it('is cut by the band of the day', () => {
    expect(off(13_000)).toEqual({ upper: 13_000, lower: 11_700 })
    expect(off(7_000)).toEqual({ upper: 7_700, lower: 7_000 })
  })

  it('does not exist where the day has none', () => {
    expect(off(10_500, ['liquidation'])).toBeUndefined()
  })
})

it('clamps to the nearer end, and to nothing without a band', () => {
  const around = { upper: price(12_970), lower: price(6_990) }
  expect([6_000, 6_990, 10_000, 12_970, 13_000].map((at) => clampToBand(price(at), around))).toEqual([
    6_990, 6_990, 10_000, 12_970, 12_970,
  ])
  expect(clampToBand(price(13_000), undefined)).toBe(13_000)
})

describe('any band', () => {
  const instruments = fc.constantFrom(
    listed('KOSPI', 'stock'),
    listed('KOSDAQ', 'stock'),
    listed('KONEX', 'stock'),
    listed('KOSPI', 'etf'),
    listed('KOSPI', 'etf', 2),
    listed('KOSPI', 'etn', 2),
  )
  const days = fc.integer({ min: 0, max: 4_747 }).map((n): TradingDay => addDays(tradingDay('2015-01-01'), n))
  const bases = fc.oneof(fc.integer({ min: 1, max: 12_000 }), fc.integer({ min: 1, max: 5_000_000 }))

  const limitPercent = ({ market, leverage = 1 }: Instrument, day: TradingDay) =>
    (market === 'KONEX' || day < '2015-06-15' ? 15 : 30) * leverage

  it('lies on tick, around its base, and as wide as ticks allow but never wider than the limit', () => {
    fc.assert(
      fc.property(instruments, days, bases, (instrument, day, near) => {
        const base = floorToTick(instrument, day, price(near))
        const { upper, lower } = priceBand(instrument, day, { basePrice: base, designations: [] }) ?? {}
        if (upper === undefined || lower === undefined) throw new Error('a share has a band')
        const percent = limitPercent(instrument, day)
        expect([upper, lower].every((end) => isOnTick(instrument, day, end))).toBe(true)
        expect(lower <= base && base <= upper).toBe(true)
        expect(upper * 100).toBeLessThanOrEqual(base * (100 + percent))
        expect(lower * 100).toBeGreaterThanOrEqual(base * (100 - percent))
        const slack = tickSize(instrument, day, base)
        expect(upper + slack + tickSize(instrument, day, upper)).toBeGreaterThan(
          (base * (100 + percent)) / 100,
        )
        expect(lower - slack).toBeLessThan((base * (100 - percent)) / 100)
      }),
    )
  })

  it('holds, on tick, every price that is snapped or stepped and then clamped, off-grid bases included', () => {
    const designations = fc.constantFrom<Designation[]>([], ['firstDay'], ['warning'])
    const steps = fc.integer({ min: -3_000, max: 3_000 })
    fc.assert(
      fc.property(
        instruments,
        days,
        bases,
        bases,
        designations,
        steps,
        (instrument, day, base, at, marks, ticks) => {
          const limits = priceBand(instrument, day, { basePrice: price(base), designations: marks })
          if (limits === undefined) throw new Error('a share has a band')
          expect(limits.lower).toBeLessThanOrEqual(limits.upper)
          const made = [
            floorToTick(instrument, day, price(at)),
            ceilToTick(instrument, day, price(at)),
            stepTicks(instrument, day, price(at), ticks),
          ]
          for (const each of made) {
            const sent = clampToBand(each, limits)
            expect(isOnTick(instrument, day, sent)).toBe(true)
            expect(sent >= limits.lower && sent <= limits.upper).toBe(true)
          }
        },
      ),
    )
  })
})
