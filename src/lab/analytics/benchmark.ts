import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { annualReturn } from './growth.ts'
import { checkPair, checkSeries, deviationOf, meanOf, RETURN_SCALE, type Series } from './moments.ts'
import { ratePerPeriod, type Yearly } from './periods.ts'
import { sharpe, volatility } from './ratios.ts'
import { measured, type Statistic } from './statistic.ts'

/**
 * Slope of the returns on the benchmark's (least squares); a constant riskless rate does not change it. Gaps:
 * fewer than 2 returns, a benchmark that never moved. Errors: different lengths break an invariant. Source:
 * rule book §5.5.
 */
export function beta(returns: Series, benchmark: Series): Statistic {
  check(returns, benchmark)
  const spread = deviationOf(benchmark, RETURN_SCALE)
  return spread.ok ? measured(covariance(returns, benchmark) / spread.value ** 2) : spread
}

/**
 * Alpha per year: the part of the mean excess return that beta does not explain, compounded over P periods.
 * Gaps: as of beta, and a mean of −100 % or less. Source: empyrical `alpha`; rule book §5.5.
 */
export function alpha(
  returns: Series,
  benchmark: Series,
  { periodsPerYear, riskFreeAnnual = 0 }: Yearly,
): Statistic {
  const riskFree = ratePerPeriod(riskFreeAnnual, periodsPerYear)
  const slope = beta(returns, benchmark)
  if (!slope.ok) return slope
  const each = meanOf(returns) - riskFree - slope.value * (meanOf(benchmark) - riskFree)
  return each <= -1 ? err({ code: 'wipedOut' }) : measured((1 + each) ** periodsPerYear - 1)
}

/** Pearson correlation. Gaps: fewer than 2 returns, either side never moved. */
export function correlation(returns: Series, benchmark: Series): Statistic {
  check(returns, benchmark)
  const [ours, theirs] = [deviationOf(returns, RETURN_SCALE), deviationOf(benchmark, RETURN_SCALE)]
  if (!ours.ok) return ours
  if (!theirs.ok) return theirs
  const value = covariance(returns, benchmark) / (ours.value * theirs.value)
  return measured(Math.max(-1, Math.min(1, value)))
}

/** Standard deviation of r − b times √P. Gaps: fewer than 2 returns, a difference that never moved. */
export function trackingError(returns: Series, benchmark: Series, periodsPerYear: number): Statistic {
  check(returns, benchmark)
  const apart = differences(returns, benchmark)
  return apart.ok ? volatility(apart.value, periodsPerYear) : apart
}

/**
 * Mean of r − b over its standard deviation, times √P. Gaps: as of the tracking error. Source: rule book
 * §5.5.
 */
export function informationRatio(returns: Series, benchmark: Series, periodsPerYear: number): Statistic {
  check(returns, benchmark)
  const apart = differences(returns, benchmark)
  return apart.ok ? sharpe(apart.value, { periodsPerYear }) : apart
}

/**
 * Growth per year above the riskless rate, over beta. Gaps: as of growth and beta; a beta of 0. Source: rule
 * book §5.5.
 */
export function treynor(returns: Series, benchmark: Series, yearly: Yearly): Statistic {
  const slope = beta(returns, benchmark)
  if (!slope.ok) return slope
  if (Math.abs(slope.value) < ZERO_BETA) return err({ code: 'zeroBase', base: 'beta' })
  const growth = annualReturn(returns, yearly.periodsPerYear)
  return growth.ok ? measured((growth.value - (yearly.riskFreeAnnual ?? 0)) / slope.value) : growth
}

/** A slope this small is rounding. */
const ZERO_BETA = 1e-12

/**
 * M²: what the strategy would have returned per year at the benchmark's volatility: Sharpe × σ of the
 * benchmark + riskless rate. Gaps: fewer than 2 returns, either side never moved. Source: F. and L.
 * Modigliani, Risk-Adjusted Performance (1997); rule book §5.5.
 */
export function m2(returns: Series, benchmark: Series, yearly: Yearly): Statistic {
  check(returns, benchmark)
  const ratio = sharpe(returns, yearly)
  const spread = volatility(benchmark, yearly.periodsPerYear)
  if (!ratio.ok) return ratio
  return spread.ok ? measured(ratio.value * spread.value + (yearly.riskFreeAnnual ?? 0)) : spread
}

export interface Capture {
  readonly up: Statistic
  readonly down: Statistic
}

/**
 * Mean return in the periods in which the benchmark rose (fell), over the benchmark's mean return in them.
 * Periods in which it stood still count for neither. Libraries that annualise both sides first print wild
 * figures for daily data.
 *
 * Gaps: the benchmark never rose (fell). Source: Bacon (2008), up and down capture; PerformanceAnalytics
 * `UpDownRatios` with arithmetic chaining.
 */
export function captureRatios(returns: Series, benchmark: Series): Capture {
  check(returns, benchmark)
  const side = (counts: (move: number) => boolean): Statistic => {
    let [ours, theirs] = [0, 0]
    for (let i = 0; i < benchmark.length; i++) {
      if (!counts(benchmark[i] as number)) continue
      ours += returns[i] as number
      theirs += benchmark[i] as number
    }
    return theirs === 0 ? err({ code: 'zeroBase', base: 'benchmark' }) : measured(ours / theirs)
  }
  return { up: side((move) => move > 0), down: side((move) => move < 0) }
}

/**
 * Beta over the last `window` periods at each period; `undefined` until the window is full and where the
 * benchmark stood still. Errors: a window below 2 breaks an invariant.
 */
export function rollingBeta(
  returns: Series,
  benchmark: Series,
  window: number,
): readonly (number | undefined)[] {
  check(returns, benchmark)
  invariant(Number.isInteger(window) && window >= 2, `a window is a whole number of at least 2: ${window}`)
  return Array.from(returns, (_, at) => {
    if (at + 1 < window) return undefined
    const slope = beta(returns.slice(at + 1 - window, at + 1), benchmark.slice(at + 1 - window, at + 1))
    return slope.ok ? slope.value : undefined
  })
}

function covariance(a: Series, b: Series): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - meanA) * ((b[i] as number) - meanB)
  return sum / (a.length - 1)
}

/** Gap: two returns so far apart that their difference does not fit into a number. */
function differences(a: Series, b: Series): Statistic<Float64Array> {
  const apart = Float64Array.from(a, (value, i) => value - (b[i] as number))
  return apart.every(Number.isFinite) ? ok(apart) : err({ code: 'outOfRange' })
}

function check(returns: Series, benchmark: Series): void {
  checkSeries(returns, 'returns')
  checkSeries(benchmark, 'returns of the benchmark')
  checkPair(returns, benchmark, 'returns and benchmark')
}
