import { ascending, quantileOf } from './moments.ts'
import { minimumTrackRecord, type SharpeSample } from './sharpe-honesty.ts'
import type { StalePrices } from './stale-prices.ts'
import { breakEvenCosts } from './stress.ts'
import type { TradeOutcome } from './trade-outcome.ts'
import { deflatedSharpe, type Trials } from './trials.ts'

/** What a result can be doubted by. Each part may be missing; the rules that need it then say nothing. */
export interface CritiqueInput {
  readonly trades?: readonly Pick<TradeOutcome, 'netPnl' | 'costs'>[]
  readonly history?: { readonly periods: number; readonly periodsPerYear: number }
  /** Share of the bars with a position, 0 to 1. */
  readonly exposure?: number
  readonly sample?: SharpeSample
  readonly trials?: Trials
  /**
   * The objective at the chosen parameters and at the neighbouring ones, in one unit in which more is better.
   */
  readonly neighbourhood?: { readonly chosen: number; readonly neighbours: readonly number[] }
  /** Growth per year in the windows that chose the parameters, and in those that did not. */
  readonly walkForward?: { readonly trainAnnual: number; readonly testAnnual: number }
  readonly stalePrices?: StalePrices
  /** Fills at the day's upper or lower price limit, where a real order mostly waits in vain. */
  readonly priceLimitFills?: { readonly fills: number; readonly atLimit: number }
}

export type CritiqueRule = (input: CritiqueInput) => Finding | undefined

/** Members carry the numbers that decided. Ratios are shares of one. */
export type Finding =
  | ({ readonly code: 'stalePrices' } & StalePrices)
  | { readonly code: 'tooFewTrades'; readonly trades: number; readonly atLeast: number }
  | { readonly code: 'tooShortHistory'; readonly periods: number; readonly atLeast: number }
  | {
      readonly code: 'beyondTrialBudget'
      readonly trials: number
      readonly deflatedSharpe: number
      readonly atLeast: number
    }
  | {
      readonly code: 'outOfSampleDecay'
      readonly trainAnnual: number
      readonly testAnnual: number
      readonly efficiency: number
      readonly atLeast: number
    }
  | {
      readonly code: 'parameterOnCliff'
      readonly chosen: number
      readonly neighbourMedian: number
      readonly neighbours: number
      readonly atLeast: number
    }
  | {
      readonly code: 'oneTradeCarriesIt'
      readonly bestPnl: number
      readonly netPnl: number
      readonly share: number
      readonly atMost: number
    }
  | {
      readonly code: 'costSensitive'
      readonly breakEvenFactor: number
      readonly costs: number
      readonly netPnl: number
      readonly atLeast: number
    }
  | {
      readonly code: 'fillsAtPriceLimit'
      readonly atLimit: number
      readonly fills: number
      readonly share: number
      readonly atMost: number
    }
  | { readonly code: 'tinyExposure'; readonly exposure: number; readonly atLeast: number }

/** Below 30 a mean and its deviation are mostly chance. Source: rule book §5.5. */
const TRADES_MIN = 30
const CONFIDENCE = 0.95
/**
 * Walk-forward efficiency. Source: R. Pardo, The Evaluation and Optimization of Trading Strategies (2nd ed.
 * 2008).
 */
const EFFICIENCY_MIN = 0.5
/** Half of the chosen result must be left when a parameter moves by one step. Our own bound. */
const NEIGHBOUR_SHARE_MIN = 0.5
const NEIGHBOURS_MIN = 2
/** Half of the profit from one trade is an anecdote. Our own bound. */
const BEST_SHARE_MAX = 0.5
/** Costs twice as high must not eat the profit. Source: rule book §5.9, the stress at costs × 2. */
const COST_FACTOR_MIN = 2
/** One fill in a hundred at the price limit. Our own bound. */
const LIMIT_SHARE_MAX = 0.01
/**
 * A position in fewer than one bar of twenty: the figures per year stretch a few bars over a year. Our own
 * bound.
 */
const EXPOSURE_MIN = 0.05

/** However little hangs on it: nobody knows what such a share is worth. */
export const heldAtStalePrices: CritiqueRule = ({ stalePrices }) =>
  stalePrices && { code: 'stalePrices', ...stalePrices }

