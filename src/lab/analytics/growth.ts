import { invariant } from '../../std/invariant.ts'
import { err, ok } from '../../std/result.ts'
import { checkPair, checkSeries, type Series } from './moments.ts'
import { checkPeriods } from './periods.ts'
import { measured, type Statistic, tooFew } from './statistic.ts'

/** A mean Gregorian year; the calendar form of the growth rate is given over it. */
const DAYS_PER_YEAR = 365.25

/** What was gained over all periods, as a ratio: product of (1 + r), less 1. Gaps: no period, wiped out. */
export function cumulativeReturn(returns: Series): Statistic {
  const factor = growthFactor(returns)
  return factor.ok ? measured(factor.value - 1) : factor
}

/**
 * Growth per year by the number of periods: (product of (1 + r))^(P/n) − 1. It compounds a short history to a
 * whole year, so below a year of data it says little. Gaps: no period, wiped out, out of range. Source:
 * empyrical `annual_return`; rule book §5.5.
 */
export function annualReturn(returns: Series, periodsPerYear: number): Statistic {
  checkPeriods(periodsPerYear)
  const factor = growthFactor(returns)
  return factor.ok ? measured(factor.value ** (periodsPerYear / returns.length) - 1) : factor
}

/**
 * Growth per year by the calendar: (end / start)^(365.25 / days) − 1, `days` being calendar days. Gaps: no
 * day has passed, equity that is not above 0. Source: rule book §5.5.
 */
export function calendarReturn(start: number, end: number, days: number): Statistic {
  invariant(
    [start, end, days].every(Number.isFinite),
    `equity and days are finite numbers: ${start}, ${end}, ${days}`,
  )
  if (days <= 0) return tooFew(days, 1)
  if (start <= 0) return err({ code: 'zeroBase', base: 'equity' })
  if (end < 0) return err({ code: 'wipedOut' })
  return measured((end / start) ** (DAYS_PER_YEAR / days) - 1)
}

/**
 * Simple returns of an equity curve. In: n + 1 points, point 0 being the initial capital. Out: n returns.
 * Gaps: fewer than 2 points; equity that is not above 0 before the last point, or negative at it.
 */
export function returnsFrom(equity: Series): Statistic<Float64Array> {
  return timeWeightedReturns(equity, new Float64Array(equity.length), 'end')
}

/**
 * Simple returns with deposits and withdrawals taken out, so that money that was paid in is no gain.
 *
 * In: n + 1 points of equity; `flows[i]` is what was paid in (negative: taken out) between point i − 1 and
 * point i, and `flows[0]` is 0, since the initial capital is point 0. `when` says whether a flow came at the
 * start of its period and worked in it, or at its end. Gaps as in `returnsFrom`. Source: C. Bacon, Practical
 * Portfolio Performance Measurement and Attribution, 2nd ed. (2008), true time-weighted return.
 */
export function timeWeightedReturns(
  equity: Series,
  flows: Series,
  when: 'start' | 'end',
): Statistic<Float64Array> {
  checkSeries(equity, 'points of equity')
  checkSeries(flows, 'flows')
  checkPair(equity, flows, 'equity and flows')
  if (equity.length < 2) return tooFew(equity.length, 2)
  invariant(flows[0] === 0, `the initial capital is no flow: ${flows[0]}`)
  const returns = new Float64Array(equity.length - 1)
  for (let i = 1; i < equity.length; i++) {
    const flow = flows[i] as number
    const base = (equity[i - 1] as number) + (when === 'start' ? flow : 0)
    const end = (equity[i] as number) - (when === 'end' ? flow : 0)
    if (base <= 0 || end < 0) return err({ code: 'wipedOut' })
    returns[i - 1] = end / base - 1
    if (!Number.isFinite(returns[i - 1])) return err({ code: 'outOfRange' })
  }
  return ok(returns)
}

/**
 * The equity curve that returns make of an initial capital: n + 1 points, point 0 being the capital.
 * Gaps: wiped out, out of range.
 */
export function equityFrom(returns: Series, start = 1): Statistic<Float64Array> {
  checkSeries(returns, 'returns')
  invariant(Number.isFinite(start) && start > 0, `an initial capital is above 0: ${start}`)
  const equity = new Float64Array(returns.length + 1)
  equity[0] = start
  for (let i = 0; i < returns.length; i++) {
    if ((returns[i] as number) < -1) return err({ code: 'wipedOut' })
    equity[i + 1] = (equity[i] as number) * (1 + (returns[i] as number))
    if (!Number.isFinite(equity[i + 1])) return err({ code: 'outOfRange' })
  }
  return ok(equity)
}

/** Product of (1 + r). A loss of more than everything has no growth rate. */
function growthFactor(returns: Series): Statistic {
  checkSeries(returns, 'returns')
  if (returns.length === 0) return tooFew(0, 1)
  let factor = 1
  for (const each of returns) {
    if (each < -1) return err({ code: 'wipedOut' })
    factor *= 1 + each
  }
  return measured(factor)
}
