import { describe, expect, it } from 'vitest'
import { instrumentId } from '../../model/ids.ts'
import { krw, quantity } from '../../model/money.ts'
import type { RoundTrip } from '../../model/position.ts'
import { InvariantError } from '../../std/invariant.ts'
import { gapOf, given } from './testing/series.ts'
import { outcomeOf, type TradeOutcome } from './trade-outcome.ts'
import {
  expectancy,
  expectancyInR,
  longestStreaks,
  payoffRatio,
  profitFactor,
  recoveryFactor,
  rMultiples,
  systemQuality,
  winRate,
} from './trade-statistics.ts'

/** V. Tharp, Super Trader (2009) p. 159: eight trades in dollars and in multiples of their risk. */
const THARP_DOLLARS = [678, 3_456, -567, 342, 1_234, 888, -1_333, -454]
const THARP_R = [0.86, 4.4, -0.72, 0.44, 1.57, 1.13, -1.7, -0.58]

const trade = (netPnl: number, initialRisk?: number): TradeOutcome => ({
  instrument: '005930',
  strategy: 'ema-cross',
  exitReason: 'stopLoss',
  openedAt: 0,
  closedAt: 1,
  netPnl,
  costs: 0,
  ...(initialRisk !== undefined && { initialRisk }),
})

describe('statistics of trades', () => {
  // The book: expectancy 0.675R, standard deviation 1.86R, their ratio 0.36. √8 × 0.3635 = 1.03.
  it('agrees with the worked example of Tharp', () => {
    expect(given(expectancy(THARP_R))).toBeCloseTo(0.675, 12)
    expect(given(systemQuality(THARP_R)) / Math.sqrt(8)).toBeCloseTo(0.36, 2)
    expect(given(systemQuality(THARP_R))).toBeCloseTo((Math.sqrt(8) * 0.675) / 1.8568329411739, 10)
  })

  // Won 678 + 3456 + 342 + 1234 + 888 = 6598 in 5, lost 567 + 1333 + 454 = 2354 in 3.
  it('adds up wins and losses', () => {
    expect(given(profitFactor(THARP_DOLLARS))).toBeCloseTo(6_598 / 2_354, 12)
    expect(given(payoffRatio(THARP_DOLLARS))).toBeCloseTo(6_598 / 5 / (2_354 / 3), 12)
    expect(given(expectancy(THARP_DOLLARS))).toBeCloseTo(4_244 / 8, 12)
    expect(given(winRate(THARP_DOLLARS))).toEqual({ wins: 5, losses: 3, zeros: 0, rate: 0.625 })
  })

  it('counts a result of 0 as neither, but as a trade', () => {
    expect(given(winRate([10, 0, -5, 0]))).toEqual({ wins: 1, losses: 1, zeros: 2, rate: 0.25 })
    expect(longestStreaks([-1, -1, 0, -1])).toEqual({ wins: 0, losses: 2 })
  })

  it('leaves out trades whose risk is unknown and says how many', () => {
    const trades = [trade(300, 100), trade(-100, 100), trade(5_000), trade(-50, 100)]
    expect(given(expectancyInR(trades))).toEqual({ meanR: 0.5, counted: 3, of: 4 })
    expect(rMultiples(trades)).toEqual([3, -1, -0.5])
  })

  // √100 instead of √400: half.
  it('lets the count stop growing where Tharp stops it', () => {
    const many = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 3 : -1))
    expect(given(systemQuality(many, 100))).toBeCloseTo(given(systemQuality(many)) / 2, 12)
    expect(given(systemQuality(THARP_R, 100))).toBe(given(systemQuality(THARP_R)))
  })

  // Up 60 in all, and the deepest fall is from 130 to 90.
  it('recovers a fall', () => {
    expect(given(recoveryFactor([100, 130, 90, 160]))).toBe(1.5)
    expect(given(recoveryFactor([100, 130, 90]))).toBe(-0.25)
  })

  it.each([
    [[1, 1, -1, 1, 1, 1, -1, -1], { wins: 3, losses: 2 }],
    [[], { wins: 0, losses: 0 }],
    [[-1], { wins: 0, losses: 1 }],
  ])('finds the longest streaks of %j', (pnls, expected) => {
    expect(longestStreaks(pnls)).toEqual(expected)
  })

  it.each([
    ['profit factor without a loss', profitFactor([5, 0]), 'noLosses'],
    ['profit factor of nothing', profitFactor([]), 'tooFew'],
    ['payoff without a loss', payoffRatio([5]), 'noLosses'],
    ['payoff without a win', payoffRatio([-5]), 'tooFew'],
    ['win rate of nothing', winRate([]), 'tooFew'],
    ['expectancy of nothing', expectancy([]), 'tooFew'],
    ['expectancy in R without a stop', expectancyInR([trade(5)]), 'notGiven'],
    ['quality of one trade', systemQuality([5]), 'tooFew'],
    ['quality of equal trades', systemQuality([5, 5, 5]), 'flat'],
    ['recovery of one point', recoveryFactor([5]), 'tooFew'],
    ['recovery where nothing fell', recoveryFactor([5, 6]), 'noDrawdown'],
  ])('has no %s', (_, statistic, code) => {
    expect(gapOf(statistic)).toBe(code)
  })

  it('has a profit factor of 0 when nothing was won', () => {
    expect(given(profitFactor([-5, 0]))).toBe(0)
  })

  const trip: RoundTrip = {
    instrument: instrumentId('005930'),
    quantity: quantity(10),
    buyValue: krw(700_000),
    sellValue: krw(720_000),
    buyFees: krw(100),
    sellFees: krw(100),
    tax: krw(1_440),
    realizedPnl: krw(18_360),
    openedAt: 1_000,
    closedAt: 61_000,
    entry: 'EMA5 crossed above EMA20',
    exit: 'takeProfit',
    exitReason: '+2.86 %',
  }

  it('takes a round trip of the ledger over with its costs', () => {
    expect(outcomeOf(trip, { strategy: 'ema-cross', initialRisk: 9_000 })).toEqual({
      instrument: '005930',
      strategy: 'ema-cross',
      exitReason: 'takeProfit',
      openedAt: 1_000,
      closedAt: 61_000,
      netPnl: 18_360,
      costs: 1_640,
      initialRisk: 9_000,
    })
  })

  it.each([0, -1, Number.NaN])('refuses an initial risk of %d', (initialRisk) => {
    expect(() => outcomeOf(trip, { strategy: 'x', initialRisk })).toThrow(InvariantError)
  })
})
