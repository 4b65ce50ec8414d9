import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { createAtr, type RangeBar } from './atr.ts'

const bar = (high: number, low: number, close: number): RangeBar => ({ high, low, close })

describe('average true range', () => {
  // By hand, TA-Lib's convention: true ranges 2, 3, 2 (the first bar has none), then Wilder.
  // Bar 3 opens a gap: 13 less the previous close 11. Bar 4 falls: the previous close 12.5 less the low 10.
  it('begins at bar index `period` with the mean of the ranges, then smooths', () => {
    const atr = createAtr(3)
    const values = [
      bar(10, 8, 9),
      bar(11, 9, 10),
      bar(12, 9, 11),
      bar(13, 12, 12.5),
      bar(12, 10, 10),
      bar(10, 10, 10),
    ].map((next) => atr.push(next))
    expect(values.slice(0, 3)).toEqual([undefined, undefined, undefined])
    expect(values[3]).toBeCloseTo(7 / 3, 12)
    expect(values[4]).toBeCloseTo((2 * (7 / 3) + 2.5) / 3, 12)
    expect(values[5]).toBeCloseTo((2 * ((2 * (7 / 3) + 2.5) / 3)) / 3, 12)
    expect(atr.value).toBe(values[5])
  })

  it('is the true range itself for a period of 1', () => {
    const atr = createAtr(1)
    expect([bar(10, 9, 9), bar(12, 11, 12), bar(12, 12, 12)].map((next) => atr.push(next))).toEqual([
      undefined,
      3,
      0,
    ])
  })

  const bars = fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 9_999 }), fc.nat(500), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([low, height, share]) => bar(low + height, low, Math.round(low + height * share))),
    { maxLength: 80 },
  )

  it('equals the definition written out over the whole history', () => {
    fc.assert(
      fc.property(bars, fc.integer({ min: 1, max: 20 }), (history, period) => {
        const ranges = history.slice(1).map((now, index) => {
          const before = (history[index] as RangeBar).close
          return Math.max(now.high - now.low, Math.abs(now.high - before), Math.abs(now.low - before))
        })
        let expected: number | undefined
        if (ranges.length >= period) {
          expected = ranges.slice(0, period).reduce((a, b) => a + b, 0) / period
          for (const range of ranges.slice(period)) expected = expected + (range - expected) / period
        }
        const atr = createAtr(period)
        for (const next of history) atr.push(next)
        if (expected === undefined) expect(atr.value).toBeUndefined()
        else expect(atr.value).toBeCloseTo(expected, 6)
      }),
      { numRuns: 200 },
    )
  })

  it('goes on from a snapshot as if it had never stopped', () => {
    fc.assert(
      fc.property(bars, fc.nat(80), fc.integer({ min: 1, max: 20 }), (history, cut, period) => {
        const whole = createAtr(period)
        const first = createAtr(period)
        const second = createAtr(period)
        for (const next of history) whole.push(next)
        for (const next of history.slice(0, cut)) first.push(next)
        second.restore(JSON.parse(JSON.stringify(first.snapshot())))
        for (const next of history.slice(cut)) second.push(next)
        expect(second.value).toBe(whole.value)
      }),
      { numRuns: 100 },
    )
  })

  it.each([0, -1, 1.5])('refuses a period of %d', (period) => {
    expect(() => createAtr(period)).toThrow(InvariantError)
  })
})
