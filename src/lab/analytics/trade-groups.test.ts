import { describe, expect, it } from 'vitest'
import { kstInstant, timeOfDay, tradingDay } from '../../model/time.ts'
import { gapOf, given } from './testing/series.ts'
import { byEntryHour, byExitReason, byStrategy, groupTrades, holdingTimes, kstHour } from './trade-groups.ts'
import type { TradeOutcome } from './trade-outcome.ts'

const at = (time: string) => kstInstant(tradingDay('2026-11-20'), timeOfDay(time))

const trade = (part: Partial<TradeOutcome>): TradeOutcome => ({
  instrument: '005930',
  strategy: 'ema-cross',
  exitReason: 'stopLoss',
  openedAt: at('09:01'),
  closedAt: at('09:31'),
  netPnl: 0,
  costs: 10,
  ...part,
})

const TRADES = [
  trade({ netPnl: 300, exitReason: 'takeProfit', openedAt: at('13:30'), closedAt: at('14:00') }),
  trade({ netPnl: -100 }),
  trade({ netPnl: 200, strategy: 'breakout', exitReason: 'takeProfit', closedAt: at('15:01') }),
  trade({ netPnl: -50, openedAt: at('09:59'), closedAt: at('10:00') }),
]

describe('groups of trades', () => {
  it('add up by strategy, in the order in which they come', () => {
    const groups = byStrategy(TRADES)
    expect(groups.map(({ key, count, netPnl, costs }) => [key, count, netPnl, costs])).toEqual([
      ['ema-cross', 3, 150, 30],
      ['breakout', 1, 200, 10],
    ])
    expect(given(groups[0]?.profitFactor ?? expect.fail('no group'))).toBe(2)
    expect(given(groups[0]?.wins ?? expect.fail('no group')).rate).toBeCloseTo(1 / 3, 12)
    expect(gapOf(groups[1]?.profitFactor ?? expect.fail('no group'))).toBe('noLosses')
  })

  it('add up by exit reason', () => {
    expect(byExitReason(TRADES).map(({ key, netPnl }) => [key, netPnl])).toEqual([
      ['takeProfit', 500],
      ['stopLoss', -150],
    ])
  })

  it('add up by anything else', () => {
    const bySign = groupTrades(TRADES, ({ netPnl }) => netPnl > 0)
    expect(bySign.map(({ key, netPnl }) => [key, netPnl])).toEqual([
      [true, 500],
      [false, -150],
    ])
    expect(groupTrades([], () => 1)).toEqual([])
  })

  it('add up by the hour of the entry in Korea, early hours first', () => {
    expect(byEntryHour(TRADES).map(({ key, count, netPnl }) => [key, count, netPnl])).toEqual([
      [9, 3, 50],
      [13, 1, 300],
    ])
    expect(byEntryHour(TRADES, () => 4).map(({ key, count }) => [key, count])).toEqual([[4, 4]])
    expect([kstHour(at('00:00')), kstHour(at('23:59:59'))]).toEqual([0, 23])
  })

  // Minutes held: 1, 30, 30, 360.
  it('say how long they were held', () => {
    expect(given(holdingTimes(TRADES))).toEqual({
      count: 4,
      shortestMs: 60_000,
      medianMs: 30 * 60_000,
      meanMs: (421 / 4) * 60_000,
      longestMs: 360 * 60_000,
    })
    expect(gapOf(holdingTimes([]))).toBe('tooFew')
  })
})
