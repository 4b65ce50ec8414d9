import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { createRandom } from '../../std/random.ts'
import { meanOf } from './moments.ts'
import { probabilisticSharpe, type SharpeSample, sharpeSample } from './sharpe-honesty.ts'
import { gapOf, given } from './testing/series.ts'
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  minimumBacktestYears,
  noiseVariance,
  sharpeNeeded,
  trialBudget,
} from './trials.ts'

/**
 * Bailey and López de Prado, The Deflated Sharpe Ratio (2014): 100 trials, yearly variance ½, five years of
 * 250 days.
 */
describe('deflated Sharpe ratio', () => {
  const chosen = { sharpe: 2.5 / Math.sqrt(250), observations: 1_250, skewness: -3, kurtosis: 10 }
  const trials = { count: 100, variance: 0.5 / 250 }

  it('agrees with the example of the paper', () => {
    expect(expectedMaximumSharpe(trials)).toBeCloseTo(0.1132, 4)
    expect(given(deflatedSharpe(chosen, trials))).toBeCloseTo(0.9004, 4)
    // Had it been 46 trials, or 88 with normal returns, it would have passed at 95 %.
    expect(given(deflatedSharpe(chosen, { ...trials, count: 46 }))).toBeCloseTo(0.9505, 4)
    expect(
      given(deflatedSharpe({ ...chosen, skewness: 0, kurtosis: 3 }, { ...trials, count: 88 })),
    ).toBeCloseTo(0.9505, 4)
  })

  // scipy 1.17 `brentq` on the deflated ratio itself.
  it('says which ratio would have passed', () => {
    const needed = given(sharpeNeeded(chosen, trials))
    expect(needed).toBeCloseTo(0.17170110533072258, 10)
    expect(given(deflatedSharpe({ ...chosen, sharpe: needed }, trials))).toBeCloseTo(0.95, 10)
    expect(gapOf(sharpeNeeded({ observations: 3, skewness: 0, kurtosis: 30 }, trials))).toBe('zeroBase')
  })

  it('is the probabilistic one after a single trial', () => {
    expect(expectedMaximumSharpe({ count: 1, variance: 0.5 })).toBe(0)
    expect(deflatedSharpe(chosen, { count: 1, variance: 0.5 })).toEqual(probabilisticSharpe(chosen))
  })

  // pypbo, test_expected_max; Bailey et al., Pseudo-Mathematics (2014): 1.57 for ten trials.
  it.each([
    [10, 1.57, 2],
    [100, 2.5306028932016846, 10],
  ])('expects of %i trials %d deviations', (count, expected, digits) => {
    expect(expectedMaximumSharpe({ count, variance: 1 })).toBeCloseTo(expected, digits)
  })

  it('expects what the best of many normal draws is on average', () => {
    const random = createRandom(6)
    const best = () => {
      let most = Number.NEGATIVE_INFINITY
      for (let i = 0; i < 100; i++) most = Math.max(most, random.normal())
      return most
    }
    const mean = meanOf(Array.from({ length: 2_000 }, best))
    // The approximation itself is a little high: 2.5306, the exact value being 2.5076 (Tippett's tables).
    expect(Math.abs(mean - expectedMaximumSharpe({ count: 100, variance: 1 }))).toBeLessThan(0.05)
  })

  // Pseudo-Mathematics: with five years of data no more than 45 configurations should be tried. pypbo: 4.998
  // years for 45.
  it('agrees with the budget of the paper', () => {
    expect(given(minimumBacktestYears(45, 1))).toBeCloseTo(4.9980870044434038, 10)
    expect(given(trialBudget(5, 1))).toBe(45)
    expect(given(trialBudget(0.1, 0.1))).toBe(1)
    expect(given(trialBudget(100, 10))).toBe(2 ** 30)
    expect(gapOf(minimumBacktestYears(45, 0))).toBe('zeroBase')
    expect(gapOf(trialBudget(5, -1))).toBe('zeroBase')
  })

  it('never needs more years than 2 ln N / SR²', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1_000_000 }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (count, sharpe) => {
          expect(given(minimumBacktestYears(count, sharpe))).toBeLessThanOrEqual(
            (2 * Math.log(count)) / sharpe ** 2 + 1e-9,
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  it('rejects the best of 1,000 strategies without skill at least 95 times in 100', () => {
    const random = createRandom(17)
    const bestOfSearch = () => {
      let best: SharpeSample | undefined
      for (let trial = 0; trial < 1_000; trial++) {
        const sample = given(sharpeSample(Float64Array.from({ length: 50 }, () => random.next() - 0.5)))
        if (!best || sample.sharpe > best.sharpe) best = sample
      }
      return best as SharpeSample
    }
    const chances = Array.from({ length: 40 }, () =>
      given(deflatedSharpe(bestOfSearch(), { count: 1_000, variance: noiseVariance(50) })),
    )
    expect(chances.filter((chance) => chance < 0.95).length).toBeGreaterThanOrEqual(38)
    // The bar is set where it should be: the best of a search lies about as often above it as below.
    expect(chances.filter((chance) => chance > 0.5).length).toBeGreaterThan(8)
    expect(chances.filter((chance) => chance < 0.5).length).toBeGreaterThan(8)
  })

  it('knows the spread of ratios without skill', () => {
    expect(noiseVariance(251)).toBe(1 / 250)
    expect(() => noiseVariance(1)).toThrow(InvariantError)
  })

  it.each([
    ['no trial', { count: 0, variance: 1 }],
    ['a negative variance', { count: 2, variance: -1 }],
  ])('refuses %s', (_, wrong) => {
    expect(() => expectedMaximumSharpe(wrong)).toThrow(InvariantError)
  })
})
