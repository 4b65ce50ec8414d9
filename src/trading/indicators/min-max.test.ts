import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Indicator } from './indicator.ts'
import { createMax, createMin, max, min } from './min-max.ts'
import { keepsContract } from './testing/contract.ts'

type Batch = (values: Float64Array, period: number, out?: Float64Array) => Float64Array
type Create = (period: number) => Indicator<number, number>

const FORMS: readonly [name: string, batch: Batch, create: Create][] = [
  ['MAX', max, createMax],
  ['MIN', min, createMin],
]

describe.each(FORMS)('rolling %s', (name, batch, create) => {
  keepsContract({
    fields: ['close'],
    golden: ['statistics.json', name],
    parameters: fc.tuple(fc.integer({ min: 2, max: 40 })),
    refused: [[1], [2.5], [100_001]],
    batch: ([close], [period], out) => batch(close as Float64Array, period as number, out as Float64Array),
    create: (period) => create(period as number),
  })

  it('equals the extreme of each window, below 0 too', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 60 })
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 12 }), (all, period) => {
        const found = batch(Float64Array.from(all), period)
        const extreme = name === 'MAX' ? Math.max : Math.min
        for (let i = period - 1; i < all.length; i++)
          expect(found[i]).toBe(extreme(...all.slice(i - period + 1, i + 1)))
      }),
      { numRuns: 150 },
    )
  })
})
