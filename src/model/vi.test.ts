import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../std/invariant.ts'
import { price, type Rate } from './money.ts'
import { isOnTick, stepTicks } from './tick-size.ts'
import { tradingDay } from './time.ts'
import { viRates, viRatesOf, viTriggerPrices } from './vi.ts'

const SHARE = { class: 'stock', market: 'KOSPI' } as const
const NOW = tradingDay('2026-11-20')
const percent = (numerator: number): Rate => ({ numerator, denominator: 100 })
const shown = (rate: Rate | undefined) => rate && (rate.numerator * 100) / rate.denominator

describe('the rates', () => {
  // Rule book §1.7; the after-market row is an assumption.
  it.each([
    ['narrow', 'continuous', 3, 10],
    ['wide', 'continuous', 6, 10],
    ['narrow', 'closingCall', 2, undefined],
    ['wide', 'closingCall', 4, undefined],
    ['narrow', 'offHoursSingle', 3, undefined],
    ['wide', 'offHoursSingle', 6, undefined],
    ['narrow', 'afterMarket', 3, undefined],
    ['wide', 'afterMarket', 6, undefined],
    ['wide', 'openingCall', undefined, 10],
    ['wide', 'postClose', undefined, undefined],
    ['narrow', 'closed', undefined, undefined],
  ] as const)('of %s in %s are dynamic %s, static %s', (group, phase, dynamic, fixed) => {
    const rates = viRates(group, phase)
    expect([shown(rates.dynamic), shown(rates.static)]).toEqual([dynamic, fixed])
  })

  it('shrink to 1 % in the closing call when a derivative on the share expires, and nowhere else', () => {
    expect(viRates('wide', 'closingCall', true)).toEqual({ dynamic: percent(1) })
    expect(viRates('wide', 'continuous', true)).toEqual(viRates('wide', 'continuous'))
  })
})

describe('the closing call of a day on which index futures and options expire', () => {
  // Rule book §4.2: second Thursdays, 2027-05-13 moved to the day before it.
  it.each([
    ['2026-11-12', 'stock', 'narrow', 1],
    ['2026-11-12', 'stock', 'wide', 4],
    ['2026-11-12', 'etf', 'narrow', 2],
    ['2026-11-19', 'stock', 'narrow', 2],
    ['2026-11-13', 'stock', 'narrow', 2],
    ['2027-05-12', 'stock', 'narrow', 1],
  ] as const)('%s: dynamic for a %s of the %s group is %i %%', (day, kind, viGroup, rate) => {
    const rates = viRatesOf({ class: kind, viGroup }, 'closingCall', tradingDay(day))
    expect(rates).toEqual({ dynamic: percent(rate) })
  })

  it('leaves continuous trading as it is', () => {
    expect(viRatesOf({ class: 'stock', viGroup: 'narrow' }, 'continuous', tradingDay('2026-11-12'))).toEqual(
      viRates('narrow', 'continuous'),
    )
  })
})

describe('the trigger prices', () => {
  // Worked by hand: the first price of the grid at or beyond the reference × (1 ± rate).
  it.each([
    [10_000, 3, 10_300, 9_700],
    [9_980, 3, 10_280, 9_680],
    [1_999, 6, 2_120, 1_879],
    [71_300, 10, 78_500, 64_100],
    [200_000, 6, 212_000, 188_000],
    [197_000, 3, 203_000, 191_000],
    [1, 3, 2, 1],
  ])('from %i at %i %% are %i and %i', (reference, rate, up, down) => {
    expect(viTriggerPrices(SHARE, NOW, price(reference), percent(rate))).toEqual({ up, down })
  })

  it('are the first that reach the rate', () => {
    const rates = fc.constantFrom(1, 2, 3, 4, 6, 10)
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 3_000_000 }), rates, (reference, rate) => {
        const { up, down } = viTriggerPrices(SHARE, NOW, price(reference), percent(rate))
        const above = (at: number) => at * 100 >= reference * (100 + rate)
        const below = (at: number) => at * 100 <= reference * (100 - rate)
        expect([isOnTick(SHARE, NOW, up), isOnTick(SHARE, NOW, down)]).toEqual([true, true])
        expect([above(up), above(stepTicks(SHARE, NOW, up, -1))]).toEqual([true, false])
        expect([below(down), below(stepTicks(SHARE, NOW, down, 1))]).toEqual([true, false])
      }),
    )
  })

  it('are not measured from an unknown price', () => {
    expect(() => viTriggerPrices(SHARE, NOW, price(0), percent(3))).toThrow(InvariantError)
  })
})
