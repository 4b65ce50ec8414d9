import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { createRandom } from '../../std/random.ts'
import { maximumDrawdown } from './drawdown.ts'
import { annualReturn } from './growth.ts'
import { bootstrapReturns, percentiles, resampleTrades } from './monte-carlo.ts'
import { BACON, gapOf, given } from './testing/series.ts'

const PLAN = { runs: 1_000, startEquity: 1_000, ruinBelow: 900 }

describe('Monte Carlo of trades', () => {
  // Two orders: +100 then −50 falls 50 from 1,100; −50 then +100 falls 50 from 1,000. Both end at 1,050.
  it('knows both orders of two trades', () => {
    const runs = given(resampleTrades(createRandom(1), [100, -50], 'shuffle', PLAN))
    expect(runs.finalEquity).toEqual({ p5: 1_050, p50: 1_050, p95: 1_050 })
    expect(runs.maximumDrawdown.p5).toBeCloseTo(-0.05, 12)
    expect(runs.maximumDrawdown.p95).toBeCloseTo(-50 / 1_100, 12)
    expect(Math.abs(runs.deeperShare - 0.5)).toBeLessThan(0.07)
    expect(runs.losingStreak).toEqual({ p5: 1, p50: 1, p95: 1 })
    expect(runs.ruinShare).toBe(0)
  })

  it('says that the unlucky order was the worst', () => {
    expect(given(resampleTrades(createRandom(1), [-50, 100], 'shuffle', PLAN)).deeperShare).toBe(0)
  })

  // Drawn with replacement: both lose with 1/4, and only then does equity fall below 910: −50 −50.
  it('may draw the bad trade twice', () => {
    const runs = given(resampleTrades(createRandom(1), [100, -50], 'redraw', { ...PLAN, ruinBelow: 910 }))
    expect(Math.abs(runs.ruinShare - 0.25)).toBeLessThan(0.06)
    expect(runs.finalEquity).toMatchObject({ p5: 900, p95: 1_200 })
  })

  it('does not let one run move the others', () => {
    const of = (runs: number) =>
      resampleTrades(createRandom(8), [1, 2, -3, 4, -5, 6], 'redraw', { ...PLAN, runs })
    expect(of(500)).toEqual(of(500))
    expect(of(500)).not.toEqual(of(501))
  })

  it('has no runs of no trade', () => {
    expect(gapOf(resampleTrades(createRandom(1), [], 'shuffle', PLAN))).toBe('tooFew')
  })
})

describe('Monte Carlo of returns', () => {
  const plan = { ...PLAN, ruinBelow: 950, meanBlock: 3, periodsPerYear: 12 }

  // 1 % a month whatever is drawn: 1,000 × 1.01²⁴.
  it('has one history where all returns are the same', () => {
    const runs = given(bootstrapReturns(createRandom(1), new Array<number>(24).fill(0.01), plan))
    const final = 1_000 * 1.01 ** 24
    expect(runs.finalEquity.p5).toBeCloseTo(final, 9)
    expect(runs.finalEquity.p95).toBeCloseTo(final, 9)
    expect(runs.annualReturn.p50).toBeCloseTo(1.01 ** 12 - 1, 12)
    expect(runs.maximumDrawdown).toEqual({ p5: 0, p50: 0, p95: 0 })
    expect(runs.ruinShare).toBe(0)
  })

  it('spreads around what happened', () => {
    const runs = given(bootstrapReturns(createRandom(1), BACON, plan))
    const [growth, depth] = [given(annualReturn(BACON, 12)), given(maximumDrawdown(BACON))]
    expect(runs.annualReturn.p5).toBeLessThan(growth)
    expect(runs.annualReturn.p95).toBeGreaterThan(growth)
    expect(Math.abs(runs.annualReturn.p50 - growth)).toBeLessThan(0.03)
    expect(runs.maximumDrawdown.p5).toBeLessThan(depth)
    expect(runs.maximumDrawdown.p95).toBeGreaterThan(depth)
    expect(runs.ruinShare).toBeGreaterThan(0.05)
    expect(runs.ruinShare).toBeLessThan(0.95)
  })

  it('keeps an empty account empty', () => {
    const runs = given(bootstrapReturns(createRandom(1), [-1.5, -1.5], plan))
    expect(runs.finalEquity).toEqual({ p5: 0, p50: 0, p95: 0 })
    expect(runs.annualReturn.p50).toBe(-1)
    expect(runs.maximumDrawdown.p50).toBe(-1)
    expect(runs.ruinShare).toBe(1)
  })

  it('has no figures of nothing, and none that leave the numbers', () => {
    expect(gapOf(bootstrapReturns(createRandom(1), [], plan))).toBe('tooFew')
    expect(gapOf(bootstrapReturns(createRandom(1), [1e200, 1e200], plan))).toBe('outOfRange')
  })

  it.each([
    ['too few runs', { ...plan, runs: 99 }],
    ['no equity to start with', { ...plan, startEquity: 0 }],
    ['a bound of ruin that is no number', { ...plan, ruinBelow: Number.NaN }],
  ])('refuses %s', (_, wrong) => {
    expect(() => bootstrapReturns(createRandom(1), BACON, wrong)).toThrow(InvariantError)
  })

  // (n − 1) × 0.05 of 0 … 100 is 5.
  it('reads percentiles like any quantile', () => {
    expect(percentiles(Array.from({ length: 101 }, (_, i) => 100 - i))).toEqual({ p5: 5, p50: 50, p95: 95 })
  })
})