export const tooFewTrades: CritiqueRule = ({ trades }) =>
  trades && trades.length < TRADES_MIN
    ? { code: 'tooFewTrades', trades: trades.length, atLeast: TRADES_MIN }
    : undefined

/** A year at least, and as long as the Sharpe ratio needs to be told from 0. */
export const tooShortHistory: CritiqueRule = ({ history, sample }) => {
  if (!history) return undefined
  const needed = sample ? minimumTrackRecord(sample, 0, CONFIDENCE) : undefined
  const atLeast = Math.ceil(Math.max(history.periodsPerYear, needed?.ok ? needed.value : 0))
  return history.periods < atLeast
    ? { code: 'tooShortHistory', periods: history.periods, atLeast }
    : undefined
}

/** The best of so many trials would look as good by luck. */
export const beyondTrialBudget: CritiqueRule = ({ sample, trials }) => {
  if (!sample || !trials || trials.count < 2 || sample.sharpe <= 0) return undefined
  const deflated = deflatedSharpe(sample, trials)
  return deflated.ok && deflated.value < CONFIDENCE
    ? {
        code: 'beyondTrialBudget',
        trials: trials.count,
        deflatedSharpe: deflated.value,
        atLeast: CONFIDENCE,
      }
    : undefined
}

export const outOfSampleDecay: CritiqueRule = ({ walkForward }) => {
  if (!walkForward || !(walkForward.trainAnnual > 0)) return undefined
  const efficiency = walkForward.testAnnual / walkForward.trainAnnual
  return efficiency < EFFICIENCY_MIN
    ? { code: 'outOfSampleDecay', ...walkForward, efficiency, atLeast: EFFICIENCY_MIN }
    : undefined
}

export const parameterOnCliff: CritiqueRule = ({ neighbourhood }) => {
  if (!neighbourhood || neighbourhood.neighbours.length < NEIGHBOURS_MIN) return undefined
  const { chosen, neighbours } = neighbourhood
  if (!(chosen > 0) || !neighbours.every(Number.isFinite)) return undefined
  const neighbourMedian = quantileOf(ascending(neighbours), 0.5)
  return neighbourMedian < NEIGHBOUR_SHARE_MIN * chosen
    ? {
        code: 'parameterOnCliff',
        chosen,
        neighbourMedian,
        neighbours: neighbours.length,
        atLeast: NEIGHBOUR_SHARE_MIN,
      }
    : undefined
}

export const oneTradeCarriesIt: CritiqueRule = ({ trades }) => {
  if (!trades || trades.length === 0) return undefined
  const netPnl = trades.reduce((sum, trade) => sum + trade.netPnl, 0)
  const bestPnl = trades.reduce((most, trade) => Math.max(most, trade.netPnl), 0)
  if (!(netPnl > 0)) return undefined
  const share = bestPnl / netPnl
  return share >= BEST_SHARE_MAX
    ? { code: 'oneTradeCarriesIt', bestPnl, netPnl, share, atMost: BEST_SHARE_MAX }
    : undefined
}

export const costSensitive: CritiqueRule = ({ trades }) => {
  if (!trades) return undefined
  const netPnl = trades.reduce((sum, trade) => sum + trade.netPnl, 0)
  const costs = trades.reduce((sum, trade) => sum + trade.costs, 0)
  const factor = breakEvenCosts(trades)
  return netPnl > 0 && factor.ok && factor.value < COST_FACTOR_MIN
    ? { code: 'costSensitive', breakEvenFactor: factor.value, costs, netPnl, atLeast: COST_FACTOR_MIN }
    : undefined
}

export const fillsAtPriceLimit: CritiqueRule = ({ priceLimitFills }) => {
  if (!priceLimitFills || !(priceLimitFills.fills > 0)) return undefined
  const share = priceLimitFills.atLimit / priceLimitFills.fills
  return share > LIMIT_SHARE_MAX
    ? { code: 'fillsAtPriceLimit', ...priceLimitFills, share, atMost: LIMIT_SHARE_MAX }
    : undefined
}

export const tinyExposure: CritiqueRule = ({ exposure }) =>
  exposure !== undefined && exposure < EXPOSURE_MIN
    ? { code: 'tinyExposure', exposure, atLeast: EXPOSURE_MIN }
    : undefined
