import { describe, expect, it } from 'vitest'
import { InvariantError } from '../../std/invariant.ts'
import { excursionOf, excursionSummary, inR, inTicks } from './excursions.ts'
import { gapOf, given } from './testing/series.ts'
import type { TradeOutcome } from './trade-outcome.ts'

const trade = (part: Partial<TradeOutcome>): TradeOutcome => ({
  instrument: '005930',
  strategy: 'ema-cross',
  exitReason: 'stopLoss',
  openedAt: 0,
  closedAt: 1,
  netPnl: 0,
  costs: 10,
  ...part,
})

describe('excursions', () => {
  const [highs, lows] = [
    [10_200, 10_500, 10_100],
    [9_900, 10_050, 9_700],
  ]

  // Bought 10 at 10,000: at worst 9,700, at best 10,500. Sold short it is the other way round.
  it.each([
    ['long', { adverse: -3_000, favourable: 5_000 }],
    ['short', { adverse: -5_000, favourable: 3_000 }],
  ] as const)('of a %s trade are its worst and its best moment', (side, expected) => {
    expect(excursionOf({ side, entryPrice: 10_000, quantity: 10 }, highs, lows)).toEqual(expected)
  })

  it('are 0 where the price only went one way, or never was seen', () => {
    const long = { side: 'long', entryPrice: 10_000, quantity: 10 } as const
    expect(excursionOf(long, [10_300], [10_100])).toEqual({ adverse: 0, favourable: 3_000 })
    expect(excursionOf(long, [], [])).toEqual({ adverse: 0, favourable: 0 })
  })

  // 3,000 won over 10 shares are 300 won a share, six ticks of 50 won; of a risk of 2,000 won it is 1.5R.
  it('turn into ticks and into R', () => {
    const excursion = { adverse: -3_000, favourable: 5_000 }
    expect(inTicks(excursion, 10, 50)).toEqual({ adverse: -6, favourable: 10 })
    expect(inR(excursion, 2_000)).toEqual({ adverse: -1.5, favourable: 2.5 })
  })

  it('are summed up for winners and losers apart', () => {
    const seen = (netPnl: number, adverse: number, favourable: number) =>
      trade({ netPnl, excursion: { adverse, favourable } })
    const summary = given(
      excursionSummary([seen(100, -20, 150), seen(40, -60, 90), seen(-80, -90, 30), trade({ netPnl: 5 })]),
    )
    expect(summary).toEqual({
      counted: 3,
      of: 4,
      winners: {
        count: 2,
        meanAdverse: -40,
        medianAdverse: -40,
        worstAdverse: -60,
        meanFavourable: 120,
        medianFavourable: 120,
        bestFavourable: 150,
      },
      losers: {
        count: 1,
        meanAdverse: -90,
        medianAdverse: -90,
        worstAdverse: -90,
        meanFavourable: 30,
        medianFavourable: 30,
        bestFavourable: 30,
      },
    })
  })

  it('leave the losers out where there is none', () => {
    const summary = given(excursionSummary([trade({ netPnl: 5, excursion: { adverse: 0, favourable: 5 } })]))
    expect(summary).not.toHaveProperty('losers')
    expect(gapOf(excursionSummary([trade({})]))).toBe('notGiven')
  })

  it('refuse a tick or a risk of 0 and bars that do not fit', () => {
    const none = { adverse: 0, favourable: 0 }
    expect(() => inTicks(none, 10, 0)).toThrow(InvariantError)
    expect(() => inR(none, 0)).toThrow(InvariantError)
    expect(() => excursionOf({ side: 'long', entryPrice: 1, quantity: 1 }, [1], [])).toThrow(InvariantError)
  })
})
