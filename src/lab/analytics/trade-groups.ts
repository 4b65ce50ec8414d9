import { kstTimeOfDay } from '../../model/time.ts'
import type { EpochMs } from '../../std/clock.ts'
import { ok } from '../../std/result.ts'
import { ascending, meanOf, quantileOf } from './moments.ts'
import { type Statistic, tooFew } from './statistic.ts'
import type { TradeOutcome } from './trade-outcome.ts'
import { expectancy, profitFactor, type WinRate, winRate } from './trade-statistics.ts'

/** One line of a table of trades. */
export interface TradeGroup<K> {
  readonly key: K
  readonly count: number
  readonly netPnl: number
  readonly costs: number
  readonly wins: Statistic<WinRate>
  readonly profitFactor: Statistic
  readonly expectancy: Statistic
}

/** Trades by any key, in the order in which the keys first appear. */
export function groupTrades<K>(
  trades: readonly TradeOutcome[],
  keyOf: (trade: TradeOutcome) => K,
): readonly TradeGroup<K>[] {
  const groups = new Map<K, TradeOutcome[]>()
  for (const trade of trades) {
    const key = keyOf(trade)
    const members = groups.get(key)
    if (members) members.push(trade)
    else groups.set(key, [trade])
  }
  return [...groups].map(([key, members]) => summaryOf(key, members))
}

export const byStrategy = (trades: readonly TradeOutcome[]) => groupTrades(trades, (trade) => trade.strategy)

export const byExitReason = (trades: readonly TradeOutcome[]) =>
  groupTrades(trades, (trade) => trade.exitReason)

/** The hour of the day in Korea, 0 to 23. */
export const kstHour = (at: EpochMs): number => Math.floor(kstTimeOfDay(at) / 3_600_000)

/** By the hour of the entry, ascending; `hourAt` says which hour it was at the exchange. */
export const byEntryHour = (trades: readonly TradeOutcome[], hourAt: (at: EpochMs) => number = kstHour) =>
  groupTrades(trades, (trade) => hourAt(trade.openedAt)).toSorted((a, b) => a.key - b.key)

export interface HoldingTimes {
  readonly count: number
  readonly shortestMs: number
  readonly medianMs: number
  readonly meanMs: number
  readonly longestMs: number
}

/** How long trades were held, by the clock (nights and weekends included). Gaps: no trade. */
export function holdingTimes(trades: readonly TradeOutcome[]): Statistic<HoldingTimes> {
  if (trades.length === 0) return tooFew(0, 1)
  const times = ascending(trades.map(({ openedAt, closedAt }) => closedAt - openedAt))
  return ok({
    count: times.length,
    shortestMs: times[0] as number,
    medianMs: quantileOf(times, 0.5),
    meanMs: meanOf(times),
    longestMs: times.at(-1) as number,
  })
}

function summaryOf<K>(key: K, trades: readonly TradeOutcome[]): TradeGroup<K> {
  const pnls = trades.map((trade) => trade.netPnl)
  return {
    key,
    count: trades.length,
    netPnl: pnls.reduce((sum, pnl) => sum + pnl, 0),
    costs: trades.reduce((sum, trade) => sum + trade.costs, 0),
    wins: winRate(pnls),
    profitFactor: profitFactor(pnls),
    expectancy: expectancy(pnls),
  }
}
