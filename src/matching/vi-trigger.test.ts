import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { price } from '../model/money.ts'
import { viRates, viTriggerPrices } from '../model/vi.ts'
import { createGrid } from './grid.ts'
import { DAY, listing } from './testing/test-exchange.ts'
import { viCauseOf } from './vi-trigger.ts'

const { instrument } = listing()
const grid = createGrid(instrument, DAY)
const RATES = viRates('wide', 'continuous')
const cause = (at: number, dynamic: number, reference: number) =>
  viCauseOf(price(at), RATES, { dynamic: price(dynamic), static: price(reference) })

describe('what triggers a volatility interruption (6 % dynamic, 10 % static)', () => {
  it.each([
    ['nothing happens one tick short of either', 10_590, 10_000, 10_000, undefined],
    ['a price 6 % above the last execution is dynamic', 10_600, 10_000, 10_000, 'dynamic'],
    ['a price 6 % below the last execution is dynamic', 9_400, 10_000, 10_000, 'dynamic'],
    ['nothing happens one tick short of 6 % down', 9_410, 10_000, 10_000, undefined],
    ['a slow walk ends 10 % away from the static reference', 11_000, 10_900, 10_000, 'static'],
    ['and the same downwards', 9_000, 9_100, 10_000, 'static'],
    ['one price may be both', 11_000, 10_300, 10_000, 'both'],
  ] as const)('%s', (_, at, dynamic, reference, expected) => {
    expect(cause(at, dynamic, reference)).toBe(expected)
  })

  it('does not trigger where a kind has no rate', () => {
    expect(viCauseOf(price(20_000), {}, { dynamic: price(10_000), static: price(10_000) })).toBeUndefined()
  })

  it('begins exactly at the published trigger prices', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 900_000 }), (reference) => {
        const { dynamic } = RATES
        if (dynamic === undefined) throw new Error('continuous trading has a dynamic rate')
        const { up, down } = viTriggerPrices(instrument, DAY, price(reference), dynamic)

        const is = (at: number) =>
          viCauseOf(price(at), { dynamic }, { dynamic: price(reference), static: price(reference) })
        expect([is(up), is(down)]).toEqual(['dynamic', 'dynamic'])
        expect([is(grid.down(up)), is(grid.up(down))]).toEqual([undefined, undefined])
      }),
    )
  })
})
