import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { createRandom } from '../../std/random.ts'
import { breakEvenCosts, delayedResults, perturbedCosts, stressRuns, withCosts } from './stress.ts'
import { gapOf, given } from './testing/series.ts'

const TRADES = [
  { netPnl: 90, costs: 10 },
  { netPnl: -30, costs: 10 },
]

const LATE = {
  side: 'long',
  quantity: 10,
  costs: 20,
  entryPrices: [100, 102],
  exitPrices: [110, 109, 90],
} as const

describe('stress of costs', () => {
  // Before costs 100 and −20; at twice the costs 80 and −40, at none 100 and −20.
  it('recounts results at other costs', () => {
    expect(Array.from(withCosts(TRADES, 2))).toEqual([80, -40])
    expect(Array.from(withCosts(TRADES, 1))).toEqual([90, -30])
    expect(Array.from(withCosts(TRADES, 0))).toEqual([100, -20])
  })

  // 80 before costs, 20 of costs: gone at four times as much.
  it('finds the multiple that eats the profit', () => {
    expect(given(breakEvenCosts(TRADES))).toBe(4)
    expect(gapOf(breakEvenCosts([]))).toBe('tooFew')
    expect(gapOf(breakEvenCosts([{ netPnl: 5, costs: 0 }]))).toBe('flat')
  })

  it('stretches each cost by a factor of its own, inside the bounds', () => {
    const bounds = { least: 1, most: 3 }
    const random = createRandom(1)
    for (let i = 0; i < 200; i++) {
      const [first, second] = perturbedCosts(random, TRADES, bounds) as unknown as [number, number]
      expect(first).toBeGreaterThan(70)
      expect(first).toBeLessThanOrEqual(90)
      expect(first - second).not.toBe(120)
    }
    expect(Array.from(perturbedCosts(random, TRADES, { least: 2, most: 2 }))).toEqual([80, -40])
  })

  it('refuses factors below 0 or out of order', () => {
    expect(() => perturbedCosts(createRandom(1), TRADES, { least: -1, most: 1 })).toThrow(InvariantError)
    expect(() => perturbedCosts(createRandom(1), TRADES, { least: 2, most: 1 })).toThrow(InvariantError)
  })
})

describe('stress of latency', () => {
  it('is the trade itself without a delay', () => {
    expect(Array.from(delayedResults(createRandom(1), [LATE], 0))).toEqual([80])
  })

  // Entry at 100 or 102 (late by 1 or by 2, where its prices end), exit at 110, 109 or 90.
  it('fills at the prices that came later', () => {
    const random = createRandom(1)
    const seen = new Set<number>()
    for (let i = 0; i < 500; i++) for (const each of delayedResults(random, [LATE], 2)) seen.add(each)
    expect([...seen].toSorted((a, b) => a - b)).toEqual([-140, -120, 50, 60, 70, 80])
  })

  it('turns round for a short trade, whose costs stay costs', () => {
    expect(Array.from(delayedResults(createRandom(1), [{ ...LATE, side: 'short' }], 0))).toEqual([-120])
  })

  it('refuses a fill without a price and half a bar', () => {
    expect(() => delayedResults(createRandom(1), [{ ...LATE, exitPrices: [] }], 1)).toThrow(InvariantError)
    expect(() => delayedResults(createRandom(1), [LATE], 0.5)).toThrow(InvariantError)
  })
})

describe('stress runs', () => {
  it('say how often the profit is lost', () => {
    const run = () =>
      stressRuns(createRandom(1), 400, (chance) => perturbedCosts(chance, TRADES, { least: 3, most: 5 }))
    const { runs, netProfit, lossShare } = given(run())
    // The factors' mean is triangular around 4, which is break-even.
    expect(runs).toBe(400)
    expect(Math.abs(lossShare - 0.5)).toBeLessThan(0.1)
    expect(netProfit.p5).toBeLessThan(0)
    expect(netProfit.p95).toBeGreaterThan(0)
    expect(run()).toEqual(run())
  })

  it('have no figures of no trade, and are not too few', () => {
    expect(gapOf(stressRuns(createRandom(1), 100, () => new Float64Array()))).toBe('tooFew')
    expect(() => stressRuns(createRandom(1), 99, () => new Float64Array(1))).toThrow(InvariantError)
  })
})
