import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantity } from '../model/money.ts'
import { handOut } from './allocation.ts'

const give = (wanted: readonly number[], total: number) => handOut(wanted.map(quantity), quantity(total))

describe('handing out simultaneous orders at a limit price', () => {
  it.each([
    {
      law: 'gives 100 each, half of each balance, the rest to the largest (KRX English site GLB0602010202T2)',
      wanted: [10_000, 5_000, 1_000, 200],
      total: 13_100,
      given: [9_850, 2_550, 550, 150],
    },
    {
      law: 'serves the largest first when not even 100 each are there',
      wanted: [500, 400, 300],
      total: 150,
      given: [100, 50, 0],
    },
    {
      law: 'ends in the second round where it runs out',
      wanted: [500, 400, 300],
      total: 500,
      given: [300, 100, 100],
    },
    { law: 'counts half a share as one', wanted: [103, 101], total: 203, given: [102, 101] },
    { law: 'fills everyone when there is enough', wanted: [300, 5], total: 305, given: [300, 5] },
  ])('$law', ({ wanted, total, given }) => {
    expect(give(wanted, total)).toEqual(given)
  })

  it('hands out exactly what there is, and to nobody more than he wants', () => {
    const wanted = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(wanted, fc.double({ min: 0, max: 1, noNaN: true }), (orders, share) => {
        const sorted = [...orders].sort((a, b) => b - a)
        const total = Math.floor(share * sorted.reduce((sum, each) => sum + each, 0))
        const given = give(sorted, total)
        expect(given.reduce((sum: number, each) => sum + each, 0)).toBe(total)
        expect(given.every((each, index) => each <= (sorted[index] ?? 0))).toBe(true)
      }),
    )
  })
})
