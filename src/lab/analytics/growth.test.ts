import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import {
  annualReturn,
  calendarReturn,
  cumulativeReturn,
  equityFrom,
  returnsFrom,
  timeWeightedReturns,
} from './growth.ts'
import { PERIODS_PER_YEAR, ratePerPeriod } from './periods.ts'
import { BACON, gapOf, given, MIXED, MIXED_FROM_ZERO, NEGATIVE } from './testing/series.ts'

describe('growth', () => {
  // empyrical-reloaded, test_cum_returns_final.
  it.each([
    [MIXED, 0.03893],
    [NEGATIVE, -0.3659],
    [[0.01], 0.01],
  ])('compounds %j', (returns, expected) => {
    expect(given(cumulativeReturn(returns))).toBeCloseTo(expected, 4)
  })

  // empyrical-reloaded, test_annual_ret.
  it.each([
    [PERIODS_PER_YEAR.usDays, 1.9135925373194231],
    [PERIODS_PER_YEAR.weeks, 0.24690830513998208],
    [PERIODS_PER_YEAR.months, 0.052242061386048144],
  ])('grows per year of %d periods', (periods, expected) => {
    expect(given(annualReturn(MIXED_FROM_ZERO, periods))).toBeCloseTo(expected, 8)
  })

  // Bacon (2008): 10.37 % a year over the two years of the example.
  it('is the growth per year of the book', () => {
    expect(given(annualReturn(BACON, 12))).toBeCloseTo(0.1037, 4)
  })

  // Two years of 730.5 days: √(144/100) − 1 = 20 %.
  it('grows by the calendar', () => {
    expect(given(calendarReturn(100, 144, 730.5))).toBeCloseTo(0.2, 12)
    expect(given(calendarReturn(100, 0, 10))).toBe(-1)
  })

  it('makes the curve of the returns and back', () => {
    // empyrical-reloaded, test_cum_returns with a start of 100.
    const curve = given(equityFrom(MIXED, 100))
    const expected = [100, 101, 111.1, 106.65599, 108.78912, 112.05279, 114.29384, 115.43678, 103.8931]
    expected.forEach((value, at) => {
      expect(curve[at]).toBeCloseTo(value, 4)
    })
    given(returnsFrom(curve)).forEach((each, at) => {
      expect(each).toBeCloseTo(MIXED[at] as number, 12)
    })
  })

  // Paid in 50 at the end of the first period: 160 − 50 over 100 is +10 %; then 176 / 160 is +10 % too.
  // Had it come at the start, 160 over 150 would be +6.67 %.
  it('takes deposits out of the returns', () => {
    const [equity, flows] = [
      [100, 160, 176],
      [0, 50, 0],
    ]
    const atEnd = given(timeWeightedReturns(equity as number[], flows as number[], 'end'))
    expect(Array.from(atEnd)).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.1, 12)])
    const atStart = given(timeWeightedReturns(equity as number[], flows as number[], 'start'))
    expect(Array.from(atStart)).toEqual([expect.closeTo(1 / 15, 12), expect.closeTo(0.1, 12)])
  })

  it('does not depend on what was paid in', () => {
    const each = fc.record({
      gain: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      flow: fc.integer({ min: 0, max: 1_000 }),
    })
    fc.assert(
      fc.property(
        fc.array(each, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('start', 'end'),
        (path, when) => {
          const [equity, flows] = [[1_000], [0]]
          for (const { gain, flow } of path) {
            const before = equity.at(-1) as number
            equity.push(when === 'end' ? before * (1 + gain) + flow : (before + flow) * (1 + gain))
            flows.push(flow)
          }
          const returns = given(timeWeightedReturns(equity, flows, when as 'start' | 'end'))
          path.forEach(({ gain }, at) => {
            expect(returns[at]).toBeCloseTo(gain, 9)
          })
        },
      ),
      { numRuns: 100 },
    )
  })

  it.each([
    ['no returns', cumulativeReturn([]), 'tooFew'],
    ['more than everything lost', cumulativeReturn([0.1, -1.2]), 'wipedOut'],
    ['a factor beyond all numbers', annualReturn([1e6], 252), 'outOfRange'],
    ['no day', calendarReturn(100, 110, 0), 'tooFew'],
    ['no capital', calendarReturn(0, 110, 10), 'zeroBase'],
    ['debt at the end', calendarReturn(100, -1, 10), 'wipedOut'],
    ['one point', returnsFrom([100]), 'tooFew'],
    ['nothing left to grow', returnsFrom([100, 0, 10]), 'wipedOut'],
    ['debt on the curve', returnsFrom([100, -5]), 'wipedOut'],
    ['a curve below zero', equityFrom([-1.5]), 'wipedOut'],
  ])('has no growth of %s', (_, statistic, code) => {
    expect(gapOf(statistic)).toBe(code)
  })

  it('knows that everything can be lost', () => {
    expect(given(cumulativeReturn([0.5, -1]))).toBe(-1)
    expect(given(annualReturn([0.5, -1], 252))).toBe(-1)
    expect(given(returnsFrom([100, 0]))).toEqual(Float64Array.of(-1))
  })

  it('spreads a yearly rate over the periods so that it compounds back', () => {
    expect((1 + ratePerPeriod(0.035, 246)) ** 246 - 1).toBeCloseTo(0.035, 12)
    expect(ratePerPeriod(0, 246)).toBe(0)
  })

  it.each([
    ['periods of 0', () => annualReturn([0.1], 0)],
    ['a rate of −100 %', () => ratePerPeriod(-1, 12)],
    ['a flow before the start', () => timeWeightedReturns([1, 2], [1, 0], 'end')],
    ['a flow for too few points', () => timeWeightedReturns([1, 2], [0], 'end')],
    ['a start of 0', () => equityFrom([0.1], 0)],
    ['a return that is no number', () => cumulativeReturn([Number.NaN])],
  ])('refuses %s', (_, wrong) => {
    expect(wrong).toThrow(InvariantError)
  })
})
