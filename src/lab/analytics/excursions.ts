import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { ascending, checkPair, checkSeries, meanOf, quantileOf, type Series } from './moments.ts'
import type { Statistic } from './statistic.ts'
import type { Excursion, TradeOutcome } from './trade-outcome.ts'

/** A long trade gains when the price rises, a short one when it falls. */
export interface HeldTrade {
  readonly side: 'long' | 'short'
  readonly entryPrice: number
  readonly quantity: number
}

/**
 * MAE and MFE: the worst and the best unrealised profit of a trade while it was held, before costs, in the
 * prices' unit times shares. In: highs and lows of the bars AFTER the entry up to the exit; the bar of the
 * entry holds prices from before it, and they would make the trade look both braver and luckier. No bar at
 * all gives 0 and 0.
 *
 * Errors: different lengths or a price that is not finite break an invariant. Source: J. Sweeney, Maximum
 * Adverse Excursion (1996); rule book §5.5.
 */
export function excursionOf(trade: HeldTrade, highs: Series, lows: Series): Excursion {
  checkSeries(highs, 'highs')
  checkSeries(lows, 'lows')
  checkPair(highs, lows, 'highs and lows')
  const { entryPrice, quantity, side } = trade
  let [highest, lowest] = [entryPrice, entryPrice]
  for (const high of highs) highest = Math.max(highest, high)
  for (const low of lows) lowest = Math.min(lowest, low)
  const [up, down] = [(highest - entryPrice) * quantity, (entryPrice - lowest) * quantity]
  return side === 'long' ? { adverse: 0 - down, favourable: up } : { adverse: 0 - up, favourable: down }
}

/**
 * The same distance in ticks: `tickSize` is that of the entry price, even where the price crossed into
 * another step.
 */
export function inTicks(excursion: Excursion, quantity: number, tickSize: number): Excursion {
  invariant(quantity > 0 && tickSize > 0, `shares and tick size lie above 0: ${quantity}, ${tickSize}`)
  const each = quantity * tickSize
  return { adverse: excursion.adverse / each, favourable: excursion.favourable / each }
}

/** The same distance in units of the initial risk. */
export function inR(excursion: Excursion, initialRisk: number): Excursion {
  invariant(initialRisk > 0, `an initial risk lies above 0: ${initialRisk}`)
  return { adverse: excursion.adverse / initialRisk, favourable: excursion.favourable / initialRisk }
}

/** One side of the picture: the trades that ended as wins, or those that ended as losses. */
export interface ExcursionSide {
  readonly count: number
  readonly meanAdverse: number
  readonly medianAdverse: number
  readonly worstAdverse: number
  readonly meanFavourable: number
  readonly medianFavourable: number
  readonly bestFavourable: number
}

export interface ExcursionSummary {
  /** Absent when there was no such trade. */
  readonly winners?: ExcursionSide
  readonly losers?: ExcursionSide
  /** Trades whose excursion is known; the others are left out. */
  readonly counted: number
  readonly of: number
}

/**
 * How far winners had to suffer and how much losers had shown, in money. A stop nearer than the winners'
 * usual suffering throws winners away; losers with a large favourable side ask for an earlier exit. Gaps: no
 * trade with a known excursion.
 */
export function excursionSummary(trades: readonly TradeOutcome[]): Statistic<ExcursionSummary> {
  const known = trades.flatMap(({ netPnl, excursion }) => (excursion ? [{ netPnl, ...excursion }] : []))
  if (known.length === 0) return err({ code: 'notGiven', input: 'excursion' })
  const winners = sideOf(known.filter(({ netPnl }) => netPnl > 0))
  const losers = sideOf(known.filter(({ netPnl }) => netPnl < 0))
  return ok({
    ...(winners && { winners }),
    ...(losers && { losers }),
    counted: known.length,
    of: trades.length,
  })
}

function sideOf(known: readonly Excursion[]): ExcursionSide | undefined {
  if (known.length === 0) return undefined
  const adverse = ascending(known.map((each) => each.adverse))
  const favourable = ascending(known.map((each) => each.favourable))
  return {
    count: known.length,
    meanAdverse: meanOf(adverse),
    medianAdverse: quantileOf(adverse, 0.5),
    worstAdverse: adverse[0] as number,
    meanFavourable: meanOf(favourable),
    medianFavourable: quantileOf(favourable, 0.5),
    bestFavourable: favourable.at(-1) as number,
  }
}
