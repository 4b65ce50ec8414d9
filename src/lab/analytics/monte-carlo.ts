import { invariant } from '../../std/invariant.ts'
import type { Random } from '../../std/random.ts'
import { err, ok } from '../../std/result.ts'
import { ascending, checkSeries, quantileOf, type Series } from './moments.ts'
import { checkPeriods } from './periods.ts'
import { redrawn, shuffled, stationaryBootstrap } from './resample.ts'
import { type Statistic, tooFew } from './statistic.ts'
import { longestStreaks } from './trade-statistics.ts'

/** Of all runs, the figure that 5 %, half and 95 % of them stay below. */
export interface Percentiles {
  readonly p5: number
  readonly p50: number
  readonly p95: number
}

export interface RunPlan {
  /** 1,000 to 10,000 are usual; fewer than 100 break an invariant. */
  readonly runs: number
  /** Above 0, in the unit of the results. */
  readonly startEquity: number
  /** A run is ruined when its equity ever falls below this. */
  readonly ruinBelow: number
}

export interface ReturnRuns {
  readonly runs: number
  readonly finalEquity: Percentiles
  readonly annualReturn: Percentiles
  /** Negative ratios: `p5` is the bad end. */
  readonly maximumDrawdown: Percentiles
  readonly ruinShare: number
}

/**
 * Other histories of the same length that these returns might have made: stationary block bootstrap, one
 * stream of chance a run, so that runs can be shared out and still come to the same figures.
 *
 * Gaps: no return. Errors: a plan out of its ranges breaks an invariant. Source: rule book §5.9, Monte Carlo
 * of results (c).
 */
export function bootstrapReturns(
  random: Random,
  returns: Series,
  plan: RunPlan & { readonly meanBlock: number; readonly periodsPerYear: number },
): Statistic<ReturnRuns> {
  checkSeries(returns, 'returns')
  checkPlan(plan)
  checkPeriods(plan.periodsPerYear)
  if (returns.length === 0) return tooFew(0, 1)
  const paths = runsOf(random, plan.runs, (chance) =>
    compounding(stationaryBootstrap(chance, returns, plan.meanBlock), plan.startEquity),
  )
  const years = returns.length / plan.periodsPerYear
  return inRange({
    runs: plan.runs,
    finalEquity: percentiles(paths.map(({ final }) => final)),
    annualReturn: percentiles(paths.map(({ final }) => (final / plan.startEquity) ** (1 / years) - 1)),
    maximumDrawdown: percentiles(paths.map(({ drawdown }) => drawdown)),
    ruinShare: shareOf(paths, ({ lowest }) => lowest < plan.ruinBelow),
  })
}

export interface TradeRuns {
  readonly runs: number
  readonly finalEquity: Percentiles
  /** Of the peak, negative ratios: `p5` is the bad end. */
  readonly maximumDrawdown: Percentiles
  readonly losingStreak: Percentiles
  readonly ruinShare: number
  /**
   * Share of the runs that fell deeper than the real order of trades did: near 1 means that the order was
   * lucky.
   */
  readonly deeperShare: number
}

/**
 * The same trades in another order (`shuffle`: the sum stays, only the way there changes), or as many drawn
 * with replacement (`redraw`). Results are money, added up and not compounded. One stream of chance a run.
 *
 * Gaps: no trade. Errors: as above. Source: rule book §5.9, Monte Carlo of results (a) and (b).
 */
export function resampleTrades(
  random: Random,
  pnls: Series,
  how: 'shuffle' | 'redraw',
  plan: RunPlan,
): Statistic<TradeRuns> {
  checkSeries(pnls, 'results of trades')
  checkPlan(plan)
  if (pnls.length === 0) return tooFew(0, 1)
  const draw = how === 'shuffle' ? shuffled : redrawn
  const paths = runsOf(random, plan.runs, (chance) => {
    const order = draw(chance, pnls)
    return { ...adding(order, plan.startEquity), streak: longestStreaks(order).losses }
  })
  const real = adding(pnls, plan.startEquity).drawdown
  return inRange({
    runs: plan.runs,
    finalEquity: percentiles(paths.map(({ final }) => final)),
    maximumDrawdown: percentiles(paths.map(({ drawdown }) => drawdown)),
    losingStreak: percentiles(paths.map(({ streak }) => streak)),
    ruinShare: shareOf(paths, ({ lowest }) => lowest < plan.ruinBelow),
    deeperShare: shareOf(paths, ({ drawdown }) => drawdown < real - ROUNDING),
  })
}

/** The same drawdown summed in another order differs by this much at most. */
const ROUNDING = 1e-9

/**
 * Each run draws from a stream of its own; the same `random` gives the same runs again, whatever was drawn
 * from it before.
 */
export const runsOf = <T>(random: Random, runs: number, run: (chance: Random) => T): T[] =>
  Array.from({ length: runs }, (_, i) => run(random.fork(`run ${i}`)))

export function percentiles(values: Series): Percentiles {
  const sorted = ascending(values)
  return { p5: quantileOf(sorted, 0.05), p50: quantileOf(sorted, 0.5), p95: quantileOf(sorted, 0.95) }
}

interface Path {
  readonly final: number
  readonly lowest: number
  readonly drawdown: number
}

/** An account that is empty stays empty. */
const compounding = (returns: Float64Array, start: number): Path =>
  walk(returns, start, (equity, each) => equity * Math.max(0, 1 + each))

const adding = (pnls: Series, start: number): Path => walk(pnls, start, (equity, pnl) => equity + pnl)

function walk(steps: Series, start: number, step: (equity: number, by: number) => number): Path {
  let [equity, peak, lowest, drawdown] = [start, start, start, 0]
  for (const each of steps) {
    equity = step(equity, each)
    peak = Math.max(peak, equity)
    lowest = Math.min(lowest, equity)
    drawdown = Math.min(drawdown, equity / peak - 1)
  }
  return { final: equity, lowest, drawdown }
}

const shareOf = <T>(paths: readonly T[], counts: (path: T) => boolean): number =>
  paths.filter(counts).length / paths.length

/** A path that left the range of numbers makes the whole a gap. */
function inRange<R extends ReturnRuns | TradeRuns>(runs: R): Statistic<R> {
  const figures = Object.values(runs).flatMap((value) =>
    typeof value === 'number' ? [value] : Object.values(value as Percentiles),
  )
  return figures.every(Number.isFinite) ? ok(runs) : err({ code: 'outOfRange' })
}

function checkPlan({ runs, startEquity, ruinBelow }: RunPlan): void {
  invariant(Number.isInteger(runs) && runs >= 100, `runs are a whole number of at least 100: ${runs}`)
  invariant(Number.isFinite(startEquity) && startEquity > 0, `equity starts above 0: ${startEquity}`)
  invariant(Number.isFinite(ruinBelow), `the bound of ruin is a number: ${ruinBelow}`)
}
