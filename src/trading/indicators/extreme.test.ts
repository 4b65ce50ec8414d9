import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExtreme, EXTREME_SLOTS, extremesOf, type Sign } from './extreme.ts'

const series = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 60 })
const windows = fc.integer({ min: 1, max: 12 })
const signs = fc.constantFrom<Sign>(1, -1)

/** The definition: the latest of the highest, or lowest, values of the window. */
function latestBest(values: readonly number[], to: number, from: number, sign: Sign): number {
  let best = from
  for (let i = from; i <= to; i++)
    if (sign * (values[i] as number) >= sign * (values[best] as number)) best = i
  return best
}

describe('extreme of a window', () => {
  it('stands where the definition puts it, from any beginning on', () => {
    fc.assert(
      fc.property(series, windows, signs, fc.nat(5), (values, window, sign, from) => {
        const found = extremesOf(Float64Array.from(values), from, window, sign)
        for (let i = from; i < values.length; i++)
          expect(found[i]).toBe(latestBest(values, i, Math.max(from, i - window + 1), sign))
      }),
      { numRuns: 500 },
    )
  })

  it('is the same one by one, whatever was replaced', () => {
    fc.assert(
      fc.property(series, windows, signs, fc.nat(60), (values, window, sign, other) => {
        const found = extremesOf(Float64Array.from(values), 0, window, sign)
        const state = new Float64Array(EXTREME_SLOTS)
        const extreme = createExtreme(state, window, sign)
        for (const [i, value] of values.entries()) {
          const before = state.slice()
          extreme.take(values[(i + other) % values.length] as number, i)
          state.set(before)
          extreme.take(value, i)
          expect(extreme.at()).toBe(found[i])
          expect(extreme.value()).toBe(values[found[i] as number])
        }
      }),
      { numRuns: 500 },
    )
  })
})
